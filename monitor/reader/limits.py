"""What one page or file may cost, and what it may say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.errors import ParseError
from monitor.model import Listing, ListingItem, Page, RawNotice

MB = 1024 * 1024

MOST_BYTES = 4 * MB  # of a page; the door to the web lets no more in either
MOST_ROWS = 5_000
MOST_TEXT = 500_000  # characters of a body: a list of five thousand firms has three hundred thousand
LONGEST_TITLE = 2_000  # what follows looks at titles more than once
LEFT_OF_TITLE = 200  # of a longer one in a list: its page will tell
MOST_ANSWER = 8 * MB  # all that a page says: rows, facts, attachments


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading a page may take: seconds of wall time, bytes of address space in the worker.

    `start` is how long a worker may take until it is ready: it imports, on a machine that may be busy.
    `file_seconds` is for a file: three hundred pages of print take two.
    """

    seconds: float = 5.0
    file_seconds: float = 20.0
    memory: int = 1024 * MB
    start: float = 60.0


def check_size(page: Page) -> None:
    """Refuse a page that is too large for any list or notice."""
    if len(page.body) > MOST_BYTES:
        raise ParseError(page.url, f"more than {MOST_BYTES // MB} MB")


def check_notice(url: str, said: RawNotice) -> None:
    """Refuse what no notice says: half of it would be a lie, all of it would stall its users."""
    _check(url, "characters of text", len(said.body), MOST_TEXT)
    _check(url, "characters of a title", len(said.title), LONGEST_TITLE)


def within(url: str, said: Listing) -> Listing:
    """The list with titles that can be handled. One broken row does not cost the others; only broken ones do.

    A title that is cut ends in …, so that the notice's own counts; its row is not lost.
    """
    _check(url, "rows", len(said.items), MOST_ROWS)
    cut = sum(len(item.title) > LONGEST_TITLE for item in said.items)
    if not cut:
        return said
    if cut == len(said.items):
        _check(url, "characters of a title", len(said.items[0].title), LONGEST_TITLE)
    return replace(said, items=tuple(map(_cut, said.items)), cut=cut)


def _cut(item: ListingItem) -> ListingItem:
    if len(item.title) <= LONGEST_TITLE:
        return item
    return replace(item, title=f"{item.title[:LEFT_OF_TITLE]}…")


def _check(url: str, what: str, found: int, most: int) -> None:
    if found > most:
        raise ParseError(url, f"{found} {what}, more than {most}")
