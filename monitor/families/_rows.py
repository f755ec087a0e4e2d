"""The rows of a list page: repeated blocks, each with a link to an article and, as a rule, a date.

What the real pages taught: rows come in several lists of one container and out of date order; the
date stands before or behind the link, in brackets, over two lines, twice, or in `title=`; the
link's text is cut and `title=` is whole; navigation, sidebars, 友情链接, empty templates and
pop-ups with further links stand around and between them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from monitor import text, urls
from monitor.dates import parse_date
from monitor.families import _days
from monitor.families._html import Html, attribute, words

_ARTICLE = re.compile(
    r"/t\d{6,8}(?:_\d+)?\.s?html?"  # TRS
    r"|/art/\d{4}/(?:\d{1,2}/\d{1,2}/art_\d+_\d+|art_[0-9a-f]{32})\.html"  # Hanweb
    r"|/c\d+/(?:\d+/)?content\.s?html?|/content_\d+\.s?html?|/post_\d+\.html"  # UCAP, NFCMS
    r"|/[\d/]{6,10}/[0-9a-f]{32}\.s?html"
    r"|/\d{5,20}/index\.s?html?|/\d{4,8}\.html?"  # EasySite; the numbered pages of 2019
    r"|/columns/[0-9a-f-]{36}/\d{6}/\d{2}/[0-9a-f-]{36}\.html"
    r"|/(?:c/\d{4}-\d{2}-\d{2}|system/\d{4}/\d{2}/\d{2})/\d+\.shtml"
)
# Asked of every block of a page: the set in front is what makes the search fast.
_YEAR = re.compile(
    r"[12１２二](?:(?:(?<=1)9|(?<=2)0)\d\d\s*[-/.年]"
    r"|(?<=[１２二])[９０九〇○零][\d〇○零一二三四五六七八九]{2}\s*[-/.年－／．])"
)
_ISO = r"[\[(（【]?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[\])）】]?"
_ONLY_DATE = re.compile(
    r"[\d年月日号时分秒:：∶\-/.－／．T\s\[\]()（）【】〇○零OＯ一二三四五六七八九十元廿卅]{8,40}"
)
_BREAK = "\x1f"
_BEFORE = re.compile(
    rf"(?:[·•●■◆▪►>»\s]+|[\[【(（](?:置顶|顶|热|新|NEW|已结束|进行中)[\]】)）]|(?:置顶|NEW!?|{_ISO})\s+)+",
    re.I,
)
_AFTER = re.compile(rf"(?:\s*{_ISO}|\s+NEW!?)$", re.I)
_MAY_BE_STICKER = frozenset("0123456789])）】wW!")
# `title=` of icons and buttons says what a click does, not what the notice is called.
_NO_TITLE = frozenset({"详情", "查看详情", "更多", "查看", "点击查看", "阅读全文", "hide"})
_LABEL = re.compile(r".{0,4}|[\[【(（].{1,8}[\]】)）]")
_HEADINGS = "h1,h2,h3,h4,h5,h6,.title,.tit,.til,.bt"
_BLOCKS = "li,tr,dl"
_OTHER_BLOCKS = "div,p,dd,td,a,h3,h4"
_LONGEST_ROW = 3000
_MOST_LINKS = 12
# So many lists of about one length, with so many rows each, make a page a hub.
_HUB = 3
_MOST_POPUPS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A row as found: the block, and what its main link says."""

    block: LexborNode
    url: str
    title: str
    day: date | None


@dataclass(frozen=True, slots=True)
class _Block:
    node: LexborNode
    text: str


def find(html: Html, *, only_rows: bool) -> list[Row]:
    """The rows in page order; `only_rows` says that the markup holds nothing but the list."""
    rows = _dated(html, _BLOCKS, only_rows=only_rows)
    if len(rows) < 3:
        # One <div> with a link and a date is any part of any page: only repetition makes it a row.
        others = _dated(html, _OTHER_BLOCKS, only_rows=only_rows)
        rows = others if len(others) > max(1, len(rows)) else rows
    return rows or _undated(html, only_rows=only_rows)


def of(html: Html, block: LexborNode, link: LexborNode | None, *, shown: str) -> Row | None:
    """The row of a block that shows this text and has this link; None where that leads nowhere."""
    url = urls.absolute(html.url, link.attributes.get("href")) if link else None
    if not link or not url:
        return None
    name = title(link)
    if name in _NO_TITLE:
        heading = block.css_first(_HEADINGS)
        name = words(heading) if heading else name
    return Row(block, url, name, _day(shown, link)) if name else None


