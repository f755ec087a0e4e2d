"""Cookies of a source: given back to who set them, and to nobody else."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Blocked, FetchError
from monitor.fetch.cookies import LONGEST_HEADER, MOST_COOKIES, MOST_HOSTS, Jar, literal_cookie
from monitor.fetch.guard import Guard, Target
from monitor.model import Http
from tests.fetch.doing import aio, door_to
from tests.fetch.site import reply, serving

PAGE = b"<html><body>" + b"a page with something to say " * 9 + b"</body></html>"
NOW = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
HOST = "http://www.a.gov.cn"


def at(url: str) -> Target:
    return Guard().check(url)


def said(
    lines: list[str], *, to: str = f"{HOST}/x", by: str = f"{HOST}/tzgg/list.html", later: int = 0
) -> str:
    jar = Jar()
    jar.take(at(by), lines, now=NOW)
    return jar.header(at(to), now=NOW + timedelta(seconds=later))


@pytest.mark.parametrize(
    ("line", "to", "header"),
    [
        ("a=1; Path=/", f"{HOST}/", "a=1"),
        ("a=1; Path=/; HttpOnly; SameSite=Lax", f"{HOST}:8080/x", "a=1"),
        ("a=1; path=/", "https://www.a.gov.cn/", "a=1"),
        ("a=1; Path=/", "http://b.gov.cn/", ""),
        ("a=1; Path=/", "http://a.gov.cn/", ""),
        ("a=1; Path=/; Domain=.a.gov.cn", f"{HOST}/", "a=1"),
        ("a=1; Path=/; Domain=a.gov.cn", "http://other.a.gov.cn/", ""),
        ("a=1; Path=/; Domain=b.gov.cn", f"{HOST}/", ""),
        ("a=1; Path=/; Domain=w.a.gov.cn", f"{HOST}/", ""),
        ("a=1", f"{HOST}/tzgg/2.html", "a=1"),
        ("a=1", f"{HOST}/", ""),
        ("a=1; Path=/tzgg", f"{HOST}/tzgg/2.html?x=1", "a=1"),
        ("a=1; Path=/tz", f"{HOST}/tzgg/", ""),
        ("a=1; Path=/; Secure", f"{HOST}/", ""),
        ("a=1; Path=/; Secure", "https://www.a.gov.cn/", "a=1"),
        ("a=b=c==; Path=/", f"{HOST}/", "a=b=c=="),
        ("a=; Path=/", f"{HOST}/", "a="),
        ("a; Path=/", f"{HOST}/", "a="),
        ("=1; Path=/", f"{HOST}/", ""),
        ("", f"{HOST}/", ""),
        ("a=\x00; Path=/", f"{HOST}/", ""),
        ("a=\xd6\xd0; Path=/", f"{HOST}/", ""),
        ("a=" + "x" * 5000 + "; Path=/", f"{HOST}/", ""),
    ],
)
def test_a_cookie_goes_back_to_its_host_and_path_alone(line: str, to: str, header: str) -> None:
    assert said([line], to=to) == header


@pytest.mark.parametrize(
    ("ends", "after_a_minute", "after_an_hour"),
    [
        ("", True, True),
        ("; Max-Age=300", True, False),
        ("; max-age=0", False, False),
        ("; Max-Age=-1", False, False),
        ("; Max-Age=soon", True, True),
        ("; Max-Age=999999999999", True, True),
        ("; Expires=Wed, 16 Sep 2026 01:05:00 GMT", True, False),
        ("; Expires=Wed, 16-Sep-2026 01:05:00 GMT", True, False),
        ("; Expires=Thu, 01-Jan-1970 00:00:00 GMT", False, False),
        ("; Expires=Wed, 16 Sep 2026 01:05:00 GMT; Max-Age=9000", True, True),
        ("; Expires=some day", True, True),
    ],
)
def test_a_cookie_ends_when_it_said_so(ends: str, after_a_minute: bool, after_an_hour: bool) -> None:
    assert (said([f"a=1; Path=/{ends}"], later=60) == "a=1") is after_a_minute
    assert (said([f"a=1; Path=/{ends}"], later=3600) == "a=1") is after_an_hour


def test_a_later_cookie_replaces_an_earlier_and_a_dead_one_deletes() -> None:
    assert said(["a=1; Path=/", "b=2; Path=/", "a=3; Path=/"]) == "b=2; a=3"
    assert said(["a=1; Path=/", "a=; Path=/; Max-Age=0"]) == ""


def test_the_longer_path_comes_first() -> None:
    lines = ["a=1; Path=/", "b=2; Path=/tzgg/"]
    assert said(lines, to=f"{HOST}/tzgg/1") == "b=2; a=1"


def test_a_jar_has_a_bottom() -> None:
    jar = Jar()
    for number in range(3 * MOST_COOKIES):
        jar.take(at(f"{HOST}/"), [f"c{number}={'x' * 1000}; Path=/"], now=NOW)
    header = jar.header(at(f"{HOST}/"), now=NOW)
    assert len(header) <= LONGEST_HEADER
    assert f"c{3 * MOST_COOKIES - 1}=" in header
    for number in range(MOST_HOSTS):
        jar.take(at(f"http://h{number}.gov.cn/"), ["a=1; Path=/"], now=NOW)
    assert jar.header(at(f"{HOST}/"), now=NOW) == ""


@given(st.lists(st.text(max_size=80), max_size=5))
def test_whatever_a_server_sets_the_header_is_plain(lines: list[str]) -> None:
    header = said(lines)
    assert header.isascii()
    assert header.isprintable()


@pytest.mark.parametrize(
    ("script", "line"),
    [
        (
            'document.cookie="C3VK=a1; path=/; max-age=300;";location.reload()',
            "C3VK=a1; path=/; max-age=300;",
        ),
        ("window.document.cookie = 'C3VK=a1'\nlocation.reload()", "C3VK=a1"),
        ('document.cookie="C3VK="+x', None),
        ('document.cookie="C3VK=a1" + "b2"', None),
        ('document.cookie="C3VK=a1"\n  + x', None),
        ('document.cookie="C3VK=a1".concat(x)', None),
        ('document.cookie=("C3VK=a1")', None),
        ('document.cookie="C3\\x56K=a1"', None),
        ("document.cookie=f('C3VK=a1')", None),
        ('document["cookie"]="C3VK=a1"', None),
        ('document.cookie="a=1\r\nX: y"', None),
        ("document.cookie=`C3VK=a1`", None),
        ("x='__jsl_clearance'", None),
    ],
)
def test_a_literal_cookie_is_read_and_nothing_is_worked_out(script: str, line: str | None) -> None:
    assert literal_cookie(f"<html><script>{script}</script></html>".encode()) == line


@pytest.mark.parametrize(
    "piece", [b"document.cookie=", b'document.cookie="a=', b"document ", b'document.cookie="a=1" ']
)
def test_a_hostile_script_takes_no_time(piece: bytes) -> None:
    begin = time.process_time()
    literal_cookie(piece * (300_000 // len(piece)))
    assert time.process_time() - begin < 2


def to_itself(*cookies: str) -> bytes:
    lines = "".join(f"Set-Cookie: {cookie}\r\n" for cookie in cookies)
    return f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /tzgg/\r\n{lines}\r\n".encode()


SHELL = b"""<html><script>window.document.cookie="C3VK=a1b2; path=/; max-age=300;";location.reload()</script></html>"""
OURS = Http(source="ct6t")


@aio
async def test_a_redirect_to_itself_that_only_wants_its_cookie_back_is_passed() -> None:
    first = to_itself("CT6T=1; Path=/; Expires=Wed, 16 Sep 2026 09:00:00 GMT", "CT6TS=2; Path=/")
    async with serving({"/tzgg/": [first, reply(PAGE)]}) as site, door_to(site) as door:
        assert (await door.page("/tzgg/")).body == PAGE
    assert [asked.headers.get("cookie") for asked in site.asked] == [None, "CT6T=1; CT6TS=2"]


@aio
async def test_who_wants_another_cookie_each_time_is_a_wall() -> None:
    answers: list[object] = [to_itself(f"CT6T={number}; Path=/") for number in range(9)]
    async with serving({"/tzgg/": answers}) as site, door_to(site) as door:
        with pytest.raises(Blocked, match="cookie and redirect to itself"):
            await door.get("/tzgg/")
    assert len(site.asked) == 2


@aio
async def test_a_cookie_that_cannot_be_kept_is_no_reason_to_ask_again() -> None:
    async with serving({"/tzgg/": to_itself("CT6T=1; Path=/; Domain=b.cn")}) as site, door_to(site) as door:
        with pytest.raises(Blocked):
            await door.get("/tzgg/")
    assert len(site.asked) == 1


@aio
async def test_cookies_are_kept_for_a_source_and_shared_with_no_other() -> None:
    answers = {"/": reply(PAGE, Set_Cookie="session=1; Path=/; Max-Age=300")}
    async with serving(answers) as site, door_to(site) as door:
        for source in ("one", "one", "two", "", ""):
            await door.get(http=Http(source=source))
        door.clock.seconds += 300
        await door.get(http=Http(source="one"))
    assert [asked.headers.get("cookie") for asked in site.asked] == [
        None,
        "session=1",
        None,
        None,
        None,
        None,
    ]


@aio
async def test_what_the_operator_wrote_stands_before_what_the_site_set() -> None:
    http = Http(source="one", headers={"Cookie": "mine=1"})
    async with serving({"/": reply(PAGE, Set_Cookie="its=2; Path=/")}) as site, door_to(site) as door:
        await door.get(http=http)
        await door.get(http=http)
    assert [asked.headers["cookie"] for asked in site.asked] == ["mine=1", "mine=1; its=2"]


@aio
async def test_a_cookie_does_not_follow_a_redirect_to_another_host() -> None:
    onward = reply(status="302 Found", Location="http://b.gov.cn/b", Set_Cookie="session=1; Path=/")
    async with (
        serving({"/": onward, "/b": reply(PAGE)}) as site,
        door_to(site, connect_to={"a.gov.cn:80": site.place, "b.gov.cn:80": site.place}) as door,
    ):
        await door.get("http://a.gov.cn/", http=OURS)
    assert [(asked.path, asked.headers.get("cookie")) for asked in site.asked] == [("/", None), ("/b", None)]


@aio
async def test_a_plain_cookie_of_a_challenge_is_echoed_once_where_the_source_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    http = Http(source="fgk", echo_cookie=True)
    with caplog.at_level(logging.INFO, "monitor.fetch"):
        async with (
            serving({"/": [reply(SHELL), reply(PAGE)], "/b": reply(PAGE)}) as site,
            door_to(site) as door,
        ):
            await door.get(http=http)
            await door.get("/b", http=http)
    assert [asked.headers.get("cookie") for asked in site.asked] == [None, "C3VK=a1b2", "C3VK=a1b2"]
    assert [record.getMessage() for record in caplog.records] == [
        "fetch.cookie_echoed source=fgk host=127.0.0.1 cookie=C3VK"
    ]


@pytest.mark.parametrize(
    ("http", "asked"), [(Http(source="fgk"), 1), (Http(source="fgk", echo_cookie=True), 2)]
)
@aio
async def test_a_challenge_that_stays_is_a_block(http: Http, asked: int) -> None:
    async with serving({"/": reply(SHELL)}) as site, door_to(site) as door:
        with pytest.raises(Blocked, match="C3VK"):
            await door.get(http=http)
    assert len(site.asked) == asked


@aio
async def test_a_cookie_that_is_worked_out_by_a_script_is_not_echoed() -> None:
    shell = b"<html><script>document.cookie='__jsl_clearance_s='+go({'ha':'md5'});location.reload()</script></html>"
    async with serving({"/": reply(shell, status="521 Unknown")}) as site, door_to(site) as door:
        with pytest.raises(Blocked, match="jsl"):
            await door.get(http=Http(source="fgk", echo_cookie=True))
    assert len(site.asked) == 1


@aio
async def test_a_page_that_is_no_challenge_is_never_asked_again_for_its_script() -> None:
    page = SHELL.replace(b"</html>", b"<p>" + "各有关单位应当做好申报工作。".encode() * 30 + b"</p></html>")
    async with serving({"/": reply(page)}) as site, door_to(site) as door:
        assert await door.page(http=Http(source="fgk", echo_cookie=True))
    assert len(site.asked) == 1


@aio
async def test_an_echoed_cookie_is_a_request_like_any_other() -> None:
    async with serving({"/": reply(SHELL)}) as site, door_to(site, per_day=2) as door:
        with pytest.raises(FetchError, match="daily budget spent"):
            await door.get(http=Http(source="fgk", echo_cookie=True))
    assert (len(site.asked), len(site.robots)) == (1, 1)
