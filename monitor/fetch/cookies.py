"""The cookies of one source: kept in memory, bounded, given back to the very host that set them.

A challenge that only asks for its cookie back (openresty CT6T) is passed by giving it back, as any
client would. After RFC 6265, narrower: a Domain attribute is checked but never widens. Talks to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from monitor.fetch.exchange import Ask
from monitor.fetch.guard import Target

MOST_HOSTS = 20
MOST_COOKIES = 50
LONGEST_PAIR = 4096
LONGEST_HEADER = 16 * 1024
_FAR = timedelta(days=400)
# A cookie that a script sets as plain text: no escape, no expression, nothing to work out.
_LITERAL = re.compile(
    rb"""document\s{0,8}\.\s{0,8}cookie\s{0,8}=\s{0,8}(["'])([\w.-]{1,64}=[^"'\\\r\n]{0,4096})\1(?!\s{0,80}[+.,\[(?])"""
)


@dataclass(frozen=True, slots=True)
class _Cookie:
    name: str
    value: str
    path: str
    is_secure: bool
    until: datetime | None


class Jar:
    """Takes Set-Cookie lines, gives back the header that the same host expects."""

    def __init__(self) -> None:
        self._hosts: dict[str, dict[tuple[str, str], _Cookie]] = {}

    def take(self, target: Target, lines: Iterable[str], *, now: datetime) -> bool:
        """Keep what these lines set; whether a next request to the target will say something else."""
        before = self.header(target, now=now)
        kept = self._hosts.setdefault(target.host, {})
        for line in lines:
            cookie = _parsed(line, target, now)
            if cookie is not None:
                kept.pop((cookie.name, cookie.path), None)
                kept[cookie.name, cookie.path] = cookie
        self._tidy(target.host, now)
        return self.header(target, now=now) != before

    def header(self, target: Target, *, now: datetime) -> str:
        """The Cookie header for this target, "" when there is nothing to say."""
        kept = self._hosts.get(target.host)
        if not kept:
            return ""
        path = urlsplit(target.url).path or "/"
        fitting = [cookie for cookie in kept.values() if _fits(cookie, target.scheme, path, now)]
        fitting.sort(key=lambda cookie: -len(cookie.path))
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in fitting)

    def onto(self, ask: Ask, target: Target, *, now: datetime) -> Ask:
        """The request with its cookies; what the operator or a family wrote itself stands first."""
        mine = self.header(target, now=now)
        if not mine:
            return ask
        written = ask.headers.get("cookie")
        return replace(ask, headers={**ask.headers, "cookie": f"{written}; {mine}" if written else mine})

    def _tidy(self, host: str, now: datetime) -> None:
        kept = self._hosts[host]
        for key in [key for key, cookie in kept.items() if _is_over(cookie, now)]:
            del kept[key]
        while len(kept) > MOST_COOKIES or _length(kept.values()) > LONGEST_HEADER:
            del kept[next(iter(kept))]  # the oldest
        while len(self._hosts) > MOST_HOSTS:
            del self._hosts[next(iter(self._hosts))]


def literal_cookie(body: bytes) -> str | None:
    """The cookie that a page's script sets as plain text, as a Set-Cookie line, or None.

    Read, never run: an assignment that is put together, escaped or computed in any way is no literal.
    """
    found = _LITERAL.search(body)
    return found[2].decode("latin-1") if found else None


def _parsed(line: str, target: Target, now: datetime) -> _Cookie | None:
    pair, *rest = line.split(";")
    name, _, value = (part.strip() for part in pair.partition("="))
    wanted = {key.strip().lower(): text.strip() for key, _, text in (part.partition("=") for part in rest)}
    domain = wanted.get("domain", "").lstrip(".").lower()
    is_ours = not domain or target.host == domain or target.host.endswith(f".{domain}")
    if not (name and _is_plain(name + value) and len(name + value) <= LONGEST_PAIR and is_ours):
        return None
    path = wanted.get("path", "")
    return _Cookie(
        name,
        value,
        path if path.startswith("/") else _folder(target.url),
        "secure" in wanted,
        _until(wanted, now),
    )


def _until(wanted: dict[str, str], now: datetime) -> datetime | None:
    age = wanted.get("max-age", "")
    if re.fullmatch(r"-?[0-9]{1,12}", age):
        return now + min(timedelta(seconds=max(int(age), 0)), _FAR)
    try:
        until = parsedate_to_datetime(wanted["expires"])
    except (KeyError, ValueError):
        return None
    return until.replace(tzinfo=until.tzinfo or UTC)


def _fits(cookie: _Cookie, scheme: str, path: str, now: datetime) -> bool:
    if _is_over(cookie, now) or (cookie.is_secure and scheme != "https"):
        return False
    folder = cookie.path if cookie.path.endswith("/") else f"{cookie.path}/"
    return path == cookie.path or path.startswith(folder)


def _is_over(cookie: _Cookie, now: datetime) -> bool:
    return cookie.until is not None and cookie.until <= now


def _folder(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[0] or "/"


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _length(cookies: Iterable[_Cookie]) -> int:
    return sum(len(cookie.name) + len(cookie.value) + 3 for cookie in cookies)