def apart(node: LexborNode) -> str:
    """The text of a node with its strings kept apart: a title may end in a digit, a date begins with one."""
    return node.text(separator=" ")


def title(link: LexborNode) -> str:
    """What a link calls its notice: `title=`, else its heading, else its text; stickers taken off."""
    raw = link.attributes.get("title") or ""
    told = _whole(raw, link) if "\n" in raw else text.clean(raw)
    if len(told) < 4 or told in _NO_TITLE or _is_date(told):
        heading = link.css_first(_HEADINGS)
        told = (words(heading) if heading else "") or _without_dates(link)
    if told and told[-1] in _MAY_BE_STICKER:
        told = _AFTER.sub("", told)
    sticker = _BEFORE.match(told)
    return told[sticker.end() :].strip() if sticker and sticker.end() < len(told) else told


def _without_dates(link: LexborNode) -> str:
    """The text of a link that may wrap the whole row, date and all."""
    strings = link.text(separator=_BREAK).split(_BREAK)
    if _days.is_cut(" ".join(strings)):
        strings = [said for said in strings if not _days.is_piece(said)]
    return text.clean("".join(said for said in strings if not _is_date(said)))


def _whole(raw: str, link: LexborNode) -> str:
    """SAMR breaks `title=` over lines inside words: the link's text is better if it is all there."""
    shown = words(link)
    return shown if text.fold(shown) == text.fold(raw) else text.clean(raw)


def is_article(url: str) -> bool:
    """Whether an address is of one of the dialects in which the systems write articles."""
    return bool(_ARTICLE.search(url))


def _dated(html: Html, selector: str, *, only_rows: bool) -> list[Row]:
    blocks = [_Block(node, apart(node)) for node in html.tree.css(selector)]
    dated = _innermost([block for block in blocks if _may_be_row(block.text)])
    rows = [row for row in (_row(html, block) for block in dated) if row and row.day]
    rows = rows if only_rows or not rows else one_list(html, rows)
    return _with_undated_siblings(html, rows, blocks)


def _may_be_row(shown: str) -> bool:
    return 10 < len(shown) < _LONGEST_ROW * 10 and bool(_YEAR.search(shown))


def _innermost(blocks: list[_Block]) -> list[_Block]:
    """Without the blocks that only wrap others. A row may wrap a pop-up with dates of its own.

    Blocks come in the order of the page, so what one contains follows it at once, and a text that
    is part of the text before is inside it.
    """
    kept = []
    skip = 0
    for index, block in enumerate(blocks):
        if skip:
            skip -= 1
            continue
        inside = _inside(block.text, blocks, index + 1)
        rest = block.text
        for inner in inside:
            rest = rest.replace(inner.text, " ", 1)
        is_row = not inside or (bool(_YEAR.search(rest)) and _has_own_link(block, inside))
        if is_row and len(block.text) < _LONGEST_ROW:
            kept.append(_Block(block.node, rest))
            skip = len(inside)
    return kept


def _has_own_link(block: _Block, inside: list[_Block]) -> bool:
    """Whether a block with dated blocks in it is a row with a pop-up, not a wrapper of rows."""
    if len(inside) > _MOST_POPUPS:
        return False
    return len(block.node.css("a[href]")) > sum(len(inner.node.css("a[href]")) for inner in inside)


def _inside(outer: str, blocks: list[_Block], start: int) -> list[_Block]:
    """The blocks inside another, as many as show whether it is a row: thousands may be nested."""
    end = start
    most = min(start + _MOST_POPUPS + 1, len(blocks))
    while end < most and blocks[end].text in outer and len(blocks[end].text) < len(outer):
        end += 1
    return blocks[start:end]


def _row(html: Html, block: _Block) -> Row | None:
    links = block.node.css("a[href]")
    if not links or len(links) > _MOST_LINKS:
        return None
    if len(links) > 1:
        links.sort(key=_how_unlike_a_row)
    for link in links:
        row = of(html, block.node, link, shown=block.text)
        if row:
            return row
    return None


def _how_unlike_a_row(link: LexborNode) -> int:
    """0 for a link to an article, 1 for one that may be, 2 for 展开, [通知] and links to columns."""
    href = link.attributes.get("href") or ""
    if is_article(href):
        return 0
    return 2 if href.endswith("/") or _LABEL.fullmatch(words(link)) else 1


