"""What a site asks of robots (RFC 9309): one copy of robots.txt per origin, in memory, for a day.

It is fetched through the same door as every page. 4xx: everything is allowed. 5xx or no answer: the last
copy counts; without one nothing is fetched until it could be read (docs/decisions.md). What robots.txt
says to `kuaixun` counts, whatever name a source chose to show.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.errors import Blocked, FetchError, Refused
from monitor.fetch.blocked import blocked
from monitor.fetch.exchange import Answer, Setback, Way
from monitor.fetch.guard import Target
from monitor.fetch.judge import may_pass, setback
from monitor.model import Http

if TYPE_CHECKING:
    from protego import Protego

log = logging.getLogger(__name__)

NAME = "kuaixun"
MOST = 512 * 1024  # bytes; RFC 9309 asks for 500 KiB at least
FRESH = timedelta(hours=24)
LATER = timedelta(hours=1)  # where a copy, old or lenient, is at hand
SOON = timedelta(minutes=10)  # where there is none: long enough for one check, short for who is back
LONGEST_DELAY = 60.0
MOST_COPIES = 1000
_USUAL = {"http": 80, "https": 443}
_AGENT = re.compile(r"user[-\s]?agent\s*[:\s]\s*(.*)", re.I)

Load = Callable[[str, Http], Awaitable[Answer]]
Key = tuple[str, str, int, Way]


@dataclass(frozen=True, slots=True)
class Copy:
    """What is known of one robots.txt. No rules allow everything; a trouble forbids everything for now."""

    until: datetime
    rules: Protego | None = None
    trouble: FetchError | None = None


class Robots:
    """Asks and remembers. `load` fetches a robots.txt; `slow` hears of each Crawl-delay, in seconds."""

    def __init__(
        self, load: Load, *, now: Callable[[], datetime], slow: Callable[[str, float], None]
    ) -> None:
        self._load = load
        self._now = now
        self._slow = slow
        self._copies: dict[Key, Copy] = {}
        self._locks: dict[Key, asyncio.Lock] = {}
        self._ignoring: set[str] = set()

    async def permit(self, target: Target, http: Http, way: Way) -> None:
        """FetchError unless the site lets us have this page. Costs a request per origin and day."""
        if http.ignore_robots is not None:
            self._note(http)
            return
        key = (target.scheme, target.host, target.port, way)
        copy = self._copies.get(key)
        if copy is None or copy.until <= self._now():
            copy = await self._renewed(key, http)
        if copy.trouble is not None:
            raise _like(copy.trouble, target.url)
        if copy.rules is not None and not copy.rules.can_fetch(target.url, NAME):
            raise FetchError(target.url, "robots.txt disallows")

    def _note(self, http: Http) -> None:
        if http.source not in self._ignoring:
            self._ignoring.add(http.source)
            log.warning("fetch.robots_ignored source=%s why=%s", http.source, http.ignore_robots)

    async def _renewed(self, key: Key, http: Http) -> Copy:
        """One asks, the others at the same door wait for what it learns."""
        async with self._locks.setdefault(key, asyncio.Lock()):
            copy = self._copies.get(key)
            if copy is None or copy.until <= self._now():
                copy = await self._asked(key, http, copy)
                self._keep(key, copy)
        return copy

    async def _asked(self, key: Key, http: Http, old: Copy | None) -> Copy:
        try:
            answer = await self._load(_address(key), http)
        except FetchError as error:
            return self._without(error, old)
        return Copy(self._now() + _lasts(answer), rules=rules_of(answer))

    def _without(self, error: FetchError, old: Copy | None) -> Copy:
        # Refused, or redirected to nowhere: there is none. The page will stand before its own gate and wall.
        if isinstance(error, Refused) or (error.status is not None and error.status < 429):
            return Copy(self._now() + LATER)
        if old is not None and old.trouble is None:
            return Copy(self._now() + LATER, rules=old.rules)
        return Copy(self._now() + SOON, trouble=error)

    def _keep(self, key: Key, copy: Copy) -> None:
        self._copies.pop(key, None)
        self._copies[key] = copy
        delay = copy.rules.crawl_delay(NAME) if copy.rules else None
        self._slow(key[1], min(delay or 0.0, LONGEST_DELAY))
        while len(self._copies) > MOST_COPIES:
            oldest = next(iter(self._copies))
            del self._copies[oldest]
            self._locks.pop(oldest, None)


def answer_or_setback(answer: Answer | Setback, *, now: datetime) -> Answer | Setback:
    """What an answer to robots.txt amounts to. Blocked where a wall says 5xx in place of the server."""
    if isinstance(answer, Setback) or not may_pass(answer):
        return answer
    wall = blocked(answer.status, answer.headers, answer.body)
    if wall is not None:
        raise Blocked(answer.url, wall, status=answer.status)
    return setback(answer, now=now)


def rules_of(answer: Answer) -> Protego | None:
    """The rules in an answer; None where it is not a robots.txt: missing, or somebody's home page."""
    start = answer.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not 200 <= answer.status < 300 or not start or start.startswith((b"<", b"{", b"\x1f\x8b", b"%PDF")):
        return None
    from protego import Protego

    return Protego.parse(_for_us(answer.body[:MOST].decode("utf-8-sig", "replace")))


def _for_us(text: str) -> str:
    """The same text with every other robot under one name: thousands of names would cost minutes."""
    return "\n".join(_renamed(line) for line in text.splitlines())


def _renamed(line: str) -> str:
    found = _AGENT.match(line.strip())
    if found is None:
        return line
    token = re.match(r"\*|[a-z_-]*", found[1].lower())
    name = token[0] if token else ""
    return f"User-agent: {name if name in ('*', NAME) else 'somebody-else'}"


def _lasts(answer: Answer) -> timedelta:
    """A wall in place of robots.txt says nothing about tomorrow."""
    return LATER if blocked(answer.status, answer.headers, answer.body) else FRESH


def _address(key: Key) -> str:
    scheme, host, port, _ = key
    name = f"[{host}]" if ":" in host else host
    return (
        f"{scheme}://{name}/robots.txt" if port == _USUAL[scheme] else f"{scheme}://{name}:{port}/robots.txt"
    )


def _like(trouble: FetchError, url: str) -> FetchError:
    kind = Blocked if isinstance(trouble, Blocked) else FetchError
    return kind(url, f"{trouble.reason}, at robots.txt", status=trouble.status)
