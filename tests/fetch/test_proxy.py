"""A proxy for one source: it alone is dialled, and is never asked for what is private."""

from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.errors import FetchError, Refused
from monitor.fetch.dial import ProxyGate
from monitor.fetch.guard import is_local_name
from monitor.model import Http
from tests.fetch.doing import Door, aio, door_to, names
from tests.fetch.pki import HOST, Pki
from tests.fetch.proxy import Proxy, proxying
from tests.fetch.site import Site, reply, serving

PAGE = b"<html><body>" + b"a page with something to say " * 9 + b"</body></html>"
PUBLIC = ["114.114.114.114"]
BOTH = pytest.mark.parametrize("stdlib", [False, True], ids=["aiohttp", "stdlib"])


@dataclass(frozen=True, slots=True)
class Street:
    """A site behind a proxy, and a door before it; names are public unless a test says otherwise."""

    site: Site
    proxy: Proxy
    door: Door

    def http(self, *, stdlib: bool = False, user: str = "", robots: bool = False) -> Http:
        ignoring = None if robots else "one request alone"
        url = f"http://{user}{self.proxy.place}"
        return Http(source="s", proxy=url, stdlib=stdlib, ignore_robots=ignoring)


@asynccontextmanager
async def street(
    answers: dict[str, object], *, refusing: bytes = b"", **limits: object
) -> AsyncIterator[Street]:
    async with (
        serving(answers) as site,
        proxying(site.port, refusing=refusing) as proxy,
        door_to(site, **({"allow_hosts": frozenset()} | limits)) as door,
    ):
        resolve = asyncio.get_running_loop().getaddrinfo
        asked = names(asyncio.get_running_loop(), PUBLIC)
        fake = asyncio.get_running_loop().getaddrinfo

        async def getaddrinfo(host: str, port: int, **options: object) -> object:
            way = resolve if host == "127.0.0.1" else fake
            return await way(host, port, **options)  # type: ignore[arg-type]

        asyncio.get_running_loop().getaddrinfo = getaddrinfo  # type: ignore[method-assign, assignment]
        assert asked == []
        yield Street(site, proxy, door)


@BOTH
@aio
async def test_a_page_comes_through_the_proxy_by_the_name_of_its_site(stdlib: bool) -> None:
    path = "/tzgg/%B9%AB.html?k=%u4e2d"
    async with street({path: reply(PAGE)}) as here:
        page = await here.door.page(f"http://www.a.gov.cn{path}", http=here.http(stdlib=stdlib))
        assert (page.body, page.url) == (PAGE, f"http://www.a.gov.cn{path}")
        assert here.proxy.lines() == [f"GET http://www.a.gov.cn{path} HTTP/1.1"]
        assert here.site.asked[0].headers["host"] == "www.a.gov.cn"
        assert "proxy-authorization" not in here.proxy.heads[0].lower()


@BOTH
@aio
async def test_robots_txt_and_redirects_go_the_same_way(stdlib: bool) -> None:
    answers: dict[str, object] = {
        "/": reply(status="302 Found", Location="http://www.b.gov.cn:8080/b"),
        "/b": reply(PAGE),
    }
    async with street(answers) as here:
        await here.door.page("http://www.a.gov.cn/", http=here.http(stdlib=stdlib, robots=True))
        assert [line.split()[1] for line in here.proxy.lines()] == [
            "http://www.a.gov.cn/robots.txt",
            "http://www.a.gov.cn/",
            "http://www.b.gov.cn:8080/robots.txt",
            "http://www.b.gov.cn:8080/b",
        ]


@BOTH
@aio
async def test_another_source_does_not_use_it(stdlib: bool) -> None:
    async with street({"/": reply(PAGE)}, allow_hosts=frozenset({"127.0.0.1"})) as here:
        await here.door.page("/", http=Http(stdlib=stdlib))
        assert here.proxy.heads == []


@BOTH
@aio
async def test_the_proxy_alone_learns_its_password(stdlib: bool) -> None:
    async with street({"/": reply(PAGE)}) as here:
        await here.door.page("http://www.a.gov.cn/", http=here.http(stdlib=stdlib, user="me:pa55%40word@"))
        token = base64.b64encode(b"me:pa55@word").decode()
        assert f"proxy-authorization: basic {token}".lower() in here.proxy.heads[0].lower()
    assert "pa55" not in repr(here.http(user="me:pa55@"))


@BOTH
@aio
async def test_https_is_tunnelled_and_verified_behind_the_proxy(tmp_path: Path, stdlib: bool) -> None:
    pki = Pki.make(tmp_path)
    context = pki.context("good")

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(reply(PAGE, Connection="close"))
        await writer.drain()
        writer.close()

    heads: list[bytes] = []
    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
    async with server, street({}, authorities=pki.authorities) as here:
        here.proxy.port = server.sockets[0].getsockname()[1]
        http = here.http(stdlib=stdlib, user="me:secret@")
        assert (await here.door.page(f"https://{HOST}/zwgk/", http=http)).body == PAGE
        assert here.proxy.lines() == [f"CONNECT {HOST}:443 HTTP/1.1"]
        assert "proxy-authorization" in here.proxy.heads[0].lower()
        assert b"proxy-authorization" not in heads[0].lower()
        assert heads[0].startswith(b"GET /zwgk/ HTTP/1.1\r\n")
        with pytest.raises(FetchError, match=r"TLS: .*[Hh]ostname"):
            await here.door.page("https://www.other.gov.cn/", http=http)


