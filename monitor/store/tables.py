"""The tables. Rows are not the domain: nothing here leaves the store (DESIGN, decision 15).

A `table=True` class does not validate, so these classes only declare; all statements are written
against the tables at the bottom. Change a table, then add a migration: a test compares the two.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, MetaData, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from monitor.store.columns import UTCDateTime, Words

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """Root of all tables, with a metadata of our own."""

    __tablename__: ClassVar[str]


def _at() -> datetime:
    """An instant that must be there."""
    field: datetime = Field(sa_type=UTCDateTime)
    return field


def _perhaps_at() -> datetime | None:
    """An instant that may not be there (yet)."""
    field: datetime | None = Field(default=None, sa_type=UTCDateTime)
    return field


def _words(default: str = "") -> str:
    field: str = Field(default=default, sa_type=Words)
    return field


def _perhaps_words() -> str | None:
    field: str | None = Field(default=None, sa_type=Words)
    return field


def _key() -> str:
    field: str = Field(primary_key=True, sa_type=Words)
    return field


def _id() -> int | None:
    field: int | None = Field(default=None, primary_key=True)
    return field


def _to(column: str, *, index: bool = False) -> int:
    field: int = Field(foreign_key=column, index=index)
    return field


class SourceRow(Row, table=True):
    """What we remember of a source: its last check, its next one, and who is at it now."""

    __tablename__ = "source"

    id: str = _key()
    status: str | None = _perhaps_words()
    reason: str = _words()
    since: datetime | None = _perhaps_at()
    family: str | None = _perhaps_words()
    items: int = 0
    failures: int = 0
    baseline_at: datetime | None = _perhaps_at()
    horizon: date | None = None
    usual: int = 0
    rows_fingerprint: str = _words()
    etag: str | None = _perhaps_words()
    last_modified: str | None = _perhaps_words()
    asked: str = _words()
    last_checked_at: datetime | None = _perhaps_at()
    last_good_at: datetime | None = _perhaps_at()
    next_check_at: datetime = Field(sa_type=UTCDateTime, index=True)
    lease_owner: str | None = _perhaps_words()
    lease_until: datetime | None = _perhaps_at()


class TroubleRow(Row, table=True):
    """A time in which a source could not be read; open while `until` is null."""

    __tablename__ = "trouble"
    __table_args__ = (Index(None, "source_id", "until"),)

    id: int | None = _id()
    source_id: str = Field(foreign_key="source.id", sa_type=Words)
    status: str = _words()
    reason: str = _words()
    since: datetime = _at()
    until: datetime | None = _perhaps_at()


class HeldRow(Row, table=True):
    """A poll that was not believed (decision 6): one row a source until a person has decided."""

    __tablename__ = "held"

    source_id: str = Field(primary_key=True, foreign_key="source.id", sa_type=Words)
    kind: str = _words()
    since: datetime = _at()
    reason: str = _words()
    before: str = _words("[]")
    after: str = _words("[]")
    rows_fingerprint: str = _words()
    raw: str | None = _perhaps_words()
    decided: str = _words()
    decided_at: datetime | None = _perhaps_at()
    decided_by: str = _words()


class AlarmRow(Row, table=True):
    """A trouble that operators are to hear of, once, and of its end; open while `until` is null."""

    __tablename__ = "alarm"
    __table_args__ = (Index(None, "source_id", "until"),)

    id: int | None = _id()
    source_id: str = Field(foreign_key="source.id", sa_type=Words)
    condition: str = _words()
    reason: str = _words()
    since: datetime = _at()
    told_at: datetime | None = _perhaps_at()
    until: datetime | None = _perhaps_at()
    ended_told_at: datetime | None = _perhaps_at()
    acknowledged_at: datetime | None = _perhaps_at()
    acknowledged_by: str = _words()
    why: str = _words()


class BudgetRow(Row, table=True):
    """Requests made to a host on a day."""

    __tablename__ = "budget"

    day: date = Field(primary_key=True)
    host: str = _key()
    requests: int = 0


class BeatRow(Row, table=True):
    """The scheduler's heartbeat: one row."""

    __tablename__ = "beat"

    id: int = Field(primary_key=True)
    at: datetime = _at()


