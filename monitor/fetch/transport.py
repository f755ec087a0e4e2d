"""The wire: the only module that knows an HTTP library.

httpx's transport API over aiohttp's pool (docs/decisions.md says why). What the guard decided is carried
out here: names are resolved once, every address is judged before a socket is opened to it, and the
address that was judged is the one that is dialled. Foreign exceptions become FetchError here.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from monitor.errors import FetchError, Refused
from monitor.fetch.exchange import Ask, Headers
from monitor.fetch.guard import Guard, Target, is_address, is_public

AddrInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]

LONGEST_HEADER = 128 * 1024  # a cookie of 70 kB has been seen; aiohttp stops at 8 kB
IDLE_SECONDS = 30.0

_FOREIGN = (httpx.InvalidURL, aiohttp.ClientError, ValueError, OSError)
_IN_WORDS = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "connection reset",
    errno.ETIMEDOUT: "no answer to the connection attempt",
    errno.ENETUNREACH: "no route to the network",
    errno.EHOSTUNREACH: "no route to the host",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose body has not been read yet."""

    status: int
    headers: Headers
    chunks: AsyncIterator[bytes]


class Transport:
    """Opens exchanges. One connection pool for http, one for https, each made when first needed."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._admitted: set[tuple[str, int]] = set()
        self._pools: dict[str, Pool] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for pool in self._pools.values():
            await pool.aclose()
        self._pools.clear()

    @asynccontextmanager
    async def open(self, ask: Ask, target: Target) -> AsyncIterator[Reply]:
        """Send, and give the answer's head with its body still to come. Raises FetchError alone."""
        try:
            request = _request(ask, target)
            response = await self._pool(target).handle_async_request(request)
            stream = response.stream
            assert isinstance(stream, httpx.AsyncByteStream)  # noqa: S101 - the async half of httpx's API
            try:
                yield Reply(response.status_code, _headers(response), aiter(stream))
            finally:
                await stream.aclose()
        except Refused as refused:
            raise Refused(ask.url, refused.reason) from refused
        except _FOREIGN as error:
            raise FetchError(ask.url, _reason(error)) from error

    def _pool(self, target: Target) -> Pool:
        # An address never passes the resolver below; `Guard.check` has judged it, `_socket` judges again.
        if is_address(target.host) and self._guard.dial(target.host, target.port).trusted:
            self._admitted.add((target.host, target.port))
        pool = self._pools.get(target.scheme)
        if pool is None:
            pool = self._pools[target.scheme] = self._new_pool(target.scheme)
        return pool

    def _new_pool(self, scheme: str) -> Pool:
        connector = aiohttp.TCPConnector(
            ssl=_trusting() if scheme == "https" else True,
            limit=0,  # politeness stands in front: nothing ever queues in here
            use_dns_cache=False,
            resolver=_Resolver(self._guard, self._admitted),
            socket_factory=self._socket,
            keepalive_timeout=IDLE_SECONDS,
        )
        return Pool(connector)

    def _socket(self, info: AddrInfo) -> socket.socket:
        """The last gate: whatever any parser made of the URL, this is the number that is dialled."""
        family, kind, protocol, _, address = info
        host, port = str(address[0]), int(address[1])
        if not is_public(host) and (host, port) not in self._admitted:
            raise Refused(f"{host}:{port}", f"refused: {host} is not a public address")
        return socket.socket(family, kind, protocol)


class Pool(httpx.AsyncBaseTransport):
    """httpx's transport API over an aiohttp session that follows, decodes, keeps and repeats nothing.

    httpx-aiohttp does the same, but rewrites addresses (`%u4e2d` becomes `%25u4e2d`) and fails on a
    reason phrase in GBK.
    """

    def __init__(self, connector: aiohttp.TCPConnector) -> None:
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(),  # the deadline is the caller's, for the whole answer
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
        )
        # aiohttp would silently ask once more when a connection breaks: not counted, not paused, not ours.
        self._session._retry_connection = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send as written; the caller closes the response's stream."""
        response = await self._session.request(
            request.method,
            URL(str(request.url), encoded=True),
            headers=request.headers.multi_items(),
            data=request.content or None,
            allow_redirects=False,
        )
        return httpx.Response(response.status, headers=response.raw_headers, stream=_Stream(response))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._session.close()


class _Stream(httpx.AsyncByteStream):
    """A body as it comes off the wire."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.content.iter_any():
            yield chunk

    async def aclose(self) -> None:
        """Give the connection back, or close it where there is more to come."""
        self._response.release()


class _Resolver(AbstractResolver):
    """Resolves where the guard says; refuses a name with even one address that may not be dialled."""

    def __init__(self, guard: Guard, admitted: set[tuple[str, int]]) -> None:
        self._guard = guard
        self._admitted = admitted

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        dial = self._guard.dial(host, port)
        found = await asyncio.get_running_loop().getaddrinfo(
            dial.host, dial.port, family=family, type=socket.SOCK_STREAM
        )
        addresses = [(info[0], str(info[4][0])) for info in found]
        for _, address in addresses:
            if not self._guard.admits(host, port, address):
                reason = f"refused: {host} is at {address}, which is not a public address"
                raise Refused(f"{host}:{port}", reason)
        if dial.trusted:
            self._admitted.update((address, dial.port) for _, address in addresses)
        return [_result(host, dial.port, number, address) for number, address in addresses]

    async def close(self) -> None:
        """Nothing is kept open."""


def _result(host: str, port: int, family: int, address: str) -> ResolveResult:
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
    )


def _request(ask: Ask, target: Target) -> httpx.Request:
    request = httpx.Request(ask.method, ask.url, headers=ask.headers, content=ask.content or None)
    # Three parsers read this address; where they disagree, somebody hides a host.
    hosts = {target.host, request.url.host, URL(str(request.url)).host}
    if len(hosts) != 1:
        raise Refused(ask.url, "refused: the address can be read in two ways")
    return request


def _headers(response: httpx.Response) -> Headers:
    found: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _trusting() -> ssl.SSLContext:
    """certifi's authorities and the machine's own: a bare Debian has none, a company adds its own."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _reason(error: BaseException) -> str:
    """What went wrong below, in words for an operator."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return f"DNS: {_dns(error.os_error)}"
        case ssl.SSLCertVerificationError() | aiohttp.ClientConnectorCertificateError():
            return f"TLS: {_certificate(error)}"
        case aiohttp.ClientConnectorError() | ssl.SSLError():
            return _os_reason(error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error)
        case aiohttp.ClientPayloadError():
            return "body cut off"
        case aiohttp.ServerDisconnectedError():
            return "connection closed without an answer"
        case aiohttp.ClientResponseError():
            return f"not HTTP: {_plain(error.message)}"
        case OSError():
            return _os_reason(error)
        case _:
            return f"cannot be asked: {_plain(str(error))}"


def _dns(error: OSError) -> str:
    if error.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
        return "name not found"
    return "no answer from the resolver" if error.errno == socket.EAI_AGAIN else _plain(str(error.strerror))


def _certificate(error: BaseException) -> str:
    inner = error.certificate_error if isinstance(error, aiohttp.ClientConnectorCertificateError) else error
    return _plain(getattr(inner, "verify_message", "") or str(inner))


def _os_reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return f"TLS: {_plain(error.reason or str(error)).lower().replace('_', ' ')}"
    return _IN_WORDS.get(error.errno or 0) or f"connection failed: {_plain(error.strerror or str(error))}"


def _plain(text: str) -> str:
    """Foreign words, short and printable: they end in logs and on pages."""
    return "".join(char if char.isprintable() else " " for char in text[:120]).strip()
