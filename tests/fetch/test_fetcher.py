"""The fetch door against real sockets: what comes in is a page, nothing new, or an error with a reason."""

from __future__ import annotations

import asyncio
import gzip
import zlib

import pytest

from monitor.errors import Blocked, ConfigError, FetchError, Refused
from monitor.fetch.asking import user_agent
from monitor.model import Http, NotModified, Validators
from tests.fetch.doing import NOW, aio, door_to
from tests.fetch.site import reply, serving

PAGE = "<html><body><ul><li>关于开展绿色制造名单推荐工作的通知【演示文本，非官方文件】</li></ul></body></html>".encode()


@aio
async def test_a_page_comes_back_as_bytes_with_its_validators() -> None:
    answer = reply(
        PAGE, Content_Type="text/html; charset=gbk", ETag='"7"', Last_Modified="Tue, 15 Sep 2026 00:00:00 GMT"
    )
    async with serving({"/list/": answer}) as site, door_to(site) as door:
        page = await door.page("/list/#top")
    assert (page.url, page.body, page.status) == (f"{site.url}/list/", PAGE, 200)
    assert page.content_type == "text/html; charset=gbk"
    assert page.validators == Validators(etag='"7"', last_modified="Tue, 15 Sep 2026 00:00:00 GMT")


@aio
async def test_we_say_honestly_who_we_are_and_whom_to_write_to() -> None:
    async with serving({"/": reply(PAGE)}) as site, door_to(site) as door:
        await door.page()
    headers = site.asked[0].headers
    assert headers["user-agent"].startswith("kuaixun/")
    assert headers["user-agent"].endswith(" (+a@example.org)")
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["host"] == site.place


@pytest.mark.parametrize("contact", ["管理员", "a@example.org\r\nX: y"])
def test_a_contact_that_no_header_can_carry_is_a_mistake_in_the_configuration(contact: str) -> None:
    with pytest.raises(ConfigError, match="contact"):
        user_agent(contact)


def test_without_a_contact_there_is_still_a_name() -> None:
    assert user_agent(None).startswith("kuaixun/")


@aio
async def test_a_source_may_bring_its_own_name_and_headers_and_a_request_its_own_over_them() -> None:
    http = Http(headers={"Referer": "http://a/", "X-Token": "source"}, user_agent="Mozilla/5.0 (chosen)")
    async with serving({"/": reply(PAGE)}) as site, door_to(site) as door:
        await door.get(http=http, headers=(("x-token", "request"), ("Accept-Encoding", "br")))
    headers = site.asked[0].headers
    assert headers["user-agent"] == "Mozilla/5.0 (chosen)"
    assert headers["referer"] == "http://a/"
    assert headers["x-token"] == "request"
    assert headers["accept-encoding"] == "gzip, deflate", "only what can be inflated under a cap"


@pytest.mark.parametrize("headers", [(("x-a", "b\r\nx-c: d"),), (("x-a", "中文"),), (("x a\n", "b"),)])
@aio
async def test_a_header_that_is_not_plain_is_never_sent(headers: tuple[tuple[str, str], ...]) -> None:
    async with serving({"/": reply(PAGE)}) as site, door_to(site) as door:
        with pytest.raises(FetchError, match="not plain ASCII"):
            await door.get(headers=headers)
    assert not site.asked


@aio
async def test_a_form_is_posted() -> None:
    async with serving({"/api": reply(b'{"rows": []}')}) as site, door_to(site) as door:
        page = await door.page("/api", method="POST", form=(("page", "1"), ("q", "通知")))
    assert page.body == b'{"rows": []}'
    assert site.asked[0].line.startswith("POST /api ")
    assert site.asked[0].body == b"page=1&q=%E9%80%9A%E7%9F%A5"
    assert site.asked[0].headers["content-type"].startswith("application/x-www-form-urlencoded")