class NoticeRow(Row, table=True):
    """通知公告: only the identity; what it says is in its versions."""

    __tablename__ = "notice"

    id: int | None = _id()
    created_at: datetime = _at()


class PostingRow(Row, table=True):
    """发布处: a row of a list, `listed` until `settled`. Unsettled rows are what we owe."""

    __tablename__ = "posting"
    __table_args__ = (
        UniqueConstraint("source_id", "key"),
        Index(None, "source_id", "settled"),
        Index(None, "source_id", "reread_at"),
    )

    id: int | None = _id()
    source_id: str = Field(foreign_key="source.id", sa_type=Words)
    key: str = Field(sa_type=Words, index=True)
    url: str = _words()
    title: str = _words()
    published_on: date | None = None
    request: str | None = _perhaps_words()
    facts: str = _words("[]")
    baseline: bool = False
    settled: bool = False
    notice_id: int | None = Field(default=None, foreign_key="notice.id", index=True)
    first_seen_at: datetime = _at()
    last_read_at: datetime | None = _perhaps_at()
    reread_at: datetime | None = _perhaps_at()
    failures: int = 0
    failed_at: datetime | None = _perhaps_at()
    reason: str = _words()
    retry_at: datetime | None = _perhaps_at()
    gone_at: datetime | None = _perhaps_at()
    unsteady_since: datetime | None = _perhaps_at()
    etag: str | None = _perhaps_words()
    last_modified: str | None = _perhaps_words()


class VersionRow(Row, table=True):
    """版本: one state of a notice."""

    __tablename__ = "version"

    id: int | None = _id()
    notice_id: int = _to("notice.id", index=True)
    at: datetime = _at()
    url: str = _words()
    title: str = _words()
    doc_number: str | None = _perhaps_words()
    index_number: str | None = _perhaps_words()
    issuers: str = _words("[]")
    signed_on: date | None = None
    published_on: date | None = None
    effective_on: date | None = None
    deadlines: str = _words("[]")
    contacts: str = _words("[]")
    body: str = _words()
    attachments: str = _words("[]")
    unread: bool = False
    fingerprint: str = _words()
    raw: str | None = _perhaps_words()
    bodies: str = _words("[]")
    printed_number: str | None = _perhaps_words()
    doubts: str = _words("[]")
    posting_id: int | None = Field(default=None, foreign_key="posting.id", index=True)
    reading: str | None = _perhaps_words()


class NoticeKeyRow(Row, table=True):
    """What a notice can be recognised by at another address (decision 7), one row a key."""

    __tablename__ = "notice_key"

    key: str = _key()
    notice_id: int = Field(primary_key=True, foreign_key="notice.id", index=True)


class LinkRow(Row, table=True):
    """What one notice is to another: an interpretation of it, say. Never merged."""

    __tablename__ = "link"

    from_id: int = Field(primary_key=True, foreign_key="notice.id")
    to_id: int = Field(primary_key=True, foreign_key="notice.id", index=True)
    relation: str = _words()
    at: datetime = _at()


class AttachmentRow(Row, table=True):
    """附件 by address: which bytes it had when it was last fetched, or why it could not be."""

    __tablename__ = "attachment"

    url: str = _key()
    digest: str | None = _perhaps_words()
    etag: str | None = _perhaps_words()
    last_modified: str | None = _perhaps_words()
    fetched_at: datetime | None = _perhaps_at()
    failures: int = 0
    retry_at: datetime | None = _perhaps_at()
    reason: str = _words()


class FileRow(Row, table=True):
    """The text of an attachment's bytes; `reason` says why there is none, `reader` who has read it."""

    __tablename__ = "file"

    digest: str = _key()
    size: int
    text: str = _words()
    reason: str = _words()
    reader: str = _words()


