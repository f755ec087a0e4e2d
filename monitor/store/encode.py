"""Values of the model as columns and as JSON, and back.

Written by hand, so that what was stored stays readable for years: reading tolerates keys that are
missing (older rows) and keys that it does not know (a newer program went back).
"""

from __future__ import annotations

import json
from datetime import date
from typing import NotRequired, TypedDict

from sqlalchemy import RowMapping

from monitor.model import Attachment, Deadline, Doubt, Fact, ListingItem, Notice, Reading, Request, Validators


class DeadlineJson(TypedDict):
    """A deadline as stored."""

    date: str
    time: str | None
    what: str
    kind: str
    raw: NotRequired[str]
    place: NotRequired[str]


class AttachmentJson(TypedDict):
    """An attachment as stored."""

    name: str
    url: str
    digest: NotRequired[str]


class RequestJson(TypedDict):
    """A request as stored."""

    url: str
    method: str
    form: list[tuple[str, str]]
    headers: list[tuple[str, str]]


class NoticeColumns(TypedDict):
    """A notice as columns of `version`; lists are JSON."""

    url: str
    title: str
    doc_number: str | None
    index_number: str | None
    issuers: str
    signed_on: date | None
    published_on: date | None
    effective_on: date | None
    deadlines: str
    contacts: str
    body: str
    attachments: str
    unread: bool
    printed_number: str | None
    bodies: str
    doubts: str


class ItemColumns(TypedDict):
    """A row of a list as columns of `posting`."""

    url: str
    title: str
    published_on: date | None
    request: str | None
    facts: str


def notice_columns(notice: Notice) -> NoticeColumns:
    """The notice as `version` holds it."""
    return NoticeColumns(
        url=notice.url,
        title=notice.title,
        doc_number=notice.doc_number,
        index_number=notice.index_number,
        issuers=dump(notice.issuers),
        signed_on=notice.signed_on,
        published_on=notice.published_on,
        effective_on=notice.effective_on,
        deadlines=dump(deadlines_json(notice.deadlines)),
        contacts=dump(notice.contacts),
        body=notice.body,
        attachments=dump(attachments_json(notice.attachments)),
        unread=notice.unread,
        bodies=dump(notice.bodies),
        doubts=dump([(doubt.field, doubt.why) for doubt in notice.doubts]),
        printed_number=notice.printed_number,
    )


def read_notice(row: RowMapping) -> Notice:
    """The notice in a row that has the columns of `version`."""
    return Notice(
        url=row["url"],
        title=row["title"],
        doc_number=row["doc_number"],
        index_number=row["index_number"],
        issuers=strings(row["issuers"]),
        signed_on=row["signed_on"],
        published_on=row["published_on"],
        effective_on=row["effective_on"],
        deadlines=read_deadlines(json.loads(row["deadlines"])),
        contacts=strings(row["contacts"]),
        body=row["body"],
        attachments=read_attachments(json.loads(row["attachments"])),
        unread=row["unread"],
        bodies=strings(row["bodies"]),
        doubts=tuple(Doubt(field, why) for field, why in json.loads(row["doubts"])),
        printed_number=row["printed_number"],
    )


def item_columns(item: ListingItem) -> ItemColumns:
    """The row of a list as `posting` holds it."""
    return ItemColumns(
        url=item.url,
        title=item.title,
        published_on=item.published_on,
        request=None if item.request is None else dump(_request(item.request)),
        facts=dump([(fact.label, fact.value) for fact in item.facts]),
    )


def read_item(row: RowMapping | ItemColumns) -> ListingItem:
    """The row of a list in a row of `posting`."""
    return ListingItem(
        url=row["url"],
        title=row["title"],
        published_on=row["published_on"],
        request=None if row["request"] is None else _read_request(json.loads(row["request"])),
        facts=tuple(Fact(label=label, value=value) for label, value in json.loads(row["facts"])),
    )


def reading_json(reading: Reading) -> str:
    """How a version was read, as `version` holds it."""
    columns = item_columns(reading.item)
    published_on = columns["published_on"]
    item = {**columns, "published_on": published_on.isoformat() if published_on else None}
    return dump({"page_url": reading.page_url, "content_type": reading.content_type, "item": item})


def read_reading(posting_id: int | None, text: str | None) -> Reading | None:
    """What `reading_json` gave; None where it was not remembered."""
    if posting_id is None or text is None:
        return None
    found = json.loads(text)
    day = found["item"]["published_on"]
    item: ItemColumns = found["item"] | {"published_on": date.fromisoformat(day) if day else None}
    return Reading(
        posting_id=posting_id,
        page_url=found["page_url"],
        content_type=found["content_type"],
        item=read_item(item),
    )


def read_validators(row: RowMapping) -> Validators:
    """The validators in a row of `source` or `posting`."""
    return Validators(etag=row["etag"], last_modified=row["last_modified"])


def dump(value: object) -> str:
    """Compact JSON with Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def strings(text: str) -> tuple[str, ...]:
    """A JSON list of strings."""
    return tuple(json.loads(text))


def deadlines_json(deadlines: tuple[Deadline, ...]) -> list[DeadlineJson]:
    """Deadlines as stored."""
    return [
        DeadlineJson(
            date=each.date.isoformat(),
            time=each.time,
            what=each.what,
            kind=each.kind,
            raw=each.raw,
            place=each.place,
        )
        for each in deadlines
    ]


def read_deadlines(found: list[DeadlineJson]) -> tuple[Deadline, ...]:
    """What `deadlines_json` gave."""
    return tuple(
        Deadline(
            date=date.fromisoformat(each["date"]),
            time=each["time"],
            what=each["what"],
            kind=each["kind"],
            raw=each.get("raw", ""),
            place=each.get("place", ""),
        )
        for each in found
    )


def attachments_json(attachments: tuple[Attachment, ...]) -> list[AttachmentJson]:
    """Attachments as stored."""
    return [AttachmentJson(name=each.name, url=each.url, digest=each.digest) for each in attachments]


def read_attachments(found: list[AttachmentJson]) -> tuple[Attachment, ...]:
    """What `attachments_json` gave."""
    return tuple(
        Attachment(name=each["name"], url=each["url"], digest=each.get("digest", "")) for each in found
    )


def _request(request: Request) -> RequestJson:
    return RequestJson(
        url=request.url, method=request.method, form=list(request.form), headers=list(request.headers)
    )


def _read_request(found: RequestJson) -> Request:
    return Request(
        url=found["url"],
        method=found["method"],
        form=tuple((name, value) for name, value in found["form"]),
        headers=tuple((name, value) for name, value in found["headers"]),
    )
