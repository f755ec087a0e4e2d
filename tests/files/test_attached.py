"""What a notice carries is what its bytes are; what cannot be read has a name, in little time and memory."""

from __future__ import annotations

import struct
import sys
from datetime import date, datetime, time
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigError, ParseError
from monitor.files import attached, xlsx, zips
from tests.files import make

URL = "https://www.example.gov.cn/tzgg/P1"
SHEET = "xl/worksheets/sheet1.xml"
LINES = ("绿色工厂申报指南", "请于2026年9月30日前报送材料。")
TEXT = "\n".join(LINES)

pytest.importorskip("openpyxl")
pytest.importorskip("pypdfium2")


@pytest.mark.parametrize(
    "data",
    [
        make.docx(*LINES),
        make.pdf(*LINES),
        make.xlsx(*([line] for line in LINES)),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
    ],
    ids=["docx", "pdf", "xlsx", "text", "text of two bytes a letter"],
)
def test_a_file_is_its_lines_whatever_it_is_called(data: bytes) -> None:
    assert attached.text(data, URL) == TEXT


def test_a_workbook_is_its_rows_with_days_as_people_write_them() -> None:
    made = make.xlsx(
        ["事项", None, "截止时间", "份数"],
        ["申报", None, datetime.combine(date(2026, 9, 30), time(17, 30)), 3.0],
        [True, None, None],
        ["公示", None, date(2026, 10, 8), 1.5],
    )
    assert xlsx.lines(made, URL) == [
        "事项 | 截止时间 | 份数",
        "申报 | 2026年9月30日17:30 | 3",
        "公示 | 2026年10月8日 | 1.5",
    ]


HUGE_ROW = b'<row r="3">' + b'<c r="A3"><v>1</v></c>' * 400_000 + b"</row>"
FAR_ROWS = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(3, 100_000))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (b'<dimension ref="A1:A2"', b'<dimension ref="A1:XFD1048576"'),
        (b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'),
        (b"</sheetData>", FAR_ROWS + b"</sheetData>"),
        (b"</sheetData>", HUGE_ROW + b"</sheetData>"),
    ],
    ids=[
        "declares a million rows of 16,384",
        "a row a million further",
        "cells far out",
        "a cell 400,000 times",
    ],
)
def test_a_workbook_that_claims_to_be_huge_is_read_as_far_as_people_do(before: bytes, now: bytes) -> None:
    made = make.xlsx(*([line] for line in LINES))
    begin = process_time()
    assert said(make.edited(made, SHEET, lambda xml: xml.replace(before, now, 1))).startswith(TEXT)
    assert process_time() - begin < 10


GOOD = make.xlsx(["甲"])
ENTITIES = '<!DOCTYPE x [<!ENTITY a "b">]>'


def locked(data: bytes) -> bytes:
    """The same zip, its members marked as encrypted in the directory."""
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make.old_office("WordDocument"), "旧版 Word"),
        (make.old_office("Workbook"), "旧版 Excel"),
        (make.old_office("PowerPoint Document"), "旧版演示文稿"),
        (make.old_office("EncryptedPackage"), "有密码"),
        (make.old_office("Else"), "旧版 Office"),
        (make.zipped({"OFD.xml": "<x/>"}), "OFD"),
        (make.zipped({"ppt/presentation.xml": "<x/>"}), "演示文稿"),
        (make.zipped({"1.docx": "x"}), "压缩包（.zip）"),
        (b"Rar!\x1a\x07\x00" + bytes(99), "压缩包（.rar）"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(99), "压缩包（.7z）"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "图片"),
        (b"{\\rtf1 x}", "RTF"),
        (b"<html><body>x</body></html>", "是网页"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "是网页或 XML"),
        (b"\x01\x02\0\x03", "不认识"),
        (b"\xff" * 200, "不认识"),
        (b"", "没有文字"),
        (make.pdf(), "没有文字"),
        (make.docx(), "没有文字"),
        (make.docx("字" * 500_001), "超过 50 万字"),
        ("字".encode() * 500_001, "超过 50 万字"),
        (make.docx(*LINES)[:300], "已损坏"),
        (GOOD[: len(GOOD) // 2], "已损坏"),
        (locked(make.docx(*LINES)), "有密码"),
        (make.edited(GOOD, SHEET, lambda _: b"<worksheet><sheetData><row"), "已损坏"),
        (make.edited(GOOD, SHEET, lambda xml: ENTITIES.encode() + xml), "声明"),
        (make.edited(GOOD, SHEET, lambda xml: ENTITIES.encode("utf-16") + xml), "声明"),
        (make.edited(GOOD, SHEET, lambda _: b"<?xml version='1.0' encoding='cp037'?><x/>"), "声明"),
        (make.zipped({"word/document.xml": "<x>" + " " * 50_000_000 + "</x>"}), "解压后过大"),
        (make.zipped({"xl/workbook.xml": "<x/>"} | {f"{n}": " " * 1_000_000 for n in range(70)}), "解压后过大"),
        (make.zipped({"word/document.xml": "<x/>"} | {f"{n}": "" for n in range(2_001)}), "文件太多"),
        (make.zipped({f"{n}": "" for n in range(30_000)}), "文件太多"),
        (make.pdf(*LINES)[:700], "PDF 不能读取"),
        (make.pdf(*LINES).replace(b"/Count 1", b"/Count 100000"), "PDF 不能读取"),
        (make.pdf(*LINES).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "PDF 不能读取"),
        (make.pdf(*LINES).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
         b"/O <" + b"00" * 32 + b"> /U <" + b"00" * 32 + b"> >> /ID [<00><00>]"), "有密码"),
    ],
)  # fmt: skip
def test_what_is_not_read_has_a_named_reason_in_little_time(data: bytes, reason: str) -> None:
    begin = process_time()
    with pytest.raises(ParseError, match=reason):
        attached.text(data, URL)
    assert process_time() - begin < 5


