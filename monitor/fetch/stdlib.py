"""The other wire: http.client in threads, for servers whose headers the usual library refuses.

A blank in a header's name, several Content-Length, one of them beside chunks: seen on government sites,
read here. One connection an exchange, never kept: what a confused server sends after
its answer is nobody's answer. The socket comes from the same `Gate`; the deadline is the caller's: when
he goes, the line is cut and the thread comes back at once.
"""

from __future__ import annotations

import asyncio
import http.client
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from monitor.errors import FetchError
from monitor.fetch.dial import Gate, Proxy
from monitor.fetch.exchange import Reply, folded
from monitor.fetch.guard import Target
from monitor.fetch.words import os_words, plain

MOST_THREADS = 16
CHUNK = 64 * 1024
_NO_BODY = frozenset({204, 304})

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A request taken apart: `path` with its query as it goes on the wire, Host among the headers."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """How to get to the server: through which gate and proxy, with which TLS if any."""

    gate: Gate
    proxy: Proxy | None
    context: ssl.SSLContext | None


class Lines:
    """Opens one line an exchange; the threads are shared and few."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MOST_THREADS, thread_name_prefix="fetch-stdlib")

    def close(self) -> None:
        """Let the threads go; the lines they wait on have been cut by then."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    @asynccontextmanager
    async def open(self, letter: Letter, target: Target, road: Road) -> AsyncIterator[Reply]:
        """One exchange. OSError or FetchError when it fails."""
        line = _Line(await _dialled(target, road), self._threads)
        try:
            if road.context is not None:
                await _secure(line, target, road)
            response = line.response = http.client.HTTPResponse(line.socket, method=letter.method)
            await line.do(partial(_converse, line.socket, response, letter, target, road))
            headers, cookies = folded(_headers(response))
            yield Reply(response.status, headers, cookies, _chunks(line, response, target.url))
        except http.client.HTTPException as error:
            raise FetchError(target.url, _words(error)) from error
        finally:
            line.hang_up()


class _Line:
    """A socket that one thread at a time speaks over, and that anybody may cut."""

    def __init__(self, sock: socket.socket, threads: ThreadPoolExecutor) -> None:
        self.socket = sock
        self.response: http.client.HTTPResponse | None = None
        self._threads = threads
        self._when_free: Callable[[Callable[[object], object]], object] = lambda close: close(None)

    async def do(self, work: Callable[[], Result]) -> Result:
        """Do what blocks, in a thread."""
        busy = self._threads.submit(work)
        self._when_free = busy.add_done_callback
        return await asyncio.wrap_future(busy)

    def hang_up(self) -> None:
        """Cut the line; close it when the thread has let go, lest another socket get its number before."""
        with suppress(OSError):
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)  # SSLSocket's own would wait for the lock
        self._when_free(self._close)

    def _close(self, _done: object) -> None:
        if self.response is not None:
            self.response.close()
        self.socket.close()


async def _dialled(target: Target, road: Road) -> socket.socket:
    host, port = (road.proxy.host, road.proxy.port) if road.proxy else (target.host, target.port)
    try:
        return await _connected(road.gate, host, port)
    except OSError as error:
        if road.proxy is None:
            raise
        raise FetchError(target.url, f"proxy: {os_words(error)}") from error


async def _connected(gate: Gate, host: str, port: int) -> socket.socket:
    """A connection to the first judged address that answers."""
    failure = OSError("no address")
    for address in await gate.addresses(host, port):
        place = (address.host, address.port)
        with ExitStack() as undo:
            sock = undo.enter_context(gate.socket((address.family, socket.SOCK_STREAM, 0, "", place)))
            sock.setblocking(False)
            try:
                await asyncio.get_running_loop().sock_connect(sock, place)
            except OSError as error:
                failure = error
                continue
            undo.pop_all()
            sock.setblocking(True)
            return sock
    raise failure


async def _secure(line: _Line, target: Target, road: Road) -> None:
    assert road.context is not None  # noqa: S101 - the caller looked
    if road.proxy is not None:
        await line.do(partial(_tunnel, line.socket, target, road.proxy))
    line.socket = secure = road.context.wrap_socket(
        line.socket, server_hostname=target.host, do_handshake_on_connect=False
    )
    await line.do(secure.do_handshake)


def _tunnel(sock: socket.socket, target: Target, proxy: Proxy) -> None:
    """Runs in a thread: ask the proxy for a line to the target."""
    place = f"[{target.host}]:{target.port}" if ":" in target.host else f"{target.host}:{target.port}"
    headers = "".join(f"{name}: {value}\r\n" for name, value in (("Host", place), *proxy.headers))
    sock.sendall(f"CONNECT {place} HTTP/1.1\r\n{headers}\r\n".encode("ascii"))
    answer = http.client.HTTPResponse(sock, method="CONNECT")
    try:
        answer.begin()
    finally:
        answer.close()
    if answer.status != 200:
        raise FetchError(target.url, f"proxy: HTTP {answer.status}")


def _converse(
    sock: socket.socket, response: http.client.HTTPResponse, letter: Letter, target: Target, road: Road
) -> None:
    """Runs in a thread: the request, and the head of the answer."""
    through = road.proxy if road.context is None else None
    url = f"http://{dict(letter.headers)['host']}{letter.path}" if through else letter.path
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = sock
    connection.putrequest(letter.method, url, skip_host=True, skip_accept_encoding=True)
    for name, value in (*letter.headers, *(through.headers if through else ()), ("connection", "close")):
        connection.putheader(name, value)
    connection.endheaders(letter.content or None)
    response.begin()
    _frame(response)


def _frame(response: http.client.HTTPResponse) -> None:
    """How long the body is, where http.client was misled: chunked wins, two lengths are none."""
    if response.status in _NO_BODY:
        return
    pairs = [(name.strip().lower(), value.strip().lower()) for name, value in _headers(response)]
    lengths = {value for name, value in pairs if name == "content-length"}
    if any(name == "transfer-encoding" and value.endswith("chunked") for name, value in pairs):
        response.chunked, response.chunk_left, response.length = True, None, None
    elif len(lengths) == 1 and (length := lengths.pop()).isdecimal():
        response.length = int(length)
    else:
        response.length = None


def _headers(response: http.client.HTTPResponse) -> list[tuple[str, str]]:
    """All headers; those from the first name with a blank in it on, http.client takes for a body."""
    left = response.msg.get_payload()
    lines = left.splitlines() if isinstance(left, str) else []
    rest = [line.partition(":") for line in lines if ":" in line]
    return response.getheaders() + [(name, value.strip()) for name, _, value in rest]


async def _chunks(line: _Line, response: http.client.HTTPResponse, url: str) -> AsyncIterator[bytes]:
    while chunk := await line.do(partial(response.read1, CHUNK)):
        yield chunk
    if response.length:
        raise FetchError(url, "body cut off")


def _words(error: http.client.HTTPException) -> str:
    if isinstance(error, http.client.RemoteDisconnected):
        return "connection closed without an answer"
    if isinstance(error, http.client.IncompleteRead):
        return "body cut off"
    return f"not HTTP: {plain(type(error).__name__)}"
