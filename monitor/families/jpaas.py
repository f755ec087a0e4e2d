"""Hanweb jpaas: MIIT, SAMR, MOFCOM, MOHURD. The column page is a shell; the rows come from a unit API.

The shell's script says what to ask for (`url`, `queryData`); each key of it is sent as it is, with
the site's own spelling (`buildstatic`, `bulidstatic`). The answer is JSON with the rows as HTML.
"""

from __future__ import annotations

import html as entities
import json
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from selectolax.lexbor import LexborNode

from monitor import text
from monitor.dates import SHANGHAI, from_epoch_ms
from monitor.errors import ParseError
from monitor.families import _html, _json, _listing, _notice, _paging, _rows
from monitor.families._html import Html, attribute, words
from monitor.families._options import PageOptions
from monitor.model import Fact, Listing, ListingItem, Page, RawNotice, Request, Source

_API = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_UNIT = re.compile(r"<script\b[^>]*\bquerydata\s*=\s*(?:\"[^\"]*\"|'[^']*')[^>]*>", re.I)
_VALUE = r"\b{}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
_LIST_UNIT = re.compile("内容|列表|信息|list", re.I)
_MARKS = re.compile(rb"jpaas-publish-server|/art/\d{4}/art_[0-9a-f]{32}\.html|id=[\"']?con_con\b")

_Query = TypeAdapter(dict[str, str])


class Options(PageOptions):
    """`query`: the shell's queryData, which saves asking for it; `tag`: which of its units is the list."""

    query: dict[str, str] = Field(default_factory=dict)
    tag: str | None = None


class _Fragment(BaseModel):
    html: str | None = None


class _Answer(BaseModel):
    success: bool | None = None
    code: str | int | None = None
    message: str | None = None
    data: _Fragment | None = None


def first(source: Source) -> Request:
    """The unit where its query is known, else the shell that tells it."""
    query = _options(source).query
    return _unit(source, _API, query) if query else Request(url=source.url)


def listing(page: Page, source: Source) -> Listing | Request:
    """The rows of a unit's answer; for a shell, the request that will bring it."""
    body = text.decode(page.body, page.content_type).lstrip()
    if body.startswith("{"):
        return _answered(page, source, body)
    markup = _html.source(page)
    request = _asked_by(markup, source)
    return request or _plain(_html.of(markup, page.url))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice: text in #con_con; files lie on the site's own file server."""
    return _notice.read(page, source, body=_options(source).body)


def claims(page: Page) -> bool:
    """Whether the page carries marks of jpaas or is the answer of a unit."""
    if _json.looks(page):
        return b'"html"' in page.body
    return bool(_MARKS.search(page.body) or _MARKS.search(page.url.encode()))


def _options(source: Source) -> Options:
    return Options.model_validate(dict(source.options))


def _unit(source: Source, api: str, query: dict[str, str]) -> Request:
    url = f"{urljoin(source.url, api)}?{urlencode(query)}"
    return Request(url=url, headers=(("Referer", source.url),))


def _answered(page: Page, source: Source, body: str) -> Listing:
    try:
        answer = _Answer.model_validate_json(body)
    except ValidationError as error:
        raise ParseError(page.url, "JSON, but not the answer of a unit") from error
    fragment = answer.data.html if answer.data else None
    if not answer.success or str(answer.code) != "200":
        raise ParseError(page.url, f"the unit answers {answer.code}: {text.clean(answer.message or '')[:80]}")
    if fragment is None:
        raise ParseError(page.url, "JSON, but not the answer of a unit")
    html = _html.of(fragment, urljoin(source.url, "/"))
    items = (_item(row) for row in _rows.find(html, only_rows=True))
    return _listing.rows_only(html, items, following=_next(html, page, source))


def _asked_by(markup: str, source: Source) -> Request | None:
    units = [
        unit for unit in map(_told, _UNIT.findall(markup)) if unit and unit[1].get("pageType") == "column"
    ]
    tag = _options(source).tag
    chosen = [unit for unit in units if unit[1].get("tagId") == tag] if tag else units
    likely = [unit for unit in chosen if _LIST_UNIT.search(unit[1].get("tagId", ""))]
    api, query = next(iter(likely or chosen), ("", {}))
    return _unit(source, api or _API, query) if query else None


def _told(script: str) -> tuple[str, dict[str, str]] | None:
    query = _query(_value(script, "queryData"))
    return (_value(script, "url"), query) if query else None


def _value(script: str, name: str) -> str:
    found = re.search(_VALUE.format(name), script, re.I)
    return entities.unescape(found[1] or found[2] or "") if found else ""


def _query(said: str) -> dict[str, str]:
    try:
        return _Query.validate_json(said.replace("'", '"'))
    except ValidationError:
        return {}


def _plain(html: Html) -> Listing:
    items = map(_item, _rows.find(html, only_rows=False))
    return _listing.listing(html, items, following=_paging.following(html))


def _item(row: _rows.Row) -> ListingItem:
    node = row.block.css_first(".endtime")
    return _listing.item(row, *_deadline(node))


def _deadline(node: LexborNode | None) -> tuple[Fact, ...]:
    """The hidden end of a 意见征集, in epoch milliseconds, as Beijing time."""
    said = words(node) if node else ""
    instant = from_epoch_ms(int(said)) if said.isascii() and said.isdigit() else None
    if instant is None:
        return ()
    return (Fact(label="截止时间", value=f"{instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),)


def _next(html: Html, page: Page, source: Source) -> Request | None:
    node = html.tree.css_first(".pagination[rows][count]")
    numbers = [attribute(node, name) for name in ("rows", "count", "pageno")] if node else []
    if not node or not all(number.isascii() and number.isdigit() for number in numbers):
        return None
    rows, count, number = map(int, numbers)
    query = _query(attribute(node, "querydata")) or dict(parse_qsl(urlsplit(page.url).query))
    if not query or rows * number >= count:
        return None
    wanted = json.dumps({"pageNo": number + 1, "pageSize": rows}, separators=(",", ":"))
    kept = {key: said for key, said in query.items() if key not in ("editType", "paramJson")}
    return _unit(source, attribute(node, "uniturl") or _API, kept | {"paramJson": wanted})
