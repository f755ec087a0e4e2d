"""Whether the book says enough: a truth made from it would be empty if nobody had asked for the pages.

Every state that a page had for eight days of a sound site must have been served, every absence of ten days
twice: while the notice was watched (30 days after its deadline, else 90 after its day) and its address
known. Replays the script on sites of its own; knows nothing of the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.demo.sim import words
from monitor.demo.sim.acts import FOR_GOOD, MOVES, Act, Event
from monitor.demo.sim.pages import state_of
from monitor.demo.sim.script import Plot
from monitor.demo.sim.served import Entry, What
from monitor.demo.sim.site import Site, Standing

DAY = timedelta(days=1)
LONG = 8 * DAY  # a page is read again within a week; the eighth day is for an answer that was spoilt
ABSENT = 10 * DAY  # and a page that is gone a day later once more


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """What one page showed from one instant to another."""

    notice: int
    state: str
    since: datetime
    until: datetime
    is_gone: bool


@dataclass(slots=True)
class Covered:
    """How many states had to be served, and those that were not."""

    due: int = 0
    missing: list[Stood] = field(default_factory=list)


def coverage(plot: Plot, entries: Sequence[Entry], *, end: datetime) -> Covered:
    """What of one column's story had to be seen, and was not."""
    found = Covered()
    unsound = list(_unsound(plot.events))
    moves = [event.at for event in plot.events if event.act in MOVES]
    for stood in _states(plot, end):
        if _longest(stood, unsound) < (ABSENT if stood.is_gone else LONG):
            continue
        if any(stood.since < move < stood.until for move in moves):
            continue
        if not _is_known(entries, stood, max((m for m in moves if m < stood.since), default=None)):
            continue
        found.due += 1
        if not _is_served(entries, stood):
            found.missing.append(stood)
    return found


def _states(plot: Plot, end: datetime) -> Iterator[Stood]:
    """Every state of every page, as long as it stood and was watched."""
    site = Site(plot.column, plot.older)
    since = {n: (_state(standing), standing.born) for n, standing in enumerate(site.notices)}
    for event in plot.events:
        row = plot.rows[event.notice] if event.act is Act.PUBLISH else None
        site.happen(event, row)
        if event.notice < 0:
            continue
        standing = site.notices[event.notice]
        before = since.get(standing.number)
        if before and before[0] != _state(standing):
            yield from _stood(standing, before, min(event.at, end))
        if before is None or before[0] != _state(standing):
            since[standing.number] = (_state(standing), event.at)
    for number, last in since.items():
        yield from _stood(site.notices[number], last, end)


def _stood(standing: Standing, before: tuple[str, datetime], until: datetime) -> Iterator[Stood]:
    state, since = before
    last = min(until, _watched_until(standing))
    if since < last:
        yield Stood(notice=standing.number, state=state, since=since, until=last, is_gone=not state)


def _state(standing: Standing) -> str:
    """What the page shows, "" when it is gone."""
    return "" if standing.gone else state_of(standing.row)


def _watched_until(standing: Standing) -> datetime:
    due = words.due_on(standing.row.text)
    last = due + 30 * DAY if due else standing.row.on + 90 * DAY
    return standing.born + (last - standing.row.on)


def _unsound(events: Sequence[Event]) -> Iterator[tuple[datetime, datetime]]:
    """When the site was not sound, with half a day until it is believed again."""
    for event in events:
        if event.until is not None and event.act is not Act.FREEZE:
            yield event.at, event.until + DAY / 2
        elif event.act in FOR_GOOD:
            yield event.at, event.at + DAY


def _longest(stood: Stood, unsound: Sequence[tuple[datetime, datetime]]) -> timedelta:
    """For how long at a stretch it stood on a sound site."""
    longest, since = timedelta(), stood.since
    for begins, ends in sorted(unsound):
        longest = max(longest, min(begins, stood.until) - since)
        since = max(since, ends)
    return max(longest, stood.until - since)


def _is_known(entries: Sequence[Entry], stood: Stood, moved: datetime | None) -> bool:
    """Whether its row was served on a first page where it stands now, or soon after this began."""
    soon = stood.since + DAY
    return any(
        entry.shown.what is What.ROWS
        and entry.shown.is_first
        and stood.notice in entry.shown.rows
        and entry.at < soon
        and (moved is None or entry.at >= moved)
        for entry in entries
    )


def _is_served(entries: Sequence[Entry], stood: Stood) -> bool:
    about = [
        entry
        for entry in entries
        if entry.shown.notice == stood.notice and stood.since <= entry.at <= stood.until
    ]
    if not stood.is_gone:
        return any(entry.shown.what is What.PAGE and entry.shown.state == stood.state for entry in about)
    absent = [entry.at for entry in about if entry.shown.what is What.GONE]
    return bool(absent) and absent[-1] - absent[0] >= DAY
