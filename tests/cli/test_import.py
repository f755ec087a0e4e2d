"""`import`: what a person saved or pasted becomes a notice, and is told like any other."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Site
from tests.files import make

Command = Callable[..., Answer]
TITLE = "关于组织申报绿色工厂的通知"
URL = "https://www.example.gov.cn/tzgg/202609/t20260910_7.html"
TEXT = f"{TITLE}\n\n演示函〔2026〕7号\n各有关单位：\n请于2026年10月8日前报送申报材料。\n"


def html(title: str = TITLE) -> bytes:
    """A saved page."""
    return (
        f"<html><meta name='ArticleTitle' content='{title}'><meta name='PubDate' content='2026-09-10 09:00'><body>"
        f"<h1>{title}</h1><div class='TRS_Editor'><p>请于2026年10月8日前报送申报材料，逾期不予受理。</p></div></body></html>"
    ).encode()


@pytest.fixture
def pasted(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """What stands on stdin."""

    def paste(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return paste


def test_a_pasted_notice_is_told_reviewed_and_put_into_the_bulletin(
    kuaixun: Command, pasted: Callable[[bytes], None]
) -> None:
    kuaixun("db", "upgrade")
    pasted(TEXT.encode())
    answer = kuaixun("import", "-", "--url", URL, "--section", "申报通知", "--json")
    assert answer.code == 0
    said: dict[str, object] = answer.data  # type: ignore[assignment]
    assert (said["kind"], said["source"], said["sources"], said["section"]) == (
        "new",
        "import",
        ["import"],
        "申报通知",
    )
    assert (said["title"], said["doc_number"], said["url"]) == (TITLE, "演示函〔2026〕7号", URL)
    (change,) = kuaixun("changes", "--json", "--section", "申报通知").data["changes"]
    assert change["review"]["decision"] == "move"  # type: ignore[index]
    assert "手工导入" in kuaixun("digest", "preview").out
    assert kuaixun("bulletin", "draft", "--json", now="2026-09-17T10:00").data["items"] == 1


def test_sources_and_health_know_nothing_of_a_source_called_import(kuaixun: Command, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    kuaixun("import", str(folder / "a.txt"), "--url", URL)
    assert kuaixun("sources", "health").code == 0
    assert [one["id"] for one in kuaixun("sources", "list", "--json").data["sources"]] == ["site", "gone"]


def test_the_same_file_twice_is_nothing_and_another_is_a_revision(kuaixun: Command, folder: Path) -> None:
    page = folder / "a.html"
    page.write_bytes(html())
    first = kuaixun("import", str(page), "--url", URL, "--section", "政策文件")
    assert first.out.startswith("新增  [政策文件]  #1 ")
    again = kuaixun("import", str(page), "--url", URL, "--section", "政策文件", now="2026-09-17T09:00")
    assert "内容与已有的相同，没有变更" in again.out
    assert len(kuaixun("show", "1", "--json").data["reviews"]) == 1
    page.write_bytes(html().replace("10月8日".encode(), "10月31日".encode()))
    moved = kuaixun("import", str(page), "--url", URL, now="2026-09-18T09:00")
    assert moved.out.startswith("改期  [政策文件]  #1 ")
    shown = kuaixun("show", "1", "--json").data
    assert [change["kind"] for change in shown["changes"]] == ["deadline_moved", "new"]


def test_a_notice_of_a_watched_host_belongs_to_its_source(kuaixun: Command, site: Site, folder: Path) -> None:
    page = folder / "a.mhtml"
    page.write_bytes(make.mht(html().decode(), "https://x/"))
    url = f"http://{site.server.host}:{site.server.port}/tzgg/202609/t20260910_7.html"
    assert kuaixun("import", str(page), "--url", url, "--json").data["sources"] == ["site"]
    assert kuaixun("import", str(page), "--url", URL, "--source", "gone", "--json").data["sources"] == [
        "gone"
    ]
    document = folder / "a.docx"
    document.write_bytes(make.docx(TITLE, "请于2026年10月8日前报送。"))
    assert kuaixun("import", str(document), "--url", f"{URL}?1", "--source", "import", "--json").data[
        "sources"
    ] == ["import"]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<html><script>var a='__jsl_clearance=x';document.cookie=a;location.reload()</script></html>", "a.html", "blocked"),
        (b"<html><body><h1>404 Not Found</h1><hr><center>nginx/1.20.1 (Debian)</center></body></html>", "a.html", "parse"),
        (make.zipped({"word/document.xml": "<x>" + "a" * 9_000_000 + "</x>"}), "a.docx", "parse"),
        (b"a" * (20 * 1024 * 1024 + 1), "a.txt", "parse"),
        (b"", "a.txt", "parse"),
    ],
)  # fmt: skip
def test_what_is_no_notice_is_exit_three_with_its_kind(
    kuaixun: Command, folder: Path, data: bytes, name: str, kind: str
) -> None:
    (folder / name).write_bytes(data)
    answer = kuaixun("import", str(folder / name), "--url", URL, "--json")
    assert (answer.code, answer.data["error"]["kind"]) == (3, kind)  # type: ignore[call-overload]
    assert kuaixun("changes", "--json").data["changes"] == []
    assert kuaixun("import", str(folder / name), "--url", URL).err.startswith("不是可读的页面：")


def test_wrong_usage_is_exit_two_and_says_what(
    kuaixun: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "a.txt"
    file.write_text(TEXT, "utf-8")
    for wrong in (
        ("nowhere.txt", "--url", URL),
        (str(file), "--url", "nonsense"),
        (str(file),),
        (str(file), "--url", URL, "--section", "没有这个栏目"),
        (str(file), "--url", URL, "--source", "nobody"),
    ):
        assert kuaixun("import", *wrong).code == 2
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    file.write_bytes(b"%PDF-1.4")
    answer = kuaixun("import", str(file), "--url", URL)
    assert (answer.code, "kuaixun[attachments]" in answer.err) == (2, True)
