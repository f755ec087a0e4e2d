"""The loopback server of the simulator: all hosts on one port, in the event loop of whoever asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from monitor.demo.exchange import Answer, Ask
from monitor.demo.sim.weather import Fault

LATE = 0.02  # seconds of real time that a slow answer takes

Serve = Callable[[Ask], tuple[Answer, Fault]]


@dataclass(slots=True)
class _Street:
    """The open connections of a server."""

    serve: Serve
    writers: set[asyncio.StreamWriter]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, as long as it lives."""
        self.writers.add(writer)
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.writers.discard(writer)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        answer, fault = self.serve(await _read(reader))
        if fault is Fault.CLOSED:
            return False
        if fault is Fault.SLOW:
            await asyncio.sleep(LATE)
        is_short = fault in (Fault.CUT, Fault.HANG)
        writer.write(_bytes(answer, missing=1000 if is_short else 0))
        await writer.drain()
        if fault is Fault.HANG:
            await reader.read()
        return not is_short


async def _read(reader: asyncio.StreamReader) -> Ask:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ", 2)
    headers = {name.lower(): said for name, _, said in (line.partition(": ") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    address = urlsplit(target)
    is_form = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    return Ask(
        host=headers.get("host", "").partition(":")[0].lower(),
        path=address.path,
        method=method,
        query=dict(parse_qsl(address.query)),
        form=dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)) if is_form else {},
        headers=headers,
        body=body,
    )


def _bytes(answer: Answer, *, missing: int) -> bytes:
    """The answer as it goes over the wire; `missing` bytes of it are announced and never come."""
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {said}" for name, said in answer.headers]
    if answer.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {len(answer.body) + missing}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + answer.body


@asynccontextmanager
async def serving(serve: Serve) -> AsyncIterator[int]:
    """Serves on loopback while the block runs; gives the port."""
    street = _Street(serve=serve, writers=set())
    server = await asyncio.start_server(street.talk, "127.0.0.1", 0)
    try:
        port: int = server.sockets[0].getsockname()[1]
        yield port
    finally:
        server.close()
        for writer in street.writers:
            writer.transport.abort()
        await asyncio.sleep(0)
        await server.wait_closed()
