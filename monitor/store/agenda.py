"""日程: what feeds and calendars are made from: of each notice its last change, and what was told before it.

Baseline notices are here too: their open deadlines count from the first day (DESIGN, decision 4). What
an editor has dropped is not. Nothing is decided here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, or_, select

from monitor.calendar import History, State
from monitor.feed import Entry
from monitor.model import ChangeRecord, Decision, Kind
from monitor.store.changes import RECORDS, SECTION, last_of, read_all
from monitor.store.encode import read_deadlines
from monitor.store.engine import Database
from monitor.store.tables import change, notice, posting, review, verdict, version

AT_ONCE = 500
# In compact JSON, where a quotation mark inside a text has a backslash before it.
_DATE = re.compile(r'(?<!\\)"date":"(\d{4}-\d\d-\d\d)"')

DATED = (
    select(change.c.notice_id, version.c.deadlines)
    .join(version, version.c.id == change.c.version_id)
    .where(version.c.deadlines != "[]")
    .order_by(change.c.notice_id)
)
STATES = (
    select(
        change.c.notice_id, change.c.kind, change.c.at, version.c.at.label("shown_at"), version.c.deadlines
    )
    .join(version, version.c.id == change.c.version_id)
    .where(change.c.notice_id.in_(bindparam("notices", expanding=True)))
    .order_by(change.c.id)
)
CREATED = select(notice.c.id, notice.c.created_at).where(
    notice.c.id.in_(bindparam("notices", expanding=True))
)
FIRST_TOLD = (
    select(change.c.notice_id, func.min(change.c.at).label("told_at"))
    .where(change.c.notice_id.in_(bindparam("notices", expanding=True)), change.c.kind != Kind.BASELINE.value)
    .group_by(change.c.notice_id)
)
LAST_CHANGES = RECORDS.where(
    change.c.id == last_of(change), or_(review.c.id.is_(None), review.c.decision != Decision.DROP.value)
)
TOUCHED = (
    select(func.max(change.c.at)),
    select(func.max(version.c.at)),
    select(func.max(verdict.c.at)),
    select(func.max(review.c.at)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which notices: of a section, standing at one of these sources; None for all."""

    section: str | None = None
    sources: tuple[str, ...] | None = None


class Agenda:
    """Notices as feeds and calendars need them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def histories(self, wanted: Wanted, since: date) -> tuple[History, ...]:
        """Of every notice that was ever told with a deadline on or after `since`, oldest notice first."""
        with self._database.reading() as connection:
            notices = _dated(connection, since)
            some = (notices[at : at + AT_ONCE] for at in range(0, len(notices), AT_ONCE))
            return tuple(history for ids in some for history in _histories(connection, ids, wanted))

    def news(self, wanted: Wanted, limit: int) -> tuple[Entry, ...]:
        """The notices whose last change is the newest, newest first; withdrawn ones too, baselines not."""
        statement = LAST_CHANGES.where(*_chosen(wanted), change.c.kind != Kind.BASELINE.value)
        with self._database.reading() as connection:
            last = read_all(connection, statement.order_by(change.c.id.desc()).limit(limit))
            ids = {"notices": [each.notice_id for each in last]}
            created = {row.id: row.created_at for row in connection.execute(CREATED, ids)}
            told = {row.notice_id: row.told_at for row in connection.execute(FIRST_TOLD, ids)}
        return tuple(
            Entry(last=each, told_at=told[each.notice_id], created_at=created[each.notice_id])
            for each in last
        )

    def touched(self) -> datetime | None:
        """When what feeds show last changed: a change, a version, a section; None before the first one."""
        with self._database.reading() as connection:
            found = [connection.execute(each).scalar() for each in TOUCHED]
        return max((at for at in found if at is not None), default=None)


def _chosen(wanted: Wanted) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = []
    if wanted.section is not None:
        chosen.append(SECTION.in_([wanted.section]))
    if wanted.sources is not None:
        at = exists().where(posting.c.notice_id == change.c.notice_id)
        chosen.append(at.where(posting.c.source_id.in_(wanted.sources)))
    return chosen


def _dated(connection: Connection, since: date) -> list[int]:
    """Notices with a date on or after `since`. Dates as text sort like dates: nothing is parsed."""
    day = since.isoformat()
    found = connection.execute(DATED)
    return list(
        dict.fromkeys(row.notice_id for row in found if max(_DATE.findall(row.deadlines), default="") >= day)
    )


def _histories(connection: Connection, ids: Sequence[int], wanted: Wanted) -> Iterable[History]:
    statement = LAST_CHANGES.where(*_chosen(wanted), change.c.notice_id.in_(ids))
    last = {each.notice_id: each for each in read_all(connection, statement.order_by(change.c.notice_id))}
    if not last:
        return
    notices = {"notices": list(last)}
    created = {row.id: row.created_at for row in connection.execute(CREATED, notices)}
    states: dict[int, list[tuple[State, datetime]]] = {}
    for row in connection.execute(STATES, notices):
        deadlines = read_deadlines(json.loads(row.deadlines))
        state = State(at=row.at, kind=Kind(row.kind), deadlines=deadlines)
        states.setdefault(row.notice_id, []).append((state, row.shown_at))
    for notice_id, record in last.items():
        yield _history(record, created[notice_id], states[notice_id])


def _history(last: ChangeRecord, created_at: datetime, states: Sequence[tuple[State, datetime]]) -> History:
    return History(
        last=last,
        created_at=created_at,
        modified_at=max(at for state, shown_at in states for at in (state.at, shown_at)),
        states=tuple(state for state, _ in states),
    )