def _day(shown: str, link: LexborNode) -> date | None:
    """The date of a row: outside its link, else alone in a part of it, else as `title=`.

    A date in the middle of a title (2021年10月30日公布) is not when the row was published.
    """
    name = apart(link)
    if not _YEAR.search(name):
        return _days.shown(shown) or _told_date(link)
    parts = (part.text() for part in link.css("span,em,i,b,p,div,time,font,small"))
    alone = (parse_date(part) for part in parts if _is_date(part))
    outside = _days.shown(shown.replace(name, " ", 1)) or next(alone, None)
    return outside or (_days.shown(name) if _days.is_cut(name) else None) or _told_date(link)


def _told_date(link: LexborNode) -> date | None:
    told = attribute(link, "title")
    return parse_date(told) if _is_date(told) else None


def _is_date(said: str) -> bool:
    """Whether a string is a date and nothing else."""
    return bool(_ONLY_DATE.fullmatch(said)) and parse_date(said) is not None


def one_list(html: Html, rows: list[Row]) -> list[Row]:
    """The rows of the densest list, with those of its sisters under the same roof.

    Rows below the address of the page count twice: 热点 and 最新 in a sidebar may be more. Where three
    lists or more are about equal, the page is a hub and all of them are its rows.
    """
    places = [_place(row) for row in rows]
    home = _folder(html)
    counts = Counter(place for place, _ in places)
    below = Counter(
        place
        for row, (place, _) in zip(rows, places, strict=True)
        if urls.canonical(row.url).startswith(home)
    )
    (densest, most), *_rest = (counts + below).most_common(1)
    equal = {
        place
        for place, count in counts.items()
        if (count + below[place]) * 4 >= most * 3 and bool(below[place]) == bool(below[densest])
    }
    chosen = equal if len(equal) >= _HUB <= len(rows) / _HUB else {densest}
    roofs = {roof for place, roof in places if place == densest and roof}
    return [row for row, (place, roof) in zip(rows, places, strict=True) if place in chosen or roof in roofs]


def _folder(html: Html) -> str:
    home = urlsplit(urls.canonical(html.url))
    return f"http://{home.netloc}{home.path.rpartition('/')[0]}/"


def _place(row: Row) -> tuple[str, int | None]:
    """What holds a row, by name (Fujian cuts a list into lists of five), and whose child that is."""
    holder = row.block.parent
    roof = holder.parent if holder else None
    if not holder or not roof or roof.tag in ("body", "html"):
        return (_name(holder), None)
    return (f"{row.block.tag} {_name(holder)} {_name(roof)}", roof.mem_id)


def _name(node: LexborNode | None) -> str:
    if node is None:
        return ""
    classes = (node.attributes.get("class") or "").split(maxsplit=1)
    return f"{node.tag}.{classes[0] if classes else '-'}"


def _with_undated_siblings(html: Html, rows: list[Row], blocks: list[_Block]) -> list[Row]:
    """A row that forgot its date is still a row when it stands among rows and leads to an article."""
    known = {row.block.mem_id: row for row in rows}
    lists = {row.block.parent.mem_id for row in rows if row.block.parent}
    found = []
    for block in blocks:
        row = known.get(block.node.mem_id)
        if row is None and len(block.text) > 5:
            row = _sibling(html, block, lists)
        if row:
            found.append(row)
    return found


def _sibling(html: Html, block: _Block, lists: set[int]) -> Row | None:
    parent = block.node.parent
    row = _row(html, block) if parent and parent.mem_id in lists else None
    return row if row and is_article(row.url) else None


def _undated(html: Html, *, only_rows: bool) -> list[Row]:
    """Rows without any date: links to articles below the list's own address, three at least."""
    blocks = (_Block(node, apart(node)) for node in html.tree.css("li,tr,dl") or html.tree.css("a[href]"))
    rows = [row for row in (_row(html, block) for block in blocks) if row and is_article(row.url)]
    if only_rows or not rows:
        return rows
    home = urlsplit(urls.canonical(html.url))
    below = f"{home.netloc}{home.path.rpartition('/')[0]}/"
    rows = [row for row in rows if len(row.title) > 5 and urls.canonical(row.url)[7:].startswith(below)]
    return one_list(html, rows) if len(rows) > 2 else []
