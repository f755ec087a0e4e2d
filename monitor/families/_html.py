"""A page as a tree, refused where it is no page of a site at all.

The tree is parsed once for all questions, without scripts and styles; `text` is the whole page,
because what families read from scripts (paging, data) is read there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor import text, urls
from monitor.errors import ParseError
from monitor.model import Page

_BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
)
_UNSEEN = ["script", "style", "noscript", "template", "iframe", "object"]
# 瑞数, 加速乐, C3VK, 网站卫士: scripts that answer in place of the site.
_CHALLENGE = re.compile(r"\$_ts\b|\{qqqq|__jsl_clearance|\bC3VK=|WZWSREL|wzws_cid|acw_sc__v2", re.I)
_REFRESH = re.compile(r"<meta[^>]+http-equiv\s*=\s*[\"']?refresh[^>]+url\s*=", re.I)
_SMALL = 4000


@dataclass(frozen=True, slots=True)
class Html:
    """A page that can be asked. `url` is what relative addresses on it are relative to."""

    url: str
    text: str
    tree: LexborHTMLParser


def read(page: Page) -> Html:
    """The page as a tree; ParseError for binary, JSON, cut, empty, challenge and refresh pages."""
    return of(source(page), page.url)


def of(markup: str, url: str) -> Html:
    """Markup (a page, or a piece of one from JSON or CDATA) as a tree."""
    tree = LexborHTMLParser(markup)
    tree.strip_tags(_UNSEEN)
    return Html(_base(tree, url) if "<base" in markup else url, markup, tree)


def source(page: Page) -> str:
    """The markup of a page, refused where it cannot be a whole page of the site."""
    if page.body.startswith(_BINARY):
        raise ParseError(page.url, "a file, not a page")
    markup = text.decode(page.body, page.content_type).lstrip()
    trouble = _trouble(markup)
    if trouble:
        raise ParseError(page.url, trouble)
    return markup


def attribute(node: LexborNode, name: str) -> str:
    """An attribute on one line; "" where it is missing."""
    return text.clean(node.attributes.get(name) or "")


def words(node: LexborNode) -> str:
    """The text of a node on one line."""
    return text.clean(node.text())


def _trouble(markup: str) -> str | None:
    if markup.startswith(("{", "[")):
        return "JSON where a page was expected"
    if "<" not in markup:
        return "no markup at all"
    if len(markup) < _SMALL and _CHALLENGE.search(markup):
        return "a challenge page"
    if len(markup) < _SMALL and _REFRESH.search(markup):
        return "a stub that leads elsewhere"
    return "the page is cut off: it begins but does not end" if _is_cut(markup) else None


def _is_cut(markup: str) -> bool:
    """Whether a whole page was begun: half a list would look like rows that are gone."""
    if "</html>" in markup[-2000:] or "</body>" in markup[-2000:]:
        return False
    lower = markup.lower()
    return ("<html" in lower or "<body" in lower) and "</html" not in lower and "</body" not in lower


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (urls.absolute(url, node.attributes.get("href")) if node else None) or url
