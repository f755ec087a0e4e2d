"""Ruined pages end in a named error or in the right value, never in "a little"."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import EmptyListing, ParseError
from monitor.families import FAMILIES, recognise
from monitor.model import Listing, Page, RawNotice, Request
from tests.families.pages import Saved, lists, notices, read, saved, source

PLAIN = [name for name in FAMILIES if name != "selectors"]
URL = "https://www.example.gov.cn/tzgg/index.html"

CHALLENGES = {
    "c3vk": '<html><body><script>window.document.cookie="C3VK=1a2b3c; path=/; max-age=300;";location.reload()</script></body></html>',
    "jsl": "<script>document.cookie=('__jsl_clearance=')+(1790000000);location.href=location.pathname</script>",
    "ruishu": "<html><head><meta content=\"{qqqqqqh\"><script r='m'>$_ts=window['$_ts']</script></head><body></body></html>",
    "wzws": '<html><body><a href="/WZWSREL3R6Z2cvaW5kZXguaHRtbA==">继续</a></body></html>',
    "refresh": '<html><head><meta http-equiv="refresh" content="0;URL=../" /></head><body></body></html>',
    "two bytes": "\r\n",
    "nothing": "",
    "json error": '{"success":false,"msg":"系统错误","data":null,"code":1000}',
    "json empty": '{"errcode":0,"errmessage":"ok","data":{"list":[],"total":null}}',
    "json array": "[]",
    "pdf": "%PDF-1.7 2026-09-16",
    "soft 404": "<html><head><title>404</title></head><body><h1>您访问的页面不存在</h1><a href='/'>返回首页</a></body></html>",
    "spa": '<!doctype html><html><body><div id="app"></div><script src="/js/app.js"></script></body></html>',
}


def name(one: Saved) -> str:
    return one.name


def whole(one: Saved) -> Listing | Request | RawNotice:
    return read(one, one.page())


def without_rows(body: bytes) -> bytes:
    """The same page, the rows of its list gone: as links from markup, as objects from JSON."""
    if not body.startswith(b"{") or b'"html"' in body:
        return re.sub(rb'href=\\?"[^"]*(?:html?|docx)[^"]*"', b"", body)
    return json.dumps(emptied(json.loads(body)), ensure_ascii=False).encode()


def emptied(value: object) -> object:
    """JSON without the objects that stand in arrays."""
    if isinstance(value, dict):
        return {key: emptied(held) for key, held in value.items()}
    return [] if isinstance(value, list) else value


@pytest.mark.parametrize("family", PLAIN)
@pytest.mark.parametrize("what", CHALLENGES)
def test_what_stands_in_place_of_a_page_is_an_error(what: str, family: str) -> None:
    page = Page(url=URL, body=CHALLENGES[what].encode())
    with pytest.raises(ParseError):
        FAMILIES[family].listing(page, source(URL))
    with pytest.raises(ParseError):
        FAMILIES[family].notice(page, source(URL))
    assert recognise(page) in FAMILIES


@pytest.mark.parametrize("one", saved(), ids=name)
def test_a_page_that_is_cut_off_is_an_error_or_whole(one: Saved) -> None:
    for tenths in range(1, 10):
        page = one.page(one.body[: len(one.body) * tenths // 10])
        with pytest.raises(ParseError):
            read(one, page)


@pytest.mark.parametrize("one", lists(), ids=name)
def test_a_list_without_rows_is_an_empty_list(one: Saved) -> None:
    with pytest.raises(EmptyListing):
        read(one, one.page(without_rows(one.body)))


@pytest.mark.parametrize("family", PLAIN)
@pytest.mark.parametrize("one", notices(), ids=name)
def test_a_notice_is_no_list(one: Saved, family: str) -> None:
    with pytest.raises(ParseError):
        FAMILIES[family].listing(one.page(), source(one.url))


@pytest.mark.parametrize("family", PLAIN)
@pytest.mark.parametrize("one", [one for one in saved() if one.is_list], ids=name)
def test_a_list_is_no_notice(one: Saved, family: str) -> None:
    with pytest.raises(ParseError):
        FAMILIES[family].notice(one.page(), source(one.url))


@pytest.mark.parametrize("family", FAMILIES)
@given(
    body=st.binary(max_size=300),
    content_type=st.sampled_from(["", "text/html; charset=gbk", "x/y; charset=utf-16"]),
)
@settings(max_examples=60, deadline=None)
def test_any_bytes_end_in_a_value_or_a_parse_error(family: str, body: bytes, content_type: str) -> None:
    options: dict[str, object] = {"rows": "li"} if family == "selectors" else {}
    page = Page(url=URL, body=body, content_type=content_type)
    for question in (FAMILIES[family].listing, FAMILIES[family].notice):
        try:
            value = question(page, source(URL, options))
        except ParseError:
            continue
        assert isinstance(value, Listing | Request | RawNotice)


@pytest.mark.parametrize("one", saved(), ids=name)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_a_page_with_holes_ends_in_a_value_or_a_parse_error(one: Saved, data: st.DataObject) -> None:
    body = one.body
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    filling = data.draw(
        st.sampled_from([b"", b"\x00", b"<", b'"', b"<table><tr><td>", b"\xff\xfe", b"]]>", b"<li>"])
    )
    try:
        value = read(one, one.page(body[:start] + filling + body[end:]))
    except ParseError:
        return
    if isinstance(value, Listing):
        assert value.items
        assert all(item.url.startswith("http") and item.title for item in value.items)


@pytest.mark.parametrize("one", lists(), ids=name)
def test_a_truncated_gzip_or_binary_body_is_an_error(one: Saved) -> None:
    for body in (b"\x1f\x8b\x08" + one.body, b"PK\x03\x04" + one.body, b"\x89PNG" + one.body):
        with pytest.raises(ParseError):
            read(one, one.page(body))


def test_the_whole_pages_are_read_without_error() -> None:
    """What the tests above ruin was sound before."""
    assert all(whole(one) for one in saved())
