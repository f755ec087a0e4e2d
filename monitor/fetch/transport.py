"""The wire: the only module that knows an HTTP library.

httpx's transport API over aiohttp's pool, or the standard library's client where a source asks for it
(docs/decisions.md says why). What the guard decided is carried out here: every socket comes from a
`Gate`. Foreign exceptions become FetchError here.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Self

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from monitor.errors import FetchError, Refused
from monitor.fetch import tls
from monitor.fetch.dial import Address, Gate, Proxy, ProxyGate, check_for_proxy
from monitor.fetch.exchange import Ask, Reply, Way, folded
from monitor.fetch.guard import Guard, Target
from monitor.fetch.stdlib import Letter, Lines, Road
from monitor.fetch.words import dns_words, os_words, plain

LONGEST_HEADER = 128 * 1024  # a cookie of 70 kB has been seen; aiohttp stops at 8 kB
IDLE_SECONDS = 30.0
_HTTP = 80

_FOREIGN = (httpx.InvalidURL, aiohttp.ClientError, ValueError, OSError)


class Transport:
    """Opens exchanges. One connection pool for each scheme and way, each made when first needed."""

    def __init__(self, guard: Guard, *, authorities: str) -> None:
        self._guard = guard
        self._authorities = authorities
        self._gate = Gate(guard)
        self._pools: dict[tuple[str, Way], Pool] = {}
        self._contexts: dict[bool, ssl.SSLContext] = {}
        self._lines = Lines()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for pool in self._pools.values():
            await pool.aclose()
        self._pools.clear()
        self._lines.close()

    @asynccontextmanager
    async def open(self, ask: Ask, target: Target, way: Way) -> AsyncIterator[Reply]:
        """Send, and give the answer's head with its body still to come. Raises FetchError alone."""
        try:
            if way.proxy is not None:
                await check_for_proxy(target)
            async with self._exchange(_request(ask, target), target, way) as reply:
                yield reply
        except Refused as refused:
            raise Refused(ask.url, refused.reason) from refused
        except _FOREIGN as error:
            raise FetchError(ask.url, _words(error)) from error

    def _exchange(
        self, request: httpx.Request, target: Target, way: Way
    ) -> AbstractAsyncContextManager[Reply]:
        self._gate.admit(target)
        if way.stdlib:
            road = Road(gate=self._gate_of(way), proxy=_proxy(way), context=self._tls(target, way))
            return self._lines.open(_letter(request), target, road)
        return self._pool(target, way).open(request)

    def _pool(self, target: Target, way: Way) -> Pool:
        key = target.scheme, way
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = Pool(
                self._gate_of(way), context=self._tls(target, way), proxy=way.proxy
            )
        return pool

    def _gate_of(self, way: Way) -> Gate:
        proxy = _proxy(way)
        return self._gate if proxy is None else ProxyGate(proxy.host, proxy.port)

    def _tls(self, target: Target, way: Way) -> ssl.SSLContext | None:
        if target.scheme != "https":
            return None
        context = self._contexts.get(way.legacy_tls)
        if context is None:
            # certifi's authorities, as a bare Debian has none of its own
            context = self._contexts[way.legacy_tls] = httpx.create_ssl_context(trust_env=False)
            tls.trust(context, self._authorities)
            if way.legacy_tls:
                tls.grow_old(context)
        return context


class Pool(httpx.AsyncBaseTransport):
    """httpx's transport API over an aiohttp session that follows, decodes, keeps and repeats nothing.

    httpx-aiohttp does the same, but rewrites addresses (`%u4e2d` becomes `%25u4e2d`) and fails on a
    reason phrase in GBK.
    """

    def __init__(self, gate: Gate, *, context: ssl.SSLContext | None, proxy: str | None) -> None:
        self._proxy = proxy
        connector = aiohttp.TCPConnector(
            ssl=context or True,
            limit=0,  # politeness stands in front: nothing ever queues in here
            use_dns_cache=False,
            resolver=_Resolver(gate),
            socket_factory=gate.socket,
            keepalive_timeout=IDLE_SECONDS,
        )
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

    @asynccontextmanager
    async def open(self, request: httpx.Request) -> AsyncIterator[Reply]:
        """One exchange; the connection is given back, or closed, at the end."""
        response = await self.handle_async_request(request)
        stream = response.stream
        assert isinstance(stream, httpx.AsyncByteStream)  # noqa: S101 - the async half of httpx's API
        try:
            pairs = [
                (name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw
            ]
            headers, cookies = folded(pairs)
            yield Reply(response.status_code, headers, cookies, aiter(stream))
        finally:
            await stream.aclose()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send as written; the caller closes the response's stream."""
        response = await self._session.request(
            request.method,
            URL(str(request.url), encoded=True),
            headers=request.headers.multi_items(),
            data=request.content or None,
            allow_redirects=False,
            proxy=self._proxy,
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
    """The gate's addresses in aiohttp's words."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [_result(host, found) for found in await self._gate.addresses(host, port, family=family)]

    async def close(self) -> None:
        """Nothing is kept open."""


def _result(host: str, address: Address) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=address.host,
        port=address.port,
        family=address.family,
        proto=0,
        flags=socket.AI_NUMERICHOST,
    )


def _request(ask: Ask, target: Target) -> httpx.Request:
    request = httpx.Request(ask.method, ask.url, headers=ask.headers, content=ask.content or None)
    # Three parsers read this address; where they disagree, somebody hides a host.
    hosts = {target.host, request.url.host, URL(str(request.url)).host}
    if len(hosts) != 1:
        raise Refused(ask.url, "refused: the address can be read in two ways")
    return request


def _letter(request: httpx.Request) -> Letter:
    return Letter(
        method=request.method,
        path=request.url.raw_path.decode("ascii"),
        headers=tuple(request.headers.multi_items()),
        content=request.content,
    )


def _proxy(way: Way) -> Proxy | None:
    if way.proxy is None:
        return None
    url = httpx.URL(way.proxy)
    return Proxy(url.host, url.port or _HTTP, url.username, url.password)


def _words(error: BaseException) -> str:
    """What went wrong below, in words for an operator."""
    match error:
        case aiohttp.ClientHttpProxyError():
            return f"proxy: HTTP {error.status}"
        case aiohttp.ClientConnectorDNSError():
            return f"DNS: {dns_words(error.os_error)}"
        case aiohttp.ClientConnectorCertificateError() if isinstance(error.certificate_error, OSError):
            return os_words(error.certificate_error)
        case aiohttp.ClientProxyConnectionError():
            return f"proxy: {os_words(error.os_error)}"
        case aiohttp.ClientConnectorError():
            return os_words(error.os_error)
        case aiohttp.ClientPayloadError():
            return "body cut off"
        case aiohttp.ServerDisconnectedError():
            return "connection closed without an answer"
        case aiohttp.ClientResponseError():
            return f"not HTTP: {plain(error.message)}"
        case OSError():
            return os_words(error)
        case _:
            return f"cannot be asked: {plain(str(error))}"