@aio
async def test_unchanged_is_a_value_not_an_error() -> None:
    async with serving({"/": reply(status="304 Not Modified")}) as site, door_to(site) as door:
        answer = await door.get(
            validators=Validators(etag='"7"', last_modified="Tue, 15 Sep 2026 00:00:00 GMT")
        )
    assert answer == NotModified(url=f"{site.url}/")
    assert site.asked[0].headers["if-none-match"] == '"7"'
    assert site.asked[0].headers["if-modified-since"] == "Tue, 15 Sep 2026 00:00:00 GMT"


@aio
async def test_escapes_in_an_address_arrive_as_they_were_written() -> None:
    path = "/%B9%AB%B8%E6.html;s=1?k=%b9%AB&a=1+2&b=%2B%2C%7e&c=a%20b&d=%u4e2d&e[]=1"
    async with serving({path: reply(PAGE)}) as site, door_to(site) as door:
        await door.page(path)
    assert site.paths() == [path]


GZIP = gzip.compress(PAGE)
RAW = zlib.compressobj(wbits=-15)
DEFLATED = RAW.compress(PAGE) + RAW.flush()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (GZIP, "gzip"),
        (GZIP, "x-gzip"),
        (GZIP, ""),
        (zlib.compress(PAGE), "deflate"),
        (DEFLATED, "deflate"),
        (PAGE, "gzip"),
        (gzip.compress(PAGE[:40]) + gzip.compress(PAGE[40:]), "gzip"),
        (GZIP + b"\0\0\0\0", "gzip"),
    ],
    ids=[
        "gzip",
        "x-gzip",
        "unasked",
        "deflate",
        "raw deflate",
        "said gzip, is text",
        "two members",
        "padded",
    ],
)
@aio
async def test_a_body_is_inflated_by_what_it_is(body: bytes, encoding: str) -> None:
    async with serving({"/": reply(body, Content_Encoding=encoding)}) as site, door_to(site) as door:
        assert (await door.page()).body == PAGE