class ChangeRow(Row, table=True):
    """变更: what readers are told, once committed. It shows the notice as of `version_id`."""

    __tablename__ = "change"

    id: int | None = _id()
    notice_id: int = _to("notice.id", index=True)
    version_id: int = _to("version.id")
    source_id: str = Field(foreign_key="source.id", sa_type=Words)
    kind: str = _words()
    at: datetime = Field(sa_type=UTCDateTime, index=True)
    fields: str = _words("[]")
    summary: str = _words()


class VerdictRow(Row, table=True):
    """判定: the machine's guess. Appended; the last counts."""

    __tablename__ = "verdict"

    id: int | None = _id()
    notice_id: int = _to("notice.id", index=True)
    at: datetime = _at()
    section: str = _words()
    confidence: float
    because: str = _words("[]")


class ReviewRow(Row, table=True):
    """审核: a person's decision. Appended; the last counts; never overwritten by a machine."""

    __tablename__ = "review"

    id: int | None = _id()
    notice_id: int = _to("notice.id", index=True)
    decision: str = _words()
    section: str | None = _perhaps_words()
    why: str = _words()
    who: str = _words()
    at: datetime = _at()


class DigestRow(Row, table=True):
    """Where a digest started: changes up to `after_change` are not its business."""

    __tablename__ = "digest"

    name: str = _key()
    began_at: datetime = _at()
    after_change: int = 0


class TellingRow(Row, table=True):
    """One composition of a digest: ties what was told to the pieces that told it."""

    __tablename__ = "telling"

    id: int | None = _id()
    digest: str = _words()
    at: datetime = _at()


class ToldRow(Row, table=True):
    """This digest has told this change. Absence is what we owe."""

    __tablename__ = "told"

    digest: str = _key()
    change_id: int = Field(primary_key=True, foreign_key="change.id", index=True)
    telling_id: int = _to("telling.id")


class DeliveryRow(Row, table=True):
    """投递: one piece for one recipient, with what became of it."""

    __tablename__ = "delivery"
    __table_args__ = (Index(None, "state", "next_try_at"),)

    id: int | None = _id()
    telling_id: int = _to("telling.id", index=True)
    digest: str = _words()
    channel: str = _words()
    recipient: str = _words()
    number: int
    of: int
    subject: str = _words()
    text: str = _words()
    html: str = _words()
    state: str = _words()
    attempts: int = 0
    created_at: datetime = _at()
    next_try_at: datetime | None = _perhaps_at()
    lease_until: datetime | None = _perhaps_at()
    sent_at: datetime | None = _perhaps_at()
    died_at: datetime | None = _perhaps_at()
    answer: str = _words()
    perhaps_duplicate: bool = False
    attachments: str = _words("[]")
    called_at: datetime | None = _perhaps_at()
    replaced_by: int | None = Field(default=None, foreign_key="telling.id", index=True)


class AttemptRow(Row, table=True):
    """A post to a channel, remembered for its rate limit."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "channel", "at"),)

    id: int | None = _id()
    channel: str = _words()
    at: datetime = _at()


class BulletinRow(Row, table=True):
    """快讯: one issue, its content as JSON."""

    __tablename__ = "bulletin"

    key: str = _key()
    number: str = Field(sa_type=Words, unique=True)
    year: int
    month: int
    n: int
    until: datetime = _at()
    saved_at: datetime = _at()
    content: str = _words()


metadata = Row.metadata
source = metadata.tables["source"]
trouble = metadata.tables["trouble"]
held = metadata.tables["held"]
alarm = metadata.tables["alarm"]
budget = metadata.tables["budget"]
beat = metadata.tables["beat"]
notice = metadata.tables["notice"]
posting = metadata.tables["posting"]
version = metadata.tables["version"]
notice_key = metadata.tables["notice_key"]
link = metadata.tables["link"]
attachment = metadata.tables["attachment"]
file = metadata.tables["file"]
change = metadata.tables["change"]
verdict = metadata.tables["verdict"]
review = metadata.tables["review"]
digest = metadata.tables["digest"]
telling = metadata.tables["telling"]
told = metadata.tables["told"]
delivery = metadata.tables["delivery"]
attempt = metadata.tables["attempt"]
bulletin = metadata.tables["bulletin"]
