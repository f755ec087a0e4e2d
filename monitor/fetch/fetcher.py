"""Fetching a page or file: guard, robots.txt, turn, deadline, redirects, retries, judgement: the way out.

Whatever goes wrong out there ends in a FetchError (or Refused, or Blocked) with the address and a
reason; it never becomes content. Pages, files, redirects, robots.txt and what is asked once more with a
cookie all walk the same few steps, in `_walk`.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Self

from monitor.dates import local_date
from monitor.errors import FetchError, Refused
from monitor.fetch.asking import first_ask, follow, is_redirect, user_agent
from monitor.fetch.blocked import blocked
from monitor.fetch.cookies import Jar, literal_cookie
from monitor.fetch.exchange import STRAIGHT, Answer, Ask, Reply, Setback, Way
from monitor.fetch.guard import Guard, Target
from monitor.fetch.inflate import Inflater
from monitor.fetch.judge import judge, worth_reading
from monitor.fetch.limits import Limits
from monitor.fetch.patience import patiently
from monitor.fetch.politeness import Politeness, Sleep
from monitor.fetch.robots import MOST as MOST_ROBOTS
from monitor.fetch.robots import Robots, answer_or_setback
from monitor.model import Http, NotModified, Page, Request, Validators

if TYPE_CHECKING:
    from monitor.fetch.transport import Transport

log = logging.getLogger(__name__)

MOST_REDIRECTS = 5


@dataclass(slots=True, kw_only=True)
class _Visit:
    """One errand of a source: how it wants to be asked, its cookies, what was tried once already."""

    http: Http
    jar: Jar
    most: int
    for_robots: bool = False
    for_file: bool = False
    has_repeated: bool = False
    has_echoed: bool = False


class Fetcher:
    """The door to the web, open between `async with` and its end.

    `now` gives aware UTC instants (for Retry-After, robots.txt, cookies and the day of the budget), `spent`
    the requests already sent today by host; `clock` is monotonic seconds.
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
        self._robots = Robots(self._robots_txt, now=now, slow=self._politeness.slow)
        self._jars: dict[str, Jar] = {}
        self._open = AsyncExitStack()
        self._transport: Transport

    async def __aenter__(self) -> Self:
        # Imported late: the libraries cost 0.2 s, which commands that fetch nothing need not pay.
        from monitor.fetch.transport import Transport

        transport = Transport(self._guard, authorities=self._limits.authorities)
        self._transport = await self._open.enter_async_context(transport)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def get(self, request: Request, *, http: Http, validators: Validators | None) -> Page | NotModified:
        """Fetch one page, politely and patiently. FetchError when there is none, Blocked when walled off."""
        ask = first_ask(request, agent=self._agent, http=http, validators=validators)
        visit = _Visit(http=http, jar=self._jar(http), most=self._limits.max_body)
        return await patiently(partial(self._page, visit), ask, sleep=self._sleep)

    async def file(
        self, request: Request, *, http: Http, validators: Validators | None
    ) -> Page | NotModified:
        """Fetch what a notice carries, as `get` does: its bytes are no page, else it is a FetchError."""
        ask = first_ask(request, agent=self._agent, http=http, validators=validators)
        visit = _Visit(http=http, jar=self._jar(http), most=self._limits.max_file, for_file=True)
        return await patiently(partial(self._page, visit), ask, sleep=self._sleep)

    @property
    def most_files(self) -> int:
        """How many files of one notice may be fetched."""
        return self._limits.most_files

    def spent(self, day: date) -> Mapping[str, int]:
        """Requests sent to each host on that day (Asia/Shanghai), to be remembered over a restart."""
        return self._politeness.spent(day)

    def _jar(self, http: Http) -> Jar:
        """The source's cookies; who has no name takes none home."""
        return self._jars.setdefault(http.source, Jar()) if http.source else Jar()

    async def _page(self, visit: _Visit, ask: Ask) -> Page | NotModified | Setback:
        answer = await self._walk(visit, ask)
        if isinstance(answer, Setback):
            return answer
        return judge(answer, now=self._now(), max_body=visit.most, for_file=visit.for_file)

    async def _robots_txt(self, url: str, http: Http) -> Answer:
        """A robots.txt as it was answered, whatever the status below 429; FetchError when it was not."""
        ask = first_ask(Request(url=url), agent=self._agent, http=replace(http, headers={}), validators=None)
        visit = _Visit(http=http, jar=self._jar(http), most=MOST_ROBOTS, for_robots=True)

        async def attempt(ask: Ask) -> Answer | Setback:
            return answer_or_setback(await self._walk(visit, ask), now=self._now())

        return await patiently(attempt, ask, sleep=self._sleep)

    async def _walk(self, visit: _Visit, ask: Ask) -> Answer | Setback:
        """From redirect to redirect until there is an answer, each step through every gate."""
        left, status = self._limits.timeout, 0
        for _ in range(MOST_REDIRECTS + 1):
            target = self._guard.check(ask.url)
            way = self._way(target, visit.http)
            if not visit.for_robots:
                await self._robots.permit(target, visit.http, way)
            async with self._politeness.turn(target, for_file=visit.for_file):
                started = self._clock()
                answer = await self._exchange(visit, ask, target, way, left)
                left -= self._clock() - started
            if isinstance(answer, Setback):
                return answer
            onward = self._onward(visit, ask, answer, target)
            if onward is None:
                return answer
            ask, status = onward, answer.status
        raise FetchError(ask.url, f"more than {MOST_REDIRECTS} redirects", status=status)

    def _way(self, target: Target, http: Http) -> Way:
        is_legacy = target.host in http.legacy_tls and target.scheme == "https"
        if http.proxy is None and not is_legacy and not http.stdlib:
            return STRAIGHT
        proxy = None if self._guard.is_gateway(target) else http.proxy
        return Way(proxy=proxy, legacy_tls=is_legacy, stdlib=http.stdlib)

    def _onward(self, visit: _Visit, ask: Ask, answer: Answer, target: Target) -> Ask | None:
        """What is to be asked next, or None when this is the answer."""
        has_news = visit.jar.take(target, answer.cookies, now=self._now()) if answer.cookies else False
        if is_redirect(answer):
            onward = follow(ask, answer, may_repeat=has_news and not visit.has_repeated)
            visit.has_repeated |= onward.url == ask.url
            return onward
        return ask if visit.http.echo_cookie and self._echoes(visit, answer, target) else None

    def _echoes(self, visit: _Visit, answer: Answer, target: Target) -> bool:
        """Whether a challenge held its cookie as plain text, and the jar now has it. Once an errand."""
        if visit.has_echoed or blocked(answer.status, answer.headers, answer.body) is None:
            return False
        line = literal_cookie(answer.body)
        if line is None or not visit.jar.take(target, [line], now=self._now()):
            return False
        visit.has_echoed = True
        name = line.partition("=")[0]
        log.info("fetch.cookie_echoed source=%s host=%s cookie=%s", visit.http.source, target.host, name)
        return True

    async def _exchange(
        self, visit: _Visit, ask: Ask, target: Target, way: Way, seconds: float
    ) -> Answer | Setback:
        """One request and its answer. What fails below may pass; an answer without end will not."""
        has_begun = False
        sent = visit.jar.onto(ask, target, now=self._now())
        try:
            async with asyncio.timeout(seconds), self._transport.open(sent, target, way) as reply:
                has_begun = True
                return await _read(ask, reply, visit)
        except TimeoutError as error:
            patience = f"within {self._limits.timeout:g} s"
            if has_begun:
                raise FetchError(ask.url, f"answer not finished {patience}") from error
            return Setback(error=FetchError(ask.url, f"no answer {patience}"))
        except Refused:
            raise
        except FetchError as error:
            return Setback(error=error)


async def _read(ask: Ask, reply: Reply, visit: _Visit) -> Answer:
    limit = worth_reading(reply.status, reply.headers, visit.most, for_file=visit.for_file)
    inflater = Inflater(ask.url, reply.headers.get("content-encoding", ""), limit=limit)
    if limit:
        await _pour(reply.chunks, inflater)
    body = inflater.so_far() if inflater.full else inflater.finish()
    return Answer(
        url=ask.url,
        status=reply.status,
        headers=reply.headers,
        body=body,
        cut=inflater.full,
        cookies=reply.cookies,
    )


async def _pour(chunks: AsyncIterator[bytes], inflater: Inflater) -> None:
    async for chunk in chunks:
        inflater.feed(chunk)
        if inflater.done:
            return
