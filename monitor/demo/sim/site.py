"""One column as it stands at an instant: its notices, its state of repair. Changed by events alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from monitor.demo.columns import Column
from monitor.demo.rows import Row
from monitor.demo.sim import words
from monitor.demo.sim.acts import MOVES, Act, Event
from monitor.demo.sim.places import Shape, shape

_SHANGHAI = ZoneInfo("Asia/Shanghai")
GONE = (404, 410, 200)  # how a withdrawn page answers: the last is a page that says so
SHRUNK_TO = 3


@dataclass(slots=True)
class Standing:
    """A notice where it stands now; `gone` is the status its page answers when it has been withdrawn."""

    row: Row
    number: int
    born: datetime
    is_listed: bool = True
    gone: int = 0
    file: int = 0
    before: Row | None = None


class Site:
    """One column. `happen` is the only way to change it."""

    def __init__(self, column: Column, rows: Sequence[tuple[Row, datetime]]) -> None:
        self.column = column
        self.shape: Shape = shape(column)
        self.notices: list[Standing] = []
        self.by_path: dict[str, Standing] = {}
        self.old_paths: dict[str, Standing] = {}
        self.moves = 0
        self.leads_on = False
        self.wears: set[Act] = set()
        self.frozen_at: datetime | None = None
        self._lasting: list[Event] = []
        for row, born in rows:
            self._publish(row, born)

    def happen(self, event: Event, row: Row | None = None) -> None:
        """The event happens; `row` is what a PUBLISH publishes."""
        if event.act is Act.FREEZE:
            self.frozen_at = event.at
        if event.until is not None:
            self._lasting.append(event)
        elif event.act is Act.PUBLISH and row is not None:
            self._publish(row, event.at)
        elif event.act in MOVES:
            self._move(leads_on=event.act is Act.MOVE_ON)
        elif event.notice < 0:
            self.wears ^= {event.act}
        else:
            self._to_notice(self.notices[event.notice], event)

    def now(self, act: Act, at: datetime) -> bool:
        """Whether the column suffers this at an instant."""
        if act in self.wears:
            return True
        return any(each.act is act and each.at <= at < each.until for each in self._lasting if each.until)

    def suffers(self, at: datetime) -> set[Act]:
        """All that the column suffers at an instant."""
        lasting = {each.act for each in self._lasting if each.until and each.at <= at < each.until}
        return self.wears | lasting

    def listed(self, at: datetime) -> list[Standing]:
        """The notices of the list, newest first, without regard to what the list suffers."""
        shown = [each for each in self.notices if each.is_listed]
        if self.frozen_at and self.now(Act.FREEZE, at):
            shown = [each for each in shown if each.born <= self.frozen_at]
        shown.reverse()
        return sorted(shown, key=_by_day) if Act.ORDER in self.wears else shown

    def _publish(self, row: Row, born: datetime) -> None:
        standing = Standing(row=row, number=len(self.notices), born=born)
        self.notices.append(standing)
        self._place(standing)

    def _place(self, standing: Standing) -> None:
        row = standing.row
        digest = blake2b(f"{self.column.id}/{row.id}".encode(), digest_size=16).hexdigest()
        path = self.column.article.format(on=row.on, id=row.id, hex=digest)
        standing.row = replace(row, path=f"/m{self.moves}{path}" if self.moves else path)
        self.by_path[standing.row.path] = standing

    def _move(self, *, leads_on: bool) -> None:
        self.moves += 1
        self.leads_on = leads_on
        self.old_paths |= self.by_path
        self.by_path = {}
        for standing in self.notices:
            standing.row = replace(standing.row, id=f"{self.moves}{standing.row.id[-7:]}")
            self._place(standing)

    def _to_notice(self, standing: Standing, event: Event) -> None:
        match event.act:
            case Act.WITHDRAW:
                standing.gone, standing.is_listed = GONE[event.much % len(GONE)], False
            case Act.RESTORE:
                standing.gone, standing.is_listed = 0, True
            case Act.PIN:
                standing.row = replace(standing.row, pinned=not standing.row.pinned)
            case Act.REPUBLISH:
                standing.row = replace(standing.row, on=event.at.astimezone(_SHANGHAI).date())
            case Act.FILE:
                standing.file += 1
            case Act.BACK if standing.before is not None:
                standing.row = replace(standing.row, title=standing.before.title, text=standing.before.text)
            case _:
                standing.before = standing.row
                standing.row = edited(standing.row, event)


def _by_day(standing: Standing) -> tuple[int, str]:
    return -standing.row.on.toordinal(), standing.row.id


def edited(row: Row, event: Event) -> Row:
    """The row after an edit."""
    match event.act:
        case Act.AMOUNT | Act.CHANGE:
            return words.with_amount(row, event.much)
        case Act.LINE:
            return words.with_line(row, event.much)
        case Act.PHONE:
            return words.with_phone(row, event.much)
        case Act.TITLE:
            return words.with_title(row, event.much)
        case Act.DUE:
            return words.with_due(row, event.much)
        case _:
            raise ValueError(f"{event.act} is no edit")


def redated(rows: Sequence[Row]) -> list[Row]:
    """Rows as a list shows them that has taken another day for theirs."""
    return [replace(row, on=row.on - timedelta(days=1)) for row in rows]
