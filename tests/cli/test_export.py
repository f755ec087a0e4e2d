"""`bulletin export` to Word and PDF, with the publisher's template."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest

from monitor.files.docx import lines
from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]


@pytest.fixture
def export(kuaixun: Command, site: Site) -> Callable[[str], Answer]:
    """Export an issue without notices in some form to the file 快讯."""
    site.shows(("关于开展演示工作的通知", "2026-09-01", 1))
    assert kuaixun("bulletin", "draft").code == 0

    def command(form: str) -> Answer:
        return kuaixun("bulletin", "export", "2026-0901", "--format", form, "-o", "快讯")

    return command


@pytest.fixture(autouse=True)
def _inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


def with_template(folder: Path, name: str) -> None:
    file = folder / "sources.yaml"
    said = file.read_text("utf-8").replace("name: 某咨询公司", f"name: 某咨询公司, template: {name}")
    file.write_text(said, "utf-8")


def test_an_issue_becomes_a_word_document(export: Callable[[str], Answer], folder: Path) -> None:
    answer = export("docx")
    assert (answer.code, answer.out) == (0, "已写入 快讯\n")
    assert "(2026) 0901期（草稿）" in lines((folder / "快讯").read_bytes(), "快讯")


def test_the_publishers_template_is_looked_for_beside_the_configuration(
    export: Callable[[str], Answer], folder: Path
) -> None:
    paper = docx.Document()
    paper.sections[0].footer.paragraphs[0].text = "自己的页脚"
    made = BytesIO()
    paper.save(made)
    (folder / "look").mkdir()
    (folder / "look" / "template.docx").write_bytes(made.getvalue())
    with_template(folder, "look/template.docx")
    assert export("docx").code == 0
    (section,) = docx.Document(str(folder / "快讯")).sections
    assert section.footer.paragraphs[0].text == "自己的页脚"


def test_a_template_that_is_missing_or_none_stops_word_alone(
    export: Callable[[str], Answer], folder: Path
) -> None:
    with_template(folder, "own.docx")
    answer = export("docx")
    assert answer.code == 2
    assert "sources.yaml:2" in answer.err
    assert "publisher.template" in answer.err
    assert "does not exist" in answer.err
    (folder / "own.docx").write_bytes(b"no document")
    answer = export("docx")
    assert answer.code == 2
    assert answer.err.count("\n") == 1
    assert "publisher.template" in answer.err
    assert not (folder / "快讯").exists()
    assert export("html").code == 0


def test_a_pdf_that_cannot_be_written_is_one_line(
    export: Callable[[str], Answer], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    answer = export("pdf")
    assert (answer.code, answer.err) == (
        2,
        "kuaixun: pdf: 缺少 WeasyPrint，请先 pip install 'kuaixun[pdf]'\n",
    )
    assert not (folder / "快讯").exists()


def test_an_unknown_form_names_the_known_ones(export: Callable[[str], Answer]) -> None:
    answer = export("odt")
    assert answer.code == 2
    assert "docx, pdf, html, md" in answer.err
