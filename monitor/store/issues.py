"""One issue of the bulletin as JSON, and back (see encode.py for the manner)."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TypedDict

from monitor.model import Bulletin, BulletinItem, BulletinSection, Notice, Publisher, UnreadSource
from monitor.store.encode import (
    AttachmentJson,
    DeadlineJson,
    attachments_json,
    deadlines_json,
    dump,
    read_attachments,
    read_deadlines,
)


class NoticeJson(TypedDict, total=False):
    """A notice as printed."""

    url: str
    title: str
    doc_number: str | None
    index_number: str | None
    issuers: list[str]
    signed_on: str | None
    published_on: str | None
    effective_on: str | None
    deadlines: list[DeadlineJson]
    contacts: list[str]
    body: str
    attachments: list[AttachmentJson]
    unread: bool


class ItemJson(TypedDict):
    """A notice with its place in the issue."""

    notice_id: int
    notice: NoticeJson
    note: str


class SectionJson(TypedDict):
    """A section of the issue."""

    name: str
    items: list[ItemJson]


class PublisherJson(TypedDict):
    """The publisher at the time."""

    name: str
    phone: str
    site: str
    number: str
    closing: str


class UnreadJson(TypedDict):
    """A source not read in the period."""

    id: str
    name: str
    url: str
    reason: str
    since: str | None


class BulletinJson(TypedDict):
    """The issue."""

    number: str
    key: str
    publisher: PublisherJson
    since: str | None
    until: str
    sections: list[SectionJson]
    unread_sources: list[UnreadJson]
    published: bool


def dump_bulletin(bulletin: Bulletin) -> str:
    """The issue as JSON text."""
    publisher = bulletin.publisher
    return dump(
        BulletinJson(
            number=bulletin.number,
            key=bulletin.key,
            publisher=PublisherJson(
                name=publisher.name,
                phone=publisher.phone,
                site=publisher.site,
                number=publisher.number,
                closing=publisher.closing,
            ),
            since=_iso(bulletin.since),
            until=bulletin.until.isoformat(),
            sections=[_section(section) for section in bulletin.sections],
            unread_sources=[_unread(source) for source in bulletin.unread_sources],
            published=bulletin.published,
        )
    )


def load_bulletin(text: str) -> Bulletin:
    """The issue in what `dump_bulletin` gave."""
    found: BulletinJson = json.loads(text)
    return Bulletin(
        number=found["number"],
        key=found["key"],
        publisher=_read_publisher(found["publisher"]),
        since=_instant(found["since"]),
        until=datetime.fromisoformat(found["until"]),
        sections=tuple(_read_section(section) for section in found["sections"]),
        unread_sources=tuple(_read_unread(source) for source in found["unread_sources"]),
        published=found["published"],
    )


def _section(section: BulletinSection) -> SectionJson:
    return SectionJson(
        name=section.name,
        items=[
            ItemJson(notice_id=item.notice_id, notice=_notice(item.notice), note=item.note)
            for item in section.items
        ],
    )


def _read_section(found: SectionJson) -> BulletinSection:
    return BulletinSection(
        name=found["name"],
        items=tuple(
            BulletinItem(
                notice_id=item["notice_id"], notice=_read_notice(item["notice"]), note=item.get("note", "")
            )
            for item in found["items"]
        ),
    )


def _unread(source: UnreadSource) -> UnreadJson:
    return UnreadJson(
        id=source.id, name=source.name, url=source.url, reason=source.reason, since=_iso(source.since)
    )


def _read_unread(found: UnreadJson) -> UnreadSource:
    return UnreadSource(
        id=found["id"],
        name=found["name"],
        url=found["url"],
        reason=found["reason"],
        since=_instant(found["since"]),
    )


def _read_publisher(found: PublisherJson) -> Publisher:
    return Publisher(
        name=found["name"],
        phone=found.get("phone", ""),
        site=found.get("site", ""),
        number=found["number"],
        closing=found.get("closing", ""),
    )


def _notice(notice: Notice) -> NoticeJson:
    return NoticeJson(
        url=notice.url,
        title=notice.title,
        doc_number=notice.doc_number,
        index_number=notice.index_number,
        issuers=list(notice.issuers),
        signed_on=_iso(notice.signed_on),
        published_on=_iso(notice.published_on),
        effective_on=_iso(notice.effective_on),
        deadlines=deadlines_json(notice.deadlines),
        contacts=list(notice.contacts),
        body=notice.body,
        attachments=attachments_json(notice.attachments),
        unread=notice.unread,
    )


def _read_notice(found: NoticeJson) -> Notice:
    return Notice(
        url=found["url"],
        title=found["title"],
        doc_number=found.get("doc_number"),
        index_number=found.get("index_number"),
        issuers=tuple(found.get("issuers", ())),
        signed_on=_day(found.get("signed_on")),
        published_on=_day(found.get("published_on")),
        effective_on=_day(found.get("effective_on")),
        deadlines=read_deadlines(found.get("deadlines", [])),
        contacts=tuple(found.get("contacts", ())),
        body=found.get("body", ""),
        attachments=read_attachments(found.get("attachments", [])),
        unread=found.get("unread", False),
    )


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
