"""The tables of sources: how each is doing, what is held, who was called, what was asked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from monitor.store.columns import UTCDateTime, Words
from monitor.store.declare import Row, instant, key_words, own_id, perhaps_instant, perhaps_words, words


class SourceRow(Row, table=True):
    """What we remember of a source: its last check, its next one, and who is at it now."""

    __tablename__ = "source"

    id: str = key_words()
    status: str | None = perhaps_words()
    reason: str = words()
    since: datetime | None = perhaps_instant()
    family: str | None = perhaps_words()
    items: int = 0
    failures: int = 0
    baseline_at: datetime | None = perhaps_instant()
    horizon: date | None = None
    usual: int = 0
    rows_fingerprint: str = words()
    etag: str | None = perhaps_words()
    last_modified: str | None = perhaps_words()
    asked: str = words()
    last_checked_at: datetime | None = perhaps_instant()
    last_good_at: datetime | None = perhaps_instant()
    next_check_at: datetime = Field(sa_type=UTCDateTime, index=True)
    lease_owner: str | None = perhaps_words()
    lease_until: datetime | None = perhaps_instant()


class TroubleRow(Row, table=True):
    """A time in which a source could not be read; open while `until` is null."""

    __tablename__ = "trouble"
    __table_args__ = (Index(None, "source_id", "until"),)

    id: int | None = own_id()
    source_id: str = Field(foreign_key="source.id", sa_type=Words)
    status: str = words()
    reason: str = words()
    since: datetime = instant()
    until: datetime | None = perhaps_instant()


class HeldRow(Row, table=True):
    """A poll that was not believed (decision 6): one row a source until a person has decided."""

    __tablename__ = "held"

    source_id: str = Field(primary_key=True, foreign_key="source.id", sa_type=Words)
    kind: str = words()
    since: datetime = instant()
    reason: str = words()
    before: str = words("[]")
    after: str = words("[]")
    rows_fingerprint: str = words()
    raw: str | None = perhaps_words()
    decided: str = words()
    decided_at: datetime | None = perhaps_instant()
    decided_by: str = words()


class AlarmRow(Row, table=True):
    """A trouble that operators are to hear of, once, and of its end; open while `until` is null."""

    __tablename__ = "alarm"
    __table_args__ = (Index(None, "source_id", "until"),)

    id: int | None = own_id()
    source_id: str = Field(foreign_key="source.id", sa_type=Words)
    condition: str = words()
    reason: str = words()
    since: datetime = instant()
    told_at: datetime | None = perhaps_instant()
    until: datetime | None = perhaps_instant()
    ended_told_at: datetime | None = perhaps_instant()
    acknowledged_at: datetime | None = perhaps_instant()
    acknowledged_by: str = words()
    why: str = words()


class BudgetRow(Row, table=True):
    """Requests made to a host on a day."""

    __tablename__ = "budget"

    day: date = Field(primary_key=True)
    host: str = key_words()
    requests: int = 0


class BeatRow(Row, table=True):
    """The scheduler's heartbeat: one row."""

    __tablename__ = "beat"

    id: int = Field(primary_key=True)
    at: datetime = instant()
