"""Fujian's province-wide front on TRS: five pages of rows stand in the list page, the rest come by POST.

The page's script says what to ask for: `pageChnlInfo` (the column as `classsql`, the order, the count)
and `SiteInfo.searchId`. An answer does not say which of its pages it is; the form asked for it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from pydantic import BaseModel, Field

from monitor import urls
from monitor.errors import EmptyListing, ParseError
from monitor.families import _json, _listing
from monitor.families._html import Html
from monitor.model import Fact, Listing, ListingItem, Page, Request

_INFO, _SITE = "pageChnlInfo", "SiteInfo"
_API = re.compile(r"[\"'](/[\w/]*fjdzapp/search)[\"']")
_VALUES = {
    "classsql": re.compile(r"\bclasssql\s*:\s*(?:[\"']{2}\s*\|\|\s*)?[\"']([^\"']+)"),
    "sortfield": re.compile(r"\bsortfield\s*:\s*[\"']([^\"']+)"),
    "channelid": re.compile(r"\bsearchId\s*:\s*[\"']?(\d+)"),
}
_COUNTS = {
    name: re.compile(rf"\b{name}\s*:\s*[\"']?(\d+)") for name in ("recordCount", "prepage", "maxStaticIndex")
}


class _Row(BaseModel):
    title: str = Field("", alias="doctitle")
    url: str | None = Field(None, alias="docpuburl")
    column_url: str | None = Field(None, alias="chnldocurl")
    published: int | str | None = Field(None, alias="docreltime")
    number: str | None = Field(None, alias="fileno")
    index: str | None = Field(None, alias="idxid")


class _Answer(BaseModel):
    error: bool = False
    num: int | str | None = None
    data: list[_Row] | None = None
    docs: list[_Row] | None = None
    pages: int | str | None = Field(None, alias="pageCount")


def following(html: Html) -> Request | None:
    """The request for the rows after those in the page; None where that has them all or tells nothing."""
    if _INFO not in html.text:
        return None
    script = html.text[max(html.text.find(_SITE), 0) :]
    said = {name: found[1] for name, pattern in _VALUES.items() if (found := pattern.search(script))}
    counts = {name: int(found[1]) for name, pattern in _COUNTS.items() if (found := pattern.search(script))}
    if len(said) < len(_VALUES) or len(counts) < len(_COUNTS):
        return None
    size = counts["prepage"] * counts["maxStaticIndex"]
    if not size or counts["recordCount"] <= size:
        return None
    api = _API.search(script)
    form = {
        "channelid": said["channelid"],
        "sortfield": said["sortfield"],
        "classsql": said["classsql"],
        "classcol": "publishyear",
        "classnum": "100",
        "classsort": "0",
        "cache": "true",
        "page": "2",
        "prepage": str(size),
    }
    return _ask(urljoin(html.url, api[1] if api else "/fjdzapp/search"), tuple(form.items()), html.url)


def answered(page: Page, referer: str) -> Listing:
    """The rows of an answer; ParseError where it says that something failed."""
    answer = _json.read(page, _Answer)
    found = answer.data if answer.data is not None else answer.docs
    if answer.error or found is None:
        raise ParseError(page.url, f"the search answers {answer.num}")
    rows = _listing.unique(_items(found, page))
    if not rows:
        raise EmptyListing(page.url, f"no row among {len(found)}")
    return Listing(items=rows, next=_after(page, answer, referer))


def _items(rows: Iterable[_Row], page: Page) -> Iterable[ListingItem]:
    for row in rows:
        url, title = urls.absolute(page.url, row.url or row.column_url), _json.line(row.title)
        told = (("发文字号", _json.line(row.number)), ("索引号", _json.line(row.index)))
        facts = tuple(Fact(label=label, value=said) for label, said in told if said)
        if url and title:
            yield ListingItem(url=url, title=title, published_on=_json.day(row.published), facts=facts)


def _after(page: Page, answer: _Answer, referer: str) -> Request | None:
    asked = dict(page.form)
    number, pages = asked.get("page", ""), str(answer.pages or "")
    if not number.isdecimal() or not pages.isdecimal() or int(number) >= int(pages):
        return None
    return _ask(page.url, tuple((asked | {"page": str(int(number) + 1)}).items()), referer)


def _ask(url: str, form: tuple[tuple[str, str], ...], referer: str) -> Request:
    headers = (("Referer", referer), ("X-Requested-With", "XMLHttpRequest"))
    return Request(url=url, method="POST", form=form, headers=headers)
