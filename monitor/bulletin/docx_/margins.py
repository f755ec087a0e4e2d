"""The running header and footer, where the template has none of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.document import Document as Paper
from docx.oxml.xmlchemy import BaseOxmlElement as Node
from docx.section import _BaseHeaderFooter as Margin

from monitor.bulletin import words
from monitor.bulletin.docx_ import looks, nodes
from monitor.bulletin.docx_.nodes import w
from monitor.bulletin.docx_.sheet import Sheet
from monitor.model import Bulletin, Publisher


def margins(paper: Paper, sheet: Sheet, issue: Bulletin) -> None:
    """Whose issue of which number above every page but the first; whom to call, and the page, below."""
    if paper.element.body.sectPr.xpath("w:headerReference|w:footerReference"):
        return
    page = paper.sections[-1]
    page.different_first_page_header_footer = True
    _fill(page.header, [_head(sheet, issue)])
    _fill(page.first_page_header, [sheet.line(looks.FOOTER)])
    for margin in (page.footer, page.first_page_footer):
        _fill(margin, _foot(sheet, issue.publisher))


def _fill(margin: Margin, lines: Iterable[Node]) -> None:
    margin.is_linked_to_previous = False
    root = margin.part.element
    for old in list(root):
        root.remove(old)
    root.extend(lines)


def _head(sheet: Sheet, issue: Bulletin) -> Node:
    whose = f"{issue.publisher.name} {words.NAME}"
    return sheet.line(looks.HEADER, nodes.run(whose), nodes.tab(), nodes.run(issue.number))


def _foot(sheet: Sheet, publisher: Publisher) -> Iterator[Node]:
    first, *others = words.running_foot(publisher) or ("",)
    rule = w("pBdr", w("top", val="single", sz="4", space="6", color=looks.RED))
    yield sheet.line(looks.FOOTER, nodes.run(first), nodes.tab(), *_page(), different=(rule,))
    for line in others:
        yield from sheet.text(looks.FOOTER, line)


def _page() -> Iterator[Node]:
    yield nodes.run("第")
    yield from nodes.field("PAGE", "1")
    yield nodes.run("页，共")
    yield from nodes.field("NUMPAGES", "1")
    yield nodes.run("页")
