"""TRS WCM (拓尔思): static lists, articles as …/YYYYMM/tYYYYMMDD_ID.html, most ministries and Beijing.

Fujian's province-wide front writes the first 75 rows into the page and leaves an empty template
behind; what follows comes from its search engine (`_fujian`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from monitor.families import _fujian, _html, _json, _listing, _notice, _paging, _rows
from monitor.families._options import PageOptions
from monitor.model import Listing, ListingItem, Page, RawNotice, Request, Source

_MARKS = re.compile(
    rb"createPageHTML\(\s*\d|/t20\d{6}_\d+\.s?html?|TRS_(?:UE|E)ditor|TRS_UEDITOR|trs_editor_view|Custom_UnionStyle"
    rb"|pageChnlInfo|\bcountPage\s*=\s*\d",
)

# MOST: the cell of a row with its 文号.
_NUMBER = b"w_list_fwzh"
# Beijing writes the attachments by script: var file_appendix='<a href="./P0….pdf">…</a>';
_APPENDIX = re.compile(r"(?:file|link)_appendix\s*=\s*'([^']*)'")


class Options(PageOptions):
    """Nothing beyond what every family may be told."""


def first(source: Source) -> Request:
    """The list page itself."""
    return Request(url=source.url)


def listing(page: Page, source: Source) -> Listing:
    """The rows of all lists of the column; MOST shows 发文字号 in the row."""
    if _json.looks(page):
        return _fujian.answered(page, source.url)
    html = _html.read(page)
    with_number = _NUMBER in page.body
    items = (_item(row, with_number=with_number) for row in _rows.find(html, only_rows=False))
    return _listing.listing(html, items, following=_fujian.following(html) or _paging.following(html))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice of either template: of a column, or of 政府信息公开 with its index table."""
    found = _notice.read(page, source, body=Options.model_validate(dict(source.options)).body)
    if b"_appendix" not in page.body:
        return found
    written = "".join(_APPENDIX.findall(_html.source(page)))
    more = _notice.files(_html.of(written, page.url).tree.css("a[href]"), page.url)
    return replace(found, attachments=found.attachments + more)


def claims(page: Page) -> bool:
    """Whether the page carries marks of TRS."""
    if _json.looks(page):
        return b'"chnldocurl"' in page.body and page.url.partition("?")[0].endswith("/fjdzapp/search")
    return bool(_MARKS.search(page.body) or _MARKS.search(page.url.encode()))


def _item(row: _rows.Row, *, with_number: bool) -> ListingItem:
    facts = _listing.fact(row.block, f".{_NUMBER.decode()}", "发文字号") if with_number else ()
    return _listing.item(row, *facts)
