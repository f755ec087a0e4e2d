"""What every part of an issue is written on: styles by their look, links, the width of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docx.document import Document as Paper
from docx.opc.part import Part
from docx.oxml.xmlchemy import BaseOxmlElement as Node

from monitor.bulletin.docx_ import looks, nodes
from monitor.bulletin.docx_.looks import Look
from monitor.text import clean

_EMU = 635  # English metric units in a twip
_WIDTH = 8958  # of our own A4 page


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`ids` are those of the styles by name, `width` is the width of the text in twips."""

    part: Part
    ids: Mapping[str, str]
    width: int

    @classmethod
    def of(cls, paper: Paper) -> Sheet:
        """The sheet of an open document, with every style that an issue needs."""
        width = _width(paper)
        return cls(part=paper.part, ids=looks.ids(paper.styles.element, width=width), width=width)

    def line(self, look: Look, *content: Node, different: Iterable[Node] = ()) -> Node:
        """A paragraph of that look; `different` are properties in the order of the schema."""
        return nodes.paragraph(self.ids[look.name], *content, looks=different)

    def text(self, look: Look, text: str) -> tuple[Node, ...]:
        """A paragraph of text; none where there is nothing to read."""
        return (self.line(look, nodes.run(text)),) if clean(text) else ()

    def link(self, url: str, text: str) -> Node:
        """A hyperlink where the address is one."""
        return nodes.link(url, text, part=self.part, style=self.ids[looks.HYPERLINK])


def _width(paper: Paper) -> int:
    page = paper.sections[-1]
    if page.page_width is None or page.left_margin is None or page.right_margin is None:
        return _WIDTH
    width = (page.page_width - page.left_margin - page.right_margin) // _EMU
    return width if width > 0 else _WIDTH