def test_a_member_that_is_larger_than_its_directory_says_is_refused() -> None:
    made = make.zipped({"word/document.xml": "<x>" + "字" * 1_000_000 + "</x>"})
    size = (3_000_007).to_bytes(4, "little")
    with pytest.raises(ParseError, match="已损坏"):
        attached.text(made.replace(size, (100).to_bytes(4, "little")), URL)


def test_members_that_share_their_bytes_are_counted_one_by_one() -> None:
    made = make.zipped({"0": "0" * 900_000})
    entries, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    directory = made[entries:end] * 90
    closing = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 90, 90, len(directory), entries, 0)
    with (
        pytest.raises(ParseError, match="解压后过大"),
        zips.opened(made[:entries] + directory + closing, URL),
    ):
        pass


def test_one_member_too_large_for_a_tree_is_not_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_XML", 100)
    with pytest.raises(ParseError, match="解压后过大"):
        attached.text(make.docx(*LINES), URL)


def test_nesting_and_repetition_do_not_overflow() -> None:
    tables = "<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000
    paragraphs = "<w:p>" * 100_000 + "</w:p>" * 100_000
    for xml in (tables, paragraphs):
        assert attached.text(make.docx(*LINES, xml=xml), URL) == TEXT


def test_a_zip_end_within_the_end_is_found_where_zipfile_finds_it() -> None:
    made = make.docx(*LINES)
    commented = made[:-2] + (40).to_bytes(2, "little") + b"PK\x05\x06" + b"\xff" * 36
    with pytest.raises(ParseError):
        attached.text(commented, URL)
    with zips.opened(made, URL) as archive:
        assert archive.namelist() == ["word/document.xml"]


@pytest.mark.parametrize("name", attached.NEEDS)
def test_without_the_extra_it_is_not_installed_and_says_what_to_install(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert attached.installed()
    monkeypatch.setitem(sys.modules, name, None)
    assert not attached.installed()
    with pytest.raises(ConfigError, match=r"kuaixun\[attachments\]"):
        attached.text(GOOD if name == "openpyxl" else make.pdf(*LINES), URL)


def said(data: bytes) -> str:
    """The words or the reason: one of them there must be."""
    try:
        return attached.text(data, URL)
    except ParseError as error:
        return error.reason


STARTS = (b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe")


@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_any_bytes_end_in_words_or_a_reason(start: bytes, data: bytes) -> None:
    assert said(start + data)


@given(st.sampled_from([make.docx(*LINES), GOOD, make.pdf(*LINES)]), st.data())
def test_a_file_that_was_damaged_anywhere_ends_in_words_or_a_reason(good: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(good) - 1))
    new = data.draw(st.binary(min_size=1, max_size=8))
    assert said(good[:at] + new + good[at + len(new) :])
