"""The tables of what people are told: digests, deliveries, issues of the bulletin."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from monitor.store.columns import Words
from monitor.store.declare import Row, instant, key_words, own_id, perhaps_instant, points_to, words


class DigestRow(Row, table=True):
    """Where a digest started: changes up to `after_change` are not its business."""

    __tablename__ = "digest"

    name: str = key_words()
    began_at: datetime = instant()
    after_change: int = 0


class TellingRow(Row, table=True):
    """One composition of a digest: ties what was told to the pieces that told it."""

    __tablename__ = "telling"

    id: int | None = own_id()
    digest: str = words()
    at: datetime = instant()


class ToldRow(Row, table=True):
    """This digest has told this change. Absence is what we owe."""

    __tablename__ = "told"

    digest: str = key_words()
    change_id: int = Field(primary_key=True, foreign_key="change.id", index=True)
    telling_id: int = points_to("telling.id")


class DeliveryRow(Row, table=True):
    """投递: one piece for one recipient, with what became of it."""

    __tablename__ = "delivery"
    __table_args__ = (Index(None, "state", "next_try_at"),)

    id: int | None = own_id()
    telling_id: int = points_to("telling.id", index=True)
    digest: str = words()
    channel: str = words()
    recipient: str = words()
    number: int
    of: int
    subject: str = words()
    text: str = words()
    html: str = words()
    state: str = words()
    attempts: int = 0
    created_at: datetime = instant()
    next_try_at: datetime | None = perhaps_instant()
    lease_until: datetime | None = perhaps_instant()
    sent_at: datetime | None = perhaps_instant()
    died_at: datetime | None = perhaps_instant()
    answer: str = words()
    perhaps_duplicate: bool = False
    attachments: str = words("[]")
    called_at: datetime | None = perhaps_instant()
    replaced_by: int | None = Field(default=None, foreign_key="telling.id", index=True)


class AttemptRow(Row, table=True):
    """A post to a channel, remembered for its rate limit."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "channel", "at"),)

    id: int | None = own_id()
    channel: str = words()
    at: datetime = instant()


class BulletinRow(Row, table=True):
    """快讯: one issue, its content as JSON."""

    __tablename__ = "bulletin"

    key: str = key_words()
    number: str = Field(sa_type=Words, unique=True)
    year: int
    month: int
    n: int
    until: datetime = instant()
    saved_at: datetime = instant()
    content: str = words()
