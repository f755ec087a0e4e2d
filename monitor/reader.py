"""The door to parsing: bytes and a family in, values or a ParseError out.

Pages are written by strangers, so whatever the parsers below choke on is translated here. The
interface is asynchronous because parsing may move into a process that can be killed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from selectolax.lexbor import SelectolaxError

from monitor.errors import ParseError
from monitor.families import FAMILIES, Family, recognise
from monitor.model import Listing, Page, RawNotice, Request, Source

MOST_BYTES = 4 * 1024 * 1024  # beyond it a hostile page can keep the parser busy for minutes

# What parsers raise on hostile input: a selector or tree refused; bad JSON, dates, addresses, code
# points (ValueError and its kin); JSON nested too deep; numbers too large for a date. Anything else
# is a mistake of ours and must be seen as one.
_CHOKED = (SelectolaxError, ValueError, RecursionError, OverflowError)


class Reader:
    """Reads pages by family."""

    def recognise(self, page: Page) -> str:
        """The family a list page is made by; `generic` when none is known."""
        with _in_words(page):
            return recognise(page)

    async def listing(self, page: Page, source: Source, *, family: str) -> Listing | Request:
        """The rows of a list page, or what must be fetched to see them; ParseError when it is no list."""
        with _in_words(page):
            return _family(family, page).listing(page, source)

    async def notice(self, page: Page, source: Source, *, family: str) -> RawNotice:
        """What a notice page says; ParseError when it is no notice."""
        with _in_words(page):
            return _family(family, page).notice(page, source)


def _family(name: str, page: Page) -> Family:
    family = FAMILIES.get(name)
    if family is None:
        raise ParseError(page.url, f"no family is called {name!r}")
    return family


@contextmanager
def _in_words(page: Page) -> Iterator[None]:
    if len(page.body) > MOST_BYTES:
        raise ParseError(page.url, f"more than {MOST_BYTES // (1024 * 1024)} MB")
    try:
        yield
    except _CHOKED as error:
        raise ParseError(page.url, f"cannot be read: {type(error).__name__}: {str(error)[:120]}") from error
