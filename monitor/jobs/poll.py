"""One poll of one list, and what stands on its further pages: after an outage, a move, for a backfill."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from monitor.decide import breaker
from monitor.decide.breaker import Held
from monitor.decide.rows import horizon, is_baseline, keyed, not_before, reaches, reads_on
from monitor.errors import FetchError, ParseError, SourceError
from monitor.jobs.lists import Look, further_pages
from monitor.jobs.rooms import Rooms, Wish
from monitor.model import ListingItem, Source, SourceState
from monitor.store import Move
from monitor.urls import canonical

log = logging.getLogger(__name__)

MOST_CAUGHT_UP = 10  # list pages read back after an outage; more looks like another site
MOST_BACKFILLED = 200
REMEMBERED = 1000  # the pages of a site that has moved are watched for months
NO_SUCH_PAGE = (404, 410)

Rows = Mapping[str, ListingItem]


@dataclass(frozen=True, kw_only=True)
class Poll:
    """A list page as it came, and what it meets. `held` is what is held of its source so far."""

    source: Source
    state: SourceState
    held: Held | None
    found: Look
    rooms: Rooms
    wish: Wish

    @cached_property
    def page(self) -> Rows:
        """The rows of the first page by key."""
        return keyed(self.found.listing.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """A list that is believed, and as what it is taken in.

    `is_new`: nobody has seen it like this before, and what is dated before `since` is no news. `moves` are
    the rows that stood elsewhere; `leaves`: what it does not show stands nowhere any more. `further` are the
    rows of further pages that come with it.
    """

    is_new: bool = False
    since: date | None = None
    leaves: bool = False
    moves: tuple[Move, ...] = ()
    further: Rows = field(default_factory=dict)

    def is_baseline(self, item: ListingItem, state: SourceState) -> bool:
        """Whether a row that nobody has seen is no news."""
        return is_baseline(item, state) or (self.is_new and breaker.is_old(item, self.since))

    def goes_on(self, page: Rows, known: frozenset[str], state: SourceState) -> bool:
        """Whether more news may stand behind this page."""
        return reads_on(page, known, state) and not self.is_baseline(list(page.values())[-1], state)

    def horizon(self, page: Rows, state: SourceState) -> date | None:
        """The day before which nothing is news: for new addresses, the one that this list reaches back to."""
        reach = horizon(tuple(page.values()))
        if state.baseline_at is None:
            return reach
        if not self.leaves:
            return state.horizon
        lowest = min(filter(None, (reach, self.since)), default=None)
        return max(filter(None, (lowest, state.horizon)), default=None)


async def further_rows(poll: Poll, belief: Belief) -> tuple[Rows, bool]:
    """Rows of page 2 and after: back to the day of a backfill, or to where we know the rows again.

    And whether any of these pages had a row that we know.
    """
    source, back, rooms = poll.source, poll.wish.backfill_since, poll.rooms
    page, rows, meets_known = poll.page, dict[str, ListingItem](), False
    pages = further_pages(source, poll.found, rooms)
    moved = {move.key for move in belief.moves}
    for read in range(MOST_BACKFILLED if back else MOST_CAUGHT_UP):
        known = await rooms.store.run(rooms.store.sources.known, source.id, list(page))
        meets_known = meets_known or (read > 0 and bool(known))
        if not (reaches(page, back) or belief.goes_on(page, known | moved, poll.state)):
            break
        listing = await anext(pages, None)
        if listing is None:
            break
        log.info("list.further", extra={"source": source.id, "page": read + 2})
        page = keyed(listing.items)
        rows.update((key, item) for key, item in page.items() if key not in poll.page)
    return {key: item for key, item in rows.items() if not_before(item, back)}, meets_known


async def moves(poll: Poll) -> tuple[Move, ...]:
    """The rows that stood elsewhere; on further pages too, as long as watched pages have not been met."""
    store, source = poll.rooms.store, poll.source
    known = await store.run(store.moves.remembered, source.id, list(poll.page), most=REMEMBERED)
    watched = {canonical(each.item.url) for each in await store.run(store.notices.watched, source.id)}
    rows = dict(poll.page)
    old = breaker.moved(rows, known)
    pages = further_pages(source, poll.found, poll.rooms)
    for _ in range(MOST_CAUGHT_UP):
        if watched <= rows.keys() | set(old.values()):
            break
        try:
            listing = await anext(pages, None)
        except SourceError as error:
            if not is_final(error):
                raise
            break
        if listing is None:
            break
        rows |= keyed(listing.items)
        old = breaker.moved(rows, known)
    return tuple(Move(old_key=old[key], key=key, item=item) for key, item in rows.items() if key in old)


def is_final(error: SourceError) -> bool:
    """Whether there is no such further page, rather than none today."""
    return isinstance(error, ParseError) or (isinstance(error, FetchError) and error.status in NO_SUCH_PAGE)
