"""One run: the sites live through their days, the program polls them, and both are written down."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.decide.workdays import OwnDays
from monitor.demo.columns import Column
from monitor.demo.exchange import Answer, Ask, not_found
from monitor.demo.noise import Noise
from monitor.demo.sim.acts import STRANGE, Act
from monitor.demo.sim.house import open_house, rule
from monitor.demo.sim.pages import look
from monitor.demo.sim.places import columns, source
from monitor.demo.sim.script import Plot, plot
from monitor.demo.sim.served import Book, Shown, What
from monitor.demo.sim.server import serving
from monitor.demo.sim.site import Site
from monitor.demo.sim.weather import WELL, Fault, Weather, spoilt
from monitor.jobs.check import check_all
from monitor.jobs.rooms import Checked, Rooms, Wish
from monitor.jobs.watch import watch
from monitor.model import ChangeRecord, Condition, Status
from monitor.store import ChangeFilter

START = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # a Monday morning in China
CRASHED = "unexpected failure"
_PLAIN = (200, 201)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is asked of a run. `every` is the pause between two polls."""

    days: int
    columns: int
    seed: int
    every: timedelta = timedelta(hours=4)
    faulty: float = 0.05


@dataclass(slots=True)
class Street:
    """All the sites of a run, one clock, and the book."""

    plots: Sequence[Plot]
    weather: Weather
    now: datetime
    sites: dict[str, Site] = field(default_factory=dict)
    book: Book = field(default_factory=Book)
    visits: Counter[str] = field(default_factory=Counter)
    _done: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for told in self.plots:
            self.sites[told.column.host] = Site(told.column, told.older)
            self._done[told.column.host] = 0

    def until(self, at: datetime) -> None:
        """Everything happens that happens until this instant."""
        self.now = at
        for told in self.plots:
            host = told.column.host
            site, events = self.sites[host], told.events
            while self._done[host] < len(events) and events[self._done[host]].at <= at:
                event = events[self._done[host]]
                self._done[host] += 1
                site.happen(event, told.rows[event.notice] if event.act is Act.PUBLISH else None)

    def is_right(self, column_id: str) -> bool:
        """Whether a column shows its own rows, in whatever clothes, as a person sees who looks at it."""
        site = next(site for site in self.sites.values() if site.column.id == column_id)
        return not site.suffers(self.now) & set(STRANGE)

    def answer(self, ask: Ask) -> tuple[Answer, Fault]:
        """What a visitor gets, and what is wrong with it; what is whole is written in the book."""
        site = self.sites[ask.host]
        suffers = site.suffers(self.now)
        self.visits[ask.host] += 1
        visit = self.visits[ask.host]
        fault = self.weather.fault(ask.host, visit, suffers)
        if ask.path == "/robots.txt":
            return not_found(), fault if fault is Fault.CLOSED else Fault.NONE
        seen = look(site, ask, at=self.now, noise=Noise(visit=visit, now=self.now))
        self.book.answers += 1
        fault = _that_fits(fault, seen.answer, ask)
        shown = _left(seen.shown, fault)
        if shown is not None:
            self.book.write(site.column.id, self.now, shown)
        self.book.spoilt += fault not in WELL
        return spoilt(seen.answer, fault), fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """How the check of one column ended at an instant, and in what condition it then was."""

    at: datetime
    checked: Checked
    condition: Condition


@dataclass(slots=True)
class Played:
    """What a run has left. `changes` are those told, oldest first; `left` how many the log has at the end."""

    run: Run
    street: Street
    polls: dict[str, list[Poll]]
    changes: dict[str, list[ChangeRecord]]
    left: int = 0
    seconds: float = 0.0

    @property
    def count(self) -> int:
        """How many polls there were."""
        return sum(map(len, self.polls.values()))

    @property
    def crashed(self) -> list[tuple[str, datetime]]:
        """Checks that ended in a fault of the program's own."""
        every = [(column_id, poll) for column_id, polls in self.polls.items() for poll in polls]
        return [(column_id, poll.at) for column_id, poll in every if poll.checked.error.startswith(CRASHED)]


def _left(shown: Shown | None, fault: Fault) -> Shown | None:
    """What an answer still shows: a page that is not here once is not here, whatever the reason."""
    if fault is Fault.ABSENT and shown and shown.what is What.PAGE:
        return Shown(what=What.GONE, notice=shown.notice, by_chance=True)
    if fault is Fault.ABSENT and shown and shown.what is What.GONE:
        return shown
    return shown if fault in WELL else None


def _that_fits(fault: Fault, answer: Answer, ask: Ask) -> Fault:
    """Half a page is only half where there is a page, and a file is told from half a file by nobody."""
    is_page = answer.status in _PLAIN and not ask.path.endswith(".docx")
    return Fault.NONE if fault in (Fault.HALF, Fault.CUT, Fault.MISLABELLED) and not is_page else fault


def street(run: Run, plots: Sequence[Plot] | None = None) -> Street:
    """The sites of a run, before its first day; `plots` are their stories where they are told by hand."""
    written = plots or [
        plot(column, number=number, start=START, days=run.days, seed=run.seed)
        for number, column in enumerate(columns(run.columns))
    ]
    return Street(plots=written, weather=Weather(run.seed, run.faulty), now=START)


async def play(sites: Street, *, run: Run, folder: Path, config: Path) -> Played:
    """Play a run in an empty folder."""
    began = time.perf_counter()
    watched = [told.column for told in sites.plots]
    played = Played(
        run=run,
        street=sites,
        polls={column.id: [] for column in watched},
        changes={column.id: [] for column in watched},
    )
    async with (
        serving(sites.answer) as port,
        open_house(watched, folder=folder, config=config, port=port, now=lambda: sites.now) as rooms,
    ):
        await _live(played, watched, rooms)
        played.left = len(rooms.store.notices.changes(ChangeFilter()))
    played.seconds = time.perf_counter() - began
    return played


async def _live(played: Played, watched: Sequence[Column], rooms: Rooms) -> None:
    """Poll after poll. What was told is taken down at once: corrections may come to stand in its place."""
    sources = [source(column) for column in watched]
    run, sites, polls = played.run, played.street, played.polls
    at = START
    while at < START + timedelta(days=run.days):
        sites.until(at)
        ended = {one.id: one for one in await check_all(sources, rooms, Wish(), done=lambda _: None)}
        for each in await watch(sources, rooms.store, at, works=OwnDays().works):
            done = Poll(at=at, checked=ended[each.source.id], condition=each.health.condition)
            polls[each.source.id].append(done)
            if done.checked.status is Status.HELD:
                await rule(rooms, each.source.id, is_right=sites.is_right(each.source.id), now=at)
        for record in reversed(rooms.store.notices.changes(ChangeFilter(since=at))):
            played.changes[record.source_id].append(record)
        at += run.every
