"""How an issue looks in Word: every style by its name, made where the template has none of that name.

Chinese conventions: paragraphs begin two characters in, lines stand a fixed distance apart (so that a page
ends at the same line in every program), headings are 黑体, 楷体 and bold 宋体 as in GB/T 9704.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import chain, count

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Node

from monitor.bulletin.docx_.nodes import w

RED, GREY, BLUE = "B3121D", "6B6B6B", "1A4F8B"
SIZE = 12.0
_TWIPS = 20  # a twip is a twentieth of a point


class Font(Enum):
    """A Chinese font by the name that Word knows it by, and the Latin one beside it."""

    SONG = ("宋体", "Times New Roman")
    HEI = ("黑体", "Arial")
    KAI = ("楷体", "Times New Roman")
    FANG = ("仿宋", "Times New Roman")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A paragraph style. Distances in points, indents (`first` to `right`) in characters of its size.

    `line` is the fixed distance of lines, 0 for what the font asks for. `rule` is a line below, in eighths
    of a point. `tab` is a stop at the right margin: "dot" with a leader, "none" without.
    """

    name: str
    id: str
    font: Font = Font.SONG
    size: float = SIZE
    bold: bool = False
    color: str = ""
    spread: float = 0
    align: str = "both"
    first: float = 0
    hanging: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    line: float = 22
    keeps: bool = False
    new_page: bool = False
    outline: int = 0
    rule: str = ""
    tab: str = ""


SECTION = Look(
    name="heading 1",
    id="Heading1",
    font=Font.HEI,
    size=18,
    color=RED,
    align="left",
    after=10,
    line=30,
    keeps=True,
    new_page=True,
    outline=1,
)
TITLE = Look(
    name="heading 2",
    id="Heading2",
    font=Font.HEI,
    size=16,
    align="center",
    left=1,
    right=1,
    before=10,
    after=8,
    line=28,
    keeps=True,
    outline=2,
)
LEVELS = (
    Look(name="heading 3", id="Heading3", font=Font.HEI, first=2, before=4, keeps=True, outline=3),
    Look(name="heading 4", id="Heading4", font=Font.KAI, bold=True, first=2, keeps=True, outline=4),
    Look(name="heading 5", id="Heading5", bold=True, first=2, keeps=True, outline=5),
    Look(name="heading 6", id="Heading6", first=2, keeps=True, outline=6),
)
CONTENTS = Look(
    name="toc heading",
    id="TOCHeading",
    font=Font.HEI,
    size=16,
    align="center",
    spread=4,
    before=16,
    after=8,
    line=28,
    keeps=True,
)
TOC_SECTION = Look(
    name="toc 1",
    id="TOC1",
    font=Font.HEI,
    bold=True,
    align="left",
    before=8,
    after=2,
    line=24,
    keeps=True,
    tab="dot",
)
TOC_TITLE = Look(name="toc 2", id="TOC2", align="left", left=1, after=2, line=20, tab="dot")
HEADER = Look(name="header", id="Header", size=9, color=GREY, align="left", line=14, rule="4", tab="none")
FOOTER = Look(name="footer", id="Footer", size=9, color=GREY, align="left", line=14, tab="none")
PUBLISHER = Look(
    name="快讯刊头", id="KxPublisher", font=Font.HEI, size=16, color=RED, spread=2, align="center", line=26
)
NAME = Look(
    name="快讯刊名",
    id="KxName",
    font=Font.HEI,
    size=42,
    bold=True,
    color=RED,
    spread=8,
    align="center",
    line=62,
)
NUMBER = Look(name="快讯期号", id="KxNumber", size=14, align="center", line=24)
PERIOD = Look(
    name="快讯期间", id="KxPeriod", size=9.5, color=GREY, align="center", after=4, line=18, rule="18"
)
DOC_NUMBER = Look(name="快讯文号", id="KxDocNumber", font=Font.FANG, align="center", after=10, keeps=True)
ADDRESSEES = Look(name="快讯主送", id="KxAddressees")
BODY = Look(name="快讯正文", id="KxBody", first=2)
SIGNATURE = Look(name="快讯落款", id="KxSignature", align="right", right=2, keeps=True)
CELL = Look(name="快讯表格", id="KxCell", size=10.5, align="left", line=0)
LINKS = Look(name="快讯链接", id="KxLinks", size=10.5, align="left", before=5, line=19)
FILE = Look(name="快讯附件", id="KxFile", size=10.5, align="left", left=3.5, hanging=1.5, line=19)
ASIDE = Look(name="快讯附栏", id="KxAside", font=Font.HEI, align="left", after=4, keeps=True)
NOTE = Look(
    name="快讯说明", id="KxNote", font=Font.KAI, size=9.5, color=GREY, align="left", before=2, line=16
)
CLOSING = Look(name="快讯结语", id="KxClosing", font=Font.KAI, size=15, align="center", after=6, line=30)

