"""Any other site: repeated rows with one link and one date, and whatever follows 下一页.

Where hardly any row is found so, pages whose lists are built otherwise are tried (`_loose`).
"""

from __future__ import annotations

from monitor.families import _html, _listing, _loose, _notice, _paging, _rows
from monitor.families._options import PageOptions
from monitor.model import Listing, Page, RawNotice, Request, Source

_FEW = 3


class Options(PageOptions):
    """Nothing beyond what every family may be told."""


def first(source: Source) -> Request:
    """The list page itself."""
    return Request(url=source.url)


def listing(page: Page, source: Source) -> Listing:
    """The rows of the densest list of the page, or of all lists of a hub."""
    html = _html.read(page)
    rows = _rows.find(html, only_rows=False)
    if len(rows) < _FEW:
        more = _loose.find(html)
        rows = more if len(more) > len(rows) else rows
    items = map(_listing.item, rows)
    return _listing.listing(html, items, following=_paging.following(html))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice, by its meta block and the usual containers."""
    return _notice.read(page, source, body=Options.model_validate(dict(source.options)).body)


def claims(page: Page) -> bool:
    """Always: it is what remains when nobody else knows the page."""
    return True
