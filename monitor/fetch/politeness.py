"""How often a host may be asked: slots, pauses and a daily budget, in front of any pool. Talks to nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from monitor.errors import FetchError
from monitor.fetch.guard import Target
from monitor.fetch.limits import Limits

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class _Host:
    """One host: its slots, the pause it is given, and the instant from which it may be asked again."""

    slots: asyncio.Semaphore
    delay: float
    ready_at: float = float("-inf")


class Politeness:
    """Hands out turns. `spent` seeds the budget of the day that `today` gives at the start."""

    def __init__(
        self,
        limits: Limits,
        *,
        spent: Mapping[str, int],
        sleep: Sleep,
        clock: Callable[[], float],
        today: Callable[[], date],
    ) -> None:
        self._limits = limits
        self._sleep = sleep
        self._clock = clock
        self._today = today
        self._day = today()
        self._spent = dict(spent)
        self._hosts: dict[str, _Host] = {}
        self._running = asyncio.Semaphore(limits.concurrency)

    @asynccontextmanager
    async def turn(self, target: Target, *, for_file: bool = False) -> AsyncIterator[None]:
        """Wait until the host may be asked, count one request, and keep the slot until the answer is read.

        FetchError when the budget of the day is spent; nothing is sent then. For files that is the first
        half of it: the rest is kept for pages, without which nobody learns of a notice.
        """
        most = self._limits.per_day // 2 if for_file else self._limits.per_day
        self._afford(target, most)
        host = self._host(target.host)
        async with host.slots:
            while (pause := host.ready_at - self._clock()) > 0:
                await self._sleep(pause)
            async with self._running:
                self._afford(target, most)
                self._spent[target.host] = self._spent.get(target.host, 0) + 1
                try:
                    yield
                finally:
                    host.ready_at = self._clock() + host.delay

    def slow(self, name: str, seconds: float) -> None:
        """Pause so long between requests to this host, from the last one on, if that is longer than usual."""
        host = self._host(name)
        delay = max(seconds, self._limits.delay)
        host.ready_at += delay - host.delay
        host.delay = delay

    def spent(self, day: date) -> Mapping[str, int]:
        """Requests sent to each host on that day; only the current day is known."""
        self._turn_the_page()
        return dict(self._spent) if day == self._day else {}

    def _host(self, name: str) -> _Host:
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host(asyncio.Semaphore(self._limits.per_host), self._limits.delay)
        return host

    def _afford(self, target: Target, most: int) -> None:
        self._turn_the_page()
        if self._spent.get(target.host, 0) >= most:
            reason = f"daily budget spent: {most} requests to {target.host}"
            raise FetchError(target.url, reason)

    def _turn_the_page(self) -> None:
        today = self._today()
        if today != self._day:
            self._day = today
            self._spent.clear()