FAILURES: list[tuple[str, object, str]] = [
    ("not found", reply(b"gone", status="404 Not Found"), "HTTP 404"),
    ("no content", reply(status="204 No Content"), "HTTP 204"),
    ("an empty page", reply(), "an empty answer"),
    ("a part", reply(PAGE, status="206 Partial Content"), "HTTP 206"),
    ("cut off", reply(PAGE[:30], length=len(PAGE)), "body cut off"),
    ("gzip cut off", reply(GZIP[:-12], Content_Encoding="gzip"), "body cut off"),
    (
        "gzip spoilt",
        reply(b"\x1f\x8b" + b"spoilt" * 20, Content_Encoding="gzip"),
        "body is not what its compression says",
    ),
    ("brotli", reply(PAGE, Content_Encoding="br"), "Content-Encoding br, which we did not ask for"),
    ("chunked cut off", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nabc", "body cut off"),
    ("a picture", reply(b"\x89PNG" + b"\0" * 99, Content_Type="image/png"), "not a page: image/png"),
    (
        "a word file",
        reply(b"\xd0\xcf\x11\xe0" + b"x" * 99, Content_Type="text/html"),
        "not a page: text/html",
    ),
    ("nul bytes", reply(b"<html>" + b"\0\1\2\3" * 50), "not a page: binary"),
    ("no http", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "not HTTP: "),
    ("nothing", b"", "connection closed without an answer"),
    ("a stub", reply(b'<meta http-equiv="refresh" content="0;URL=../" />'), "a stub that only leads to ../"),
]


@pytest.mark.parametrize(
    ("answer", "reason"), [case[1:] for case in FAILURES], ids=[case[0] for case in FAILURES]
)
@aio
async def test_what_is_not_a_page_is_an_error_with_its_reason(answer: object, reason: str) -> None:
    async with serving({"/": answer}) as site, door_to(site) as door:
        with pytest.raises(FetchError) as failed:
            await door.get()
    assert failed.value.reason.startswith(reason)
    assert failed.value.url == f"{site.url}/"
    assert not isinstance(failed.value, Blocked)


@aio
async def test_the_status_of_a_missing_page_can_be_read_from_the_error() -> None:
    async with serving({"/": reply(b"gone", status="410 Gone")}) as site, door_to(site) as door:
        with pytest.raises(FetchError) as failed:
            await door.get()
    assert failed.value.status == 410
    assert len(site.asked) == 1, "a 4xx does not pass by asking again"


@aio
async def test_a_challenge_is_blocked_and_not_asked_again() -> None:
    shell = b"<html><script>document.cookie='__jsl_clearance_s=1';location.reload()</script></html>"
    async with serving({"/": reply(shell, status="521 Unknown")}) as site, door_to(site) as door:
        with pytest.raises(Blocked, match="jsl") as failed:
            await door.get()
    assert failed.value.status == 521
    assert len(site.asked) == 1


@aio
async def test_two_bytes_with_a_200_are_a_gateway_not_a_page() -> None:
    async with serving({"/": reply(b"ok")}) as site, door_to(site) as door:
        with pytest.raises(Blocked, match="2 bytes in place of the page"):
            await door.get()


@aio
async def test_a_form_without_post_is_a_mistake_that_is_not_sent() -> None:
    async with serving({"/": reply(PAGE)}) as site, door_to(site) as door:
        with pytest.raises(FetchError, match="a form goes with POST"):
            await door.get(form=(("a", "1"),))
    assert not site.asked


@aio
async def test_a_bomb_stops_at_the_cap_and_is_not_asked_again() -> None:
    bomb = gzip.compress(b" " * (60 * 1024 * 1024))
    assert len(bomb) < 64 * 1024
    answer = reply(bomb, Content_Encoding="gzip")
    async with serving({"/": answer}) as site, door_to(site, max_body=1024 * 1024) as door:
        with pytest.raises(FetchError, match="more than 1 MB"):
            await door.get()
    assert len(site.asked) == 1


@pytest.mark.parametrize("body", [b"x" * 5000, gzip.compress(b"x" * 5000), gzip.compress(b"") * 400])
@aio
async def test_a_page_over_the_cap_is_an_error_not_half_a_page(body: bytes) -> None:
    async with serving({"/": reply(body)}) as site, door_to(site, max_body=4096) as door:
        with pytest.raises(FetchError) as failed:
            await door.get()
    assert failed.value.reason == "more than 4 kB"
    assert len(site.asked) == 1


@aio
async def test_a_page_of_exactly_the_cap_is_a_page() -> None:
    async with serving({"/": reply(b"x" * 4096)}) as site, door_to(site, max_body=4096) as door:
        assert len((await door.page()).body) == 4096


@aio
async def test_an_endless_drip_ends_at_the_deadline_and_is_not_asked_again() -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x")
            await asyncio.sleep(0.01)

    async with serving({"/": drip}) as site, door_to(site, timeout=0.15) as door:
        with pytest.raises(FetchError) as failed:
            await door.get()
        assert failed.value.reason == "answer not finished within 0.15 s"
        assert len(site.asked) == 1


@aio
async def test_a_server_that_says_nothing_is_asked_three_times() -> None:
    async def silence(writer: asyncio.StreamWriter) -> None:
        await writer.wait_closed()

    async with serving({"/": silence}) as site, door_to(site, timeout=0.05) as door:
        with pytest.raises(FetchError) as failed:
            await door.get()
        assert failed.value.reason == "no answer within 0.05 s"
        assert len(site.asked) == 3


@pytest.mark.parametrize(
    ("url", "reason"), [("http://nothing.invalid/", "DNS: "), ("http://127.0.0.1:9/", "connection refused")]
)
@aio
async def test_a_host_that_cannot_be_reached_is_an_error_after_three_attempts(url: str, reason: str) -> None:
    async with serving({}) as site, door_to(site, allow_hosts=frozenset({"127.0.0.1"})) as door:
        with pytest.raises(FetchError) as failed:
            await door.get(url)
    assert failed.value.reason.startswith(reason)
    assert len(door.clock.slept) == 2


@aio
async def test_cancelling_is_not_an_error_of_the_page() -> None:
    async def silence(writer: asyncio.StreamWriter) -> None:
        await writer.wait_closed()

    async with serving({"/": silence, "/b": reply(PAGE)}) as site, door_to(site) as door:
        task = asyncio.create_task(door.get())
        while not site.asked:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await door.page("/b")).body == PAGE, "the slot is free again"


