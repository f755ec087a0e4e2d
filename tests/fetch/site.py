"""A small web server on loopback that says exactly the bytes it is told to, and remembers what was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Asked:
    """One request as it arrived."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.line.split()[1]


@dataclass(slots=True)
class Site:
    """What to answer by path: bytes for every time, a list for one after the other, or a coroutine.

    What was asked of the site is in `asked`, but for robots.txt, which is in `robots`.
    """

    answers: dict[str, object]
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    robots: list[Asked] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


def reply(body: bytes = b"", *, status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """A whole answer. `length` lies about the body where it is given."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def serving(answers: dict[str, object]) -> AsyncIterator[Site]:
    site = Site(answers)
    writers: set[asyncio.StreamWriter] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site.connections += 1
        writers.add(writer)
        try:
            while await _one(site, reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await asyncio.sleep(0)
        await server.wait_closed()


async def _one(site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    asked = Asked(head[0], headers, body)
    (site.robots if asked.path == "/robots.txt" else site.asked).append(asked)
    answer = site.answers.get(asked.path, reply(b"nothing here", status="404 Not Found"))
    if isinstance(answer, list):
        answer = answer.pop(0) if len(answer) > 1 else answer[0]
    if isinstance(answer, bytes):
        writer.write(answer)
        await writer.drain()
        # A body shorter than its length is cut off: the connection ends.
        return b"Content-Length" in answer and _is_whole(answer)
    assert callable(answer)
    await answer(writer)
    return False


def _is_whole(answer: bytes) -> bool:
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(head.partition(b"Content-Length: ")[2].split()[0])
    return len(body) >= length
