"""Whether a list is believed before anything is settled from it, and what it is taken in as (decision 6).

A list that is not believed is held as one event: no row of it is written. The event goes on at every poll
that shows the like, and ends by itself when the list is believed again. What a person has accepted is taken
in as it is: what is dated before the last good check was there before, what is dated later is news.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from monitor.dates import local_date
from monitor.decide import breaker
from monitor.decide.breaker import Held, Part, Past
from monitor.decide.rows import rows_fingerprint
from monitor.errors import SourceError
from monitor.jobs.poll import Belief, Poll, Rows, further_rows, is_final, moves

log = logging.getLogger(__name__)

REMEMBERED = 100  # of the newest rows: more than a page of them


async def believe(poll: Poll) -> Belief | Held:
    """A list as it is to be taken in, or what is held of it from now on."""
    if poll.state.baseline_at is None:
        return await _with_further(poll, Belief())
    past = await _past(poll)
    why = breaker.doubt(poll.page, past, meets_known=False)
    same = _same_as_held(poll)
    if why and same and not same.is_accepted:
        return await _go_on(same, why, poll)
    if why and not same:
        return await _look_behind(poll, past)
    return await _with_further(poll, await _as_it_looks(poll, past, is_accepted=why is not None))


def _same_as_held(poll: Poll) -> Held | None:
    held = poll.held
    return held if held and held.part is Part.LIST and breaker.is_like(poll.page, held) else None


async def _past(poll: Poll) -> Past:
    store, state = poll.rooms.store, poll.state
    known = await store.run(store.moves.remembered, poll.source.id, list(poll.page), most=REMEMBERED)
    since = local_date(state.last_good_at) if state.last_good_at else None
    return Past(rows=known, usual=state.usual, since=since, horizon=state.horizon)


async def _as_it_looks(poll: Poll, past: Past, *, is_accepted: bool) -> Belief:
    """The list that we know, one whose pages have moved, or the new one that a person has accepted."""
    is_moving = breaker.has_moved(poll.page, past.rows)
    leaves = is_moving or (is_accepted and breaker.is_strange(poll.page, past.rows))
    return Belief(
        is_new=is_moving or is_accepted,
        since=past.since if is_accepted else past.news_from,
        leaves=leaves,
        moves=await moves(poll) if leaves else (),
    )


async def _with_further(poll: Poll, belief: Belief) -> Belief:
    further, _ = await further_rows(poll, belief)
    return replace(belief, further=further)


async def _look_behind(poll: Poll, past: Past) -> Belief | Held:
    """After an outage a whole page may be news: then further pages lead back to rows that we know."""
    further: Rows = {}
    meets_known = False
    try:
        further, meets_known = await further_rows(poll, Belief())
    except SourceError as error:
        if not is_final(error):
            raise
    why = breaker.doubt(poll.page, past, meets_known=meets_known)
    return await _begin(poll, why, past) if why else Belief(further=further)


async def _begin(poll: Poll, why: str, past: Past) -> Held:
    event = await _as_shown(
        Held(
            source_id=poll.source.id,
            part=Part.LIST,
            since=poll.rooms.now(),
            reason=why,
            before=breaker.remembered_as(past),
            after=(),
        ),
        poll,
    )
    await poll.rooms.store.run(poll.rooms.store.held.begin, event)
    log.warning("list.held", extra={"source": poll.source.id, "reason": why})
    return event


async def _go_on(event: Held, why: str, poll: Poll) -> Held:
    """One event as long as it lasts: `after` is what the list shows today."""
    if (event.reason, event.rows_fingerprint) == (why, rows_fingerprint(poll.page)):
        return event
    event = await _as_shown(replace(event, reason=why), poll)
    await poll.rooms.store.run(poll.rooms.store.held.go_on, event)
    return event


async def _as_shown(event: Held, poll: Poll) -> Held:
    raw = await poll.rooms.store.run(poll.rooms.store.archive.put, poll.found.page.body)
    print_ = rows_fingerprint(poll.page)
    return replace(event, after=breaker.shown(poll.page), rows_fingerprint=print_, raw=raw)
