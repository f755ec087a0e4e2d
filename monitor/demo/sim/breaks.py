"""What operators must have noticed: redesigns, each as one event, and silences, each in time.

The usual pause of a column is the longest between two of the days that its list has shown before, in
working days, old rows that were pinned or slid up left out. A list that stands still must be called late
within twice that (five working days at least: no column is late before), one that is empty or has shrunk at
the first poll that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from monitor.decide.workdays import workday
from monitor.demo.sim.acts import FOR_GOOD, STRANGE, Act, Event
from monitor.demo.sim.play import Played, Poll
from monitor.demo.sim.script import FIRST_SEEN, Plot
from monitor.demo.sim.served import What
from monitor.model import Condition, Status

_SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
PAUSES = 20
LEAST = 5
_SEEN_AS = {Act.FREEZE: Condition.LATE, Act.EMPTY: Condition.EMPTY, Act.SHRINK: Condition.SHRUNK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A silence: when it began, when it had to be noticed at the latest, when it was."""

    column: str
    act: Act
    at: datetime
    latest: datetime
    noticed: datetime | None

    @property
    def is_in_time(self) -> bool:
        """Whether it was noticed when it had to be."""
        return self.noticed is not None and self.noticed <= self.latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A redesign, or None where none was; and the events that were held for it."""

    column: str
    event: Event | None
    held: tuple[datetime, ...]


def silences(played: Played) -> Iterator[Break]:
    """Every silent break that lasted until it had to be noticed."""
    end = max(poll.at for polls in played.polls.values() for poll in polls)
    for plot in played.street.plots:
        polls = played.polls[plot.column.id]
        for event in plot.events:
            if event.act not in _SEEN_AS or event.until is None:
                continue
            latest = _latest(played, plot, event)
            if latest is not None and latest <= min(end, event.until):
                yield Break(
                    column=plot.column.id,
                    act=event.act,
                    at=event.at,
                    latest=latest,
                    noticed=_noticed(polls, event),
                )


def holds(played: Played) -> Iterator[Hold]:
    """Every redesign that was shown, with what was held for it, and whatever was held for nothing."""
    for plot in played.street.plots:
        strange = [e.at for e in played.street.book.of(plot.column.id) if e.shown.what is What.STRANGE]
        begun = list(_begun(played.polls[plot.column.id]))
        for event in plot.events:
            if event.act in FOR_GOOD or _is_strange(event, strange):
                until = (event.until or event.at + 10 * DAY) + DAY / 2
                mine = tuple(at for at in begun if event.at <= at < until)
                begun = [at for at in begun if at not in mine]
                yield Hold(column=plot.column.id, event=event, held=mine)
        begun = [at for at in begun if not _has_lost_rows(plot, at)]
        if begun:
            yield Hold(column=plot.column.id, event=None, held=tuple(begun))


def _is_strange(event: Event, seen: Sequence[datetime]) -> bool:
    """Whether rows that are not to be believed were shown to somebody while this lasted."""
    until = event.until
    return event.act in STRANGE and until is not None and any(event.at <= at < until for at in seen)


def _has_lost_rows(plot: Plot, at: datetime) -> bool:
    """Whether most of the list was missing then: three rows, all of them new, may well be doubted."""
    return any(e.act is Act.SHRINK and e.until and e.at <= at < e.until for e in plot.events)


def _begun(polls: Sequence[Poll]) -> Iterator[datetime]:
    """When something began to be held: HELD, and the last poll that could be read was not."""
    is_held = False
    for poll in polls:
        status = poll.checked.status
        if status is Status.HELD and not is_held:
            yield poll.at
        if status is Status.HELD or not status.is_trouble:
            is_held = status is Status.HELD


def _noticed(polls: Sequence[Poll], event: Event) -> datetime | None:
    seen = _SEEN_AS[event.act]
    return next((poll.at for poll in polls if poll.at >= event.at and poll.condition is seen), None)


def _latest(played: Played, plot: Plot, event: Event) -> datetime | None:
    """The first poll that could be read and had to notice it; None where nobody can say."""
    begins = event.at if event.act is not Act.FREEZE else _late_from(played, plot, event)
    polls = played.polls[plot.column.id]
    status = (Status.OK, Status.UNCHANGED, Status.EMPTY)
    readable = (poll.at for poll in polls if poll.checked.status in status)
    return next((at for at in readable if begins is not None and at >= begins), None)


def _late_from(played: Played, plot: Plot, event: Event) -> datetime | None:
    """From when on a list that stands still is late, by the days that it has shown."""
    entries = played.street.book.of(plot.column.id)
    shown = {n for entry in entries if entry.shown.what is What.ROWS for n in entry.shown.rows}
    shown = {number for number in shown if number >= FIRST_SEEN}
    notices = [played.street.sites[plot.column.host].notices[number] for number in shown]
    days = sorted({standing.row.on for standing in notices if standing.born <= event.at})
    if len(days) <= LEAST:
        return None
    pauses = [_working(before, after) for before, after in pairwise(days[-PAUSES - 1 :])]
    return _after(days[-1], max(2 * max(pauses), LEAST) + 1)


def _after(day: date, working_days: int) -> datetime:
    """The beginning of the day that is so many working days after another."""
    while working_days:
        day += DAY
        working_days -= workday(day).works
    return datetime(day.year, day.month, day.day, tzinfo=_SHANGHAI).astimezone(UTC)


def _working(after: date, until: date) -> int:
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(workday(day).works for day in days)
