"""An issue as a Word document, laid out like the founding bulletin. Talks to nobody: bytes in, bytes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from monitor.bulletin import words
from monitor.bulletin.docx_ import looks, nodes
from monitor.bulletin.docx_.base import open_paper
from monitor.bulletin.docx_.contents import contents, of_notice, of_section
from monitor.bulletin.docx_.margins import margins
from monitor.bulletin.docx_.nodes import w
from monitor.bulletin.docx_.notice import notice
from monitor.bulletin.docx_.pack import ask_for_update, describe, pack
from monitor.bulletin.docx_.sheet import Sheet
from monitor.model import Bulletin, UnreadSource

__all__ = ["bookmarks", "write"]

_ABOVE_CLOSING = "3600"  # twips: the closing words stand by themselves


def write(issue: Bulletin, *, template: bytes | None = None, pages: Mapping[str, int] | None = None) -> bytes:
    """The bytes of a .docx, the same for the same issue and template.

    `template` is a .docx whose page, margins, headers, footers and styles count. `pages` are the pages
    of `bookmarks(issue)` in a rendering; without them Word is asked to work the contents out on opening.
    ConfigError where the template cannot be used.
    """
    paper = open_paper(template)
    sheet = Sheet.of(paper)
    page = paper.element.body.sectPr
    for node in _nodes(sheet, issue, pages):
        page.addprevious(node)
    margins(paper, sheet, issue)
    describe(paper, issue)
    if pages is None and issue.sections:
        ask_for_update(paper)
    return pack(paper)


def bookmarks(issue: Bulletin) -> tuple[str, ...]:
    """The bookmarks of sections and notices in printing order: what the contents lead to."""
    return tuple(
        name
        for place, section in enumerate(issue.sections, 1)
        for name in (of_section(place), *map(of_notice, section.items))
    )


def _nodes(sheet: Sheet, issue: Bulletin, pages: Mapping[str, int] | None) -> Iterator[Node]:
    yield from _cover(sheet, issue)
    yield from contents(sheet, issue, pages)
    yield from _sections(sheet, issue) if issue.sections else sheet.text(looks.BODY, words.NOTHING)
    yield from _last_page(sheet, issue)


def _cover(sheet: Sheet, issue: Bulletin) -> Iterator[Node]:
    yield from sheet.text(looks.PUBLISHER, issue.publisher.name)
    yield from sheet.text(looks.NAME, words.NAME)
    draft = "" if issue.published else f"（{words.DRAFT}）"
    yield from sheet.text(looks.NUMBER, f"{issue.number}{draft}")
    yield from sheet.text(looks.PERIOD, words.period(issue))


def _sections(sheet: Sheet, issue: Bulletin) -> Iterator[Node]:
    numbers = {name: number for number, name in enumerate(bookmarks(issue), 1)}
    for place, section in enumerate(issue.sections, 1):
        mark = of_section(place)
        name = nodes.marked(mark, numbers[mark], nodes.run(f"[{section.name}]"))
        yield sheet.line(looks.SECTION, *name)
        for item in section.items:
            opens = item is section.items[0]
            yield from notice(sheet, item, number=numbers[of_notice(item)], opens=opens)


def _last_page(sheet: Sheet, issue: Bulletin) -> Iterator[Node]:
    lines = [*_unread(sheet, issue.unread_sources), *_closing(sheet, issue)]
    if lines and issue.sections:
        lines[0].get_or_add_pPr().insert_element_before(w("pageBreakBefore"), "w:spacing", "w:jc")
    yield from lines


def _unread(sheet: Sheet, sources: tuple[UnreadSource, ...]) -> Iterator[Node]:
    if sources:
        yield from sheet.text(looks.ASIDE, words.UNREAD_SOURCES)
    for source in sources:
        trouble = nodes.run(f"：{words.trouble(source)}")
        yield sheet.line(looks.LINKS, sheet.link(source.url, source.name), trouble)


def _closing(sheet: Sheet, issue: Bulletin) -> Iterator[Node]:
    publisher = issue.publisher
    said = [line for line in words.closing(publisher).splitlines() if line.strip()]
    for place, line in enumerate(said):
        apart = () if place else (w("spacing", before=_ABOVE_CLOSING),)
        yield sheet.line(looks.CLOSING, nodes.run(line), different=apart)
    if said:
        yield from sheet.text(looks.PUBLISHER, publisher.name)
        yield from sheet.text(looks.NUMBER, f"电话：{publisher.phone}" if publisher.phone else "")
