"""What a person brings is what it is, whatever it is called; what cannot be read says so in a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import files
from monitor.errors import ConfigError, ParseError
from monitor.files import docx, pdf, plain
from monitor.model import Page, RawNotice
from tests.files import make

URL = "https://www.example.gov.cn/tzgg/1.html"
TITLE = "关于组织申报绿色工厂的通知"
PAGE = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>正文。</p></body></html>"


def _nested(depth: int) -> bytes:
    """A saved page whose parts hold parts that hold parts."""
    heads = (f"Content-Type: multipart/related; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    return ("MIME-Version: 1.0\n" + "".join(heads)).encode()


def notice(data: bytes, name: str = "") -> RawNotice:
    found = files.read(data, name=name, url=URL)
    assert isinstance(found, RawNotice)
    return found


def page(data: bytes, name: str = "") -> Page:
    found = files.read(data, name=name, url=URL)
    assert isinstance(found, Page)
    return found


@pytest.mark.parametrize("name", ["a.html", "a.htm", "A.SHTML", "", "a.txt"])
def test_markup_is_a_page_whatever_it_is_called(name: str) -> None:
    assert page(PAGE.encode("gb18030"), name) == Page(url=URL, body=PAGE.encode("gb18030"))


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_page_saved_as_one_file_is_the_page_in_it(charset: str) -> None:
    saved = make.mht(PAGE, URL, charset=charset)
    for name in ("a.mht", "a.mhtml", ""):
        found = page(saved, name)
        assert found.body.decode(charset).strip() == PAGE
        assert charset in found.content_type


def test_of_several_pages_in_one_file_it_is_the_one_of_the_address() -> None:
    saved = make.mht(PAGE, URL, also=(("https://www.example.gov.cn/frame.html", "<html>框</html>"),))
    assert TITLE in page(saved).body.decode()
    elsewhere = make.mht(PAGE, "cid:1", also=(("cid:0", "<html>第一页</html>"),))
    assert "第一页" in page(elsewhere).body.decode()


def test_the_first_line_of_a_text_is_its_title() -> None:
    found = notice(f"\n\u3000\n {TITLE} \n\n各单位：\n".encode("gb18030"))
    assert found == RawNotice(title=TITLE, body="各单位：")


def test_a_document_is_its_paragraphs_and_its_tables_row_by_row() -> None:
    made = make.docx(
        "某某部文件", "某部〔2026〕1号", TITLE, "各单位：", table=(("名称", "数量"), ("甲", "2"))
    )
    found = notice(made, "a.docx")
    assert found.title == TITLE
    assert found.body.splitlines() == ["某某部文件", "某部〔2026〕1号", "各单位：", "名称 | 数量", "甲 | 2"]


def test_a_drawing_is_read_once_and_a_deleted_word_not_at_all() -> None:
    both = "<mc:AlternateContent><mc:Choice><w:t>甲</w:t></mc:Choice><mc:Fallback><w:t>甲</w:t></mc:Fallback></mc:AlternateContent>"
    xml = f"<w:sdt><w:sdtContent><w:p>{both}<w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:r><w:tab/><w:t>丙</w:t><w:br/><w:t>丁</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    assert notice(make.docx(TITLE, xml=xml)).body.splitlines() == ["甲 丙", "丁"]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["某部文件", "某部〔2026〕1号", "某部关于印发《管理办法》", "的通知", "各省："], "某部关于印发《管理办法》的通知"),
        (["附件1", "某部办公厅", "关于开展2026年度", "推荐工作的", "通知", "各单位："], "某部办公厅关于开展2026年度推荐工作的通知"),
        (["某部公告", "2026年第3号", "关于发布《名录》的公告", "现予公告"], "关于发布《名录》的公告"),
        (["某某管理办法（试行）", "第一条 为加强管理"], "某某管理办法（试行）"),
        (["公告", "2026年第3号", "现公告如下"], "公告"),
        (["目录", "第一章"], "目录"),
    ],
)  # fmt: skip
def test_a_title_may_be_printed_on_several_lines_below_other_things(lines: list[str], title: str) -> None:
    assert plain.notice(lines, URL).title == title


def test_lines_of_print_become_paragraphs_again() -> None:
    lines = ["为贯彻落实有关精神，现将有关事项", "通知如下：", "一、请于十月底前报送材料。", "二、联系人甲"]
    assert list(pdf.joined(lines)) == ["为贯彻落实有关精神，现将有关事项通知如下：", *lines[2:]]
    assert list(pdf.joined([])) == []


def test_a_pdf_is_read_where_the_extra_is_there() -> None:
    pytest.importorskip("pypdfium2")
    found = notice(make.pdf(TITLE, "各单位：请报送。", "— 1 —"))
    assert found == RawNotice(title=TITLE, body="各单位：请报送。")
    with pytest.raises(ParseError, match="扫描件"):
        notice(make.pdf())
    with pytest.raises(ParseError, match="PDF 不能读取"):
        notice(b"%PDF-1.4 nothing else")


def test_without_the_extra_a_pdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ConfigError, match=r"kuaixun\[attachments\]"):
        notice(make.pdf(TITLE))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b" \n ", "空的"),
        (b"x" * (files.MOST_BYTES + 1), "20 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "另存为 .docx"),
        (b"abc\0def", "不是网页"),
        (b"PK\x03\x04 and then nothing", "已损坏"),
        (make.zipped({"xl/workbook.xml": "<x/>"}), "不是 .docx"),
        (make.zipped({"word/document.xml": "<x"}), "已损坏"),
        (make.zipped({"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "声明"),
        (make.zipped({"word/document.xml": "<x>" + " " * 8_000_000 + "</x>"}), "过大"),
        (make.docx(), "没有文字"),
        ("字".encode() * 500_001, "超过 50 万字"),
        (_nested(2000), "套得太深"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a--", "没有网页"),
    ],
)
def test_what_cannot_be_read_says_so_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        files.read(data, name="", url=URL)


def test_a_document_that_is_nested_without_end_is_cut_at_a_depth() -> None:
    deep = "<w:sdt>" * 5000 + "<w:p><w:r><w:t>深</w:t></w:r></w:p>" + "</w:sdt>" * 5000
    assert notice(make.docx(TITLE, xml=deep)).body == ""
    assert sys.getrecursionlimit() > docx.DEEPEST


@given(st.binary(max_size=300), st.sampled_from(["", "a.html", "a.mht", "a.docx", "a.txt"]))
def test_any_bytes_end_in_a_value_or_a_sentence(data: bytes, name: str) -> None:
    said: list[str] = []
    for start in (b"", b"PK\x03\x04", b"MIME-Version: 1.0\nContent-Type: text/html\n"):
        try:
            files.read(start + data, name=name, url=URL)
        except ParseError as error:
            said.append(error.reason)
        except ConfigError:  # a PDF, without the extra
            assert data.startswith(b"%PDF")
    assert all(said)


def test_no_reader_of_files_is_without_a_test() -> None:
    modules = {path.stem for path in Path(files.__file__).parent.glob("*.py") if path.stem != "__init__"}
    assert modules == {"docx", "mht", "pdf", "plain", "attached", "xlsx", "zips"}
