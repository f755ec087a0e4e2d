"""gkmlpt (广东省政府信息公开目录): lists by JSON, notices as a page with the same once more as JSON.

The site's /gkmlpt/index tells the site number (`SID`) in a script; rows then come from
/gkmlpt/api/all/<category>?page=N&sid=SID, a hundred a page, category 0 being all. A page's CSRF
token changes on every fetch, so nothing but fields and text may be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError

from monitor import urls
from monitor.errors import EmptyListing, ParseError
from monitor.families import _body, _html, _ignore, _json, _listing, _notice
from monitor.families._options import PageOptions
from monitor.model import Fact, Listing, ListingItem, Page, RawNotice, Request, Source

_A_PAGE = 100
_SID = re.compile(r"\bSID:\s*[\"'](\d+)[\"']")
_DETAIL = "DETAIL:"
_PAGE = re.compile(r"([?&]page=)(\d+)")
_BASE = re.compile(r"(https?://[^/?#]+(?:/[^/?#]+)*?/gkmlpt)(?:[/?#]|$)")


class Options(PageOptions):
    """`category`: the number of a column in the directory, as behind # in its address; 0 is all of the site.

    `sid`: the site's number, which saves asking for the page that tells it.
    """

    category: int | None = Field(default=None, ge=0)
    sid: str | None = Field(default=None, pattern=r"^\d+$")


class _Record(BaseModel):
    """What an article says of itself, in a list or inside its page."""

    document_number: str | None = None
    identifier: str | None = None
    publisher: str | None = None
    date: int | str | None = None
    is_expired: int | bool | None = None
    is_abolished: int | bool | None = None


class _Article(_Record):
    title: str = ""
    url: str | None = None
    post_url: str | None = None
    display_publish_time: int | str | None = None
    first_publish_time: int | str | None = None
    created_at: int | str | None = None


class _Answer(BaseModel):
    articles: list[_Article]
    total: int = 0


class _Detail(BaseModel):
    title: str
    content: str = ""
    gkml_data: _Record | None = None


def first(source: Source) -> Request:
    """The list where the site's number is known, else the page that tells it."""
    sid = _options(source).sid
    return _ask(source, sid, 1) if sid else Request(url=source.url)


def listing(page: Page, source: Source) -> Listing | Request:
    """The rows of an answer; for the page of the directory, the request that will bring them."""
    if _json.looks(page):
        return _answered(page)
    markup = _html.source(page)
    sid = _SID.search(markup)
    if _DETAIL in markup or not sid or not _BASE.match(source.url):
        raise ParseError(page.url, "no page of a directory that tells its site number")
    return _ask(source, sid[1], 1)


def notice(page: Page, source: Source) -> RawNotice:
    """The notice; where the page has its data, title and text are taken from there."""
    shown = _notice.read(page, source, body=_options(source).body)
    detail = _detail(_html.source(page))
    if detail is None or not detail.content:
        return shown
    tree = _html.of(detail.content, page.url).tree
    _ignore.strip(tree, source.ignore)
    inside = tree.body
    told = {fact.label for fact in shown.facts}
    more = tuple(fact for fact in _facts(detail.gkml_data) if fact.label not in told)
    body = _body.lines(inside) if inside else ""
    return replace(shown, title=_json.line(detail.title), body=body or shown.body, facts=shown.facts + more)


def claims(page: Page) -> bool:
    """Whether address or page carry marks of it; a link into the directory, as NFCMS lists have, is none."""
    if _json.looks(page):
        return b'"classify_main_name"' in page.body
    is_page = b"window._CONFIG" in page.body and b"gkmlpt" in page.body
    return is_page or bool(_BASE.match(page.url))


def _options(source: Source) -> Options:
    return Options.model_validate(dict(source.options))


def _ask(source: Source, sid: str, number: int) -> Request:
    base = _BASE.match(source.url)
    root = base[1] if base else source.url.rstrip("/")
    said = urlsplit(source.url).fragment
    category = _options(source).category
    if category is None:
        category = int(said) if said.isascii() and said.isdigit() else 0
    url = f"{root}/api/all/{category}?page={number}&sid={sid}"
    return Request(url=url, headers=(("Referer", source.url),))


def _answered(page: Page) -> Listing:
    found = _json.read(page, _Answer)
    rows = _listing.unique(_items(found.articles, page))
    if not rows:
        raise EmptyListing(page.url, f"no row of {found.total}")
    return Listing(items=rows, next=_next(page, found))


def _items(articles: Iterable[_Article], page: Page) -> Iterable[ListingItem]:
    for article in articles:
        url = urls.absolute(page.url, article.url or article.post_url)
        title = _json.line(article.title)
        times = (article.display_publish_time, article.first_publish_time, article.created_at)
        day = next((day for day in map(_json.day, times) if day), None)
        if url and title:
            yield ListingItem(url=url, title=title, published_on=day, facts=_facts(article))


def _facts(record: _Record | None) -> tuple[Fact, ...]:
    if record is None:
        return ()
    ended = "已废止" if record.is_abolished else "已失效" if record.is_expired else ""
    told = (
        ("发文字号", _json.line(record.document_number)),
        ("索引号", _json.line(record.identifier)),
        ("发布机构", _json.line(record.publisher)),
        ("成文日期", str(_json.day(record.date) or "")),
        ("有效性", ended),
    )
    return tuple(Fact(label=label, value=said) for label, said in told if said)


def _next(page: Page, found: _Answer) -> Request | None:
    number = _PAGE.search(page.url)
    if not number or int(number[2]) * _A_PAGE >= found.total:
        return None
    return Request(url=_PAGE.sub(rf"\g<1>{int(number[2]) + 1}", page.url))


def _detail(markup: str) -> _Detail | None:
    """The data of the article, one line of the script that begins the page."""
    start = markup.find(_DETAIL)
    end = markup.find("\n", start)
    if start < 0 or end < 0:
        return None
    said = markup[start + len(_DETAIL) : end].strip().removesuffix(",")
    try:
        return _Detail.model_validate_json(said)
    except ValidationError:
        return None
