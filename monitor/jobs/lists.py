"""Reading a source's list: the page, the rows behind a shell, further pages. Steps 3 and 4."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from monitor.decide.asked import question
from monitor.errors import EmptyListing, FetchError
from monitor.families import FAMILIES
from monitor.jobs.rooms import Rooms
from monitor.model import (
    Listing,
    NotModified,
    Page,
    Request,
    Source,
    SourceState,
    Validators,
)

log = logging.getLogger(__name__)

MAX_STEPS = 4  # shell, token, list: a family that asks for more is going round in circles


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A list page as it came."""

    listing: Listing
    page: Page
    family: str
    validators: Validators


async def look(source: Source, state: SourceState, rooms: Rooms) -> Look | NotModified:
    """Fetch and read the first list page, or learn that it is as it was."""
    asked = question(source)
    known = state.validators if state.rows_fingerprint and state.validators.asked == asked else None
    request = _first(source)
    answer = await rooms.fetcher.get(request, http=source.http, validators=known)
    if isinstance(answer, NotModified):
        return answer
    answer = replace(answer, form=request.form)
    family = source.family or await rooms.reader.recognise(answer)
    listing, page = await follow(source, answer, family, rooms)
    # The validators of a shell say nothing about the rows behind it.
    validators = replace(page.validators, asked=asked) if page is answer else Validators()
    return Look(listing=listing, page=page, family=family, validators=validators)


async def further_pages(source: Source, first: Look, rooms: Rooms) -> AsyncIterator[Listing]:
    """The pages after the first, as long as the caller goes on and each says where the next one is."""
    listing, asked = first.listing, set[Request]()
    while listing.next is not None and listing.next not in asked:
        asked.add(listing.next)
        page = await content(listing.next, source, rooms)
        listing, _page = await follow(source, page, first.family, rooms)
        yield listing


def _first(source: Source) -> Request:
    family = FAMILIES.get(source.family or "")
    return family.first(source) if family else Request(url=source.url)


async def follow(source: Source, page: Page, family: str, rooms: Rooms) -> tuple[Listing, Page]:
    """From a page to its rows, through shells and tokens; the page that had them comes with them."""
    for _ in range(MAX_STEPS):
        found = await _listing(source, page, family, rooms)
        if isinstance(found, Listing):
            return found, page
        page = await content(found, source, rooms)
    raise FetchError(source.url, f"no list after {MAX_STEPS} steps")


async def _listing(source: Source, page: Page, family: str, rooms: Rooms) -> Listing | Request:
    try:
        found = await rooms.reader.listing(page, source, family=family)
    except EmptyListing:
        if not source.may_be_empty:
            raise
        return Listing(items=())
    if isinstance(found, Listing) and found.cut:
        log.warning("list.titles_cut", extra={"source": source.id, "rows": found.cut, "url": page.url})
    return found


async def content(request: Request, source: Source, rooms: Rooms) -> Page:
    """The answer to a request that has no "as it was"."""
    answer = await rooms.fetcher.get(request, http=source.http, validators=None)
    if isinstance(answer, NotModified):
        raise FetchError(request.url, "HTTP 304 to a request that was not conditional", status=304)
    return replace(answer, form=request.form)
