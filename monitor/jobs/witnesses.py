"""Pages that change together: the template has changed, and not what they say (decision 6).

What re-read pages seem to tell is not settled before others have been heard: when one has changed, a few
more of its source are read as witnesses. If nearly all have, none of it is told: one event is held until
they read as before or a person has decided. A source with too few watched pages is believed.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.decide.breaker import (
    MOST_SAID,
    MOST_WITNESSES,
    WITNESSES,
    Held,
    Part,
    are_still,
    is_drastic,
    is_template,
    may_be_together,
    together,
)
from monitor.jobs.rooms import Rooms
from monitor.model import Kind, Notice, Posting, Source
from monitor.store import Settlement

log = logging.getLogger(__name__)

MOST_TRIED = 2 * MOST_WITNESSES  # some pages cannot be read
OF_TEXT = (Kind.REVISED, Kind.DEADLINE_MOVED)


@dataclass(slots=True, kw_only=True)
class Bench:
    """What the re-read pages of one check say. `held` is what is held of the source, or was accepted."""

    held: Held | None = None
    read: int = 0
    differing: list[Settlement] = field(default_factory=list)
    heard: set[int] = field(default_factory=set)

    def hear(self, posting: Posting, decided: Settlement | None) -> Settlement | None:
        """A page has been read again: what may be settled of it now, None for nothing or not yet."""
        if posting.notice_id is None or not posting.settled:
            return decided
        change = decided.intent.change if decided else None
        if decided and (change is None or change.kind not in OF_TEXT):
            return decided
        self.read += 1
        if decided is None:
            return None
        if self._is_accepted(posting):
            return _as_correction(decided)
        self.differing.append(decided)
        return None

    @property
    def changed(self) -> int:
        """How many of them say something else than before."""
        return len(self.differing)

    @property
    def is_open(self) -> bool:
        """Whether the pages of the source are held already."""
        return self.held is not None and self.held.part is Part.PAGES and not self.held.is_accepted

    def needs_another(self) -> bool:
        """Whether one more witness can change the verdict."""
        if self.is_open:
            return self.read <= MOST_WITNESSES
        missing = 1 + MOST_WITNESSES - self.read
        return missing > 0 and may_be_together(self.changed, self.read, further=missing)

    def _is_accepted(self, posting: Posting) -> bool:
        """Whether a person has said of the pages as they are now that they are right, unseen since."""
        held = self.held
        if held is None or held.part is not Part.PAGES or not held.is_accepted:
            return False
        return _was_read_before(posting, held.decided_at)


async def call_witnesses(
    bench: Bench, source: Source, rooms: Rooms, read: Callable[[Sequence[Posting]], Awaitable[None]]
) -> bool:
    """Read further watched pages, most recent first, until they can say no more; whether that was enough.

    `read` reads pages as any others, as long as the site answers. Too few pages to hear are enough; too few
    that could be read today are not, unless one of them says what it said.
    """
    candidates = await _candidates(bench, source, rooms) if bench.needs_another() else []
    missed = False
    for posting in candidates[:MOST_TRIED]:
        before = bench.read
        await read([posting])
        missed = missed or bench.read == before
        if not bench.needs_another():
            return True
    if not missed or bench.read >= WITNESSES:
        return True
    return not bench.is_open and bench.changed < bench.read


async def judge(bench: Bench, source: Source, rooms: Rooms, *, heard: bool) -> Held | None:
    """What is held of the pages of a source from now on; what is left in `bench.differing` may be settled."""
    if bench.is_open:
        return await _judge_again(bench, rooms, heard=heard)
    edits = await _edits(bench, rooms)
    if together(bench.changed, bench.read) and is_template([edit for _, edit in edits]):
        if bench.held and bench.held.is_accepted:  # a new list that is right, and its pages with it
            bench.differing[:] = map(_as_correction, bench.differing)
            return None
        event = _as_shown(_event(bench, source, rooms), bench)
        await rooms.store.run(rooms.store.held.begin, event)
        log.warning("pages.held", extra={"source": source.id, "reason": event.reason})
        bench.differing.clear()
        return event
    if bench.differing and not heard:
        log.info("pages.unheard", extra={"source": source.id, "pages": bench.changed})
        # A small edit is believed unheard: the page may be edited again before anyone else can be.
        bench.differing[:] = [decided for decided, edit in edits if not is_drastic(*edit)]
    return None


async def _edits(bench: Bench, rooms: Rooms) -> list[tuple[Settlement, tuple[Notice, Notice]]]:
    """What each of the pages that differ said and says."""
    edits = []
    for each in bench.differing:
        before = await rooms.store.run(rooms.store.notices.latest, each.notice_id or 0)
        if before is not None:
            edits.append((each, (before.notice, each.intent.notice)))
    return edits


async def end_acceptance(bench: Bench, source: Source, rooms: Rooms) -> None:
    """What a person has accepted is over once every page that is watched has been read again since."""
    held = bench.held
    if held is None or not held.is_accepted:
        return
    watched = await rooms.store.run(rooms.store.notices.watched, source.id)
    if not any(_was_read_before(posting, held.decided_at) for posting in watched):
        await rooms.store.run(rooms.store.held.end, source.id)


async def _judge_again(bench: Bench, rooms: Rooms, *, heard: bool) -> Held | None:
    held = bench.held
    if held is None:
        return None
    if heard and not are_still(bench.changed, bench.read):
        log.info("pages.believed", extra={"source": held.source_id})
        await rooms.store.run(rooms.store.held.end, held.source_id)
        return None
    event = _as_shown(held, bench) if bench.differing else held
    if event != held:
        await rooms.store.run(rooms.store.held.go_on, event)
    bench.differing.clear()
    return event


async def _candidates(bench: Bench, source: Source, rooms: Rooms) -> list[Posting]:
    watched = await rooms.store.run(rooms.store.notices.watched, source.id)
    steady = [
        each
        for each in reversed(watched)
        if each.id not in bench.heard and not (each.failures or each.gone_at or each.unsteady_since)
    ]
    return sorted(steady, key=lambda each: each.first_seen_at, reverse=True)


def _event(bench: Bench, source: Source, rooms: Rooms) -> Held:
    pages = [each.intent.notice for each in bench.differing[:MOST_SAID]]
    return Held(
        source_id=source.id,
        part=Part.PAGES,
        since=rooms.now(),
        reason=f"重读的 {bench.read} 篇通知里有 {bench.changed} 篇同时变了，像是网页换了模板",
        before=tuple(f"{notice.title} {notice.url}" for notice in pages),
        after=(),
    )


def _as_shown(event: Held, bench: Bench) -> Held:
    changes = [(each.intent.notice.title, each.intent.change) for each in bench.differing[:MOST_SAID]]
    after = tuple(f"{title}：{change.summary}" for title, change in changes if change)
    return replace(event, after=after, raw=bench.differing[0].raw)


def _as_correction(decided: Settlement) -> Settlement:
    """The new reading in the place of the old one; nobody is told."""
    return replace(decided, intent=replace(decided.intent, change=None))


def _was_read_before(posting: Posting, at: datetime | None) -> bool:
    read = posting.last_read_at
    return at is not None and read is not None and read < at
