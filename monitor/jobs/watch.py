"""Whether the sources are well, and telling operators when one is not: once, and once when it is again.

What a check said is the smaller part of it: a list that reads well and has fallen silent is a trouble too
(DESIGN, decision 3). Looks at the store only; asks no site anything.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from monitor.dates import local_date
from monitor.decide.health import Health, expect, health, must_be_told
from monitor.decide.workdays import Works
from monitor.digest.alarm import compose_alarm
from monitor.model import Address, Alarm, Source, SourceState
from monitor.store import Noticed, Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A source with its condition, and the alarm that is open for it, if there is one."""

    source: Source
    state: SourceState
    health: Health
    alarm: Alarm | None

    @property
    def since(self) -> datetime | None:
        """Since when it is so: as noticed first, else as its last check said."""
        return self.alarm.since if self.alarm else self.health.since

    @property
    def is_acknowledged(self) -> bool:
        """Whether a person knows of it."""
        return bool(self.alarm and self.alarm.acknowledged_at)

    @property
    def counts(self) -> bool:
        """Whether it is a trouble that nobody has acknowledged (CONTRACT, exit codes)."""
        return self.health.condition.is_trouble and not self.is_acknowledged


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Of which troubles operators were told just now, and of whose end."""

    began: tuple[Alarm, ...] = ()
    ended: tuple[Alarm, ...] = ()


async def watch(
    sources: Sequence[Source], store: Store, now: datetime, *, works: Works
) -> tuple[Watched, ...]:
    """The condition of every source at this instant; nothing is written."""
    states = await store.run(store.sources.states)
    days = await store.run(store.alarms.days, [source.id for source in sources])
    alarms = {alarm.source_id: alarm for alarm in await store.run(store.alarms.open)}
    found = []
    for source in sources:
        state = states.get(source.id, SourceState(id=source.id))
        # Dates ahead of today are mistakes of the site and must not hide that it has fallen silent; what is
        # older than the page was when we began is pinned, and the years before it are no pause.
        first = state.horizon or date.min
        past = [day for day in days[source.id] if first <= day <= local_date(now)]
        expected = expect(past, rows=state.usual, works=works)
        condition = health(source, state, expected, now=now, works=works)
        found.append(Watched(source=source, state=state, health=condition, alarm=alarms.pop(source.id, None)))
    return tuple(found)


async def call(
    sources: Sequence[Source],
    store: Store,
    *,
    addresses: Sequence[Address],
    now: datetime,
    link: str,
    mark: str,
    works: Works,
) -> Called:
    """Note what has begun and what has ended; tell operators what has lasted, into the outbox."""
    watched = await watch(sources, store, now, works=works)
    await _note(watched, store, now)
    fresh = await watch(sources, store, now, works=works)
    began = tuple(each.alarm for each in fresh if each.alarm and _is_due(each, each.alarm, now))
    ended = await store.run(store.alarms.ended_untold)
    if not began and not ended:
        return Called()
    pieces = compose_alarm(
        began,
        ended,
        addresses=addresses,
        sources={source.id: source for source in sources},
        link=link,
        mark=mark,
    )
    told = await store.run(
        store.alarms.tell, [alarm.id for alarm in began], [alarm.id for alarm in ended], pieces, now
    )
    if not told:
        return Called()  # another process was first
    log.info("alarm.told", extra={"began": len(began), "ended": len(ended)})
    return Called(began=began, ended=ended)


async def acknowledge(
    sources: Sequence[Source],
    source_id: str,
    store: Store,
    *,
    who: str,
    why: str,
    now: datetime,
    works: Works,
) -> Alarm:
    """A person knows what is the matter with a source. StoreError where nothing is."""
    await _note(await watch(sources, store, now, works=works), store, now)
    return await store.run(store.alarms.acknowledge, source_id, who=who, why=why, now=now)


async def _note(watched: Sequence[Watched], store: Store, now: datetime) -> None:
    """Open, go on with and close alarms. Of a source that is no longer polled nobody needs to hear."""
    troubled = [each for each in watched if each.health.condition.is_trouble]
    polled = {each.source.id for each in watched}
    still = {each.alarm.id for each in troubled if each.alarm}
    over = [alarm for alarm in await store.run(store.alarms.open) if alarm.id not in still]
    await store.run(
        store.alarms.note,
        [noticed for each in troubled if (noticed := _noticed(each, now))],
        ended=[alarm.id for alarm in over if alarm.source_id in polled],
        dropped=[alarm.id for alarm in over if alarm.source_id not in polled],
        now=now,
    )


def _noticed(watched: Watched, now: datetime) -> Noticed | None:
    """What there is to remember; None where it stands there already."""
    found, alarm = watched.health, watched.alarm
    if alarm and (alarm.condition, alarm.reason) == (found.condition, found.reason):
        return None
    return Noticed(
        id=alarm.id if alarm else None,
        source_id=watched.source.id,
        condition=found.condition,
        reason=found.reason,
        since=found.since or now,
    )


def _is_due(watched: Watched, alarm: Alarm, now: datetime) -> bool:
    if alarm.told_at is not None or alarm.acknowledged_at is not None:
        return False
    return must_be_told(watched.health, watched.state, since=alarm.since, now=now)
