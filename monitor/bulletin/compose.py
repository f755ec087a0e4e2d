"""From the change log of a period to an issue. Talks to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from monitor.dates import local_date
from monitor.fields import organs
from monitor.model import (
    Bulletin,
    BulletinItem,
    BulletinSection,
    ChangeRecord,
    Decision,
    Kind,
    Publisher,
    UnreadSource,
)

_NOT_PRINTED = (Decision.DROP, Decision.DEFER)


def compose(
    records: Sequence[ChangeRecord],
    *,
    publisher: Publisher,
    sections: Sequence[str],
    since: datetime | None,
    until: datetime,
    year: int,
    month: int,
    n: int,
    unread_sources: Sequence[UnreadSource],
) -> Bulletin:
    """The issue of a period: each notice once, in its newest state, in the order of the sections.

    What was withdrawn, dropped or deferred is left out, and so is every section but the named ones.
    """
    printed = [record for record in _newest(records) if _is_printed(record)]
    return Bulletin(
        number=publisher.number.format(year=year, month=month, n=n),
        key=f"{year:04d}-{month:02d}{n:02d}",
        publisher=publisher,
        since=since,
        until=until,
        sections=tuple(
            _section(name, printed) for name in sections if any(r.section == name for r in printed)
        ),
        unread_sources=tuple(unread_sources),
    )


def _newest(records: Iterable[ChangeRecord]) -> list[ChangeRecord]:
    newest: dict[int, ChangeRecord] = {}
    for record in sorted(records, key=lambda record: (record.at, record.id)):
        newest[record.notice_id] = record
    return list(newest.values())


def _is_printed(record: ChangeRecord) -> bool:
    dropped = record.review is not None and record.review.decision in _NOT_PRINTED
    return record.kind is not Kind.WITHDRAWN and not dropped


def _section(name: str, records: Iterable[ChangeRecord]) -> BulletinSection:
    ours = sorted((record for record in records if record.section == name), key=_place)
    return BulletinSection(name=name, items=tuple(map(_item, ours)))


def _place(record: ChangeRecord) -> tuple[bool, date, int]:
    """The state before the provinces, then by day, then as they came in."""
    notice = record.notice
    names = notice.issuers or (notice.title,)
    day = notice.published_on or notice.signed_on or local_date(record.at)
    return any(map(organs.is_local, names)), day, record.notice_id


def _item(record: ChangeRecord) -> BulletinItem:
    read = local_date(record.at)
    words = [f"{read.year}年{read.month}月{read.day}日读取"]
    if record.kind in (Kind.REVISED, Kind.DEADLINE_MOVED) and record.summary:
        words.append(record.summary)
    return BulletinItem(notice_id=record.notice_id, notice=record.notice, note="；".join(words))
