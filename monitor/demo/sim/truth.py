"""What a reader of the book must have been told: plain rules over what was served, and none of the program.

New is what was listed after the first poll, once its page was served or its row has been listed for a day.
One change for each two different states served one after the other; withdrawn when a page was gone at two
answers a day apart, the list standing both times, and it was this page's own absence; restored when it was
there again. What flaps is told four times in seven days and then once more, when it has stood for seven.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from monitor.demo.sim.served import Entry, Shown, What

DAY = timedelta(hours=24)
TOLD_IN_A_WEEK = 4
WEEK = timedelta(days=7)
NOTHING = Shown(what=What.PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A change that must have been recorded, or may: `said` and `due` are what its page said then.

    `was_held` of one that is told at the end of a flapping: when that is, a move may put off.
    """

    notice: int
    kind: str
    at: datetime
    said: tuple[str, ...] = ()
    due: date | None = None
    is_owed: bool = True
    was_held: bool = False


_State = tuple[str, str | None]


@dataclass(slots=True)
class _Life:
    """What one notice's readers know of it while the book is read: what stands, and what they were told."""

    number: int
    page: Shown = NOTHING
    file: str | None = None
    stood: _State | None = None
    told: _State | None = None
    told_page: Shown = NOTHING
    told_at: list[datetime] = field(default_factory=list)
    differed_at: datetime | None = None
    is_held: bool = False
    gone_at: datetime | None = None
    is_withdrawn: bool = False
    is_doubtful: bool = False  # a mere error was taken for an absence

    def read(self, at: datetime, seen: list[Entry], *, has_rows: bool) -> Iterator[Expected]:
        """One poll's answers about the notice."""
        shown = [entry.shown for entry in seen]
        files = [each.state for each in shown if each.what is What.FILE]
        pages = [each for each in shown if each.what is What.PAGE]
        absent = [each for each in shown if each.what is What.GONE]
        if pages:
            self.page, self.gone_at = pages[-1], None
            self._have(files)
            yield from self._there(at)
        elif absent and has_rows and self.told and all(each.is_own for each in absent):
            yield from self._gone(at, by_chance=any(each.by_chance for each in absent))

    def _have(self, files: list[str]) -> None:
        """What was never seen before is learnt, and nobody is told of it."""
        if files and self.file is None and self.told and self.stood:
            self.told, self.stood = (self.told[0], files[-1]), (self.stood[0], files[-1])
        self.file = files[-1] if files else self.file

    def _there(self, at: datetime) -> Iterator[Expected]:
        before, self.stood = self.stood, (self.page.state, self.file)
        if before != self.stood:
            self.differed_at = at
        if self.told == self.stood:
            self.told_page = self.page
        if self.told is None or self._is_dressed_anew():
            self._tell()
        elif self.is_withdrawn:
            self.is_withdrawn = False
            self._tell()
            yield replace(self._change("restored", at), is_owed=not self.is_doubtful)
        else:
            was_held = self.is_held
            if self._may_tell(at) and self.told != self.stood:
                yield replace(self._changed(at), was_held=was_held)

    def _is_dressed_anew(self) -> bool:
        """Whether its template is another one, behind which nobody can tell what was edited."""
        return self.told_page.dress != self.page.dress and not self.is_withdrawn and not self.is_held

    def _may_tell(self, at: datetime) -> bool:
        """Whether differences are told: not the fifth of a week, until a week has passed without any."""
        if self.is_held:
            self.is_held = self.differed_at is not None and at - self.differed_at < WEEK
        elif self.told != self.stood:
            self.is_held = sum(at - told < WEEK for told in self.told_at) >= TOLD_IN_A_WEEK
        return not self.is_held

    def _changed(self, at: datetime) -> Expected:
        kind = "deadline_moved" if self.page.due != self.told_page.due else "revised"
        change = replace(self._change(kind, at), is_owed=self._says_other())
        self.told_at.append(at)
        self._tell()
        return change

    def _says_other(self) -> bool:
        """Whether it is more than what a move brings along: another title, a file saved anew."""
        before, now = self.told_page, self.page
        return before.place == now.place or before.said[1:] != now.said[1:]

    def _gone(self, at: datetime, *, by_chance: bool) -> Iterator[Expected]:
        """Two errors may look like a withdrawal: who is careful enough need not tell it."""
        if self.is_withdrawn:
            return
        self.is_doubtful = by_chance or (self.is_doubtful and self.gone_at is not None)
        if self.gone_at is None:
            self.gone_at = at
        elif at - self.gone_at >= DAY:
            self.is_withdrawn, self.gone_at = True, None
            yield replace(self._change("withdrawn", at), is_owed=not self.is_doubtful)

    def _tell(self) -> None:
        self.told = self.stood = (self.page.state, self.file)
        self.told_page = self.page

    def _change(self, kind: str, at: datetime) -> Expected:
        return Expected(notice=self.number, kind=kind, at=at, said=self.page.said, due=self.page.due)


@dataclass(slots=True)
class _News:
    """Which rows are news: published after the first poll that could be read."""

    born: Sequence[datetime]
    baseline: datetime | None = None
    listed: dict[int, datetime] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)

    def read(self, at: datetime, rows: set[int], pages: set[int]) -> Iterator[Expected]:
        """One poll's rows, and the notices whose pages it served."""
        if rows and self.baseline is None:
            self.baseline = at
        for number in rows:
            self.listed.setdefault(number, at)
        lasting = {number for number in rows if at - self.listed[number] >= DAY}
        for number in sorted((lasting | (pages & self.listed.keys())) - self.told):
            self.told.add(number)
            if self.baseline is not None and self.born[number] > self.baseline:
                yield Expected(notice=number, kind="new", at=at)


def truth(entries: Iterable[Entry], born: Sequence[datetime]) -> tuple[Expected, ...]:
    """What must have been told of one column; `born` are the instants at which its notices were published."""
    lives: dict[int, _Life] = {}
    news = _News(born)
    found: list[Expected] = []
    for at, poll in groupby(entries, key=lambda entry: entry.at):
        seen = list(poll)
        shown = [entry.shown for entry in seen]
        rows = {number for each in shown if each.what is What.ROWS for number in each.rows}
        found += news.read(at, rows, {each.notice for each in shown if each.what is What.PAGE})
        for number in sorted({each.notice for each in shown if each.notice >= 0}):
            about = [entry for entry in seen if entry.shown.notice == number]
            found += lives.setdefault(number, _Life(number)).read(at, about, has_rows=bool(rows))
    return tuple(found)
