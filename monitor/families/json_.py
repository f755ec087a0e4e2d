"""Lists and notices that come as JSON and belong to no known system: an array of rows, told by paths.

What the options leave out is found by the names that such answers use, so many a search interface
reads without any. A path is dotted (`data.lists`, `groupData.0.data.title`); in a template such as
https://www.example.gov.cn/item?id={docId} the braces hold paths into the row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, Field

from monitor import text, urls
from monitor.errors import EmptyListing, ParseError
from monitor.families import _body, _html, _ignore, _json, _listing, _notice
from monitor.families._options import PageOptions
from monitor.model import Attachment, Fact, Listing, ListingItem, Page, RawNotice, Request, Source

# Names that such answers use, in lower case, the surest first.
_TITLE = ("doctitle", "docsubtitle", "bt", "_doctitle", "title", "articletitle")
_LINK = ("docpuburl", "chnldocurl", "url", "post_url", "link", "href", "arturl")
_DAY = (
    *(
        "display_publish_time",
        "publishedtimestr",
        "publishdate",
        "fbrq",
        "docreltime",
        "pubdate",
        "publishtime",
    ),
    *("publish_time", "deploytime", "max_deploytime", "pubtimestr", "releasedate", "date", "time"),
)
_TEXT = ("docclob", "content", "doccontent", "zw", "body")
_TOTAL = ("total", "totalhits", "recordcount", "count")
_LABELS = {
    "发文字号": ("documentno", "document_number", "filenumbername", "fileno", "fwzh", "writtentext"),
    "索引号": ("indexno", "indexcode", "identifier", "idxid"),
    "发文机关": ("publisher", "publishgroupname", "puborg", "fwjg_name", "writtendepartment"),
    "成文日期": ("builddate", "cwrq", "writtendate"),
    "来源": ("docsource", "contentsource"),
}
_NUMBERS = ("pageNo", "pageNum", "pageNumber", "pageIndex", "page", "p")
_SIZES = ("pageSize", "pagesize", "size", "rows", "prepage", "pg")
_SAMPLE, _MOST_ROWS = 50, 10_000
_HOLE = re.compile(r"\{([\w.]+)\}")
# Sites whose rows name a document but no address: where people see it, where its JSON lies.
_NFRA = "https://www.nfra.gov.cn/c"
_SITES = {
    "www.nfra.gov.cn": (
        _NFRA + "n/view/pages/ItemDetail.html?docId={docId}&itemId={itemId}&generaltype={generaltype}",
        _NFRA + "bircweb/DocInfo/SelectByDocId?docId={docId}",
    )
}


class Paging(BaseModel):
    """Keys of the query or form that hold a page's number and size, and the path of the count of rows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: str
    size: str
    total: str


class Inside(BaseModel):
    """Paths into a notice's JSON: `title`, `text` (HTML or plain), `labels` (发文字号: data.documentNo)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    text: str
    labels: dict[str, str] = Field(default_factory=dict)


class Options(PageOptions):
    """`api`: the address asked, where `url` is the page for people; with `form` it is asked by POST.

    `rows`: path of the array; `title`, `date`: paths in a row; `link`: path or template of the address
    for people; `request`: template of the address to fetch where that differs; `labels`: paths in a row.
    `paging` and `notice`: see there.
    """

    api: str | None = None
    form: dict[str, str] = Field(default_factory=dict)
    rows: str | None = None
    title: str | None = None
    link: str | None = None
    date: str | None = None
    request: str | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    paging: Paging | None = None
    notice: Inside | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """What a row or a notice says, by path where the options give one, else by the usual names."""

    value: object
    named: Mapping[str, object]

    def get(self, path: str | None, names: tuple[str, ...]) -> object:
        if path:
            return _json.at(self.value, path)
        return next((self.named[name] for name in names if _json.line(self.named.get(name))), None)

    def facts(self, labels: Mapping[str, str]) -> tuple[Fact, ...]:
        said = {label: self.get(labels.get(label), names) for label, names in _LABELS.items()}
        said |= {label: _json.at(self.value, path) for label, path in labels.items()}
        lines = ((label, _said(label, value)) for label, value in said.items())
        return tuple(Fact(label=label, value=line) for label, line in lines if line)


def _said(label: str, value: object) -> str:
    day = _json.day(value) if label.endswith(("日期", "时间")) else None
    return str(day) if day else _json.line(value)


def first(source: Source) -> Request:
    """The list, asked by POST where there is a form."""
    options = _options(source)
    url = urljoin(source.url, options.api or "")
    headers = (("Referer", source.url),) if options.api else ()
    method = "POST" if options.form else "GET"
    return Request(url=url, method=method, form=tuple(options.form.items()), headers=headers)


def listing(page: Page, source: Source) -> Listing:
    """The rows of the array; EmptyListing where it is there and empty, ParseError where there is none."""
    options = _options(source)
    answer = _json.tree(page)
    rows = _json.at(answer, options.rows) if options.rows else _likely(answer, options, page)
    if not isinstance(rows, list):
        raise ParseError(page.url, f"no array at {options.rows}" if options.rows else "JSON without rows")
    if len(rows) > _MOST_ROWS:
        raise ParseError(page.url, f"{len(rows)} rows, more than any list shows")
    items = _listing.unique(item for row in rows if (item := _item(row, options, page)))
    if not items:
        raise EmptyListing(page.url, f"no row with title and address among {len(rows)}")
    return Listing(items=items, next=_next(answer, options, page, source))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice in an answer; a page that is no JSON is read as any page is."""
    options = _options(source)
    if not _json.looks(page):
        return _notice.read(page, source, body=options.body)
    answer = _json.tree(page)
    if not options.notice and len(_likely(answer, options, page) or ()) > 1:
        raise ParseError(page.url, "a list, not a notice")
    told = _told(answer)
    inside = options.notice
    title = _json.line(told.get(inside.title if inside else None, _TITLE))
    body, attachments = _text(told.get(inside.text if inside else None, _TEXT), page, source)
    if not title or not body:
        raise ParseError(page.url, "JSON without a notice's title and text")
    day = _json.day(told.get(None, _DAY))
    published = (Fact(label="发布日期", value=str(day)),) if day else ()
    facts = published + told.facts(inside.labels if inside else {})
    return RawNotice(title=title, body=body, facts=facts, attachments=attachments)


