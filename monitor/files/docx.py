"""A .docx: a zip with XML in it, read without the program that made it (ECMA-376, part 1).

Text only: paragraphs, and tables as one line a row. Numbers that Word counts by itself (一、 1.) are
not in the file and so are not read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from monitor.errors import ParseError
from monitor.files import plain
from monitor.model import RawNotice

MOST_XML = 32 * 1024 * 1024
TIGHTEST = 200  # Word's own XML packs ten to thirty times; a bomb a thousand times
DEEPEST = 100

_DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT, _PARAGRAPH, _TABLE, _ROW, _CELL = (f"{_W}{tag}" for tag in ("t", "p", "tbl", "tr", "tc"))
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " "}
# What a damaged, locked or oddly packed zip raises.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


def read(data: bytes, url: str) -> RawNotice:
    """The strings of a document; ParseError where it is none, or a bomb."""
    xml = _document(data, url)
    if b"<!DOCTYPE" in xml[:4096]:
        raise ParseError(url, "这个 .docx 含有 Word 不会写的声明，不读取")
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - bounded, and without declarations
    except ElementTree.ParseError as error:
        raise ParseError(url, "这个 .docx 已损坏") from error
    return plain.notice("\n".join(_lines(root, DEEPEST)).splitlines(), url)


def _document(data: bytes, url: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.NameToInfo.get(_DOCUMENT)
            if found is None:
                raise ParseError(url, "这个压缩文件不是 .docx 文档")
            if found.file_size > min(MOST_XML, TIGHTEST * max(found.compress_size, 4096)):
                raise ParseError(url, "这个 .docx 解压后过大，不读取")
            with archive.open(found) as file:
                xml = file.read(MOST_XML + 1)  # what the directory says need not be true
    except _BROKEN as error:
        raise ParseError(url, "这个 .docx 已损坏或加密") from error
    if len(xml) > MOST_XML:
        raise ParseError(url, "这个 .docx 解压后过大，不读取")
    return xml


def _lines(node: ElementTree.Element, depth: int) -> Iterator[str]:
    for child in node if depth else ():
        if child.tag == _PARAGRAPH:
            yield _words(child)
        elif child.tag == _TABLE:
            yield from (" | ".join(map(_cell, row.iterfind(_CELL))) for row in child.iter(_ROW))
        else:
            yield from _lines(child, depth - 1)


def _cell(cell: ElementTree.Element) -> str:
    return " ".join(filter(None, (_words(paragraph).strip() for paragraph in cell.iterfind(_PARAGRAPH))))


def _words(paragraph: ElementTree.Element) -> str:
    """The text of a paragraph; of a drawing given twice, for new programs and for old, the first."""
    said: list[str] = []
    waiting = [paragraph]
    while waiting:
        node = waiting.pop()
        if node.tag == _FALLBACK:
            continue
        said.append(node.text or "" if node.tag == _TEXT else _BREAKS.get(node.tag, ""))
        waiting.extend(reversed(node))
    return "".join(said)
