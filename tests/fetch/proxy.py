"""A small http proxy on loopback: remembers what it was asked, and asks a site of ours for all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Proxy:
    """Whatever host it is asked for, the site at `port` answers."""

    port: int
    refusing: bytes = b""
    place: str = ""
    heads: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{self.place}"

    def lines(self) -> list[str]:
        return [head.split("\r\n")[0] for head in self.heads]


@asynccontextmanager
async def proxying(port: int, *, refusing: bytes = b"") -> AsyncIterator[Proxy]:
    proxy = Proxy(port, refusing)
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(_serve(proxy, reader, writer))
        tasks.add(task)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    proxy.place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield proxy
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


async def _serve(proxy: Proxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while await _one(proxy, reader, writer):
            pass
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def _one(proxy: Proxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    head = await reader.readuntil(b"\r\n\r\n")
    proxy.heads.append(head.decode("latin-1"))
    if proxy.refusing:
        writer.write(proxy.refusing)
        await writer.drain()
        return False
    inner_reader, inner = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        if head.startswith(b"CONNECT "):
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(_pump(reader, inner), _pump(inner_reader, writer))
            return False
        inner.write(_for_the_site(head))
        answer = await inner_reader.readuntil(b"\r\n\r\n")
        length = int(answer.partition(b"Content-Length: ")[2].split()[0])
        writer.write(answer + await inner_reader.readexactly(length))
        await writer.drain()
        return True
    finally:
        inner.close()


def _for_the_site(head: bytes) -> bytes:
    method, url, rest = head.split(b" ", 2)
    return b" ".join((method, b"/" + url.split(b"/", 3)[3], rest))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()
    writer.close()
