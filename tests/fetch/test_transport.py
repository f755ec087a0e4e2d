"""The wire: dials what was judged, and only that; nobody else knows an HTTP library."""

from __future__ import annotations

import ast
import asyncio
import re
import shutil
import ssl
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.errors import FetchError, Refused
from monitor.fetch.exchange import STRAIGHT, Ask, Way
from monitor.fetch.guard import Guard, Target
from monitor.fetch.transport import Transport
from monitor.model import Http
from tests.fetch.doing import aio, door_to, names, without_robots
from tests.fetch.site import Site, reply, serving

PACKAGE = Path(__file__).parents[2] / "monitor"
PAGE = b"<html><body>" + b"a page with something to say " * 9 + b"</body></html>"
PUBLIC = "114.114.114.114"


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_only_the_transport_knows_an_http_library() -> None:
    libraries = {"httpx", "httpx_aiohttp", "aiohttp", "requests", "urllib3", "yarl"}
    found = {
        file.relative_to(PACKAGE).as_posix(): imports(file) & libraries for file in PACKAGE.rglob("*.py")
    }
    assert found.pop("fetch/transport.py") == {"httpx", "aiohttp", "yarl"}
    assert {
        name for name, libs in found.items() if libs & {"httpx", "httpx_aiohttp", "aiohttp", "yarl"}
    } == set()


def test_only_the_gate_makes_sockets_for_the_web() -> None:
    """Channels (notify) and the program's own server (app, demo, web) are no way to a page's address."""
    ways_out = re.compile(
        r"socket\.socket\((?!fileno)|create_connection|open_connection|HTTPSConnection|urlopen|urlretrieve|getaddrinfo"
    )
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if ways_out.search(file.read_text("utf-8")) and file.relative_to(PACKAGE).parts[0] != "notify"
    }
    # app/alive.py speaks to the service manager over a Unix socket, never to the web.
    assert found == {"fetch/dial.py", "app/alive.py"}
    assert "AF_INET" not in (PACKAGE / "app/alive.py").read_text("utf-8")


def test_who_fetches_nothing_loads_no_http_library() -> None:
    code = "import sys, monitor.fetch; sys.exit('aiohttp' in sys.modules or 'httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def ask(site: Site, url: str, host: str, guard: Guard | None = None, *, way: Way = STRAIGHT) -> int:
    """One exchange past `Guard.check`, as if somebody had fooled it."""
    async with Transport(guard or Guard(), authorities="") as transport:
        wanted = Ask(url=url, method="GET", headers={})
        async with transport.open(wanted, Target(url, "http", host, site.port), way) as answer:
            return answer.status


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], [PUBLIC, "127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["10.0.0.1"]]
)
@aio
async def test_a_name_with_one_inner_address_is_refused(addresses: list[str]) -> None:
    async with serving({"/": reply(PAGE)}) as site, door_to(site, allow_hosts=frozenset()) as door:
        names(asyncio.get_running_loop(), addresses)
        with pytest.raises(Refused, match="which is not a public address") as refused:
            await door.get(f"http://evil.example:{site.port}/")
    assert refused.value.url == f"http://evil.example:{site.port}/"
    assert site.connections == 0


@pytest.mark.parametrize(
    "http", [without_robots, replace(without_robots, stdlib=True)], ids=["aiohttp", "stdlib"]
)
@aio
async def test_a_name_that_changes_its_mind_is_judged_by_the_address_that_is_dialled(http: Http) -> None:
    async with (
        serving({"/": reply(PAGE)}) as site,
        door_to(site, allow_hosts=frozenset(), timeout=0.3) as door,
    ):
        asked = names(asyncio.get_running_loop(), [PUBLIC], ["127.0.0.1"])
        with pytest.raises(Refused):
            await door.get(f"http://rebinding.example:{site.port}/", http=http)
    assert asked == ["rebinding.example"] * 2, "once for each attempt, never twice for one"
    assert site.connections == 0


