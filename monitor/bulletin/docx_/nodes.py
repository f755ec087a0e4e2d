"""The few elements of WordprocessingML that an issue is made of (ECMA-376, part 1, chapter 17).

Text passes `text.clean` here, and nowhere else: XML cannot carry controls and half surrogate pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement as Node

from monitor import escape
from monitor.text import clean

LONGEST_ADDRESS = 2000  # Word refuses a file with a longer hyperlink

_W, _R = nsmap["w"], nsmap["r"]
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAMES = {"w": _W, "r": _R}
# Marks of both worlds: without the hint Word takes them from the Latin font, half as wide.
_EITHER = re.compile("[“”‘’…—·]")


def w(tag: str, *children: Node, **attributes: str) -> Node:
    """One element with attributes of the same namespace; attributes keep the order given."""
    node: Node = oxml_parser.makeelement(f"{{{_W}}}{tag}", nsmap=_NAMES)
    for name, value in attributes.items():
        node.set(f"{{{_W}}}{name}", value)
    node.extend(children)
    return node


def run(text: str, *looks: Node, style: str = "") -> Node:
    """Text of one look. What a page said is cleaned to one line of what XML can carry."""
    said = clean(text)
    named = (w("rStyle", val=style),) if style else ()
    hint = (w("rFonts", hint="eastAsia"),) if _EITHER.search(said) else ()
    properties = (*named, *hint, *looks)  # in the order of the schema
    return w("r", *((w("rPr", *properties),) if properties else ()), _text(said))


def paragraph(style: str, *content: Node, looks: Iterable[Node] = ()) -> Node:
    """A paragraph of a style (its id), with what differs from it."""
    return w("p", w("pPr", w("pStyle", val=style), *looks), *content)


def tab() -> Node:
    """A jump to the next tab stop."""
    return w("r", w("tab"))


def field(code: str, shown: str) -> tuple[Node, ...]:
    """A field that shows `shown` until Word works it out anew."""
    return (*field_begins(code, dirty=False), *((run(shown),) if shown else ()), field_ends())


def field_begins(code: str, *, dirty: bool) -> tuple[Node, ...]:
    """What stands in front of a field's result; a `dirty` one is worked out when the file is opened."""
    begin = w("fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {}))
    asked = w("instrText")
    asked.set(_XML_SPACE, "preserve")
    asked.text = f" {code} "
    return w("r", begin), w("r", asked), w("r", w("fldChar", fldCharType="separate"))


def field_ends() -> Node:
    """What stands behind a field's result."""
    return w("r", w("fldChar", fldCharType="end"))


def link(url: str, text: str, *, part: Part, style: str) -> Node:
    """A hyperlink where the address is one (http or https), else its words."""
    target = escape.link(url)
    if not target or len(target) > LONGEST_ADDRESS:
        return run(text)
    node = w("hyperlink", run(text, style=style), history="1")
    node.set(f"{{{_R}}}id", part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return node


def jump(bookmark: str, *content: Node) -> Node:
    """A hyperlink to a bookmark of the document."""
    return w("hyperlink", *content, anchor=bookmark, history="1")


def marked(bookmark: str, number: int, *content: Node) -> tuple[Node, ...]:
    """Content under a bookmark; `number` is its own in the document."""
    return (
        w("bookmarkStart", id=str(number), name=bookmark),
        *content,
        w("bookmarkEnd", id=str(number)),
    )


def _text(said: str) -> Node:
    node = w("t")
    node.text = said
    if said != said.strip():
        node.set(_XML_SPACE, "preserve")
    return node
