"""目录: a contents field with its titles filled in, which Word and WPS bring up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from monitor.bulletin import words
from monitor.bulletin.docx_ import looks, nodes
from monitor.bulletin.docx_.looks import Look
from monitor.bulletin.docx_.nodes import w
from monitor.bulletin.docx_.sheet import Sheet
from monitor.model import Bulletin, BulletinItem

# Headings of the first two levels, as links, without page numbers in a web view.
_CODE = r'TOC \o "1-2" \h \z \u'


def of_section(place: int) -> str:
    """The bookmark of a section, from 1."""
    return f"section_{place}"


def of_notice(item: BulletinItem) -> str:
    """The bookmark of a notice."""
    return f"notice_{item.notice_id}"


def contents(sheet: Sheet, issue: Bulletin, pages: Mapping[str, int] | None) -> Iterator[Node]:
    """The contents of an issue, under a heading of their own; none where nothing is printed."""
    rows = list(_rows(issue))
    if not rows:
        return
    yield w(
        "sdt",
        w("sdtPr", w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))),
        w(
            "sdtContent",
            sheet.line(looks.CONTENTS, nodes.run(words.CONTENTS)),
            *_lines(sheet, rows, pages),
            sheet.line(looks.NOTE, nodes.field_ends()),
        ),
    )


def _rows(issue: Bulletin) -> Iterator[tuple[Look, str, str]]:
    for place, section in enumerate(issue.sections, 1):
        yield looks.TOC_SECTION, of_section(place), f"[{section.name}]"
        for item in section.items:
            yield looks.TOC_TITLE, of_notice(item), item.notice.title


def _lines(
    sheet: Sheet, rows: list[tuple[Look, str, str]], pages: Mapping[str, int] | None
) -> Iterator[Node]:
    begins = nodes.field_begins(_CODE, dirty=pages is None)
    for look, bookmark, title in rows:
        shown = str(pages[bookmark]) if pages and bookmark in pages else ""
        number = nodes.field(rf"PAGEREF {bookmark} \h", shown)
        yield sheet.line(look, *begins, nodes.jump(bookmark, nodes.run(title), nodes.tab(), *number))
        begins = ()
