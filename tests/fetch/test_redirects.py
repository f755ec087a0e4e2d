"""Redirects are followed by hand: byte for byte, through the guard, not for ever."""

from __future__ import annotations

import pytest

from monitor.errors import Blocked, FetchError, Refused
from monitor.fetch.asking import follow
from monitor.fetch.exchange import Answer, Ask
from monitor.model import Http
from tests.fetch.doing import aio, door_to
from tests.fetch.site import reply, serving

PAGE = b"<html><body>" + b"a page with something to say " * 9 + b"</body></html>"


def moved(location: bytes | str, status: str = "302 Found") -> bytes:
    raw = location if isinstance(location, bytes) else location.encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nLocation: ".encode() + raw + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/b", "/b"),
        ("../b?x=1#part", "/b?x=1"),
        ("  /b  ", "/b"),
        ("/a b", "/a%20b"),
        ("/%e4%b8%ad", "/%e4%b8%ad"),
        ("/公告.html".encode("gb18030"), "/%B9%AB%B8%E6.html"),
        ("/公告.html".encode(), "/%E5%85%AC%E5%91%8A.html"),
    ],
    ids=["path", "relative", "blanks", "blank inside", "escaped", "raw GBK", "raw UTF-8"],
)
@aio
async def test_a_redirect_leads_where_its_bytes_say(location: str | bytes, path: str) -> None:
    async with serving({"/list/": moved(location), path: reply(PAGE)}) as site, door_to(site) as door:
        page = await door.page("/list/")
    assert site.paths() == ["/list/", path]
    assert page.body == PAGE
    assert page.url.lower() == f"{site.url}{path}".lower()


@pytest.mark.parametrize(
    ("status", "method"),
    [
        ("301 Moved", "GET"),
        ("302 Found", "GET"),
        ("303 See", "GET"),
        ("307 Same", "POST"),
        ("308 Same", "POST"),
    ],
)
@aio
async def test_a_form_is_sent_again_only_where_the_redirect_says_so(status: str, method: str) -> None:
    async with serving({"/": moved("/b", status), "/b": reply(PAGE)}) as site, door_to(site) as door:
        await door.page(method="POST", form=(("a", "1"),))
    second = site.asked[1]
    assert second.line.startswith(method)
    assert second.body == (b"a=1" if method == "POST" else b"")
    assert ("content-type" in second.headers) == (method == "POST")


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:1/",
        "http://[::1]:1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "//10.0.0.1/",
        "file:///etc/passwd",
        "http://a@10.0.0.1/",
        "http://localhost/",
        "http://10.0.0.1:80\\@www.gov.cn/",
    ],
)
@pytest.mark.parametrize("status", ["302 Found", "307 Same"])
@aio
async def test_no_redirect_leads_into_our_own_network(location: str, status: str) -> None:
    async with serving({"/": moved(location, status)}) as site, door_to(site) as door:
        with pytest.raises(Refused):
            await door.get(method="POST", form=(("a", "1"),))
    assert len(site.asked) == 1


@aio
async def test_a_chain_ends_after_five() -> None:
    chain = {f"/{n}": moved(f"/{n + 1}") for n in range(9)}
    async with serving(chain) as site, door_to(site) as door:
        with pytest.raises(FetchError, match="more than 5 redirects"):
            await door.get("/0")
    assert len(site.asked) == 6


@aio
async def test_a_page_that_redirects_to_itself_is_not_asked_twice() -> None:
    async with serving({"/": moved("/")}) as site, door_to(site) as door:
        with pytest.raises(FetchError, match="redirects to itself"):
            await door.get()
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [moved("/WZWSRELzL3Rqc3kuaHRt"), moved("/").replace(b"\r\n\r\n", b"\r\nSet-Cookie: CT6T=1\r\n\r\n")],
)
@aio
async def test_a_redirect_that_wants_a_cookie_back_is_a_challenge(answer: bytes) -> None:
    async with serving({"/": answer}) as site, door_to(site) as door:
        with pytest.raises(Blocked, match="browser challenge"):
            await door.get()


@pytest.mark.parametrize("location", ["http://[bad/", "", "http:///x"])
@aio
async def test_a_senseless_location_is_an_error(location: str) -> None:
    async with serving({"/": moved(location)}) as site, door_to(site) as door:
        with pytest.raises(FetchError):
            await door.get()


@pytest.mark.parametrize(
    ("start", "location", "kept"),
    [
        ("http://a.cn/", "/b", True),
        ("http://a.cn/", "http://A.cn/b", True),
        ("http://a.cn/", "https://a.cn/b", True),
        ("https://a.cn/", "http://a.cn/b", False),
        ("http://a.cn/", "http://b.cn/", False),
        ("http://a.cn/", "http://a.cn:81/", False),
    ],
)
def test_a_password_is_never_sent_elsewhere_nor_in_the_clear(start: str, location: str, kept: bool) -> None:
    ask = Ask(url=start, method="GET", headers={"authorization": "x", "accept": "*/*"})
    answer = Answer(url=start, status=302, headers={"location": location}, body=b"")
    assert ("authorization" in follow(ask, answer, may_repeat=False).headers) is kept


@aio
async def test_a_cookie_of_a_source_stays_with_its_host() -> None:
    http = Http(headers={"Cookie": "secret=1", "X-Other": "2"})
    both = frozenset({"127.0.0.1"})
    async with (
        serving({"/b": reply(PAGE)}) as other,
        serving({"/": moved(f"{other.url}/b")}) as site,
        door_to(site, allow_hosts=both) as door,
    ):
        await door.get(http=http)
    assert site.asked[0].headers["cookie"] == "secret=1"
    assert "cookie" not in other.asked[0].headers
    assert other.asked[0].headers["x-other"] == "2"
