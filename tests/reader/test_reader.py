"""The door to parsing: any bytes end in values or in a ParseError."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from monitor.errors import ParseError
from monitor.families import FAMILIES
from monitor.model import Listing, ListingItem, Page, RawNotice, Request, Source
from monitor.reader import MOST_BYTES, Reader
from monitor.reader.questions import WhichFamily, answer
from tests.reader.pages import LIST, SOURCE, large, page

SELECTORS = replace(SOURCE, options={"rows": "ul li", "link": "a", "date": "span"})
MARKUP = [
    "<ul>",
    "<li>",
    "<a href='http://[/'>",
    "</a>",
    "<table>",
    '{"data":',
    "[",
    "null",
    "<!--",
    "<script>",
    "<record>",
]
MARKUP += [
    "<![CDATA[",
    "]]>",
    "2026-99-99",
    "&#xD800;",
    "&#x110000;",
    "<meta name='PubDate' content='9999'>",
    "\ud800",
    "\0",
]


NOTICE = "<html><head><title>关于某事的通知</title></head><body><h1>关于某事的通知</h1><div class='TRS_Editor'>{}</div></body></html>"


def source(family: str) -> Source:
    """With the options that this family needs; one that needs others is read, and refused, without."""
    return SELECTORS if family == "selectors" else SOURCE


def listing(body: bytes, family: str) -> Listing | Request:
    async def read() -> Listing | Request:
        async with Reader() as reader:
            return await reader.listing(page(body), source(family), family=family)

    return asyncio.run(read())


def notice(body: bytes, family: str) -> RawNotice:
    async def read() -> RawNotice:
        async with Reader() as reader:
            return await reader.notice(page(body), source(family), family=family)

    return asyncio.run(read())


def family_of(body: bytes) -> str:
    async def read() -> str:
        async with Reader() as reader:
            return await reader.recognise(page(body))

    return asyncio.run(read())


@pytest.mark.parametrize("body", [LIST, large(LIST)], ids=["on the spot", "in the worker"])
def test_a_list_is_read_by_its_family(body: bytes) -> None:
    found = listing(body, "generic")
    assert isinstance(found, Listing)
    assert found.items[0] == ListingItem(
        url="http://www.example.gov.cn/tzgg/202609/t20260901_1.html",
        title="关于开展第1批申报工作的通知",
        published_on=date(2026, 9, 1),
    )
    assert len(found.items) == 8


def test_a_page_of_unknown_make_is_generic() -> None:
    assert family_of(b"<html><body>hello</body></html>") == "generic"
    assert family_of(large(b"<html><body>hello</body></html>")) == "generic"


def test_a_family_that_does_not_exist_is_an_error_of_the_page() -> None:
    with pytest.raises(ParseError, match="no family is called 'wordpress'"):
        listing(LIST, "wordpress")


@pytest.mark.parametrize("read", [listing, notice])
def test_a_page_too_large_for_any_list_is_not_parsed(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ParseError, match="more than 4 MB"):
        read(b" " * (MOST_BYTES + 1), "generic")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(
    st.sampled_from(sorted(FAMILIES)),
    st.one_of(
        st.binary(max_size=300),
        st.lists(st.sampled_from(MARKUP), max_size=40).map(
            lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
        ),
        st.tuples(st.integers(0, len(LIST)), st.binary(max_size=20)).map(lambda cut: LIST[: cut[0]] + cut[1]),
    ),
)
def test_any_bytes_end_in_values_or_a_parse_error(family: str, body: bytes) -> None:
    assert answer(WhichFamily(page=page(body))) in FAMILIES
    for read in (listing, notice):
        try:
            value = read(body, family)
        except ParseError:
            continue
        assert isinstance(value, Listing | Request | RawNotice)


def test_a_title_without_an_end_is_cut_and_the_other_rows_are_as_they_were() -> None:
    body = LIST.replace("第3批申报".encode(), ("第3批" + "长" * 2_000).encode())
    before, found = listing(LIST, "generic"), listing(body, "generic")
    assert isinstance(before, Listing)
    assert isinstance(found, Listing)
    odd = [(old, new) for old, new in zip(before.items, found.items, strict=True) if old != new]
    assert (found.cut, len(odd), before.cut) == (1, 1, 0)
    ((old, new),) = odd
    assert (new.url, new.published_on, len(new.title), new.title[-1]) == (old.url, old.published_on, 201, "…")


def test_a_list_of_titles_without_an_end_is_an_error() -> None:
    body = LIST.replace("批申报".encode(), ("批" + "长" * 2_000).encode())
    with pytest.raises(ParseError, match="2012 characters of a title, more than 2000"):
        listing(body, "generic")


def test_a_list_of_more_rows_than_any_is_an_error() -> None:
    rows = "".join(
        f"<li><a href='./t20260901_{n}.html'>关于第{n}件事项的通知</a>2026-09-01</li>" for n in range(5001)
    )
    with pytest.raises(ParseError, match="5001 rows, more than 5000"):
        listing(f"<html><body><ul>{rows}</ul></body></html>".encode(), "selectors")


@pytest.mark.parametrize("length", [100, 500_001])
def test_a_notice_is_as_long_as_notices_are(length: int) -> None:
    body = NOTICE.format("文" * length).encode()
    if length < 1000:
        assert len(notice(body, "generic").body) == length
        return
    with pytest.raises(ParseError, match="500001 characters of text, more than 500000"):
        notice(body, "generic")


class Choking:
    """A family whose parser chokes on everything."""

    def __init__(self, choke: Callable[[], object]) -> None:
        self.choke = choke

    def listing(self, page: Page, source: Source) -> Listing:
        self.choke()
        return Listing(items=())


@pytest.mark.parametrize(
    ("choke", "word"),
    [
        (lambda: LexborHTMLParser("<p>").css("[["), "SelectolaxError"),
        (lambda: json.loads("[" * 100_000), "RecursionError"),
        (lambda: json.loads("{'a'"), "JSONDecodeError"),
        (lambda: b"\xff".decode("utf-8"), "UnicodeDecodeError"),
        (lambda: urlsplit("http://["), "ValueError"),
        (lambda: int("9" * 5000), "ValueError"),
        (lambda: date(2026, 1, 1) + timedelta(days=10**9), "OverflowError"),
    ],
    ids=["selector", "nested JSON", "bad JSON", "bad bytes", "bad address", "long number", "far date"],
)
def test_what_a_parser_chokes_on_is_an_error_of_the_page(
    choke: Callable[[], object], word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FAMILIES, "choking", Choking(choke))
    with pytest.raises(ParseError, match=f"cannot be read: {word}") as failed:
        listing(LIST, "choking")
    assert failed.value.__cause__ is not None


def test_a_mistake_of_ours_is_not_blamed_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FAMILIES, "choking", Choking(lambda: None.title))  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        listing(LIST, "choking")
