"""The forgiving transport: reads what the usual one refuses, within the same limits."""

from __future__ import annotations

import asyncio
import gzip
import threading

import pytest

from monitor.errors import Blocked, FetchError
from monitor.model import Http, NotModified, Validators
from tests.fetch.doing import aio, door_to
from tests.fetch.site import reply, serving

PAGE = b"<html><body>" + b"a page with something to say " * 9 + b"</body></html>"
SIZE = len(PAGE)
STDLIB = Http(source="s", stdlib=True, ignore_robots="one request alone")
CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (SIZE, PAGE)

SLOPPY: dict[str, bytes] = {
    "two Transfer-Encoding": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
    + CHUNKED,
    "Transfer-Encoding in two words": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: identity, chunked\r\n\r\n"
    + CHUNKED,
    "a blank after a name": b"HTTP/1.1 200 OK\r\nContent-Length : %d\r\n\r\n" % SIZE + PAGE,
    "a blank after a name, chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding : chunked\r\n\r\n" + CHUNKED,
    "a blank in a name": b"HTTP/1.1 200 OK\r\nX Powered By: tomcat\r\nContent-Length: %d\r\n\r\n" % SIZE
    + PAGE,
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: %d\r\n\r\n" % SIZE + PAGE,
    "one length twice": b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nContent-Length: %d\r\n\r\n" % (SIZE, SIZE)
    + PAGE,
    "a length and chunks": b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n"
    + CHUNKED,
    "no number for a length": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + PAGE,
    "no length": b"HTTP/1.0 200 OK\r\n\r\n" + PAGE,
    "LF alone": b"HTTP/1.1 200 OK\nContent-Length: %d\n\n" % SIZE + PAGE,
    "no reason": b"HTTP/1.1 200\r\nContent-Length: %d\r\n\r\n" % SIZE + PAGE,
    "a reason in GBK": "HTTP/1.1 200 成功\r\nX: 公告\r\n".encode("gb18030")
    + b"Content-Length: %d\r\n\r\n" % SIZE
    + PAGE,
}
REFUSED_OTHERWISE = {
    "a blank in a name",
    "two lengths",
    "one length twice",
    "a length and chunks",
    "no number for a length",
}


@pytest.mark.parametrize("answer", SLOPPY.values(), ids=SLOPPY)
@aio
async def test_a_sloppy_server_is_understood(answer: bytes) -> None:
    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    async with serving({"/": talk}) as site, door_to(site) as door:
        assert (await door.page(http=STDLIB)).body == PAGE


@pytest.mark.parametrize("name", sorted(REFUSED_OTHERWISE))
@aio
async def test_there_is_a_reason_for_a_second_transport(name: str) -> None:
    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(SLOPPY[name])
        await writer.drain()

    async with serving({"/": talk}) as site, door_to(site) as door:
        with pytest.raises(FetchError, match="not HTTP: "):
            await door.get()


@aio
async def test_it_sends_what_the_other_sends() -> None:
    http = Http(headers={"Referer": "http://a/"}, stdlib=True, ignore_robots="-")
    path = "/%B9%AB%B8%E6.html;s=1?k=%b9%AB&d=%u4e2d&e[]=1"
    async with serving({path: reply(PAGE), "/api": reply(b'{"rows": []}')}) as site, door_to(site) as door:
        await door.page(path, http=http)
        await door.page("/api", method="POST", form=(("q", "通知"),), http=http)
        await door.page(path, http=Http(headers=http.headers, ignore_robots="-"))
    get, post, other = site.asked
    assert get.line == other.line == f"GET {path} HTTP/1.1"
    assert {**get.headers, "connection": "-"} == {**other.headers, "connection": "-"}
    assert get.headers["connection"] == "close"
    assert (post.line, post.body) == ("POST /api HTTP/1.1", b"q=%E9%80%9A%E7%9F%A5")


