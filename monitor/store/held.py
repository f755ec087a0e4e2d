"""Polls that are not believed, one row a source, until they pass or a person has decided (decision 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update

from monitor.decide.breaker import Held, Part, Ruling
from monitor.errors import StoreError
from monitor.store.columns import UTCDateTime
from monitor.store.encode import dump, strings
from monitor.store.engine import Database, insert_into
from monitor.store.tables import alarm, held, posting, source

OF_SOURCE = select(held).where(held.c.source_id == bindparam("source"))
NOW = bindparam("now", type_=UTCDateTime())
# Somebody knows of what was the matter before. This is something else: operators are to hear of it.
NEW_ALARM = (
    update(alarm)
    .where(
        alarm.c.source_id == bindparam("source"),
        alarm.c.until.is_(None),
        alarm.c.acknowledged_at.is_not(None),
    )
    .values(until=NOW, ended_told_at=NOW)
)
DECIDED = (
    update(held)
    .where(held.c.source_id == bindparam("source"))
    .values(decided=bindparam("ruling"), decided_at=NOW, decided_by=bindparam("who"))
)
# What is right is looked at again at once, every page that is still watched among it.
LOOK_AGAIN = (
    update(source).where(source.c.id == bindparam("which")).values(next_check_at=NOW),
    update(posting)
    .where(
        posting.c.source_id == bindparam("which"),
        posting.c.settled.is_(True),
        posting.c.reread_at.is_not(None),
    )
    .values(reread_at=NOW),
)


class HeldPolls:
    """The rows of `held`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Mapping[str, Held]:
        """Everything that is held, or was accepted and not yet taken in whole, by source."""
        with self._database.reading() as connection:
            found = connection.execute(select(held).order_by(held.c.since, held.c.source_id)).mappings()
            return {row["source_id"]: _read(row) for row in found}

    def of(self, source_id: str) -> Held | None:
        """What is held of one source."""
        with self._database.reading() as connection:
            return _of(connection, source_id)

    def begin(self, event: Held) -> None:
        """One event more, in the place of what was held of its source; nobody knows of it yet."""
        told = _columns(event)
        with self._database.writing() as connection:
            statement = insert_into(connection, held).values(told)
            connection.execute(statement.on_conflict_do_update(index_elements=["source_id"], set_=told))
            connection.execute(NEW_ALARM, {"source": event.source_id, "now": event.since})

    def go_on(self, event: Held) -> None:
        """The same event as its source shows it now. What has ended or was decided meanwhile stays so."""
        still = update(held).where(held.c.source_id == event.source_id, held.c.since == event.since)
        shown = {
            "reason": event.reason,
            "after": dump(event.after),
            "rows_fingerprint": event.rows_fingerprint,
            "raw": event.raw,
        }
        with self._database.writing() as connection:
            connection.execute(still.values(shown))

    def end(self, source_id: str) -> None:
        """Nothing is held of this source any more."""
        with self._database.writing() as connection:
            connection.execute(delete(held).where(held.c.source_id == source_id))

    def decide(self, source_id: str, ruling: Ruling, *, who: str, now: datetime) -> Held:
        """A person has looked: what they have decided about. StoreError where nothing is held.

        What is accepted is looked at again at once. What was rejected may be accepted later.
        """
        with self._database.writing() as connection:
            event = _of(connection, source_id)
            if event is None or event.is_accepted:
                raise StoreError(f"nothing is held of {source_id}")
            told = {"source": source_id, "ruling": ruling.value, "now": now, "who": who}
            connection.execute(DECIDED, told)
            if ruling is Ruling.ACCEPTED:
                for statement in LOOK_AGAIN:
                    connection.execute(statement, {"which": source_id, "now": now})
            return replace(event, ruling=ruling, decided_at=now, decided_by=who)


def _of(connection: Connection, source_id: str) -> Held | None:
    row = connection.execute(OF_SOURCE, {"source": source_id}).mappings().first()
    return None if row is None else _read(row)


def _columns(event: Held) -> dict[str, object]:
    return {
        "source_id": event.source_id,
        "kind": event.part.value,
        "since": event.since,
        "reason": event.reason,
        "before": dump(event.before),
        "after": dump(event.after),
        "rows_fingerprint": event.rows_fingerprint,
        "raw": event.raw,
        "decided": event.ruling.value,
        "decided_at": event.decided_at,
        "decided_by": event.decided_by,
    }


def _read(row: RowMapping) -> Held:
    return Held(
        source_id=row["source_id"],
        part=Part(row["kind"]),
        since=row["since"],
        reason=row["reason"],
        before=strings(row["before"]),
        after=strings(row["after"]),
        rows_fingerprint=row["rows_fingerprint"],
        raw=row["raw"],
        ruling=Ruling(row["decided"]),
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
    )
