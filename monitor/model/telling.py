"""What people are told: digests, channels, pieces and deliveries; the bulletin."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from monitor.model.notice import Kind, Notice
from monitor.model.source import Level

ALERT = "alert:"  # in front of an alert's name wherever names of digests stand


class Form(StrEnum):
    """What a channel can show, and so how a digest is rendered for it."""

    MAIL = "mail"
    WECOM = "wecom"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way to people. `url` is an Apprise URL and a secret; "" means: write into the storage folder."""

    name: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One recipient of one channel, in the form that the channel shows. `recipient` is "" for a bot."""

    channel: str
    form: Form
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours in Asia/Shanghai in which nobody is disturbed; `since` after `until` spans midnight."""

    since: time
    until: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """订阅: which changes readers want, besides the sections. What is empty or None does not choose.

    `keywords` may stand anywhere in a notice, of `without` none in its heading. `within` are days from
    today in which a deadline must lie that is still open.
    """

    regions: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    kinds: tuple[Kind, ...] = ()
    keywords: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """摘要 as configured: who gets which sections when. `at` is a cron line in Asia/Shanghai.

    Without `at` it is an alert (速报): told as soon as something matches, its name begins with ALERT.
    `remind` are working days before a deadline on which it is told once more. With `heartbeat` it is
    sent even when there is nothing to tell, with `ics` its mails carry the open deadlines as a calendar.
    """

    name: str
    to: tuple[str, ...]
    at: str
    sections: tuple[str, ...]
    workdays: bool = True
    reviewed_only: bool = False
    pieces: int = 3
    wants: Wants = field(default_factory=Wants)
    quiet: Quiet | None = None
    remind: tuple[int, ...] = ()
    remind_kept_only: bool = False
    heartbeat: bool = False
    ics: bool = False

    @property
    def is_alert(self) -> bool:
        """Whether it is told at once."""
        return not self.at

    @property
    def title(self) -> str:
        """Its name as it stands in the file."""
        return self.name.removeprefix(ALERT)


class DeliveryState(StrEnum):
    """due → sending → sent, or back to due, or dead."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What is sent along with a message. `name` is as people see it, `kind` its MIME type."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One message for one recipient of one channel, ready to send. Chats show no `attachments`."""

    channel: str
    recipient: str
    number: int
    of: int
    subject: str
    text: str
    html: str = ""
    attachments: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """投递: a piece in the outbox with what became of it. `answer` is the provider's own."""

    id: int
    digest: str
    piece: Piece
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None
    answer: str = ""
    perhaps_duplicate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A piece that does not arrive: dead since `died_at`, or, if that is None, still tried.

    `called_at` is when operators were told of it.
    """

    id: int
    digest: str
    channel: str
    recipient: str
    attempts: int
    answer: str
    died_at: datetime | None
    called_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Whose bulletin it is. Settings, not constants of the program."""

    name: str
    phone: str = ""
    site: str = ""
    number: str = "({year}) {month:02d}{n:02d}期"
    closing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadSource:
    """本期未能读取的信息源: a source that could not be read in the period."""

    id: str
    name: str
    url: str
    reason: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinItem:
    """One notice as it will be printed."""

    notice_id: int
    notice: Notice
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinSection:
    """One section of an issue with its notices in printing order."""

    name: str
    items: tuple[BulletinItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """快讯: one issue. The period runs from `since` (exclusive) to `until` (inclusive)."""

    number: str
    key: str
    publisher: Publisher
    since: datetime | None
    until: datetime
    sections: tuple[BulletinSection, ...]
    unread_sources: tuple[UnreadSource, ...] = ()
    published: bool = False
