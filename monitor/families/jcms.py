"""Hanweb JCMS (大汉): CNIPA and many provinces. Lists under /col/colN/, articles under /art/.

The rows of a list stand as CDATA in a <script type="text/xml"><datastore>, where no selector sees
them; further pages are the same <datastore> as an answer of dataproxy.jsp, asked by POST where the
page's script tells the form, else at the address that the datastore names.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from monitor import urls
from monitor.errors import ParseError
from monitor.families import _html, _listing, _notice, _paging, _rows
from monitor.families._options import PageOptions
from monitor.model import Listing, Page, RawNotice, Request, Source

_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.S)
_NEXT = re.compile(r"<nextgroup>\s*<!\[CDATA\[[^>]*?\bhref\s*=\s*[\"']([^\"']+)", re.S)
# $('#485').jpage({… totalRecord:178, proxyUrl:'/module/web/jpage/dataproxy.jsp', perPage:15, … columnid:75, …
_PROXY = re.compile(r"proxyUrl\s*:\s*[\"']([^\"']*dataproxy\.jsp)", re.I)
_KEYS = (
    "col",
    "appid",
    "webid",
    "path",
    "columnid",
    "sourceContentType",
    "unitid",
    "webname",
    "permissiontype",
)
_PAIR = re.compile(rf"\b({'|'.join(_KEYS)})[\"']?\s*[:=]\s*(?:[\"']([^\"']*)[\"']|([^\"',;&}}\s]*))")
_PER_PAGE = re.compile(r"perPage\s*:\s*[\"']?(\d+)", re.I)
_TOTAL = re.compile(r"totalRecord\s*:\s*[\"']?(\d+)|<totalrecord>\s*(\d+)", re.I)
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
    return _listing.rows_only(html, items, following=_next(markup, page, len(records)))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice: the meta block is complete on these sites, the text in #zoom or its like."""
    return _notice.read(page, source, body=Options.model_validate(dict(source.options)).body)


def claims(page: Page) -> bool:
    """Whether the page carries marks of JCMS."""
    return bool(_MARKS.search(page.body))


def _plain(html: _html.Html) -> Listing:
    items = map(_listing.item, _rows.find(html, only_rows=False))
    return _listing.listing(html, items, following=_paging.following(html))


def _wrap(records: list[str]) -> str:
    tag = "table" if any("<tr" in record for record in records) else "ul"
    return f"<{tag}>{''.join(records)}</{tag}>"


def _next(markup: str, page: Page, count: int) -> Request | None:
    """By POST for the next records; else the address that the site itself wrote: some encrypt its ids."""
    form = page.form or _form(markup)
    if form:
        return _records(markup, page, count, form)
    found = _NEXT.search(markup)
    url = urls.absolute(page.url, found[1].replace("&amp;", "&")) if found else None
    return Request(url=url, headers=(("Referer", page.url),)) if url and url != page.url else None


def _form(markup: str) -> tuple[tuple[str, str], ...]:
    """What the pager's script posts; nothing where it does not say which column."""
    proxy = _PROXY.search(markup)
    found = (
        {pair[1]: pair[2] or pair[3] or "" for pair in _PAIR.finditer(markup, proxy.end())} if proxy else {}
    )
    return tuple(found.items()) if {"columnid", "unitid"} <= found.keys() else ()


def _records(markup: str, page: Page, count: int, form: tuple[tuple[str, str], ...]) -> Request | None:
    """The records after those of the page, as many again, as long as more are announced."""
    asked = dict(parse_qsl(urlsplit(page.url).query)) if page.form else {}
    start, end = (int(said) if said.isdecimal() else 0 for said in _range(asked, count))
    total = _TOTAL.search(markup)
    if not total or end < start or end >= int(total[1] or total[2]):
        return None
    proxy = _PROXY.search(markup)
    url = urljoin(page.url, proxy[1]) if proxy else page.url.partition("?")[0]
    per_page = _PER_PAGE.search(markup)
    wanted = {
        "startrecord": end + 1,
        "endrecord": end + end - start + 1,
        "perpage": asked.get("perpage") or (per_page[1] if per_page else count),
    }
    headers = (("Referer", page.url), ("X-Requested-With", "XMLHttpRequest"))
    return Request(url=f"{url}?{urlencode(wanted)}", method="POST", form=form, headers=headers)


def _range(asked: dict[str, str], count: int) -> tuple[str, str]:
    return asked.get("startrecord", "1"), asked.get("endrecord", str(count))
