"""Fetching one page: guard, politeness, deadline, redirects, retries, judgement. The only way to the web.

Whatever goes wrong out there ends in a FetchError (or Refused, or Blocked) with the address and a
reason; it never becomes content.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from monitor.dates import local_date
from monitor.errors import FetchError, Refused
from monitor.fetch.asking import first_ask, follow, is_redirect, user_agent
from monitor.fetch.exchange import Answer, Ask, Setback
from monitor.fetch.guard import Guard, Target
from monitor.fetch.inflate import Inflater
from monitor.fetch.judge import judge, worth_reading
from monitor.fetch.limits import Limits
from monitor.fetch.patience import patiently
from monitor.fetch.politeness import Politeness, Sleep
from monitor.model import Http, NotModified, Page, Request, Validators

if TYPE_CHECKING:
    from monitor.fetch.transport import Reply, Transport

MOST_REDIRECTS = 5


class Fetcher:
    """The door to the web, open between `async with` and its end.

    `now` gives aware UTC instants (for Retry-After and the day of the budget), `spent` the requests
    already sent today by host; `clock` is monotonic seconds.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        now: Callable[[], datetime],
        spent: Mapping[str, int],
        sleep: Sleep = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits
        self._now = now
        self._sleep = sleep
        self._clock = clock
        self._agent = user_agent(limits.contact)
        self._guard = Guard.of(limits)
        self._politeness = Politeness(
            limits, spent=spent, sleep=sleep, clock=clock, today=lambda: local_date(now())
        )
        self._open = AsyncExitStack()
        self._transport: Transport

    async def __aenter__(self) -> Self:
        # Imported late: the libraries cost 0.2 s, which commands that fetch nothing need not pay.
        from monitor.fetch.transport import Transport

        self._transport = await self._open.enter_async_context(Transport(self._guard))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def get(self, request: Request, *, http: Http, validators: Validators | None) -> Page | NotModified:
        """Fetch one page, politely and patiently. FetchError when there is none, Blocked when walled off."""
        ask = first_ask(request, agent=self._agent, http=http, validators=validators)
        return await patiently(self._attempt, ask, sleep=self._sleep)

    def spent(self, day: date) -> Mapping[str, int]:
        """Requests sent to each host on that day (Asia/Shanghai), to be remembered over a restart."""
        return self._politeness.spent(day)

    async def _attempt(self, ask: Ask) -> Page | NotModified | Setback:
        left = self._limits.timeout
        for _ in range(MOST_REDIRECTS + 1):
            target = self._guard.check(ask.url)
            async with self._politeness.turn(target):
                started = self._clock()
                answer = await self._exchange(ask, target, left)
                left -= self._clock() - started
            if isinstance(answer, Setback):
                return answer
            if not is_redirect(answer):
                return judge(answer, now=self._now(), max_body=self._limits.max_body)
            ask = follow(ask, answer)
        raise FetchError(ask.url, f"more than {MOST_REDIRECTS} redirects")

    async def _exchange(self, ask: Ask, target: Target, seconds: float) -> Answer | Setback:
        """One request and its answer. What fails below may pass; an answer without end will not."""
        has_begun = False
        try:
            async with asyncio.timeout(seconds), self._transport.open(ask, target) as reply:
                has_begun = True
                return await self._read(ask, reply)
        except TimeoutError as error:
            patience = f"within {self._limits.timeout:g} s"
            if has_begun:
                raise FetchError(ask.url, f"answer not finished {patience}") from error
            return Setback(error=FetchError(ask.url, f"no answer {patience}"))
        except Refused:
            raise
        except FetchError as error:
            return Setback(error=error)

    async def _read(self, ask: Ask, reply: Reply) -> Answer:
        limit = worth_reading(reply.status, reply.headers, self._limits.max_body)
        inflater = Inflater(ask.url, reply.headers.get("content-encoding", ""), limit=limit)
        if limit:
            await _pour(reply.chunks, inflater)
        body = inflater.so_far() if inflater.full else inflater.finish()
        return Answer(url=ask.url, status=reply.status, headers=reply.headers, body=body, cut=inflater.full)


async def _pour(chunks: AsyncIterator[bytes], inflater: Inflater) -> None:
    async for chunk in chunks:
        inflater.feed(chunk)
        if inflater.done:
            return
