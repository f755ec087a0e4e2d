"""Reading a saved page: the same readers as a check, without a network or a database."""

from __future__ import annotations

from monitor.errors import Blocked, EmptyListing
from monitor.fetch.blocked import blocked
from monitor.fields.bodies import Bodies
from monitor.model import Listing, ListingItem, Notice, Page, Request, Source
from monitor.normalise import normalise
from monitor.reader import Reader


async def read_listing(page: Page, source: Source) -> tuple[str, Listing]:
    """The family and the rows of a list page. Blocked or ParseError when it is none."""
    refuse_challenge(page)
    async with Reader() as reader:
        family = source.family or await reader.recognise(page)
        return family, await rows(page, source, family=family, reader=reader)


async def rows(page: Page, source: Source, *, family: str, reader: Reader) -> Listing:
    """The rows of a list page that must have them itself; EmptyListing for a shell."""
    found = await reader.listing(page, source, family=family)
    if isinstance(found, Request):
        raise EmptyListing(page.url, f"a shell without rows, they come from {found.url}")
    return found


async def read_notice(page: Page, source: Source, *, bodies: Bodies) -> Notice:
    """What a notice page means. Blocked or ParseError when it is none."""
    refuse_challenge(page)
    async with Reader() as reader:
        family = source.family or await reader.recognise(page)
        raw = await reader.notice(page, source, family=family)
    row = ListingItem(url=page.url, title="", published_on=None)
    return normalise(raw, row, source, bodies=bodies)


def refuse_challenge(page: Page) -> None:
    """Blocked where a wall's answer was saved in place of the site's."""
    reason = blocked(page.status, {}, page.body)
    if reason:
        raise Blocked(page.url, reason)
