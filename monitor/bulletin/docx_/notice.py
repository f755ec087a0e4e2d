"""One notice in Word: title, number, body, signature, links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from monitor import escape
from monitor.bulletin import words
from monitor.bulletin.blocks import Block, Part, blocks
from monitor.bulletin.docx_ import looks, nodes
from monitor.bulletin.docx_.contents import of_notice
from monitor.bulletin.docx_.nodes import w
from monitor.bulletin.docx_.sheet import Sheet
from monitor.bulletin.docx_.table import table
from monitor.model import BulletinItem, Notice

_ABOVE_SIGNATURE = "320"  # twips
_LOOKS = {
    Part.ADDRESSEES: looks.ADDRESSEES,
    Part.PARAGRAPH: looks.BODY,
    Part.SIGNATURE: looks.SIGNATURE,
}


def notice(sheet: Sheet, item: BulletinItem, *, number: int, opens: bool) -> Iterator[Node]:
    """The paragraphs of a notice, on a new page unless it `opens` its section; `number` is its bookmark's."""
    printed = item.notice
    title = nodes.marked(of_notice(item), number, nodes.run(printed.title))
    yield sheet.line(looks.TITLE, *title, different=() if opens else (w("pageBreakBefore"),))
    yield from sheet.text(looks.DOC_NUMBER, printed.doc_number or "")
    parts = blocks(printed)
    yield from _body(sheet, parts)
    if not parts:
        yield from sheet.text(looks.BODY, words.UNREAD_BODY)
    yield from _links(sheet, printed)
    yield from sheet.text(looks.NOTE, item.note)


def _body(sheet: Sheet, parts: Sequence[Block]) -> Iterator[Node]:
    before = Part.SIGNATURE
    for block in parts:
        if block.part is Part.TABLE:
            yield table(sheet, block.rows)
        elif block.part is Part.SIGNATURE and before is not Part.SIGNATURE:
            yield sheet.line(
                looks.SIGNATURE, nodes.run(block.text), different=(w("spacing", before=_ABOVE_SIGNATURE),)
            )
        else:
            yield from sheet.text(
                _LOOKS[block.part] if block.part in _LOOKS else looks.LEVELS[block.level - 1], block.text
            )
        before = block.part


def _links(sheet: Sheet, printed: Notice) -> Iterator[Node]:
    files = [file for file in printed.attachments if escape.link(file.url)]
    if files:
        yield from sheet.text(looks.LINKS, words.FILES)
    for place, file in enumerate(files, 1):
        yield sheet.line(looks.FILE, nodes.run(f"{place}."), nodes.tab(), sheet.link(file.url, file.name))
    yield sheet.line(looks.LINKS, nodes.run(words.LINKS), sheet.link(printed.url, printed.url))
