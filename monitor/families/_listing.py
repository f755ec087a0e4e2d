"""Rows into a Listing: each address once, and never "a few rows" of a page that is something else."""

from __future__ import annotations

from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from monitor import urls
from monitor.errors import EmptyListing, ParseError
from monitor.families import _body, _meta
from monitor.families._html import Html, words
from monitor.families._rows import Row
from monitor.model import Fact, Listing, ListingItem, Request

_FEW = 8


def item(row: Row, *facts: Fact) -> ListingItem:
    """A row as an item."""
    return ListingItem(url=row.url, title=row.title, published_on=row.day, facts=facts)


def listing(html: Html, items: Iterable[ListingItem], *, following: Request | None) -> Listing:
    """Items as a Listing; EmptyListing without any, ParseError where the page is no list."""
    rows = unique(items)
    if len(rows) < _FEW:
        _refuse_notice(html)
    if not rows:
        raise _nothing(html)
    return Listing(items=rows, next=following)


def rows_only(html: Html, items: Iterable[ListingItem], *, following: Request | None) -> Listing:
    """Items of markup that is a list and nothing else; EmptyListing without any."""
    rows = unique(items)
    if not rows:
        raise EmptyListing(html.url, "a list without a single row")
    return Listing(items=rows, next=following)


def unique(items: Iterable[ListingItem]) -> tuple[ListingItem, ...]:
    """Items in order, the first of each canonical address."""
    first: dict[str, ListingItem] = {}
    for entry in items:
        first.setdefault(urls.canonical(entry.url), entry)
    return tuple(first.values())


def fact(block: LexborNode, selector: str, label: str) -> tuple[Fact, ...]:
    """What a further cell of a row says, if it is there and says something."""
    node = block.css_first(selector)
    value = words(node) if node else ""
    return (Fact(label=label, value=value),) if value else ()


def _refuse_notice(html: Html) -> None:
    meta = _meta.block(html.tree)
    title = _meta.value(meta, "articletitle")
    if title and title != _meta.value(meta, "columnname"):
        raise ParseError(html.url, "a notice, not a list")
    if _body.length_of_known(html.tree) > 100:
        raise ParseError(html.url, "a notice, not a list")


def _nothing(html: Html) -> ParseError:
    """A page with a place for rows is an empty list; a page without (maintenance, a shell) is none."""
    if html.tree.css_first("ul,ol,table,dl") or _meta.block(html.tree):
        return EmptyListing(html.url, "a list page without a single row")
    return ParseError(html.url, "no list on the page")