@pytest.mark.parametrize(
    "first", [b"", reply(status="500 Oops"), reply(status="429 Slow"), reply(PAGE[:9], length=99)]
)
@aio
async def test_what_may_pass_is_tried_again(first: bytes) -> None:
    async with serving({"/": [first, first, reply(PAGE)]}) as site, door_to(site) as door:
        assert (await door.page()).body == PAGE
    once, twice = door.clock.slept
    assert 1 <= once <= 2 <= twice <= 3, "one second, then two, and up to one of chance"


@aio
async def test_after_three_attempts_the_last_answer_is_the_error() -> None:
    async with serving({"/": reply(status="503 Busy")}) as site, door_to(site) as door:
        with pytest.raises(FetchError) as failed:
            await door.get()
    assert (failed.value.reason, failed.value.status, len(site.asked)) == ("HTTP 503", 503, 3)


@pytest.mark.parametrize(
    ("after", "seconds"),
    [("7", 7), ("0", 0), ("Wed, 16 Sep 2026 01:00:30 GMT", 30), ("Tue, 15 Sep 2026 01:00:00 GMT", 0)],
)
@aio
async def test_we_wait_as_long_as_the_server_asks(after: str, seconds: float) -> None:
    busy = reply(status="429 Slow down", Retry_After=after)
    async with serving({"/": [busy, reply(PAGE)]}) as site, door_to(site) as door:
        await door.page()
    assert door.clock.slept == [seconds]


@pytest.mark.parametrize("after", ["3600", "Wed, 16 Sep 2026 02:00:00 GMT"])
@aio
async def test_a_server_that_asks_for_an_hour_is_left_alone_this_time(after: str) -> None:
    assert NOW.hour == 1
    async with serving({"/": reply(status="503 Busy", Retry_After=after)}) as site, door_to(site) as door:
        with pytest.raises(FetchError) as failed:
            await door.get()
    assert failed.value.reason == "HTTP 503, asks us to wait 3600 s"
    assert len(site.asked) == 1


@aio
async def test_a_senseless_retry_after_is_ignored() -> None:
    busy = reply(status="503 Busy", Retry_After="soon")
    async with serving({"/": [busy, reply(PAGE)]}) as site, door_to(site) as door:
        await door.page()
    assert 1 <= door.clock.slept[0] <= 2


@aio
async def test_every_request_counts_redirects_retries_and_robots_txt_too() -> None:
    answers = {"/": [reply(status="500 Oops"), reply(status="302 Found", Location="/b")], "/b": reply(PAGE)}
    async with serving(answers) as site, door_to(site, spent={"127.0.0.1": 4, "other": 1}) as door:
        await door.page()
        assert door.fetcher.spent(NOW.date()) == {"127.0.0.1": 8, "other": 1}
    assert (len(site.asked), len(site.robots)) == (3, 1)


@aio
async def test_a_spent_budget_sends_nothing_more() -> None:
    async with serving({"/": reply(PAGE)}) as site, door_to(site, spent={"127.0.0.1": 2}, per_day=4) as door:
        await door.page()
        with pytest.raises(FetchError, match="daily budget spent: 4 requests to"):
            await door.get()
    assert len(site.asked) == 1


@aio
async def test_one_connection_serves_one_request_after_the_other() -> None:
    async with serving({"/": reply(PAGE)}) as site, door_to(site) as door:
        for _ in range(5):
            await door.page()
    assert (len(site.asked), len(site.robots), site.connections) == (5, 1, 1)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a/", "http://a@127.0.0.1/", "http://127.0.0.1:1/"]
)
@aio
async def test_what_the_guard_refuses_is_not_asked_nor_counted(url: str) -> None:
    async with serving({}) as site, door_to(site) as door:
        with pytest.raises(Refused):
            await door.get(url)
        assert door.fetcher.spent(NOW.date()) == {}
    assert not door.clock.slept
