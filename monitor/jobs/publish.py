"""Making an issue: what is kept of a period becomes a bulletin, remembered and written to a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from monitor.bulletin import compose
from monitor.dates import SHANGHAI
from monitor.errors import StoreError
from monitor.model import Bulletin, Publisher, Source, UnreadSource
from monitor.store import Store


def draft_issue(
    store: Store,
    sources: Sequence[Source],
    *,
    publisher: Publisher,
    sections: Sequence[str],
    since: datetime | None,
    until: datetime,
) -> Bulletin:
    """Draft the issue of a period (default: since the last one) and remember it.

    The number counts the issues of the month in which the period ends, in Beijing.
    """
    begin = since or store.bulletins.last_until()
    month = until.astimezone(SHANGHAI)
    number = store.bulletins.next_number(month.year, month.month)
    issue = compose(
        store.bulletins.kept(begin, until, sections),
        publisher=publisher,
        sections=sections,
        since=begin,
        until=until,
        year=month.year,
        month=month.month,
        n=number,
        unread_sources=unread_sources(store, sources, begin, until),
    )
    store.bulletins.save(issue, year=month.year, month=month.month, n=number, now=until)
    return issue


def unread_sources(
    store: Store, sources: Sequence[Source], since: datetime | None, until: datetime
) -> tuple[UnreadSource, ...]:
    """本期未能读取的信息源: enabled sources with a trouble in the period, the first one of each."""
    by_id = {source.id: source for source in sources if source.enabled}
    found: dict[str, UnreadSource] = {}
    for trouble in store.sources.troubles(since, until):
        source = by_id.get(trouble.source_id)
        if source and source.id not in found:
            found[source.id] = UnreadSource(
                id=source.id, name=source.name, url=source.url, reason=trouble.reason, since=trouble.since
            )
    return tuple(found.values())


def write_file(path: Path, data: bytes) -> None:
    """Write a whole file or nothing: beside it first, then in its place."""
    part = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"cannot write {path}: {error.strerror}") from error
