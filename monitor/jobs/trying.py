"""Trying a source: fetch and read its list and one notice, store nothing."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.errors import FetchError, SourceError
from monitor.jobs.lists import content, look
from monitor.jobs.rooms import Rooms
from monitor.model import Listing, ListingItem, Notice, NotModified, Request, Source, SourceState
from monitor.normalise import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a source gives today. `notice` is None where its page could not be read, with the reason."""

    family: str
    listing: Listing
    notice: Notice | None
    notice_error: str


async def try_source(source: Source, rooms: Rooms) -> Tried:
    """Through the same door and the same readers as a check. SourceError when the list cannot be read."""
    found = await look(source, SourceState(id=source.id), rooms)
    if isinstance(found, NotModified):
        raise FetchError(source.url, "HTTP 304 to a request that was not conditional", status=304)
    if not found.listing.items:
        return Tried(family=found.family, listing=found.listing, notice=None, notice_error="no rows")
    notice, error = None, ""
    try:
        notice = await _one(found.listing.items[0], source, found.family, rooms)
    except SourceError as trouble:
        error = trouble.reason
    return Tried(family=found.family, listing=found.listing, notice=notice, notice_error=error)


async def _one(item: ListingItem, source: Source, family: str, rooms: Rooms) -> Notice:
    request = item.request or Request(url=item.url)
    page = await content(request, source, rooms)
    raw = await rooms.reader.notice(page, source, family=family)
    return normalise(raw, item, source, bodies=rooms.bodies)
