"""Trying every source politely: what each gives today and what is not as expected. Stores nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.dates import local_date
from monitor.decide.expectation import complaints, newest
from monitor.errors import SourceError
from monitor.jobs.check import status_of
from monitor.jobs.guard import guarded
from monitor.jobs.rooms import Rooms
from monitor.jobs.trying import try_source
from monitor.model import Notice, Source, SourceState, Status

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a source gave. `error` is the reason of a trouble; without one the list was read."""

    id: str
    status: Status
    family: str | None
    items: int = 0
    newest: date | None = None
    notice: Notice | None = None
    complaints: tuple[str, ...] = ()
    error: str = ""


async def verify_all(
    sources: Sequence[Source], rooms: Rooms, *, done: Callable[[Verified], None]
) -> tuple[Verified, ...]:
    """Try sources side by side, as far as politeness lets; one that fails does not disturb the others."""
    states = await rooms.store.run(rooms.store.sources.states)

    async def one(source: Source) -> Verified:
        verified = await _verify(source, states[source.id], rooms)
        done(verified)
        return verified

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(source)) for source in sources]
    return tuple(task.result() for task in tasks)


async def _verify(source: Source, state: SourceState, rooms: Rooms) -> Verified:
    family = source.family or state.family
    with guarded("verify.crashed", log, source=source.id):
        try:
            return await _compared(source, state, rooms)
        except SourceError as error:
            return Verified(id=source.id, status=status_of(error), family=family, error=error.reason)
    return Verified(
        id=source.id, status=Status.FAILED, family=family, error="unexpected failure, see the log"
    )


async def _compared(source: Source, state: SourceState, rooms: Rooms) -> Verified:
    tried = await try_source(source, rooms)
    return Verified(
        id=source.id,
        status=Status.OK,
        family=tried.family,
        items=len(tried.listing.items),
        newest=newest(tried.listing),
        notice=tried.notice,
        complaints=complaints(
            source,
            state,
            family=tried.family,
            listing=tried.listing,
            notice=tried.notice,
            notice_error=tried.notice_error,
            today=local_date(rooms.now()),
        ),
    )
