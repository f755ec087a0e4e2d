"""What is remembered between two checks: sources, postings, versions, changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from monitor.model.notice import Kind, Notice, Relation, Review, Verdict
from monitor.model.source import ListingItem, Validators
from monitor.model.telling import Delivery


class Status(StrEnum):
    """How a source's last check ended (CONTRACT, `check`)."""

    OK = "ok"
    UNCHANGED = "unchanged"
    BASELINE = "baseline"
    BLOCKED = "blocked"
    EMPTY = "empty"
    HELD = "held"
    FAILED = "failed"

    @property
    def is_trouble(self) -> bool:
        """Whether an operator should look."""
        return self in (Status.BLOCKED, Status.EMPTY, Status.HELD, Status.FAILED)


class Condition(StrEnum):
    """What is the matter with a source, over more than one check."""

    WELL = "well"
    NEW = "new"
    LATE = "late"
    SHRUNK = "shrunk"
    EMPTY = "empty"
    BLOCKED = "blocked"
    HELD = "held"
    FAILING = "failing"

    @property
    def is_trouble(self) -> bool:
        """Whether a person should look."""
        return self not in (Condition.WELL, Condition.NEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A trouble of a source from when it was noticed until it ended; open while `until` is None.

    `told_at` is when operators were called, None as long as it may pass by itself. A person may have
    acknowledged it: then it counts no more for exit codes.
    """

    id: int
    source_id: str
    condition: Condition
    reason: str
    since: datetime
    told_at: datetime | None = None
    until: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What we remember of a source between two checks."""

    id: str
    status: Status | None = None
    reason: str = ""
    since: datetime | None = None
    family: str | None = None
    items: int = 0
    failures: int = 0
    baseline_at: datetime | None = None
    horizon: date | None = None
    usual: int = 0
    rows_fingerprint: str = ""
    validators: Validators = field(default_factory=Validators)
    last_checked_at: datetime | None = None
    last_good_at: datetime | None = None
    next_check_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """发布处: a notice at one source and URL. `settled` means that its page has been dealt with.

    `notice_id` is None until then; `last_read_at` is when its page was last read with success. Since
    `gone_at` the page says that it is not there; since `unsteady_since` its changes are held back.
    """

    id: int
    source_id: str
    item: ListingItem
    baseline: bool
    settled: bool
    notice_id: int | None
    first_seen_at: datetime
    last_read_at: datetime | None
    failures: int = 0
    gone_at: datetime | None = None
    unsteady_since: datetime | None = None
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a version was read from besides the bytes: enough to read them again the same way.

    `page_url` is the address after redirects, `item` the row as its list showed it then.
    """

    posting_id: int
    page_url: str
    content_type: str
    item: ListingItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """版本: one state of a notice.

    `raw` is the archive key of the page it was read from, `reading` how; None for versions without a page
    and for those written before this was remembered.
    """

    id: int
    notice_id: int
    at: datetime
    notice: Notice
    fingerprint: str
    raw: str | None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A notice that another one is linked to. `relation` is what `from_id` is to `to_id`."""

    from_id: int
    to_id: int
    relation: Relation
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRecord:
    """A change as the change log shows it. `section` is the last word: review before verdict.

    `source_id` is where it was seen, `sources` are all places where its notice stands.
    """

    id: int
    kind: Kind
    at: datetime
    source_id: str
    notice_id: int
    notice: Notice
    section: str
    verdict: Verdict
    summary: str = ""
    fields: tuple[str, ...] = ()
    review: Review | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRecord:
    """Everything we know of one notice, newest version first."""

    id: int
    notice: Notice
    section: str
    verdict: Verdict
    versions: tuple[Version, ...]
    postings: tuple[Posting, ...]
    changes: tuple[ChangeRecord, ...]
    reviews: tuple[Review, ...]
    deliveries: tuple[Delivery, ...]
    links: tuple[Link, ...] = ()
