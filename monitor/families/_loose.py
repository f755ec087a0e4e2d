"""Rows on pages whose lists have no blocks of link and whole date: the last resort of `generic`.

Three ways, the surest first: blocks with one link and a day in any dress (cut in two, in `datetime=`);
links followed by their day as a neighbour (dt and dd, `a` and `span` between `br`); and, without any
day, five links or more of title length side by side, into the list's own folder.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from monitor import urls
from monitor.families import _days, _rows
from monitor.families._html import Html, attribute
from monitor.families._rows import Row

_LEAST, _LEAST_UNDATED = 3, 5
_LONGEST = 600
_TITLE = 10
_NEIGHBOURS = 4


def find(html: Html) -> list[Row]:
    """The rows, in page order; none where there are not enough of a kind."""
    for rows in (_blocks(html), _pairs(html)):
        listed = _rows.one_list(html, rows) if rows else []
        if len(listed) >= _LEAST:
            return listed
    rows = _undated(html)
    listed = _rows.one_list(html, rows) if rows else []
    return listed if len(listed) >= _LEAST_UNDATED else []


def _blocks(html: Html) -> list[Row]:
    """The innermost blocks with a link and a day."""
    found: list[Row] = []
    for block in html.tree.css("li,tr,dl,dd,div,p"):
        shown = f"{_rows.apart(block)} {_machine_day(block)}"
        links = block.css("a[href]") if 10 < len(shown) < _LONGEST else []
        if len({link.attributes.get("href") for link in links}) == 1:
            row = _row(html, block, links[0], shown)
            if row and found and _holds(found[-1].block, block):
                found[-1] = row
            elif row:
                found.append(row)
    return found


def _pairs(html: Html) -> list[Row]:
    """Links whose day stands after them, before the next link."""
    found = []
    for link in html.tree.css("a[href]"):
        row = _row(html, link, link, _after(link)) or _row(html, link, link, _after(link.parent))
        if row:
            found.append(row)
    return found


def _undated(html: Html) -> list[Row]:
    home = urlsplit(urls.canonical(html.url))
    folder = f"http://{home.netloc}{home.path.rpartition('/')[0]}/"
    rows = (_rows.of(html, link.parent or link, link, shown="") for link in html.tree.css("a[href]"))
    return [row for row in rows if row and len(row.title) >= _TITLE and _is_below(row.url, folder)]


def _is_below(url: str, folder: str) -> bool:
    plain = urls.canonical(url)
    return plain.startswith(folder) and not plain.endswith("/") and plain != folder


def _row(html: Html, block: LexborNode, link: LexborNode, shown: str) -> Row | None:
    day = _days.shown(shown)
    row = _rows.of(html, block, link, shown=shown) if day else None
    return replace(row, day=row.day or day) if row and len(row.title) > 3 else None


def _machine_day(block: LexborNode) -> str:
    node = block.css_first("time[datetime]")
    return attribute(node, "datetime") if node else ""


def _after(node: LexborNode | None) -> str:
    """The text of the neighbours after a node, up to the next that has a link."""
    said = []
    neighbour = node.next if node else None
    for _ in range(_NEIGHBOURS):
        if neighbour is None or neighbour.tag == "a" or neighbour.css_first("a[href]"):
            break
        said.append(neighbour.text(separator=" "))
        neighbour = neighbour.next
    return " ".join(said)[:_LONGEST]


def _holds(outer: LexborNode, inner: LexborNode) -> bool:
    around = inner.parent
    while around and around.tag not in ("body", "html"):
        if around.mem_id == outer.mem_id:
            return True
        around = around.parent
    return False
