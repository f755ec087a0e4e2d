"""What we mean by a notice, and what is decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.source import Attachment


class Kind(StrEnum):
    """Kinds of change (DESIGN, the words)."""

    BASELINE = "baseline"
    NEW = "new"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    DEADLINE_MOVED = "deadline_moved"


class Decision(StrEnum):
    """An editor's word on a notice."""

    KEEP = "keep"
    DROP = "drop"
    DEFER = "defer"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day (and time) by which readers must have acted, with the words it came from.

    `place` names the attachment in which the words stand, "" for the page itself.
    """

    date: date
    time: str | None
    what: str
    kind: str
    raw: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field whose value does not agree with another one, and why, in a Chinese sentence."""

    field: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """通知公告: what we mean by a notice. Unknown is None or empty, never a guess.

    `unread` marks a notice told from its row alone because its page could not be read. Not compared between
    versions: `printed_number`, the document number as the page writes it, `bodies`, the issuers by the names
    they have today, and `doubts`.
    """

    url: str
    title: str
    doc_number: str | None = None
    index_number: str | None = None
    issuers: tuple[str, ...] = ()
    signed_on: date | None = None
    published_on: date | None = None
    effective_on: date | None = None
    deadlines: tuple[Deadline, ...] = ()
    contacts: tuple[str, ...] = ()
    body: str = ""
    attachments: tuple[Attachment, ...] = ()
    unread: bool = False
    printed_number: str | None = None
    bodies: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Relation(StrEnum):
    """What one notice is to another that it is linked to, never merged with (decision 7)."""

    INTERPRETS = "interprets"
    PUBLICISES = "publicises"
    FORWARDS = "forwards"
    RELATED = "related"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different from the version before. `summary` is one Chinese line for readers."""

    kind: Kind
    fields: tuple[str, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The machine's guess of a section, with reasons that an editor understands."""

    section: str
    confidence: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What the store shall write for one notice: decided by the core, carried out in one transaction.

    `change` is None where a version replaces another without anything to tell: a page that could
    at last be read, a better reading of the same bytes.
    """

    notice: Notice
    fingerprint: str
    change: Change | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An editor's decision. Rows are appended; the last counts."""

    notice_id: int
    decision: Decision
    section: str | None
    why: str
    who: str
    at: datetime
