"""An issue as a PDF. Where WeasyPrint, Pango or a Chinese font is missing these tests are skipped."""

from __future__ import annotations

import re
import sys
import zlib
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from monitor.bulletin import FORMATS, missing, pdf
from monitor.errors import ConfigError
from monitor.model import Bulletin
from tests.bulletin.founding import contents, founding
from tests.bulletin.make import PUBLISHER, issue, record
from tests.bulletin.test_formats import EVIL, HOSTILE, UNREAD


@pytest.fixture
def pdfium() -> Any:
    """The library that reads a PDF, where one can be written."""
    lacking = missing("pdf")
    if lacking:
        pytest.skip(lacking)
    return pytest.importorskip("pypdfium2")


def inside(data: bytes) -> bytes:
    """Everything in a PDF, its compressed parts unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S)
    return data + b"\n".join(zlib.decompressobj().decompress(each) for each in packed if each[:1] == b"x")


def text(pdfium: Any, made: Bulletin) -> str:
    document = pdfium.PdfDocument(FORMATS["pdf"](made))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_its_text_copies_as_the_characters_that_were_printed(pdfium: Any) -> None:
    said = text(pdfium, issue(record(1), record(2, section="申报通知"), unread=(UNREAD,)))
    for words in (
        "快 讯",
        "(2019) 0901期",
        "[政策文件]",
        "关于开展演示工作的通知（2）",
        "演〔2019〕1号",
        "一、总体要求",
        "序号 名称 数量",
        "138****8000",
        "http://www.example.cn/art/1.html",
        "本期未能读取的信息源",
        "演示科技有限公司 电话：010-00000000 欢迎咨询",
        "网址：www.example.cn",
        "第 1 页，共",
    ):
        assert words in said.replace("\r", ""), words
    assert "13800138000" not in said


def test_the_bookmarks_and_the_contents_are_those_of_the_founding_issue(pdfium: Any) -> None:
    document = pdfium.PdfDocument(FORMATS["pdf"](founding()))
    marks = [
        (mark.get_title(), mark.get_dest().get_index() + 1) for mark in document.get_toc() if mark.level < 2
    ]
    assert [title for title, _ in marks] == contents()
    printed = "".join(document[0].get_textpage().get_text_bounded().split())
    place = 0
    for title, page in marks:
        place = printed.index("".join(title.split()), place)
        line = printed[place + len("".join(title.split())) :].lstrip(".")
        assert line.startswith(str(page)), title


def test_every_notice_begins_a_page_and_the_last_words_have_their_own(pdfium: Any) -> None:
    document = pdfium.PdfDocument(FORMATS["pdf"](issue(record(1), record(2), record(3, section="申报通知"))))
    titles = [mark for mark in document.get_toc() if mark.level == 1]
    assert [mark.get_dest().get_index() for mark in titles] == [1, 2, 3]
    assert "欢迎访问" in document[4].get_textpage().get_text_bounded()


def test_its_fonts_are_embedded_and_it_says_who_made_it(pdfium: Any) -> None:
    data = FORMATS["pdf"](founding())
    about = pdfium.PdfDocument(data).get_metadata_dict()
    assert about["Title"] == "北京关键要素科技有限公司 快讯 (2019) 0901期"
    assert about["Author"] == "北京关键要素科技有限公司"
    assert inside(data).count(b"/FontFile") >= len(set(re.findall(rb"/FontName ?(/\S+)", inside(data)))) > 0


def test_the_same_issue_gives_the_same_bytes(pdfium: Any) -> None:
    assert FORMATS["pdf"](issue(record(1))) == FORMATS["pdf"](issue(record(1)))


def test_what_a_page_said_is_text_and_only_web_addresses_are_links(pdfium: Any) -> None:
    made = issue(
        replace(record(1), notice=HOSTILE),
        publisher=replace(PUBLISHER, name=f'{EVIL}" }} @page {{ background: url(http://evil/)', closing=EVIL),
        unread=(replace(UNREAD, name=EVIL, url="javascript:1", reason=EVIL),),
    )
    data = FORMATS["pdf"](made)
    assert b"/JavaScript" not in inside(data)
    assert set(re.findall(rb"/URI ?\((.*?)\)", inside(data))) == {b"http://a.cn/%22%3E%3Cb%3E"}
    said = text(pdfium, made)
    assert "<script>alert(1)</script>" in said.replace("\r\n", "")
    assert "@page { background" in said.replace("\r\n", "")


def test_nothing_is_fetched_for_it(pdfium: Any) -> None:
    with pytest.raises(ValueError, match="loads nothing"):
        pdf._refuse("file:///etc/passwd")


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert missing("pdf") == "缺少 WeasyPrint，请先 pip install 'kuaixun[pdf]'"
    with pytest.raises(ConfigError, match="WeasyPrint"):
        FORMATS["pdf"](issue(record(1)))


def test_without_pango_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Finder:
        """Stands for a WeasyPrint that finds no library: it prints a manual and raises OSError."""

        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                sys.stdout.write("a long manual")
                raise OSError("cannot load library 'libpango'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    assert missing("pdf").startswith("缺少 Pango，请先 apt install libpango")
    assert capsys.readouterr().out == ""


def test_without_a_chinese_font_one_line_says_what_to_install(
    pdfium: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a character that no font has stands for a font that has no Chinese
    monkeypatch.setattr(pdf, "_PROBE", "\U0003fffd")
    assert missing("pdf") == "缺少中文字体，请先 apt install fonts-noto-cjk"
    assert import_module("weasyprint")


def test_the_other_forms_need_nothing() -> None:
    assert [form for form in FORMATS if missing(form)] in ([], ["pdf"])