@aio
async def test_unchanged_gzip_cookies_and_redirects_are_what_they_are() -> None:
    moved = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nX Powered By: tomcat\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2; Path=/\r\nLocation: "
    answers: dict[str, object] = {
        "/": moved + "/公告.html".encode("gb18030") + b"\r\n\r\n",
        "/%B9%AB%B8%E6.html": reply(gzip.compress(PAGE)),
        "/304": reply(status="304 Not Modified", ETag='"7"'),
    }
    async with serving(answers) as site, door_to(site) as door:
        assert (await door.page("/", http=STDLIB)).body == PAGE
        assert isinstance(await door.get("/304", http=STDLIB, validators=Validators(etag='"7"')), NotModified)
    assert site.asked[1].headers["cookie"] == "a=1; b=2"


FAILURES: dict[str, tuple[object, str]] = {
    "nothing": (b"", "connection closed without an answer"),
    "no http": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "not HTTP: "),
    "cut off": (reply(PAGE[:30], length=SIZE), "body cut off"),
    "chunked cut off": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nabc", "body cut off"),
    "gzip cut off": (reply(gzip.compress(PAGE)[:-12], Content_Encoding="gzip"), "body cut off"),
    "no chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n", "body cut off"),
    "a header without end": (
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
        "not HTTP: LineTooLong",
    ),
    "too many headers": (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "not HTTP: "),
    "too much": (reply(b"x" * 5000), "more than 4 kB"),
    "a bomb": (reply(gzip.compress(b" " * 60_000_000)), "more than 4 kB"),
    "missing": (reply(b"gone", status="404 Not Found"), "HTTP 404"),
    "busy": (reply(status="503 Busy"), "HTTP 503"),
    "a stub": (reply(b'<meta http-equiv="refresh" content="0;URL=../" />'), "a stub that only leads to ../"),
}


@pytest.mark.parametrize(("answer", "reason"), FAILURES.values(), ids=FAILURES)
@aio
async def test_what_is_no_page_is_an_error_with_its_reason(answer: object, reason: str) -> None:
    async with serving({"/": answer}) as site, door_to(site, max_body=4096) as door:
        with pytest.raises(FetchError) as failed:
            await door.get(http=STDLIB)
    assert failed.value.reason.startswith(reason)
    assert not isinstance(failed.value, Blocked)


@pytest.mark.parametrize(
    ("url", "reason"), [("http://nothing.invalid/", "DNS: "), ("http://127.0.0.1:9/", "connection refused")]
)
@aio
async def test_a_host_that_cannot_be_reached_is_an_error(url: str, reason: str) -> None:
    async with serving({}) as site, door_to(site, allow_hosts=frozenset({"127.0.0.1"})) as door:
        with pytest.raises(FetchError) as failed:
            await door.get(url, http=STDLIB)
    assert failed.value.reason.startswith(reason)


def waiting() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("fetch-stdlib")]


@pytest.mark.parametrize("begun", [False, True])
@aio
async def test_a_thread_comes_back_at_the_deadline(begun: bool) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        if begun:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not writer.is_closing():
            if begun:
                writer.write(b"x")
            await asyncio.sleep(0.01)

    async with serving({"/": drip}) as site:
        async with door_to(site, timeout=0.1) as door:
            with pytest.raises(FetchError, match="not finished within" if begun else "no answer within"):
                await door.get(http=STDLIB)
            assert len(site.asked) == (1 if begun else 3)
        await gone()


@aio
async def test_endless_beginnings_end_at_the_deadline() -> None:
    async def talk(writer: asyncio.StreamWriter) -> None:
        while not writer.is_closing():
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
            await writer.drain()

    async with serving({"/": talk}) as site:
        async with door_to(site, timeout=0.1) as door:
            with pytest.raises(FetchError, match="no answer within"):
                await door.get(http=STDLIB)
        await gone()


@aio
async def test_cancelling_frees_the_slot_and_the_thread() -> None:
    async def silence(writer: asyncio.StreamWriter) -> None:
        await writer.wait_closed()

    async with serving({"/": silence, "/b": reply(PAGE)}) as site:
        async with door_to(site) as door:
            task = asyncio.create_task(door.get(http=STDLIB))
            while not site.asked:
                await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (await door.page("/b", http=STDLIB)).body == PAGE
        await gone()


async def gone() -> None:
    """No thread of the fetch door is left, though the site still stands: their lines were cut."""
    async with asyncio.timeout(5):
        while waiting():
            await asyncio.sleep(0)
