"""When a source could not be read: opened by the check that fails, closed by the one that does not.

Functions on a connection, for `Sources`. A bulletin names the sources not read in its period.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, or_, select, update

from monitor.model import Status
from monitor.store.tables import trouble


class Trouble(NamedTuple):
    """A source was not readable from `since` to `until` (None: still), for this reason, the last one seen."""

    source_id: str
    status: Status
    reason: str
    since: datetime
    until: datetime | None = None


def open_or_update(
    connection: Connection, source_id: str, status: Status, *, reason: str, now: datetime
) -> None:
    """Remember the trouble; one that is open already only gets the newest reason."""
    told = {"status": status.value, "reason": reason}
    still = update(trouble).where(trouble.c.source_id == source_id, trouble.c.until.is_(None)).values(told)
    if connection.execute(still).rowcount == 0:
        connection.execute(insert(trouble).values(source_id=source_id, since=now, **told))


def close(connection: Connection, source_id: str, now: datetime) -> None:
    """The source can be read again."""
    connection.execute(
        update(trouble).where(trouble.c.source_id == source_id, trouble.c.until.is_(None)).values(until=now)
    )


def during(connection: Connection, since: datetime | None, until: datetime) -> tuple[Trouble, ...]:
    """Troubles that overlap the period, oldest first."""
    statement = select(trouble).where(trouble.c.since <= until)
    if since is not None:
        statement = statement.where(or_(trouble.c.until.is_(None), trouble.c.until > since))
    return tuple(
        Trouble(row.source_id, Status(row.status), row.reason, row.since, row.until)
        for row in connection.execute(statement.order_by(trouble.c.since, trouble.c.id))
    )
