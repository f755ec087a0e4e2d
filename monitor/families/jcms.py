"""Hanweb JCMS (大汉): CNIPA and many provinces. Lists under /col/colN/, articles under /art/.

The rows of a list stand as CDATA in a <script type="text/xml"><datastore>, where no selector sees
them; further pages are the same <datastore> as an answer of dataproxy.jsp.
"""

from __future__ import annotations

import re

from monitor import urls
from monitor.errors import ParseError
from monitor.families import _html, _listing, _notice, _paging, _rows
from monitor.families._options import PageOptions
from monitor.model import Listing, Page, RawNotice, Request, Source

_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.S)
_NEXT = re.compile(r"<nextgroup>\s*<!\[CDATA\[[^>]*?\bhref\s*=\s*[\"']([^\"']+)", re.S)
_MARKS = re.compile(
    rb"<datastore\b|/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html|/module/(?:web/jpage|visitcount)/|ZJEG_RSS"
)


class Options(PageOptions):
    """Nothing beyond what every family may be told."""


def first(source: Source) -> Request:
    """The column page itself: it holds the first rows."""
    return Request(url=source.url)


def listing(page: Page, source: Source) -> Listing:
    """The rows of the datastore, or of the page where a column has none."""
    markup = _html.source(page)
    if "<datastore" not in markup:
        return _plain(_html.of(markup, page.url))
    if "</datastore>" not in markup:
        raise ParseError(page.url, "the datastore is cut off")
    records = _RECORD.findall(markup)
    html = _html.of(_wrap(records), page.url)
    items = map(_listing.item, _rows.find(html, only_rows=True))
    return _listing.rows_only(html, items, following=_next(markup, page.url))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice: the meta block is complete on these sites, the text in #zoom or its like."""
    return _notice.read(page, body=Options.model_validate(dict(source.options)).body)


def claims(page: Page) -> bool:
    """Whether the page carries marks of JCMS."""
    return bool(_MARKS.search(page.body))


def _plain(html: _html.Html) -> Listing:
    items = map(_listing.item, _rows.find(html, only_rows=False))
    return _listing.listing(html, items, following=_paging.following(html))


def _wrap(records: list[str]) -> str:
    tag = "table" if any("<tr" in record for record in records) else "ul"
    return f"<{tag}>{''.join(records)}</{tag}>"


def _next(markup: str, here: str) -> Request | None:
    """The address that the site itself wrote: some encrypt the ids in it."""
    found = _NEXT.search(markup)
    url = urls.absolute(here, found[1].replace("&amp;", "&")) if found else None
    return Request(url=url, headers=(("Referer", here),)) if url and url != here else None
