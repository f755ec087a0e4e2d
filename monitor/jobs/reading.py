"""Reading a saved page: the same readers as a check, without a network or a database."""

from __future__ import annotations

from monitor.errors import Blocked, EmptyListing
from monitor.fetch.blocked import blocked
from monitor.model import Listing, ListingItem, Notice, Page, Request, Source
from monitor.normalise import normalise
from monitor.reader import Reader


async def read_listing(page: Page, source: Source) -> tuple[str, Listing]:
    """The family and the rows of a list page. Blocked or ParseError when it is none."""
    _refuse_challenge(page)
    reader = Reader()
    family = source.family or reader.recognise(page)
    found = await reader.listing(page, source, family=family)
    if isinstance(found, Request):
        raise EmptyListing(page.url, f"a shell without rows, they come from {found.url}")
    return family, found


async def read_notice(page: Page, source: Source) -> Notice:
    """What a notice page means. Blocked or ParseError when it is none."""
    _refuse_challenge(page)
    reader = Reader()
    raw = await reader.notice(page, source, family=source.family or reader.recognise(page))
    return normalise(raw, ListingItem(url=page.url, title="", published_on=None), source)


def _refuse_challenge(page: Page) -> None:
    reason = blocked(page.status, {}, page.body)
    if reason:
        raise Blocked(page.url, reason)
