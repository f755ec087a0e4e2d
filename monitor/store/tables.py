"""The tables. Rows are not the domain: nothing here leaves the store (DESIGN, decision 15).

A `table=True` class does not validate, so these classes only declare; all statements are written
against the tables at the bottom. Change a table, then add a migration: a test compares the two.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from monitor.store.columns import UTCDateTime, Words
from monitor.store.declare import (
    Row,
    instant,
    key_words,
    own_id,
    perhaps_instant,
    perhaps_words,
    points_to,
    words,
)
from monitor.store.source_tables import SourceRow
from monitor.store.telling_tables import DigestRow


class NoticeRow(Row, table=True):
    """通知公告: only the identity; what it says is in its versions."""

    __tablename__ = "notice"

    id: int | None = own_id()
    created_at: datetime = instant()


class PostingRow(Row, table=True):
    """发布处: a row of a list, `listed` until `settled`. Unsettled rows are what we owe."""

    __tablename__ = "posting"
    __table_args__ = (
        UniqueConstraint("source_id", "key"),
        Index(None, "source_id", "settled"),
        Index(None, "source_id", "reread_at"),
    )

    id: int | None = own_id()
    source_id: str = Field(foreign_key="source.id", sa_type=Words)
    key: str = Field(sa_type=Words, index=True)
    url: str = words()
    title: str = words()
    published_on: date | None = None
    request: str | None = perhaps_words()
    facts: str = words("[]")
    baseline: bool = False
    settled: bool = False
    notice_id: int | None = Field(default=None, foreign_key="notice.id", index=True)
    first_seen_at: datetime = instant()
    last_read_at: datetime | None = perhaps_instant()
    reread_at: datetime | None = perhaps_instant()
    failures: int = 0
    failed_at: datetime | None = perhaps_instant()
    reason: str = words()
    retry_at: datetime | None = perhaps_instant()
    gone_at: datetime | None = perhaps_instant()
    unsteady_since: datetime | None = perhaps_instant()
    etag: str | None = perhaps_words()
    last_modified: str | None = perhaps_words()


class VersionRow(Row, table=True):
    """版本: one state of a notice."""

    __tablename__ = "version"

    id: int | None = own_id()
    notice_id: int = points_to("notice.id", index=True)
    at: datetime = instant()
    url: str = words()
    title: str = words()
    doc_number: str | None = perhaps_words()
    index_number: str | None = perhaps_words()
    issuers: str = words("[]")
    signed_on: date | None = None
    published_on: date | None = None
    effective_on: date | None = None
    deadlines: str = words("[]")
    contacts: str = words("[]")
    body: str = words()
    attachments: str = words("[]")
    unread: bool = False
    fingerprint: str = words()
    raw: str | None = perhaps_words()
    bodies: str = words("[]")
    printed_number: str | None = perhaps_words()
    doubts: str = words("[]")
    posting_id: int | None = Field(default=None, foreign_key="posting.id", index=True)
    reading: str | None = perhaps_words()


class NoticeKeyRow(Row, table=True):
    """What a notice can be recognised by at another address (decision 7), one row a key."""

    __tablename__ = "notice_key"

    key: str = key_words()
    notice_id: int = Field(primary_key=True, foreign_key="notice.id", index=True)


class LinkRow(Row, table=True):
    """What one notice is to another: an interpretation of it, say. Never merged."""

    __tablename__ = "link"

    from_id: int = Field(primary_key=True, foreign_key="notice.id")
    to_id: int = Field(primary_key=True, foreign_key="notice.id", index=True)
    relation: str = words()
    at: datetime = instant()


class AttachmentRow(Row, table=True):
    """附件 by address: which bytes it had when it was last fetched, or why it could not be."""

    __tablename__ = "attachment"

    url: str = key_words()
    digest: str | None = perhaps_words()
    etag: str | None = perhaps_words()
    last_modified: str | None = perhaps_words()
    fetched_at: datetime | None = perhaps_instant()
    failures: int = 0
    retry_at: datetime | None = perhaps_instant()
    reason: str = words()


class FileRow(Row, table=True):
    """The text of an attachment's bytes; `reason` says why there is none, `reader` who has read it."""

    __tablename__ = "file"

    digest: str = key_words()
    size: int
    text: str = words()
    reason: str = words()
    reader: str = words()


class ChangeRow(Row, table=True):
    """变更: what readers are told, once committed. It shows the notice as of `version_id`."""

    __tablename__ = "change"

    id: int | None = own_id()
    notice_id: int = points_to("notice.id", index=True)
    version_id: int = points_to("version.id")
    source_id: str = Field(foreign_key="source.id", sa_type=Words)
    kind: str = words()
    at: datetime = Field(sa_type=UTCDateTime, index=True)
    fields: str = words("[]")
    summary: str = words()


class VerdictRow(Row, table=True):
    """判定: the machine's guess. Appended; the last counts."""

    __tablename__ = "verdict"

    id: int | None = own_id()
    notice_id: int = points_to("notice.id", index=True)
    at: datetime = instant()
    section: str = words()
    confidence: float
    because: str = words("[]")


class ReviewRow(Row, table=True):
    """审核: a person's decision. Appended; the last counts; never overwritten by a machine."""

    __tablename__ = "review"

    id: int | None = own_id()
    notice_id: int = points_to("notice.id", index=True)
    decision: str = words()
    section: str | None = perhaps_words()
    why: str = words()
    who: str = words()
    at: datetime = instant()


# Importing a module declares its tables.
DECLARED = (SourceRow, NoticeRow, DigestRow)

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