def claims(page: Page) -> bool:
    """Any JSON that no other family knows."""
    return _json.looks(page)


def _options(source: Source) -> Options:
    return Options.model_validate(dict(source.options))


def _told(value: object) -> _Told:
    named: dict[str, object] = {}
    for key, held in _json.pairs(value):
        if _json.line(held):
            named.setdefault(key.lower(), held)
    return _Told(value, named)


def _likely(answer: object, options: Options, page: Page) -> list[object] | None:
    """The longest array most of whose objects are rows; an empty array counts where there is no other."""
    arrays = [held for _, held in _json.pairs({"": answer}, deep=6) if isinstance(held, list)]
    arrays.sort(key=len, reverse=True)
    for array in arrays:
        sample = array[:_SAMPLE]
        if sum(1 for row in sample if _item(row, options, page)) * 2 > len(sample):
            return array
    return None if any(arrays) else next(iter(arrays), None)


def _item(row: object, options: Options, page: Page) -> ListingItem | None:
    if not isinstance(row, dict):
        return None
    told = _told(row)
    link, request = _SITES.get(urls.host(page.url), (None, None))
    title = _json.line(told.get(options.title, _TITLE))
    url = _address(told, options.link or link, page)
    if not title or not url:
        return None
    wanted = _filled(options.request or request, row)
    asked = urls.absolute(page.url, wanted) if wanted else None
    return ListingItem(
        url=url,
        title=title,
        published_on=_json.day(told.get(options.date, _DAY)),
        request=Request(url=asked) if asked else None,
        facts=told.facts(options.labels),
    )


def _address(told: _Told, link: str | None, page: Page) -> str | None:
    said = _filled(link, told.value) if link and "{" in link else _json.line(told.get(link, _LINK))
    return urls.absolute(page.url, said) if said else None


def _filled(template: str | None, row: object) -> str | None:
    """The template with the row's values; None where one is missing."""
    if not template:
        return None
    values = {path: _json.line(_json.at(row, path)) for path in _HOLE.findall(template)}
    if not all(values.values()):
        return None
    return _HOLE.sub(lambda hole: quote(values[hole[1]], safe="/"), template)


def _text(value: object, page: Page, source: Source) -> tuple[str, tuple[Attachment, ...]]:
    if not isinstance(value, str):
        return "", ()
    if "<" not in value:
        return text.squeeze_lines(value), ()
    html = _html.of(value, page.url)
    _ignore.strip(html.tree, source.ignore)
    attachments = _notice.files(html.tree.css("a[href]"), html.url)
    return (_body.lines(html.tree.body) if html.tree.body else ""), attachments


def _next(answer: object, options: Options, page: Page, source: Source) -> Request | None:
    """The same request with the next number, as long as more rows are announced."""
    asked = dict(parse_qsl(urlsplit(page.url).query)) | dict(page.form)
    number_key, size_key, total = _keys(answer, options, asked)
    numbers = [_whole(asked.get(number_key)), _whole(asked.get(size_key)), _whole(total)]
    if None in numbers:
        return None
    number, size, count = (value or 0 for value in numbers)
    if not size or number * size >= count:
        return None
    following = str(number + 1)
    form = tuple((key, following if key == number_key else value) for key, value in page.form)
    url = re.sub(rf"([?&]{re.escape(number_key)}=)\d+", rf"\g<1>{following}", page.url)
    headers = first(source).headers
    return Request(url=url, method="POST" if form else "GET", form=form, headers=headers)


def _keys(answer: object, options: Options, asked: Mapping[str, str]) -> tuple[str, str, object]:
    if options.paging:
        return options.paging.page, options.paging.size, _json.at(answer, options.paging.total)
    named = (held for key, held in _json.pairs(answer) if key.lower() in _TOTAL)
    return _asked(_NUMBERS, asked), _asked(_SIZES, asked), next(named, None)


def _asked(keys: tuple[str, ...], asked: Mapping[str, str]) -> str:
    return next((key for key in keys if key in asked), "")


def _whole(value: object) -> int | None:
    said = _json.line(value)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None
