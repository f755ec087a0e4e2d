"""NFCMS (南方网): the sites of Guangdong, Guangzhou, Shenzhen. Articles are …/content/post_N.html.

Every column also lies as one static JSON, /postmeta/i/<column>.json, with up to 2500 rows and 发文字号
and 发文机关 in them: for columns whose page has no rows, and for the rows behind the first pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from pydantic import BaseModel, Field

from monitor import urls
from monitor.errors import EmptyListing
from monitor.families import _html, _json, _listing, _notice, _paging, _rows
from monitor.families._options import PageOptions
from monitor.model import Fact, Listing, ListingItem, Page, RawNotice, Request, Source

_MARKS = (b"NFCMS_", b"NFCMS-", b"/postmeta/i/", b"/postmeta/p/", b"news_cont_d_wrap", b'"EXT_zh"')
_ARTICLE = re.compile(rb"/content/m?post_\d+\.html")


class Options(PageOptions):
    """`column`: the number in the page's `postmeta/i/<column>.json`, to read that in place of the page."""

    column: str | None = Field(default=None, pattern=r"^\d+$")


class _Article(BaseModel):
    title: str = ""
    url: str = ""
    shown: int | str | None = Field(None, alias="display_publish_time")
    date: int | str | None = None
    number: str | None = Field(None, alias="EXT_zh")
    issuer: str | None = Field(None, alias="EXT_fwdw")


class _Answer(BaseModel):
    articles: list[_Article]


def first(source: Source) -> Request:
    """The column page, or its JSON where the options name it."""
    column = _options(source).column
    return Request(url=urljoin(source.url, f"/postmeta/i/{column}.json") if column else source.url)


def listing(page: Page, source: Source) -> Listing:
    """The rows of a column page or of its JSON, pinned old ones first."""
    if _json.looks(page):
        return _answered(page)
    html = _html.read(page)
    items = map(_listing.item, _rows.find(html, only_rows=False))
    return _listing.listing(html, items, following=_next(html))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice; 规范性文件 say 统一编号, 实施日期 and 失效日期 beside it."""
    return _notice.read(page, source, body=_options(source).body)


def claims(page: Page) -> bool:
    """Whether the page carries marks of NFCMS."""
    return any(mark in page.body for mark in _MARKS) or bool(_ARTICLE.search(page.body))


def _options(source: Source) -> Options:
    return Options.model_validate(dict(source.options))


def _answered(page: Page) -> Listing:
    articles = _json.read(page, _Answer).articles
    rows = _listing.unique(_items(articles, page))
    if not rows:
        raise EmptyListing(page.url, f"no row among {len(articles)}")
    return Listing(items=rows)


def _items(articles: Iterable[_Article], page: Page) -> Iterable[ListingItem]:
    for article in articles:
        url, title = urls.absolute(page.url, article.url), _json.line(article.title)
        told = (("发文字号", _json.line(article.number)), ("发文机关", _json.line(article.issuer)))
        facts = tuple(Fact(label=label, value=said) for label, said in told if said)
        if url and title:
            day = _json.day(article.shown) or _json.day(article.date)
            yield ListingItem(url=url, title=title, published_on=day, facts=facts)


def _next(html: _html.Html) -> Request | None:
    """`#page_div a.next`, whatever it is called; on the last page it leads to itself or is gone."""
    link = html.tree.css_first("#page_div a.next[href]")
    url = urls.absolute(html.url, link.attributes.get("href")) if link else None
    if not url:
        return _paging.following(html)
    return None if urls.canonical(url) == urls.canonical(html.url) else Request(url=url)
