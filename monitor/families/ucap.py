"""开普 UCAP: the tax administration's JSON lists, CSRC, Sichuan and others' pages.

Lists come as JSON (`getFileListByCodeId` by POST, `searchList` by GET: the same rows) or as pages
(`common_list.shtml`, tables). 发文字号, 成文日期 and 时效性 stand in the JSON row only. A page whose rows
are drawn by script tells its channel in a meta tag or a variable, and that is asked for.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urljoin, urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from monitor import text, urls
from monitor.dates import from_epoch_ms, local_date, parse_date
from monitor.errors import EmptyListing, ParseError
from monitor.families import _html, _json, _listing, _notice, _paging, _rows
from monitor.families._options import PageOptions
from monitor.model import Fact, Listing, ListingItem, Page, RawNotice, Request, Source

_LABELS = {
    "writtentext": "发文字号",
    "writtendate": "成文日期",
    "aging": "时效性",
    "effectlevel": "效力等级",
    "writtendepartment": "发文机关",
}
_MARKS = re.compile(
    rb"<ucap(?:title|content)|UCAP-CONTENT|/c\d+/(?:\d+/)?content\.s?html|common_list(?:_\d+)?\.shtml"
    rb"|name=[\"'](?:channelid|template,templategroup,version)[\"']|createPageHTML\(\s*['\"]page_div",
    re.I,
)
_PAGE = re.compile(r"([?&]page=)(\d+)")
_DRAWN = re.compile(r"\bvar\s+channelId\s*=\s*[\"']([0-9a-f]{32})[\"']", re.I)
_CHANNEL = re.compile(r"<meta\s+name=[\"']channelid[\"']\s+content=[\"']([0-9a-f]{32})[\"']", re.I)
_STATIC = "createPageHTML("
_FILES = "/getFileListByCodeId"
_SEARCH = "/searchList"
_TAX = "chinatax.gov.cn"


class Options(PageOptions):
    """`channel`: the 32 hex digits of a JSON list, asked at `api` in pages of `size`: by POST at an address
    that ends in /getFileListByCodeId, by GET at one that ends in /searchList. Without them the page tells.

    `host`: where the articles really are (https://fgk.chinatax.gov.cn), if neither the host that the rows
    name nor, where the API is on another host than the column, the column's.
    """

    channel: str | None = None
    api: str | None = None
    size: int = Field(default=50, ge=1, le=500)
    host: str | None = None


class _Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class _Named(_Camel):
    key: str | None = None
    value: str | None = None


class _Domain(_Camel):
    result_list: list[_Named] | None = None


class _Record(_Camel):
    title: str
    url: str
    published_time: int | None = None
    published_time_str: str | None = None
    domain_meta_list: list[_Domain] | None = None


class _Data(_Camel):
    page: int = 1
    rows: int = 0
    total: int = 0
    results: list[_Record]


class _Results(_Camel):
    data: _Data | None = None


class _Answer(_Camel):
    code: int | str | None = None
    msg: str | None = None
    results: _Results | None = None
    data: _Data | None = None


def first(source: Source) -> Request:
    """The JSON list where a channel is given, else the list page."""
    options = _options(source)
    return _ask(source, options.channel, 1) if options.channel else Request(url=source.url)


def listing(page: Page, source: Source) -> Listing | Request:
    """The rows of a JSON answer or of a page; for a page drawn by script, the request for its rows."""
    body = text.decode(page.body, page.content_type).lstrip()
    if body.startswith("{"):
        return _answered(page, source, body)
    html = _html.read(page)
    drawn = _DRAWN.search(html.text)
    items = () if drawn else map(_listing.item, _rows.find(html, only_rows=False))
    try:
        return _listing.listing(html, items, following=_paging.following(html))
    except EmptyListing:
        channel = drawn or _CHANNEL.search(html.text)
        if not channel or _STATIC in html.text:
            raise
        return _ask(source, channel[1], 1, by_post=bool(drawn))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice: <ucapcontent>, or the container of a ministry's own template."""
    return _notice.read(page, source, body=_options(source).body)


def claims(page: Page) -> bool:
    """Whether the page carries marks of UCAP or is a JSON list of it."""
    if _json.looks(page):
        return b'"publishedTime' in page.body
    return bool(_MARKS.search(page.body) or _MARKS.search(page.url.encode()))


def _options(source: Source) -> Options:
    return Options.model_validate(dict(source.options))


def _ask(source: Source, channel: str, page: int, *, by_post: bool = True) -> Request:
    options = _options(source)
    url = urljoin(source.url, options.api or _api(source, by_post=by_post))
    headers = (("Referer", source.url),)
    if url.endswith(_SEARCH):
        query = f"_isAgg=true&_isJson=true&_pageSize={options.size}&_template=index&page={page}"
        return Request(url=f"{url}/{channel}?{query}", headers=headers)
    pairs = {"codeId": "", "channelId": channel, "page": str(page), "size": str(options.size)}
    return Request(url=url, method="POST", form=tuple(pairs.items()), headers=headers)


def _api(source: Source, *, by_post: bool) -> str:
    """The tax administration answers for all its hosts at one, others on their own."""
    if f".{urls.host(source.url)}".endswith(f".{_TAX}"):
        return f"https://www.{_TAX}{_FILES}"
    return _FILES if by_post else _SEARCH


def _answered(page: Page, source: Source, body: str) -> Listing:
    data = _data(page, body)
    items = (_item(record, page, source) for record in data.results)
    rows = _listing.unique(item for item in items if item)
    expected = min(data.rows, data.total - (data.page - 1) * data.rows)
    if not rows:
        raise EmptyListing(page.url, f"no row of {data.total}")
    if len(data.results) * 2 < expected:
        raise ParseError(page.url, f"{len(data.results)} rows where {expected} are announced")
    more = data.page * data.rows < data.total
    return Listing(items=rows, next=_next(page, source, data.page + 1) if more else None)


def _data(page: Page, body: str) -> _Data:
    try:
        answer = _Answer.model_validate_json(body)
    except ValidationError as error:
        raise ParseError(page.url, "JSON, but not a list of UCAP") from error
    data = answer.results.data if answer.results else answer.data
    if data is None or str(answer.code or 200) != "200":
        raise ParseError(page.url, f"the list answers {answer.code}: {text.clean(answer.msg or '')[:80]}")
    return data


def _item(record: _Record, page: Page, source: Source) -> ListingItem | None:
    url = urls.absolute(page.url, record.url)
    title = text.clean(re.sub(r"<[^<>]*>", "", record.title))
    if not url or not title:
        return None
    return ListingItem(
        url=_moved(url, page, source), title=title, published_on=_day(record), facts=_facts(record)
    )


def _moved(url: str, page: Page, source: Source) -> str:
    """Rows name the host of the API, though their pages lie where the column does."""
    told = _options(source).host
    if urls.host(url) != urls.host(page.url) or not (told or page.form):
        return url
    home = urlsplit(source.url if not told else told if "://" in told else f"https://{told}")
    return urlunsplit(urlsplit(url)._replace(scheme=home.scheme, netloc=home.netloc))


def _day(record: _Record) -> date | None:
    instant = from_epoch_ms(record.published_time) if record.published_time else None
    return parse_date(record.published_time_str or "") or (local_date(instant) if instant else None)


def _facts(record: _Record) -> tuple[Fact, ...]:
    """What the row says, without what nobody filled in ("" and the string "null")."""
    named = (pair for domain in record.domain_meta_list or () for pair in domain.result_list or ())
    told = ((_LABELS.get(pair.key or ""), text.clean(pair.value or "")) for pair in named)
    return tuple(Fact(label=label, value=said) for label, said in told if label and said not in ("", "null"))


def _next(page: Page, source: Source, number: int) -> Request | None:
    if page.form:
        form = tuple((dict(page.form) | {"page": str(number)}).items())
        return Request(url=page.url, method="POST", form=form, headers=(("Referer", source.url),))
    if _PAGE.search(page.url):
        return Request(url=_PAGE.sub(rf"\g<1>{number}", page.url))
    channel = _options(source).channel
    return _ask(source, channel, number) if channel else None
