"""What one page may cost, and what one page may say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.errors import ParseError
from monitor.model import Listing, Page, RawNotice

MB = 1024 * 1024

MOST_BYTES = 4 * MB  # of a page; the door to the web lets no more in either
MOST_ROWS = 5_000
MOST_TEXT = 500_000  # characters of a body: a list of five thousand firms has three hundred thousand
LONGEST_TITLE = 2_000  # what follows looks at titles more than once
MOST_ANSWER = 8 * MB  # all that a page says: rows, facts, attachments


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading a page may take: seconds of wall time, bytes of address space in the worker.

    `start` is how long a worker may take until it is ready: it imports, on a machine that may be busy.
    """

    seconds: float = 5.0
    memory: int = 1024 * MB
    start: float = 60.0


def check_size(page: Page) -> None:
    """Refuse a page that is too large for any list or notice."""
    if len(page.body) > MOST_BYTES:
        raise ParseError(page.url, f"more than {MOST_BYTES // MB} MB")


def check_said(url: str, said: object) -> None:
    """Refuse what no list or notice says: half of it would be a lie, all of it would stall its users."""
    match said:
        case Listing():
            _check(url, "rows", len(said.items), MOST_ROWS)
            _check(url, "characters of a title", _longest(item.title for item in said.items), LONGEST_TITLE)
        case RawNotice():
            _check(url, "characters of text", len(said.body), MOST_TEXT)
            _check(url, "characters of a title", len(said.title), LONGEST_TITLE)


def _longest(titles: Iterable[str]) -> int:
    return max(map(len, titles), default=0)


def _check(url: str, what: str, found: int, most: int) -> None:
    if found > most:
        raise ParseError(url, f"{found} {what}, more than {most}")
