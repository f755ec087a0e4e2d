"""Every way to the web walks the same gate: each of them is tried with each address that must not be reached."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from monitor.errors import FetchError, Refused
from monitor.model import Http
from tests.fetch.doing import Door, aio, door_to
from tests.fetch.proxy import Proxy, proxying
from tests.fetch.site import Site, reply, serving

PAGE = b"<html><body>" + b"a page with something to say " * 9 + b"</body></html>"
FRONT = "http://www.a.gov.cn"
EVIL = {
    "evil.example.cn": ["127.0.0.1"],
    "half.example.cn": ["114.114.114.114", "127.0.0.1"],
    "six.example.cn": ["::1"],
    "mapped.example.cn": ["::ffff:127.0.0.1"],
    "localhost": ["127.0.0.1"],
    "www.gov.cn": ["114.114.114.114"],
}

INSIDE = [
    "http://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    "HTTP://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://localhost:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://１２７.0.0.1:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://a@127.0.0.1:{port}/",
    "http://www.gov.cn@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@www.gov.cn/",
    "http://127.0.0.1:{port}#@www.gov.cn/",
    "http://www.gov.cn%2f@127.0.0.1:{port}/",
    "http://\t127.0.0.1:{port}/",
    "http://evil.example.cn:{port}/",
    "http://half.example.cn:{port}/",
    "http://six.example.cn:{port}/",
    "http://mapped.example.cn:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.100.100.200/latest/meta-data/",
    "file:///etc/passwd",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_GET%20/",
    "data:text/html,hello",
    "javascript:alert(1)",
]


@dataclass(frozen=True, slots=True)
class Here:
    """A site in front, reached by its name alone; behind it, what must never be reached."""

    front: Site
    inner: Site
    proxy: Proxy
    door: Door

    async def get(self, url: str, http: Http, *, method: str = "GET") -> None:
        form = (("a", "1"),) if method == "POST" else ()
        await self.door.get(url, http=http, method=method, form=form)


Try = Callable[[Here, Http, str], Awaitable[None]]


def moved(location: str, status: str = "302 Found", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n{more}Location: {location}\r\n\r\n"
    return head.encode()


async def the_page(here: Here, http: Http, url: str) -> None:
    await here.get(f"http:{url}" if url.startswith("//") else url, http)


async def a_redirect(here: Here, http: Http, url: str) -> None:
    here.front.answers["/"] = moved(url)
    await here.get(f"{FRONT}/", http)


async def a_redirected_form(here: Here, http: Http, url: str) -> None:
    here.front.answers["/"] = moved(url, "307 Temporary Redirect")
    await here.get(f"{FRONT}/", http, method="POST")


async def a_second_redirect(here: Here, http: Http, url: str) -> None:
    here.front.answers |= {"/": moved("/b", "301 Moved"), "/b": moved(url, "308 Permanent Redirect")}
    await here.get(f"{FRONT}/", http)


async def a_redirect_with_a_cookie(here: Here, http: Http, url: str) -> None:
    here.front.answers["/"] = moved(url, more="Set-Cookie: CT6T=1; Path=/\r\n")
    await here.get(f"{FRONT}/", http)


async def after_an_echoed_cookie(here: Here, http: Http, url: str) -> None:
    shell = b'<html><script>document.cookie="C3VK=1; path=/";location.reload()</script></html>'
    here.front.answers["/"] = [reply(shell), moved(url)]
    await here.get(f"{FRONT}/", http)


async def after_a_retry(here: Here, http: Http, url: str) -> None:
    here.front.answers["/"] = [reply(status="503 Busy"), moved(url)]
    await here.get(f"{FRONT}/", http)


WAYS: dict[str, Try] = {
    "the page": the_page,
    "a redirect": a_redirect,
    "a redirected form": a_redirected_form,
    "a second redirect": a_second_redirect,
    "a redirect with a cookie": a_redirect_with_a_cookie,
    "after an echoed cookie": after_an_echoed_cookie,
    "after a retry": after_a_retry,
}
TRANSPORTS = {
    "aiohttp": Http(source="s", echo_cookie=True),
    "stdlib": Http(source="s", echo_cookie=True, stdlib=True),
    "legacy TLS": Http(source="s", echo_cookie=True, legacy_tls=frozenset({"127.0.0.1", "evil.example.cn"})),
}


async def within(story: Callable[[Here], Awaitable[None]]) -> None:
    async with (
        serving({"/": reply(b"the crown jewels " * 20)}) as inner,
        serving({}) as front,
        proxying(front.port) as proxy,
        door_to(front, allow_hosts=frozenset(), connect_to={"www.a.gov.cn:80": front.place}) as door,
    ):
        resolving()
        await story(Here(front, inner, proxy, door))


def resolving() -> None:
    """Names lead where EVIL says; numbers are numbers; anything else is not known."""
    loop = asyncio.get_running_loop()
    system = loop.getaddrinfo

    async def getaddrinfo(host: str, port: int, **options: object) -> object:
        found = []
        for number in EVIL.get(host, [host]):
            numeric = options | {"flags": socket.AI_NUMERICHOST}
            found += await system(number, port, **numeric)  # type: ignore[arg-type]
        return found

    loop.getaddrinfo = getaddrinfo  # type: ignore[method-assign, assignment]


@pytest.mark.parametrize("http", TRANSPORTS.values(), ids=TRANSPORTS)
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@aio
async def test_no_way_leads_inside(way: Try, http: Http) -> None:
    for address in INSIDE:

        async def story(here: Here, address: str = address) -> None:
            url = address.format(port=here.inner.port)
            with pytest.raises(FetchError) as failed:
                await way(here, http, url)
            assert isinstance(failed.value, Refused), (url, failed.value)
            assert here.inner.connections == 0, url

        await within(story)


@pytest.mark.parametrize("stdlib", [False, True], ids=["aiohttp", "stdlib"])
@aio
async def test_robots_txt_leads_nowhere_inside_and_the_page_is_read_all_the_same(stdlib: bool) -> None:
    for address in INSIDE:

        async def story(here: Here, address: str = address) -> None:
            here.front.answers["/robots.txt"] = moved(address.format(port=here.inner.port))
            here.front.answers["/"] = reply(PAGE)
            await here.get(f"{FRONT}/", Http(stdlib=stdlib))
            assert here.inner.connections == 0, address

        await within(story)


@pytest.mark.parametrize("stdlib", [False, True], ids=["aiohttp", "stdlib"])
@pytest.mark.parametrize("way", [the_page, a_redirect], ids=["the page", "a redirect"])
@aio
async def test_no_proxy_is_sent_inside(way: Try, stdlib: bool) -> None:
    for address in INSIDE:

        async def story(here: Here, address: str = address) -> None:
            http = Http(source="s", proxy=here.proxy.url, stdlib=stdlib)
            url = address.format(port=here.inner.port)
            with pytest.raises(Refused):
                await way(here, http, url)
            assert (here.proxy.heads, here.inner.connections) == ([], 0), url

        await within(story)


@aio
async def test_the_way_in_front_is_open() -> None:
    """Else all of the above would prove nothing."""

    async def story(here: Here) -> None:
        here.front.answers |= {"/": moved("/b"), "/b": reply(PAGE)}
        for http in TRANSPORTS.values():
            await here.get(f"{FRONT}/", http)
        assert len(here.front.asked) == 2 * len(TRANSPORTS)

    await within(story)
