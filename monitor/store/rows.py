"""Rows of list pages, remembered the moment they are listed (DESIGN, step 5).

Functions on a connection, for `Sources`. A row is a posting that nobody has dealt with yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from monitor.decide.rows import title_said
from monitor.model import ListingItem
from monitor.store.columns import storable
from monitor.store.encode import item_columns
from monitor.store.engine import insert_into
from monitor.store.tables import posting

# Databases limit the number of parameters of one statement.
AT_ONCE = 500

KNOWN = select(posting.c.id, posting.c.key, posting.c.title, posting.c.published_on).where(
    posting.c.source_id == bindparam("source"), posting.c.key.in_(bindparam("keys", expanding=True))
)
# A page that its list shows in another way is to be read at once, whatever its rhythm or failures, and in
# full: what has been corrected may stand in the list alone, and the page be as it was.
CHANGED = (
    update(posting)
    .where(posting.c.id == bindparam("which"))
    .values(
        url=bindparam("url"),
        title=bindparam("title"),
        published_on=bindparam("published_on"),
        request=bindparam("request"),
        facts=bindparam("facts"),
        reread_at=bindparam("now"),
        retry_at=None,
        etag=None,
        last_modified=None,
    )
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as listed. `key` is its canonical address; `baseline`: known before we began to watch."""

    key: str
    item: ListingItem
    baseline: bool


class KnownRow(NamedTuple):
    """What we remember of a row, as far as a list page can contradict it."""

    id: int
    key: str
    title: str
    published_on: object


def known_rows(connection: Connection, source_id: str, keys: Sequence[str]) -> dict[str, KnownRow]:
    """Which of the keys this source has listed before."""
    found: dict[str, KnownRow] = {}
    for some in _batches([storable(key) for key in keys]):
        for row in connection.execute(KNOWN, {"source": source_id, "keys": some}):
            found[row.key] = KnownRow(*row)
    return found


def remember(connection: Connection, source_id: str, rows: Sequence[Row], *, now: datetime) -> int:
    """Insert rows never seen, correct rows that have changed; how many were never seen.

    A page shows its newest row first, so rows go in from the bottom: ids grow with time. A row that a
    page lists twice counts once, as it is shown first.
    """
    known = known_rows(connection, source_id, [row.key for row in rows])
    listed = {storable(row.key): row for row in reversed(rows)}
    fresh = [_fresh(source_id, row, now) for key, row in listed.items() if key not in known]
    changed = [_changed(known[key], row, now) for key, row in listed.items() if _differs(known.get(key), row)]
    if fresh:
        connection.execute(insert_into(connection, posting).on_conflict_do_nothing(), fresh)
    if changed:
        connection.execute(CHANGED, changed)
    return len(fresh)


def add(connection: Connection, source_id: str, row: Row, *, now: datetime) -> None:
    """Insert one row that no list has shown; one that is there stays as its list shows it."""
    connection.execute(
        insert_into(connection, posting).on_conflict_do_nothing(), [_fresh(source_id, row, now)]
    )


def _differs(known: KnownRow | None, row: Row) -> bool:
    if known is None:
        return False
    if known.published_on != row.item.published_on:
        return True
    listed = storable(row.item.title)
    return known.title != listed and title_said(known.title) != title_said(listed)


def _fresh(source_id: str, row: Row, now: datetime) -> dict[str, object]:
    return {
        "source_id": source_id,
        "key": row.key,
        **item_columns(row.item),
        "baseline": row.baseline,
        "first_seen_at": now,
    }


def _changed(known: KnownRow, row: Row, now: datetime) -> dict[str, object]:
    return {"which": known.id, "now": now, **item_columns(row.item)}


def _batches(keys: list[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        yield some
