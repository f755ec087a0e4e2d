"""A .docx: a zip with XML in it, read without the program that made it (ECMA-376, part 1).

Text only: paragraphs, and tables as one line a row. Numbers that Word counts by itself (一、 1.) are
not in the file and so are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from monitor.errors import ParseError
from monitor.files import plain, zips
from monitor.model import RawNotice

DEEPEST = 100
DOCUMENT = "word/document.xml"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT, _PARAGRAPH, _TABLE, _ROW, _CELL = (f"{_W}{tag}" for tag in ("t", "p", "tbl", "tr", "tc"))
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " "}


def read(data: bytes, url: str) -> RawNotice:
    """The strings of a document; ParseError where it is none, or a bomb."""
    return plain.notice(lines(data, url), url)


def lines(data: bytes, url: str) -> list[str]:
    """The paragraphs of a document and the rows of its tables, in order; ParseError as `read`."""
    with zips.opened(data, url) as archive:
        if DOCUMENT not in archive.NameToInfo:
            raise ParseError(url, "这个压缩文件不是 .docx 文档")
        xml = zips.xml(archive, DOCUMENT, url)
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - bounded, and without declarations
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ParseError(url, "这个 .docx 已损坏") from error
    return "\n".join(_lines(root, DEEPEST)).splitlines()


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
