"""Small running figures: requests made to a host on a day, and the scheduler's heartbeat.

Functions on a connection, for `Sources`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, select

from monitor.store.engine import insert_into
from monitor.store.tables import beat, budget

# Budgets are per day; a week of them is kept to look at.
KEPT = timedelta(days=7)


def spend(connection: Connection, day: date, counts: Mapping[str, int]) -> None:
    """Add to what was asked of each host on that day, and forget old days."""
    statement = insert_into(connection, budget)
    added = statement.on_conflict_do_update(
        index_elements=["day", "host"],
        set_={"requests": budget.c.requests + statement.excluded.requests},
    )
    rows = [{"day": day, "host": host, "requests": number} for host, number in counts.items() if number]
    if rows:
        connection.execute(added, rows)
    connection.execute(delete(budget).where(budget.c.day < day - KEPT))


def spent(connection: Connection, day: date) -> dict[str, int]:
    """Requests by host on that day."""
    statement = select(budget.c.host, budget.c.requests).where(budget.c.day == day)
    return {row.host: row.requests for row in connection.execute(statement)}


def set_beat(connection: Connection, now: datetime) -> None:
    """The scheduler lives."""
    statement = insert_into(connection, beat).values(id=1, at=now)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_={"at": statement.excluded.at})
    )


def last_beat(connection: Connection) -> datetime | None:
    """When the scheduler last said so."""
    return connection.execute(select(beat.c.at)).scalar()
