"""The door to parsing: any bytes end in values or in a ParseError."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from monitor.errors import ParseError
from monitor.families import FAMILIES
from monitor.model import Level, Listing, ListingItem, Page, RawNotice, Request, Source
from monitor.reader import MOST_BYTES, Reader

URL = "http://www.example.gov.cn/tzgg/index.html"
SOURCE = Source(
    id="example",
    name="示例 · 通知",
    url=URL,
    family=None,
    level=Level.NATIONAL,
    region="全国",
    options={"rows": "ul li", "link": "a", "date": "span"},
)
ROWS = "".join(
    f'<li><a href="./202609/t202609{n:02d}_{n}.html" title="关于开展第{n}批申报工作的通知">通知</a>'
    f"<span>2026-09-{n:02d}</span></li>"
    for n in range(1, 9)
)
LIST = f"<html><head><meta charset=utf-8></head><body><ul>{ROWS}</ul></body></html>".encode()
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


def page(body: bytes) -> Page:
    return Page(url=URL, body=body, content_type="text/html")


def listing(body: bytes, family: str) -> Listing | Request:
    return asyncio.run(Reader().listing(page(body), SOURCE, family=family))


def notice(body: bytes, family: str) -> RawNotice:
    return asyncio.run(Reader().notice(page(body), SOURCE, family=family))


def test_a_list_is_read_by_its_family() -> None:
    found = listing(LIST, "generic")
    assert isinstance(found, Listing)
    assert found.items[0] == ListingItem(
        url="http://www.example.gov.cn/tzgg/202609/t20260901_1.html",
        title="关于开展第1批申报工作的通知",
        published_on=date(2026, 9, 1),
    )
    assert len(found.items) == 8


def test_a_page_of_unknown_make_is_generic() -> None:
    assert Reader().recognise(page(b"<html><body>hello</body></html>")) == "generic"


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
    assert Reader().recognise(page(body)) in FAMILIES
    for read in (listing, notice):
        try:
            value = read(body, family)
        except ParseError:
            continue
        assert isinstance(value, Listing | Request | RawNotice)


@pytest.mark.parametrize("family", sorted(FAMILIES))
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"<div>" * 5_000,
        b"<a " + b"x " * 3_000 + b">",
        b"9" * 10_000,
        b"<ul><li>" * 3_000,
    ],
    ids=["deep JSON", "deep objects", "deep HTML", "many attributes", "a long number", "deep lists"],
)
def test_hostile_pages_end_in_values_or_a_parse_error(family: str, body: bytes) -> None:
    for read in (listing, notice):
        try:
            read(body, family)
        except ParseError:
            continue


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
