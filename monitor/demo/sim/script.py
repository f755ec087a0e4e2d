"""What happens to a column over the days, from a seed: notices, their edits, and one incident after another.

An incident is what happens to a site as a whole. While one lasts that must be held for a person, and a day
around it, nothing else happens: what is edited behind a new template nobody can tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from monitor.demo.columns import Column
from monitor.demo.rows import Row
from monitor.demo.sim import words
from monitor.demo.sim.acts import MOVES, Act, Event
from monitor.demo.sim.pages import PLAIN_LISTS, PLAIN_PAGES

_SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLDER = 30  # notices that stood before the first poll
FIRST_SEEN = OLDER - 10  # those that surely stood in the list then
TAIL = 2 * DAY  # at the end nothing is published: what was listed can be read
MOST_EDITS = 3  # of one notice: more in a week is a page that flaps
YOUNG, OLD = 10 * DAY, 45 * DAY
FLAPS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What happens to a site as a whole. `lasts` None: for good. `calm`: nothing else happens meanwhile."""

    act: Act
    lasts: timedelta | None = None
    calm: bool = False
    burst: int = 0  # notices published at once while it lasts
    shapes: tuple[str, ...] = ()


INCIDENTS = (
    Incident(act=Act.OUTAGE, lasts=2 * DAY, burst=15),
    Incident(act=Act.SWAP, lasts=1.5 * DAY, calm=True),
    Incident(act=Act.MOVE),
    Incident(act=Act.LOST, lasts=2.5 * DAY),
    Incident(act=Act.TEMPLATE, calm=True),
    Incident(act=Act.EMPTY, lasts=DAY),
    Incident(act=Act.FREEZE, lasts=30 * DAY),
    Incident(act=Act.CHALLENGE, lasts=12 * HOUR),
    Incident(act=Act.REDATE, calm=True),
    Incident(act=Act.LOOK, shapes=PLAIN_LISTS),
    Incident(act=Act.ORDER),
    Incident(act=Act.GARBLE, lasts=DAY, calm=True),
    Incident(act=Act.BURST, lasts=8 * HOUR),
    Incident(act=Act.SHRINK, lasts=3 * DAY),
    Incident(act=Act.MOVE_ON),
    Incident(act=Act.MESS, lasts=8 * HOUR, calm=True),
    Incident(act=Act.DRESS, shapes=PLAIN_PAGES),
    Incident(act=Act.SLOW, lasts=8 * HOUR),
    Incident(act=Act.HANG, lasts=6 * HOUR),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A column's whole story: its older notices, what happens, and the row that each PUBLISH publishes."""

    column: Column
    older: tuple[tuple[Row, datetime], ...]
    events: tuple[Event, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Writer:
    """Writes one plot."""

    column: Column
    start: datetime
    days: int
    chance: Random
    born: list[datetime] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    calm: list[tuple[datetime, datetime]] = field(default_factory=list)
    edits: dict[int, int] = field(default_factory=dict)

    @property
    def end(self) -> datetime:
        return self.start + self.days * DAY - TAIL

    def older(self) -> tuple[tuple[Row, datetime], ...]:
        """Notices of the weeks before, oldest first."""
        at = self.start - timedelta(hours=self.chance.randint(6, 40))
        found: list[tuple[Row, datetime]] = []
        for number in reversed(range(OLDER)):
            at = _at_work(at)
            found.append((self._row(number, at), at))
            at -= DAY * self.chance.choice((0.02, 0.5, 1, 1, 2, 3))
        found.reverse()
        self.rows += [row for row, _ in found]
        self.born += [born for _, born in found]
        return tuple(found)

    def happens(self, at: datetime, act: Act, *, notice: int = -1, much: int = 0) -> None:
        """One event more."""
        self.events.append(Event(at=at, act=act, notice=notice, much=much))

    def is_calm(self, at: datetime) -> bool:
        """Whether nothing may happen at this instant."""
        return any(since <= at < until for since, until in self.calm)

    def incident(self, at: datetime, found: Incident) -> None:
        """An incident from an instant on."""
        until = at + found.lasts if found.lasts else None
        self.events.append(Event(at=at, act=found.act, until=until))
        if found.calm:
            self.calm.append((at - DAY / 4, (until or at + DAY) + DAY / 2))
        for n in range(found.burst):
            self.publish(at + DAY + n * timedelta(minutes=10))

    def publish(self, at: datetime) -> None:
        """A notice more."""
        self.born.append(at)
        self.rows.append(self._row(len(self.rows), at))
        self.happens(at, Act.PUBLISH, notice=len(self.rows) - 1)

    def flap(self, at: datetime) -> None:
        """A notice more, whose page says now this and now that for some days."""
        self.publish(at)
        number = len(self.rows) - 1
        self.edits[number] = MOST_EDITS
        for turn in range(FLAPS):
            then = at + (turn + 1) * 14 * HOUR
            if not self.is_calm(then) and then < self.end:
                self.happens(then, Act.AMOUNT, notice=number, much=500 + turn % 2)

    def edit(self, at: datetime) -> None:
        """One of the younger notices is edited, twice where it goes back."""
        reach = OLD if self.chance.random() < 0.25 else YOUNG
        young = [n for n, born in enumerate(self.born) if at - reach <= born < at - DAY / 4]
        free = [n for n in young if self.edits.get(n, 0) < MOST_EDITS]
        if not free:
            return
        number = self.chance.choice(free)
        act = self.chance.choice(self._possible(number, at))
        much = len(self.events) + 1
        self.edits[number] = self.edits.get(number, 0) + 1
        self.happens(at, act, notice=number, much=self.chance.randint(3, 20) if act is Act.DUE else much)
        if act is Act.CHANGE:
            self.edits[number] = MOST_EDITS
            self._later(at, 2.5 * DAY, Act.BACK, number)
        if act is Act.WITHDRAW:
            self.edits[number] = MOST_EDITS
            if self.chance.random() < 0.6:
                self._later(at, DAY * self.chance.choice((4, 5, 8)), Act.RESTORE, number)

    def _possible(self, number: int, at: datetime) -> list[Act]:
        acts = [Act.AMOUNT, Act.LINE, Act.PHONE]
        if not self._has(MOVES, at - DAY, at + DAY):
            acts.append(Act.TITLE)  # else nobody can tell which notice it was
            if number >= FIRST_SEEN:
                acts.append(Act.REPUBLISH)  # a row never seen with today's date is news to anybody
        row = self.rows[number]
        if words.due_on(row.text):
            acts += [Act.DUE, Act.DUE]
        if row.text.attachments:
            acts += [Act.FILE, Act.FILE]
        if not self.edits.get(number):
            acts.append(Act.CHANGE)
            born = self.born[number]
            # what is gone cannot be seen to move, and what was never seen is not missed
            if at - born > 2 * DAY and not self._has((*MOVES, Act.LOST), born, at + 15 * DAY):
                acts += [Act.WITHDRAW, Act.WITHDRAW]
        return acts

    def _has(self, acts: tuple[Act, ...], since: datetime, until: datetime) -> bool:
        return any(event.act in acts and since <= event.at < until for event in self.events)

    def _later(self, at: datetime, after: timedelta, act: Act, number: int) -> None:
        then = at + after
        while self.is_calm(then):
            then += DAY / 4
        if then < self.end:
            self.happens(then, act, notice=number)

    def _row(self, number: int, at: datetime) -> Row:
        return words.article(self.column, number, at.astimezone(_SHANGHAI).date(), self.chance)


def plot(column: Column, *, number: int, start: datetime, days: int, seed: int) -> Plot:
    """The story of the `number`th column."""
    writer = _Writer(
        column=column,
        start=start,
        days=days,
        chance=Random(f"{seed}/{column.id}"),  # noqa: S311 - a story
    )
    older = writer.older()
    for at, incident in _incidents(column, number, writer):
        writer.incident(at, incident)
    for at in _moments(writer, a_day=0.55):
        (writer.flap if writer.chance.random() < 0.04 else writer.publish)(at)
    for at in _moments(writer, a_day=0.5):
        writer.edit(at)
    pins = [n for n in range(OLDER) if n % 7 == 3]
    for at in _moments(writer, a_day=0.08):
        writer.happens(at, Act.PIN, notice=writer.chance.choice(pins))
    events = tuple(sorted(writer.events, key=lambda event: event.at))
    return _in_order(Plot(column=column, older=older, events=events, rows=tuple(writer.rows)))


def _in_order(told: Plot) -> Plot:
    """The plot with its notices numbered in the order in which they are published."""
    order = [event.notice for event in told.events if event.act is Act.PUBLISH]
    numbers = {n: n for n in range(OLDER)} | {old: OLDER + n for n, old in enumerate(order)}
    events = tuple(
        Event(at=e.at, act=e.act, notice=numbers.get(e.notice, -1), until=e.until, much=e.much)
        for e in told.events
    )
    rows = (*told.rows[:OLDER], *(told.rows[n] for n in order))
    return Plot(column=told.column, older=told.older, events=events, rows=rows)


def _incidents(column: Column, number: int, writer: _Writer) -> Iterator[tuple[datetime, Incident]]:
    """One incident after the other, every column beginning with another one."""
    possible = [each for each in INCIDENTS if not each.shapes or column.shape in each.shapes]
    place = INCIDENTS[number % len(INCIDENTS)]
    turn = possible.index(place) if place in possible else number
    at = writer.start + DAY * writer.chance.uniform(2, 3)
    while at < writer.end - 2 * DAY:
        incident = possible[turn % len(possible)]
        turn += 1
        yield at, incident
        at += (incident.lasts or 2 * DAY) + DAY * writer.chance.uniform(4, 7)


def _moments(writer: _Writer, *, a_day: float) -> Iterator[datetime]:
    """Working hours at which something happens, about so often a day, in no calm time."""
    for day in range(writer.days):
        at = _at_work(writer.start + day * DAY + HOUR * writer.chance.uniform(1, 9))
        is_work = _weekday(at) < 5 and writer.chance.random() < a_day * 1.4
        if is_work and writer.start + DAY / 4 < at < writer.end and not writer.is_calm(at):
            yield at


def _at_work(at: datetime) -> datetime:
    """The instant, or the last hour of work before it."""
    while _weekday(at) > 4:
        at -= DAY
    return at


def _weekday(at: datetime) -> int:
    day: date = at.astimezone(_SHANGHAI).date()
    return day.weekday()