PRIVATE = [
    "http://intranet/",
    "http://db.internal/",
    "http://printer.local/",
    "http://localhost/",
    "http://a.localhost/",
    "http://1.0.0.127.in-addr.arpa/",
    "http://10.0.0.1/",
    "http://127.0.0.1:8080/",
    "http://169.254.169.254/latest/meta-data/",
    "https://[::1]/",
    "http://[::ffff:10.0.0.1]/",
]


@BOTH
@pytest.mark.parametrize("url", PRIVATE)
@aio
async def test_no_private_name_or_number_is_sent_to_a_proxy(url: str, stdlib: bool) -> None:
    named = frozenset({"intranet", "10.0.0.1", "127.0.0.1:8080", "db.internal"})
    for allowed in (frozenset[str](), named):
        async with street({"/": reply(PAGE)}, allow_hosts=allowed) as here:
            with pytest.raises(Refused):
                await here.door.get(url, http=here.http(stdlib=stdlib))
            assert here.proxy.heads == []


@BOTH
@pytest.mark.parametrize("addresses", [["10.0.0.1"], [*PUBLIC, "127.0.0.1"], ["::1"], ["64:ff9b::10.0.0.1"]])
@aio
async def test_no_name_that_is_private_here_is_sent_to_a_proxy(addresses: list[str], stdlib: bool) -> None:
    async with street({"/": reply(PAGE)}) as here:
        names(asyncio.get_running_loop(), addresses)
        with pytest.raises(Refused, match="no proxy is asked for it"):
            await here.door.get("http://evil.example.cn/", http=here.http(stdlib=stdlib))
        assert here.proxy.heads == []


@aio
async def test_a_name_that_cannot_be_resolved_here_is_left_to_the_proxy() -> None:
    async with street({"/": reply(PAGE)}) as here:
        names(asyncio.get_running_loop(), [])
        assert await here.door.page("http://www.a.gov.cn/", http=here.http())


@BOTH
@aio
async def test_a_redirect_behind_a_proxy_leads_nowhere_private(stdlib: bool) -> None:
    async with street({"/": reply(status="302 Found", Location="http://10.0.0.1/")}) as here:
        with pytest.raises(Refused):
            await here.door.get("http://www.a.gov.cn/", http=here.http(stdlib=stdlib))
        assert len(here.proxy.heads) == 1


@pytest.mark.parametrize("place", [("127.0.0.1", 9), ("114.114.114.114", 3128), ("www.a.gov.cn", 80)])
@aio
async def test_the_gate_of_a_proxy_leads_to_the_proxy_alone(place: tuple[str, int]) -> None:
    gate = ProxyGate("127.0.0.1", 3128)
    assert [address.host for address in await gate.addresses("127.0.0.1", 3128)] == ["127.0.0.1"]
    with pytest.raises(Refused, match="only the proxy"):
        await gate.addresses(*place)
    with pytest.raises(Refused):
        gate.socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", place))


@aio
async def test_a_gateway_of_the_operator_comes_before_a_proxy() -> None:
    async with (
        serving({"/": reply(PAGE)}) as gateway,
        street({}, connect_to={"www.a.gov.cn:80": gateway.place}) as here,
    ):
        await here.door.page("http://www.a.gov.cn/", http=here.http())
        assert (len(gateway.asked), here.proxy.heads) == (1, [])


@BOTH
@pytest.mark.parametrize(
    ("refusing", "reason"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "proxy: HTTP 407"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n", "proxy: HTTP 302"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "not HTTP: "),
    ],
)
@aio
async def test_a_proxy_that_refuses_is_named(refusing: bytes, reason: str, stdlib: bool) -> None:
    async with street({}, refusing=refusing) as here:
        with pytest.raises(FetchError) as failed:
            await here.door.get("https://www.a.gov.cn/", http=here.http(stdlib=stdlib, user="me:pa55@"))
    assert failed.value.reason.startswith(reason)
    assert "pa55" not in str(failed.value)


@BOTH
@aio
async def test_a_proxy_that_is_not_there_is_named(stdlib: bool) -> None:
    http = Http(proxy="http://me:pa55@127.0.0.1:9", stdlib=stdlib, ignore_robots="-")
    async with street({}) as here:
        with pytest.raises(FetchError) as failed:
            await here.door.get("http://www.a.gov.cn/", http=http)
    assert failed.value.reason == "proxy: connection refused"


@pytest.mark.parametrize(
    ("name", "is_local"),
    [
        ("intranet", True),
        ("a.local", True),
        ("A.LOCALHOST", True),
        ("a.home.arpa", True),
        ("www.gov.cn", False),
        ("local.gov.cn", False),
        ("114.114.114.114", False),
        ("::1", False),
    ],
)
def test_a_name_tells_whether_it_can_be_public(name: str, is_local: bool) -> None:
    assert is_local_name(name) is is_local
