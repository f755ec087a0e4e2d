"""TRS IGS (拓尔思 政策文件库): the policy libraries of Tianjin and others, one JSON search for all bureaus.

A row says nearly everything: 发文字号, 索引号, 发文机关, 成文日期. Its address leads to a page of the
bureau's own site, as a rule of TRS WCM, so notices are read as any page is.
"""

from __future__ import annotations

import re

from pydantic import BaseModel, Field

from monitor import urls
from monitor.errors import EmptyListing, ParseError
from monitor.families import _json, _listing, _notice
from monitor.families._options import PageOptions
from monitor.model import Fact, Listing, ListingItem, Page, RawNotice, Request, Source

_NUMBER = re.compile(r"([?&]pageNumber=)(\d+)")


class Options(PageOptions):
    """`issuer`: only rows whose first issuer is this organ (天津市工业和信息化局): the library holds all."""

    issuer: str | None = None


class _Row(BaseModel):
    title: str = Field("", alias="BT")
    url: str = Field("", alias="DOCPUBURL")
    number: str | None = Field(None, alias="FWZH")
    index: str | None = Field(None, alias="IDXID")
    issuer: str | None = Field(None, alias="FWJG_name")
    signed: str | None = Field(None, alias="CWRQ")
    published: str | None = Field(None, alias="FBRQ")


class _Rows(BaseModel):
    content: list[_Row]
    total: int = 0
    pages: int = Field(0, alias="totalPages")


class _Answer(BaseModel):
    page: _Rows


def first(source: Source) -> Request:
    """The search as sources.yaml has it, query and all."""
    return Request(url=source.url)


def listing(page: Page, source: Source) -> Listing:
    """The rows of an answer, those of one organ where the options name it.

    EmptyListing where the organ has none among them; ParseError where a library of all has none at all.
    """
    wanted = Options.model_validate(dict(source.options)).issuer
    found = _json.read(page, _Answer).page
    if wanted and not found.content:
        raise ParseError(page.url, f"no row at all of {found.total}")
    items = (_item(row, page) for row in found.content if not wanted or _is_by(row, wanted))
    rows = _listing.unique(item for item in items if item)
    if not rows:
        raise EmptyListing(page.url, f"no row by {wanted} among {len(found.content)}" if wanted else "no row")
    return Listing(items=rows, next=_next(page, found))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice on the bureau's own page."""
    return _notice.read(page, source, body=Options.model_validate(dict(source.options)).body)


def claims(page: Page) -> bool:
    """Whether the page is an answer of such a library."""
    return _json.looks(page) and b'"DOCPUBURL"' in page.body and b'"BT"' in page.body


def _is_by(row: _Row, organ: str) -> bool:
    return organ in (row.issuer or "")


def _item(row: _Row, page: Page) -> ListingItem | None:
    url, title = urls.absolute(page.url, row.url), _json.line(row.title)
    if not url or not title:
        return None
    return ListingItem(url=url, title=title, published_on=_json.day(row.published), facts=tuple(_facts(row)))


def _facts(row: _Row) -> list[Fact]:
    told = (
        ("发文字号", row.number),
        ("索引号", row.index),
        ("发文机关", row.issuer),
        ("成文日期", str(_json.day(row.signed) or "")),
    )
    return [Fact(label=label, value=said) for label, value in told if (said := _json.line(value))]


def _next(page: Page, found: _Rows) -> Request | None:
    number = _NUMBER.search(page.url)
    if not number or int(number[2]) >= found.pages:
        return None
    return Request(url=_NUMBER.sub(rf"\g<1>{int(number[2]) + 1}", page.url))
