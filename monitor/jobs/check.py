"""A check: one source polled once, steps 3 to 10 of the path of a notice. No opinions: `decide` has them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from monitor.decide.breaker import Held, Part
from monitor.decide.rows import rows_fingerprint
from monitor.errors import Blocked, EmptyListing, SourceError, StoreError
from monitor.jobs.believing import believe
from monitor.jobs.endings import Endings
from monitor.jobs.guard import guarded
from monitor.jobs.lists import Look, look
from monitor.jobs.pages import read_pages
from monitor.jobs.poll import Belief, Poll
from monitor.jobs.rooms import Checked, Rooms, Wish
from monitor.jobs.tally import Tally
from monitor.model import ListingItem, NotModified, Source, SourceState, Status
from monitor.store import Row

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """What a check sets out from. `owes` says that pages of the source may be waiting to be read."""

    state: SourceState
    owes: bool
    held: Held | None


async def check_all(
    sources: Sequence[Source], rooms: Rooms, wish: Wish, *, done: Callable[[Checked], None]
) -> tuple[Checked, ...]:
    """Check sources side by side, as far as politeness lets. StoreError ends them all."""
    store = rooms.store
    states = await store.run(store.sources.states)
    owing = await store.run(store.notices.waiting, rooms.now())
    held = await store.run(store.held.all)
    endings = Endings(rooms=rooms)

    async def one(source: Source) -> Checked:
        start = _Start(state=states[source.id], owes=source.id in owing, held=held.get(source.id))
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
    store = rooms.store
    state = await store.run(store.sources.state, source.id)
    held = await store.run(store.held.of, source.id)
    endings = Endings(rooms=rooms)
    checked = await _check(source, _Start(state=state, owes=True, held=held), rooms, wish, endings)
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
    state, held, items, same = start.state, start.held, start.state.items, True
    listed: Mapping[str, ListingItem] | None = None if items else {}
    if isinstance(found, Look):
        poll = Poll(source=source, state=state, held=held, found=found, rooms=rooms, wish=wish)
        listed, items = poll.page, len(poll.page)
        same = rows_fingerprint(poll.page) == state.rows_fingerprint
        if not same or wish.backfill_since:
            belief = await believe(poll)
            if isinstance(belief, Held):
                return Checked(id=source.id, status=Status.HELD, items=items, error=belief.reason)
            await _remember(poll, belief)
    held = await _list_is_well(held, rooms)
    if same and not start.owes and not held and not wish.reread and not wish.backfill_since:
        return _outcome(source, state, items, Tally(), same=True)
    family = found.family if isinstance(found, Look) else source.family or state.family or "generic"
    tally = await read_pages(source, rooms, family=family, everything=wish.reread, listed=listed, held=held)
    return _outcome(source, state, items, tally, same=same)


async def _list_is_well(held: Held | None, rooms: Rooms) -> Held | None:
    """A list that is believed again is held no more; its pages may be, or be taken over from a new one."""
    if held is None or held.part is Part.PAGES or held.is_accepted:
        return held
    log.info("list.believed", extra={"source": held.source_id})
    await rooms.store.run(rooms.store.held.end, held.source_id)
    return None


async def _remember(poll: Poll, belief: Belief) -> None:
    """Write down every row the moment it is listed; the page itself is kept because its rows changed."""
    store, source, state = poll.rooms.store, poll.source, poll.state
    if belief.leaves:
        await _move(poll, belief)
    backfill = poll.wish.backfill_since is not None
    rows = [
        Row(key=key, item=item, baseline=belief.is_baseline(item, state)) for key, item in poll.page.items()
    ]
    for key, item in belief.further.items():
        rows.append(Row(key=key, item=item, baseline=backfill or belief.is_baseline(item, state)))
    await store.run(store.archive.put, poll.found.page.body)
    await store.run(
        store.sources.seen,
        source.id,
        rows,
        now=poll.rooms.now(),
        rows_fingerprint=rows_fingerprint(poll.page),
        validators=poll.found.validators,
        horizon=belief.horizon(poll.page, state),
        baseline_at=state.baseline_at or poll.rooms.now(),
    )


async def _move(poll: Poll, belief: Belief) -> None:
    """The notices go where their rows have gone. What is not met again is not asked for where it was."""
    store, source_id = poll.rooms.store, poll.source.id
    taken = await store.run(store.moves.take_over, source_id, belief.moves, poll.rooms.now())
    listed = [*poll.page, *belief.further, *(move.key for move in belief.moves)]
    left = await store.run(store.moves.leave, source_id, listed)
    log.info("list.moved", extra={"source": source_id, "rows": taken, "left": left})


def _outcome(source: Source, state: SourceState, items: int, tally: Tally, *, same: bool) -> Checked:
    if tally.held:
        return Checked(id=source.id, status=Status.HELD, items=items, new=tally.new, error=tally.held.reason)
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
