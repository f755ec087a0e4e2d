"""A file that a notice carries comes through the same door as a page; a page in its place is an error."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from monitor.errors import Blocked, FetchError, Refused
from monitor.model import NotModified, Page, Request, Validators
from tests.fetch.doing import Door, aio, door_to, without_robots
from tests.fetch.site import reply, serving
from tests.files import make

MB = 1024 * 1024
WORD = make.docx("关于组织申报的通知")
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 9
TEXT = "各单位：请于九月三十日前报送材料，逾期不予受理，未尽事宜请来电咨询，特此通知。".encode("gb18030")


@asynccontextmanager
async def door(answer: object, **limits: int) -> AsyncIterator[Door]:
    async with serving({"/f": answer}) as site, door_to(site, spent={}, **limits) as opened:
        yield opened


async def file(opened: Door, validators: Validators | None = None) -> Page | NotModified:
    request = Request(url=f"{opened.site.url}/f")
    return await opened.fetcher.file(request, http=without_robots, validators=validators)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (WORD, "text/html; charset=utf-8"),
        (WORD, "image/png"),
        (PDF, "application/pdf"),
        (PDF, "application/json"),
        (make.old_office("WordDocument"), "application/msword"),
        (TEXT, "text/plain"),
        (b"\0\1\2\3" * 99, "application/octet-stream"),
    ],
)
def test_a_file_comes_as_its_bytes_whatever_the_server_calls_it(body: bytes, kind: str) -> None:
    @aio
    async def story() -> None:
        async with door(reply(body, Content_Type=kind, ETag='"1"')) as opened:
            answer = await file(opened)
            assert isinstance(answer, Page)
            assert answer.body == body
            assert answer.validators.etag == '"1"'

    story()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(b"<html><body>" + b"x" * 300, Content_Type="application/pdf"), "a page, not a file"),
        (reply(b"\xef\xbb\xbf\r\n<!DOCTYPE html>" + b"x" * 300), "a page, not a file"),
        (reply(TEXT * 9, Content_Type="text/html"), "a page, not a file"),
        (
            reply(b'{"code": 500, "msg": "' + b"x" * 99 + b'"}', Content_Type="text/plain"),
            "a page, not a file",
        ),
        (reply(PDF, status="404 Not Found"), "HTTP 404"),
        (reply(b""), "an empty answer"),
        (reply(PDF, length=len(PDF) + 9), "cut off"),
        (reply(PDF, Content_Encoding="br"), "Content-Encoding br"),
    ],
)
def test_what_is_no_file_is_an_error_with_its_reason(answer: bytes, reason: str) -> None:
    @aio
    async def story() -> None:
        async with door(answer) as opened:
            with pytest.raises(FetchError, match=reason):
                await file(opened)

    story()


@aio
async def test_a_challenge_in_place_of_a_file_is_blocked() -> None:
    challenge = b"<html><script>document.cookie='__jsl_clearance=1'</script></html>"
    async with door(reply(challenge, Content_Type="application/pdf")) as opened:
        with pytest.raises(Blocked):
            await file(opened)


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_over_the_cap_is_an_error_and_one_at_it_is_not(packed: bool) -> None:
    @aio
    async def story() -> None:
        for size, is_right in ((2 * MB, True), (2 * MB + 1, False)):
            body = PDF + bytes(size - len(PDF))
            answer = reply(gzip.compress(body), Content_Encoding="gzip") if packed else reply(body)
            async with door(answer, max_file=2 * MB, max_body=1000) as opened:
                if is_right:
                    assert isinstance(await file(opened), Page)
                    continue
                with pytest.raises(FetchError, match="more than 2 MB"):
                    await file(opened)

    story()


@aio
async def test_a_file_as_it_was_is_a_value() -> None:
    async with door(reply(status="304 Not Modified")) as opened:
        assert isinstance(await file(opened, Validators(etag='"1"')), NotModified)
        assert opened.site.asked[0].headers["if-none-match"] == '"1"'


@aio
async def test_a_redirect_to_a_file_inside_the_house_is_refused() -> None:
    async with door(reply(status="302 Found", Location="http://127.0.0.2:1/f.pdf")) as opened:
        with pytest.raises(Refused):
            await file(opened)


@aio
async def test_files_may_take_half_of_a_hosts_day() -> None:
    async with door(reply(PDF), per_day=5) as opened:
        for _ in range(2):
            await file(opened)
        with pytest.raises(FetchError, match="daily budget spent: 2 requests"):
            await file(opened)
        assert len(opened.site.asked) == 2
        with pytest.raises(FetchError, match="not a page"):  # a page may still be asked for
            await opened.get("/f", http=without_robots)


@aio
async def test_a_file_is_no_page_and_a_page_is_no_file() -> None:
    async with door(reply(PDF, Content_Type="application/pdf")) as opened:
        with pytest.raises(FetchError, match="not a page"):
            await opened.get("/f", http=without_robots)