@pytest.mark.parametrize("way", [STRAIGHT, Way(stdlib=True)], ids=["aiohttp", "stdlib"])
@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
@aio
async def test_the_socket_is_the_last_gate(host: str, way: Way) -> None:
    async with serving({"/": reply(PAGE)}) as site:
        with pytest.raises(Refused):
            await ask(site, f"http://{host}:{site.port}/", host.strip("[]"), way=way)
        assert site.connections == 0


@aio
async def test_an_address_that_two_parsers_read_differently_is_refused() -> None:
    async with serving({"/": reply(PAGE)}) as site:
        with pytest.raises(Refused, match="read in two ways"):
            await ask(
                site,
                f"http://127.0.0.1:{site.port}/",
                "www.gov.cn",
                Guard(allow_hosts=frozenset({"127.0.0.1"})),
            )
        assert site.connections == 0


@aio
async def test_an_allowed_name_may_be_inside() -> None:
    async with (
        serving({"/": reply(PAGE)}) as site,
        door_to(site, allow_hosts=frozenset({"intranet"})) as door,
    ):
        names(asyncio.get_running_loop(), ["127.0.0.1"])
        assert (await door.page(f"http://intranet:{site.port}/")).body == PAGE


@aio
async def test_a_gateway_is_dialled_under_the_name_of_the_site() -> None:
    async with (
        serving({"/zwgk/": reply(PAGE)}) as site,
        door_to(site, allow_hosts=frozenset(), connect_to={"www.miit.gov.cn:80": site.place}) as door,
    ):
        page = await door.page("http://www.miit.gov.cn/zwgk/")
        with pytest.raises(Refused):
            await door.get(f"{site.url}/zwgk/")
    assert page.url == "http://www.miit.gov.cn/zwgk/"
    assert [asked.headers["host"] for asked in site.asked] == ["www.miit.gov.cn"]


@aio
async def test_tls_is_spoken_to_the_gateway_with_the_name_of_the_site() -> None:
    hellos: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hellos.append(await reader.read(4096))
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, door_to(Site({}), connect_to={"www.miit.gov.cn:443": place}) as door:
        with pytest.raises(FetchError):
            await door.get("https://www.miit.gov.cn/")
    assert len(hellos) == 3
    assert all(b"www.miit.gov.cn" in hello for hello in hellos), "server name indication"


@aio
async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl to make a certificate")
    make = (
        f"{openssl} req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 2 -subj /CN=www.miit.gov.cn"
    )
    subprocess.run(make.split(), cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, door_to(Site({}), connect_to={"www.miit.gov.cn:443": place}) as door:
        with pytest.raises(FetchError) as failed:
            await door.get("https://www.miit.gov.cn/")
    assert failed.value.reason.startswith("TLS: self-signed certificate")


@aio
async def test_plain_http_on_a_tls_port_is_a_tls_failure() -> None:
    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, door_to(Site({}), connect_to={"www.miit.gov.cn:443": place}) as door:
        with pytest.raises(FetchError) as failed:
            await door.get("https://www.miit.gov.cn/")
    assert failed.value.reason.startswith("TLS: ")


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\nContent-Length: 273\n\n",
        b"HTTP/1.1 200\r\nContent-Length: 273\r\n\r\n",
        "HTTP/1.1 200 成功\r\nX: 公告\r\nContent-Length: 273\r\n\r\n".encode("gb18030"),
        b"HTTP/1.0 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 273\r\nSet-Cookie: a=" + b"x" * 70_000 + b"\r\n\r\n",
    ],
    ids=["LF only", "no reason", "GBK", "HTTP/1.0 without length", "70 kB cookie"],
)
@aio
async def test_a_sloppy_server_is_understood(head: bytes) -> None:
    body = b"x" * 273

    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(head + body)
        await writer.drain()

    async with serving({"/": talk}) as site, door_to(site) as door:
        assert (await door.page()).body == body


@aio
async def test_no_cookie_is_kept() -> None:
    answer = reply(PAGE, Set_Cookie="session=1; Path=/")
    async with serving({"/": answer}) as site, door_to(site, connect_to={"a.gov.cn:80": site.place}) as door:
        for _ in range(2):
            await door.page("http://a.gov.cn/")
    assert all("cookie" not in asked.headers for asked in site.asked)
