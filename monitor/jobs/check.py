"""A check: one source polled once, steps 3 to 10 of the path of a notice. No opinions: `decide` has them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.decide.rows import (
    horizon,
    is_baseline,
    keyed,
    not_before,
    reaches,
    reads_on,
    rows_fingerprint,
)
from monitor.errors import Blocked, EmptyListing, SourceError, StoreError
from monitor.jobs.endings import Endings
from monitor.jobs.guard import guarded
from monitor.jobs.lists import Look, further_pages, look
from monitor.jobs.pages import Tally, read_pages
from monitor.jobs.rooms import Checked, Rooms, Wish
from monitor.model import ListingItem, NotModified, Source, SourceState, Status
from monitor.store import Row

log = logging.getLogger(__name__)

MOST_CAUGHT_UP = 10  # list pages read back after an outage; more looks like another site
MOST_BACKFILLED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """What a check sets out from. `owes` says that pages of the source may be waiting to be read."""

    state: SourceState
    owes: bool


async def check_all(
    sources: Sequence[Source], rooms: Rooms, wish: Wish, *, done: Callable[[Checked], None]
) -> tuple[Checked, ...]:
    """Check sources side by side, as far as politeness lets. StoreError ends them all."""
    store = rooms.store
    states = await store.run(store.sources.states)
    owing = await store.run(store.notices.waiting, rooms.now())
    endings = Endings(rooms=rooms)

    async def one(source: Source) -> Checked:
        start = _Start(state=states[source.id], owes=source.id in owing)
        checked = await _check(source, start, rooms, wish, endings)
        done(checked)
        return checked

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(source)) for source in sources]
    except* StoreError as errors:
        raise errors.exceptions[0] from None
    await endings.close()
    return tuple(task.result() for task in tasks)


async def check(source: Source, rooms: Rooms, wish: Wish) -> Checked:
    """Poll one source. Whatever goes wrong with it is its status and reason, never an exception."""
    state = await rooms.store.run(rooms.store.sources.state, source.id)
    endings = Endings(rooms=rooms)
    checked = await _check(source, _Start(state=state, owes=True), rooms, wish, endings)
    await endings.close()
    return checked


async def _check(source: Source, start: _Start, rooms: Rooms, wish: Wish, endings: Endings) -> Checked:
    found: Look | NotModified | None = None
    checked = Checked(id=source.id, status=Status.FAILED, error="unexpected failure, see the log")
    with guarded("check.crashed", log, store_too=False, source=source.id):
        try:
            found = await look(source, start.state, rooms)
            checked = await _take_in(source, start, found, rooms, wish)
        except SourceError as error:
            checked = Checked(id=source.id, status=status_of(error), error=error.reason)
    await endings.write(source, start.state, found, checked)
    return checked


async def _take_in(
    source: Source, start: _Start, found: Look | NotModified, rooms: Rooms, wish: Wish
) -> Checked:
    state = start.state
    rows: dict[str, ListingItem] = {}
    same = True
    if isinstance(found, Look):
        rows = keyed(found.listing.items)
        same = rows_fingerprint(rows) == state.rows_fingerprint
        if not same or wish.backfill_since:
            await _remember(source, state, found, rooms, wish)
    items = len(rows) if isinstance(found, Look) else state.items
    if same and not start.owes and not wish.reread and not wish.backfill_since:
        return _outcome(source, state, items, Tally(), same=True)
    family = found.family if isinstance(found, Look) else source.family or state.family or "generic"
    tally = await read_pages(source, rooms, family=family, everything=wish.reread)
    return _outcome(source, state, items, tally, same=same)


async def _remember(source: Source, state: SourceState, found: Look, rooms: Rooms, wish: Wish) -> None:
    """Write down every row the moment it is listed; the page itself is kept because its rows changed."""
    store = rooms.store
    page = keyed(found.listing.items)
    backfill = wish.backfill_since is not None
    rows = [Row(key=key, item=item, baseline=is_baseline(item, state)) for key, item in page.items()]
    for key, item in (await _further_rows(source, state, found, rooms, wish)).items():
        rows.append(Row(key=key, item=item, baseline=backfill or is_baseline(item, state)))
    await store.run(store.archive.put, found.page.body)
    await store.run(
        store.sources.seen,
        source.id,
        rows,
        now=rooms.now(),
        rows_fingerprint=rows_fingerprint(page),
        validators=found.validators,
        horizon=state.horizon if state.baseline_at else horizon(found.listing.items),
        baseline_at=state.baseline_at or rooms.now(),
    )


async def _further_rows(
    source: Source, state: SourceState, found: Look, rooms: Rooms, wish: Wish
) -> dict[str, ListingItem]:
    """Rows of page 2 and after: back to the day of a backfill, or to where we know the rows again."""
    store = rooms.store
    first = page = keyed(found.listing.items)
    rows: dict[str, ListingItem] = {}
    pages = further_pages(source, found, rooms)
    for read in range(MOST_BACKFILLED if wish.backfill_since else MOST_CAUGHT_UP):
        known = await store.run(store.sources.known, source.id, list(page))
        if not (reaches(page, wish.backfill_since) or reads_on(page, known, state)):
            break
        listing = await anext(pages, None)
        if listing is None:
            break
        log.info("list.further", extra={"source": source.id, "page": read + 2})
        page = keyed(listing.items)
        rows.update((key, item) for key, item in page.items() if key not in first)
    return {key: item for key, item in rows.items() if not_before(item, wish.backfill_since)}


def _outcome(source: Source, state: SourceState, items: int, tally: Tally, *, same: bool) -> Checked:
    if tally.blocked and not tally.read:
        return Checked(id=source.id, status=Status.BLOCKED, items=items, error=tally.blocked)
    if state.baseline_at is None:
        status = Status.BASELINE
    else:
        status = Status.UNCHANGED if same and not tally.changed else Status.OK
    return Checked(id=source.id, status=status, items=items, new=tally.new)


def status_of(error: SourceError) -> Status:
    """How a check ends that met this error."""
    if isinstance(error, Blocked):
        return Status.BLOCKED
    return Status.EMPTY if isinstance(error, EmptyListing) else Status.FAILED