PARAGRAPHS = (
    SECTION,
    TITLE,
    *LEVELS,
    CONTENTS,
    TOC_SECTION,
    TOC_TITLE,
    HEADER,
    FOOTER,
    PUBLISHER,
    NAME,
    NUMBER,
    PERIOD,
    DOC_NUMBER,
    ADDRESSEES,
    BODY,
    SIGNATURE,
    CELL,
    LINKS,
    FILE,
    ASIDE,
    NOTE,
    CLOSING,
)
HYPERLINK, GRID = "hyperlink", "table grid"
_BUILT_IN = frozenset(look.name for look in PARAGRAPHS if look.name.isascii())


def ids(styles: Node, *, width: int) -> Mapping[str, str]:
    """The id of every style by its name in small letters; those that are missing are put in.

    `width` is that of the text, in twips: there stands the tab stop of page numbers.
    """
    found = dict(_known(styles))
    base = found.get("normal", "Normal")
    for name, id_, make in _wanted(base, width):
        if name.casefold() not in found:
            found[name.casefold()] = _free(id_, set(found.values()))
            styles.append(make(found[name.casefold()]))
    return found


def _known(styles: Node) -> Iterator[tuple[str, str]]:
    for style in styles.findall(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            yield name.get(qn("w:val"), "").casefold(), style.get(qn("w:styleId"), "")


def _wanted(base: str, width: int) -> Iterator[tuple[str, str, Callable[[str], Node]]]:
    for look in PARAGRAPHS:
        yield look.name, look.id, partial(_paragraph, look, base, width)
    yield HYPERLINK, "Hyperlink", _hyperlink
    yield GRID, "TableGrid", _grid


def _free(id_: str, taken: Set[str]) -> str:
    others = (f"{id_}{n}" for n in count(2))
    return next(each for each in chain((id_,), others) if each not in taken)


def _paragraph(look: Look, base: str, width: int, id_: str) -> Node:
    own = {} if look.name in _BUILT_IN else {"customStyle": "1"}
    return w(
        "style",
        w("name", val=look.name),
        w("basedOn", val=base),
        w("uiPriority", val="9"),
        w("qFormat"),
        w("pPr", *_block(look, width)),
        w("rPr", *_letters(look)),
        type="paragraph",
        **own,
        styleId=id_,
    )


def _block(look: Look, width: int) -> Iterator[Node]:
    """The properties of a paragraph, in the order of the schema."""
    if look.keeps:
        yield w("keepNext")
    if look.outline:
        yield w("keepLines")
    if look.new_page:
        yield w("pageBreakBefore")
    if look.rule:
        yield w("pBdr", w("bottom", val="single", sz=look.rule, space="6", color=RED))
    if look.tab:
        yield w("tabs", w("tab", val="right", leader=look.tab, pos=str(width)))
    fixed = {"line": _twips(look.line), "lineRule": "exact"} if look.line else {}
    yield w("spacing", before=_twips(look.before), after=_twips(look.after), **fixed)
    yield w("ind", **_indents(look))
    yield w("jc", val=look.align)
    if look.outline:
        yield w("outlineLvl", val=str(look.outline - 1))


def _indents(look: Look) -> dict[str, str]:
    """In characters for programs that know them, in twips for the others."""
    first = ("hanging", look.hanging) if look.hanging else ("firstLine", look.first)
    return {
        key: value
        for name, characters in (("left", look.left), ("right", look.right), first)
        for key, value in (
            (f"{name}Chars", str(round(characters * 100))),
            (name, _twips(characters * look.size)),
        )
    }


def _letters(look: Look) -> Iterator[Node]:
    """The properties of letters, in the order of the schema."""
    chinese, latin = look.font.value
    yield w("rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)
    yield w("b", val="1" if look.bold else "0")
    if look.color:
        yield w("color", val=look.color)
    if look.spread:
        yield w("spacing", val=_twips(look.spread))
    yield w("sz", val=str(round(look.size * 2)))
    yield w("szCs", val=str(round(look.size * 2)))


def _hyperlink(id_: str) -> Node:
    return w(
        "style",
        w("name", val=HYPERLINK),
        w("uiPriority", val="99"),
        w("rPr", w("color", val=BLUE), w("u", val="single")),
        type="character",
        styleId=id_,
    )


def _grid(id_: str) -> Node:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (w(side, val="single", sz="4", space="0", color="8D8D8D") for side in sides)
    return w(
        "style",
        w("name", val=GRID),
        w("uiPriority", val="39"),
        w("tblPr", w("tblBorders", *lines)),
        type="table",
        styleId=id_,
    )


def _twips(points: float) -> str:
    return str(round(points * _TWIPS))
