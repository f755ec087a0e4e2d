"""Running stories about the fetch door: a loop, a clock that only moves when told, a fetcher for a site."""

from __future__ import annotations

import asyncio
import functools
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ParamSpec

from monitor.fetch import Fetcher, Limits
from monitor.model import Http, NotModified, Page, Request, Validators
from tests.fetch.site import Site

NOW = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
P = ParamSpec("P")


def aio(story: Callable[P, Coroutine[None, None, None]]) -> Callable[P, None]:
    """Run an asynchronous test in a loop of its own."""

    @functools.wraps(story)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(story(*args, **kwargs))

    return run


without_robots = Http(ignore_robots="the test looks at one request alone")


def names(loop: asyncio.AbstractEventLoop, *answers: list[str]) -> list[str]:
    """Let names resolve to these addresses, one answer after the other; returns what was asked."""
    asked: list[str] = []
    queue = list(answers)

    async def getaddrinfo(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        addresses = queue.pop(0) if len(queue) > 1 else queue[0]
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(_family(address), socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    loop.getaddrinfo = getaddrinfo  # type: ignore[method-assign, assignment]
    return asked


def _family(address: str) -> int:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


@dataclass(slots=True)
class Clock:
    """Time that passes only in sleep."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)


@dataclass(slots=True)
class Door:
    """A fetcher with its clock and its site."""

    fetcher: Fetcher
    clock: Clock
    site: Site

    async def get(
        self,
        path: str = "/",
        *,
        http: Http | None = None,
        validators: Validators | None = None,
        **request: object,
    ) -> Page | NotModified:
        wanted = Request(url=path if "://" in path else self.site.url + path, **request)  # type: ignore[arg-type]
        return await self.fetcher.get(wanted, http=http or Http(), validators=validators)

    async def page(self, path: str = "/", **request: object) -> Page:
        page = await self.get(path, **request)  # type: ignore[arg-type]
        assert isinstance(page, Page)
        return page


@asynccontextmanager
async def door_to(
    site: Site, *, spent: Mapping[str, int] | None = None, **limits: object
) -> AsyncIterator[Door]:
    clock = Clock()
    allowed = {
        "delay": 0.0,
        "timeout": 5.0,
        "allow_hosts": frozenset({site.place}),
        "contact": "a@example.org",
    }
    told = Limits(**(allowed | limits))  # type: ignore[arg-type]
    async with Fetcher(
        told,
        now=lambda: NOW + timedelta(seconds=clock.seconds),
        spent=spent or {},
        sleep=clock.sleep,
        clock=clock,
    ) as fetcher:
        yield Door(fetcher, clock, site)
