"""Troubles that operators are to hear of, once, and of their end; and what a source has taught us."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, Select, bindparam, func, insert, or_, select, update

from monitor.errors import StoreError
from monitor.model import Alarm, Condition, Piece
from monitor.store import outbox
from monitor.store.columns import UTCDateTime
from monitor.store.engine import Database
from monitor.store.tables import alarm, posting, source

OPERATORS = "operators"  # under this name their messages stand in the outbox
SEEN = 120  # so many of the latest rows of a source tell its rhythm

OPEN = select(alarm).where(alarm.c.until.is_(None)).order_by(alarm.c.since, alarm.c.id)
UNTOLD_END = (
    select(alarm)
    .where(alarm.c.until.is_not(None), alarm.c.told_at.is_not(None), alarm.c.ended_told_at.is_(None))
    .order_by(alarm.c.until, alarm.c.id)
)
SINCE = select(alarm).where(
    or_(alarm.c.until.is_(None), alarm.c.until > bindparam("since", type_=UTCDateTime()))
)
DAYS = (
    select(posting.c.published_on)
    .where(posting.c.source_id == bindparam("source"), posting.c.published_on.is_not(None))
    .order_by(posting.c.id.desc())
    .limit(SEEN)
)
NEWS = (
    select(posting.c.source_id, posting.c.first_seen_at)
    .where(posting.c.first_seen_at >= bindparam("since", type_=UTCDateTime()), posting.c.baseline.is_(False))
    .order_by(posting.c.id)
)
UPDATED = (
    update(alarm)
    .where(alarm.c.id == bindparam("which"))
    .values(condition=bindparam("new_condition"), reason=bindparam("new_reason"))
)
ENDED = (
    update(alarm)
    .where(alarm.c.id == bindparam("which"), alarm.c.until.is_(None))
    .values(until=bindparam("now", type_=UTCDateTime()))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A trouble as it stands now. `id` is that of the alarm which is open already, None for a new one."""

    id: int | None
    source_id: str
    condition: Condition
    reason: str
    since: datetime


class Alarms:
    """The rows of `alarm`, and the dates from which a source's rhythm is learnt."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self) -> tuple[Alarm, ...]:
        """Troubles that have not ended, told or not, oldest first."""
        return self._find(OPEN, {})

    def ended_untold(self) -> tuple[Alarm, ...]:
        """Troubles that operators were told of and whose end they were not."""
        return self._find(UNTOLD_END, {})

    def since(self, since: datetime) -> tuple[Alarm, ...]:
        """Troubles that were there at some time after this instant."""
        return self._find(SINCE, {"since": since})

    def note(
        self,
        noticed: Sequence[Noticed],
        *,
        ended: Collection[int] = (),
        dropped: Collection[int] = (),
        now: datetime,
    ) -> None:
        """Remember what is the matter and what no longer is, in one transaction.

        `dropped` are of sources that nobody polls any more: they end, and that is no recovery to tell.
        """
        if not noticed and not ended and not dropped:
            return
        with self._database.writing() as connection:
            for each in noticed:
                _note(connection, each)
            for which in (*ended, *dropped):
                connection.execute(ENDED, {"which": which, "now": now})
            if dropped:
                quietly = update(alarm).where(alarm.c.id.in_(dropped)).values(ended_told_at=now)
                connection.execute(quietly)

    def tell(
        self, began: Collection[int], ended: Collection[int], pieces: Sequence[Piece], now: datetime
    ) -> bool:
        """Mark as told and put the pieces into the outbox, in one transaction.

        Nothing is written and the answer is False when another process has told one of them meanwhile.
        """
        untold = (
            select(func.count())
            .select_from(alarm)
            .where(
                or_(
                    alarm.c.id.in_(began) & alarm.c.told_at.is_(None),
                    alarm.c.id.in_(ended) & alarm.c.ended_told_at.is_(None),
                )
            )
        )
        with self._database.writing() as connection:
            if connection.execute(untold).scalar_one() != len(began) + len(ended):
                return False
            connection.execute(update(alarm).where(alarm.c.id.in_(began)).values(told_at=now))
            connection.execute(update(alarm).where(alarm.c.id.in_(ended)).values(ended_told_at=now))
            outbox.put(connection, OPERATORS, pieces, now=now)
            return True

    def acknowledge(self, source_id: str, *, who: str, why: str, now: datetime) -> Alarm:
        """A person knows of the open trouble of a source; StoreError where there is none."""
        known = update(alarm).where(alarm.c.source_id == source_id, alarm.c.until.is_(None))
        told = known.values(acknowledged_at=now, acknowledged_by=who, why=why).returning(alarm)
        with self._database.writing() as connection:
            row = connection.execute(told).mappings().first()
        if row is None:
            raise StoreError(f"{source_id} has no open trouble")
        return _read(row)

    def expect_rows(self, source_id: str, rows: int) -> None:
        """A person says how long the list of a source is from now on."""
        with self._database.writing() as connection:
            connection.execute(update(source).where(source.c.id == source_id).values(usual=rows))

    def days(self, source_ids: Sequence[str]) -> Mapping[str, tuple[date, ...]]:
        """The dates of the latest rows of each source, newest row first."""
        with self._database.reading() as connection:
            return {
                source_id: tuple(connection.execute(DAYS, {"source": source_id}).scalars())
                for source_id in source_ids
            }

    def news(self, since: datetime) -> Mapping[str, tuple[datetime, ...]]:
        """When rows that were news were first seen after an instant, by source."""
        found: dict[str, list[datetime]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(NEWS, {"since": since}):
                found.setdefault(row.source_id, []).append(row.first_seen_at)
        return {source_id: tuple(instants) for source_id, instants in found.items()}

    def _find(
        self, statement: Select[*tuple[object, ...]], wanted: Mapping[str, object]
    ) -> tuple[Alarm, ...]:
        with self._database.reading() as connection:
            return tuple(_read(row) for row in connection.execute(statement, wanted).mappings())


def _note(connection: Connection, noticed: Noticed) -> None:
    if noticed.id is not None:
        told = {"which": noticed.id, "new_condition": noticed.condition.value, "new_reason": noticed.reason}
        connection.execute(UPDATED, told)
        return
    connection.execute(
        insert(alarm).values(
            source_id=noticed.source_id,
            condition=noticed.condition.value,
            reason=noticed.reason,
            since=noticed.since,
        )
    )


def _read(row: RowMapping) -> Alarm:
    return Alarm(
        id=row["id"],
        source_id=row["source_id"],
        condition=Condition(row["condition"]),
        reason=row["reason"],
        since=row["since"],
        told_at=row["told_at"],
        until=row["until"],
        acknowledged_at=row["acknowledged_at"],
        acknowledged_by=row["acknowledged_by"],
        why=row["why"],
    )
