"""The text of a notice: which container holds it, and how it reads as lines."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor import text
from monitor.families import _dense, _furniture
from monitor.families._html import words

# Containers that content systems and their editors write, and only around the text of an article.
_KNOWN = (
    "ucapcontent,#UCAP-CONTENT,.trs_editor_view,.TRS_UEDITOR,.TRS_Editor,.Custom_UnionStyle,#zoomcon,#zoom,#Zoom,"
    "#con_con,.xl_content,#easysiteText,.gxt-xilan-content,#ivs_content,.j-fontContent,#fontzoom,.zsy_comain,.arc_cont,"
    ".content_body_box,.neiright_JPZ_GK_CP,.article-content,#info_cont"
)
# Names that site builders give to such a container, but also to others: the surest first.
_USUAL = (
    *(
        ".zoom",
        ".article_content",
        ".article_con",
        ".pages_content",
        "#detailContent",
        ".main-txt",
        ".contt_cont",
    ),
    *(
        "#downloadContent",
        ".content-body",
        ".details-main",
        ".tys-main",
        ".newsMain",
        ".newsCon",
        ".wzcon",
        ".text.wide",
    ),
    *(".zw", "#article", ":has(> meta[name=ContentStart])", "#content", ".content"),
)
_BLOCKS = "p,div,br,li,tr,table,h1,h2,h3,h4,h5,h6,section,article,blockquote,dd,dt,ul,ol,hr,figure,center"
_HIDDEN = '[style*="display:none"],[style*="display: none"],button,select,input,textarea,audio,video'
# A mark that page text cannot keep: `clean` takes it for a blank.
_LINE = "\x1e"
# What templates put behind the text inside its container: a QR code, then related articles.
_TAIL = re.compile(r"扫一扫.{0,4}手机")
_WIDEST_CELL = 1000
_LEAST = 20


def container(tree: LexborHTMLParser, selector: str | None) -> LexborNode | None:
    """The node around a notice's text: the source's own, else a known one, else where the paragraphs are."""
    if selector:
        return _longest(tree, selector)
    for known in (_KNOWN, *_USUAL):
        node = _longest(tree, known)
        if node and len(words(node)) >= _LEAST:
            return _inside(node) if known in _USUAL else node
    return (_dense.find(tree.body) if tree.body else None) or _longest(tree, _KNOWN)


def _inside(node: LexborNode) -> LexborNode:
    """What has a usual name may be the whole middle of the page: the heading in it tells."""
    return (_dense.find(node) if node.css_first("h1") else None) or node


def length_of_known(tree: LexborHTMLParser) -> int:
    """How much text stands where only the text of an article stands."""
    node = _longest(tree, _KNOWN)
    return len(words(node)) if node else 0


def lines(node: LexborNode) -> str:
    """One paragraph a line, a table row as its cells joined by " | ". Takes the node apart."""
    for hidden in node.css(_HIDDEN):
        if hidden.mem_id != node.mem_id:
            hidden.decompose()
    for block in node.css(_BLOCKS):
        block.insert_before(_LINE)
        block.insert_after(_LINE)
    for row in node.css("tr"):
        _flatten(row)
    pieces = (piece for piece in node.text().split(_LINE) if piece and not piece.isspace())
    found = [line for line in map(text.clean, pieces) if line]
    end = next((place for place, line in enumerate(found) if _TAIL.match(line)), None)
    return "\n".join(_furniture.without(found[:end]))


def _flatten(row: LexborNode) -> None:
    """A row of a table of values becomes one line; a row that lays out the page stays as it is."""
    cells = row.css("td,th")
    if len(cells) < 2 or row.css_first("table"):
        return
    values = [text.clean(cell.text().replace(_LINE, " ")) for cell in cells]
    if max(map(len, values)) < _WIDEST_CELL:
        row.replace_with(_LINE + " | ".join(values).strip(" |") + _LINE)


def _longest(tree: LexborHTMLParser, selector: str) -> LexborNode | None:
    """The match with most text; containers nest, and of equals the outermost comes first."""
    return max(tree.css(selector), key=lambda node: len(node.text()), default=None)
