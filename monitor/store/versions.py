"""版本: the states of a notice, newest first.

Functions on a connection, for `Notices`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, insert, select

from monitor.model import Notice, Reading, Version
from monitor.store.encode import notice_columns, read_notice, read_reading, reading_json
from monitor.store.tables import version

NEW = insert(version).returning(version.c.id)
ALL = select(version).where(version.c.notice_id == bindparam("notice")).order_by(version.c.id.desc())
LATEST = ALL.limit(1)


def latest(connection: Connection, notice_id: int) -> Version | None:
    """The newest version, None for a notice that does not exist."""
    row = connection.execute(LATEST, {"notice": notice_id}).mappings().first()
    return None if row is None else read_version(row)


def all_of(connection: Connection, notice_id: int) -> tuple[Version, ...]:
    """Every version, newest first."""
    return tuple(read_version(row) for row in connection.execute(ALL, {"notice": notice_id}).mappings())


def add(
    connection: Connection,
    notice_id: int,
    notice: Notice,
    *,
    fingerprint: str,
    raw: str | None,
    reading: Reading | None,
    now: datetime,
) -> int:
    """A new state of a notice; its id."""
    told = {
        "notice_id": notice_id,
        "at": now,
        "fingerprint": fingerprint,
        "raw": raw,
        "posting_id": reading.posting_id if reading else None,
        "reading": reading_json(reading) if reading else None,
    }
    return int(connection.execute(NEW, {**told, **notice_columns(notice)}).scalar_one())


def read_version(row: RowMapping) -> Version:
    """The version in a row that has all its columns."""
    return Version(
        id=row["id"],
        notice_id=row["notice_id"],
        at=row["at"],
        notice=read_notice(row),
        fingerprint=row["fingerprint"],
        raw=row["raw"],
        reading=read_reading(row["posting_id"], row["reading"]),
    )
