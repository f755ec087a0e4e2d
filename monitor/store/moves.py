"""移站: rows that we know come back under new addresses, and their notices are read there from then on.

The old posting stays as a place where the notice once stood; its page is never asked for again, so that
its being gone proves nothing. What the rows are compared with is looked up here too. Nothing is decided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, update

from monitor.decide.breaker import Known
from monitor.model import ListingItem
from monitor.store.columns import UTCDateTime, storable
from monitor.store.encode import item_columns
from monitor.store.engine import Database
from monitor.store.rows import AT_ONCE
from monitor.store.tables import posting, version

LISTED = select(posting.c.key, posting.c.title, posting.c.published_on).where(
    posting.c.source_id == bindparam("source")
)
NEWEST = LISTED.order_by(posting.c.published_on.desc().nulls_last(), posting.c.id.desc()).limit(
    bindparam("most")
)
AMONG = LISTED.where(posting.c.key.in_(bindparam("keys", expanding=True)))
AT = select(posting).where(posting.c.source_id == bindparam("source"), posting.c.key == bindparam("key"))
WATCHED = select(posting.c.id, posting.c.key).where(
    posting.c.source_id == bindparam("source"), posting.c.settled.is_(True), posting.c.reread_at.is_not(None)
)
KEPT = ("source_id", "baseline", "settled", "notice_id", "first_seen_at", "unsteady_since")
NEW = insert(posting).returning(posting.c.id)
# Nobody has read it under its old address: then it only has another one.
READDRESSED = (
    update(posting)
    .where(posting.c.id == bindparam("which"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("key", "url", "title", "published_on", "request", "facts")
        }
        | {"failures": 0, "retry_at": None}
    )
)
LEFT = (
    update(posting)
    .where(posting.c.id == bindparam("which"))
    .values(reread_at=None, gone_at=None, retry_at=None)
)
READ_AT = (
    update(posting)
    .where(posting.c.id == bindparam("which"))
    .values(reread_at=bindparam("now", type_=UTCDateTime()))
)
# The newest version counts as read at the new posting: that page speaks for the notice from now on.
_NEWEST_OF = (
    select(func.max(version.c.id)).where(version.c.notice_id == bindparam("notice")).scalar_subquery()
)
TAKEN_OVER = (
    update(version)
    .where(version.c.id == _NEWEST_OF, version.c.posting_id == bindparam("old"))
    .values(posting_id=bindparam("new"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A row under a new address, and the key of the posting that it was."""

    old_key: str
    key: str
    item: ListingItem


class Moves:
    """Postings that become others."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remembered(self, source_id: str, keys: Collection[str], *, most: int) -> tuple[Known, ...]:
        """The newest rows of a source, newest first and so many at most; then those of the other keys."""
        with self._database.reading() as connection:
            newest = connection.execute(NEWEST, {"source": source_id, "most": most}).all()
            found = {row.key: row for row in newest}
            others = [key for key in map(storable, keys) if key not in found]
            for at in range(0, len(others), AT_ONCE):
                wanted = {"source": source_id, "keys": others[at : at + AT_ONCE]}
                found |= {row.key: row for row in connection.execute(AMONG, wanted)}
            return tuple(
                Known(key=row.key, title=row.title, published_on=row.published_on) for row in found.values()
            )

    def take_over(self, source_id: str, moves: Iterable[Move], now: datetime) -> int:
        """Let the notices of these rows stand under their new addresses, in one transaction; how many did.

        A posting that nobody has read yet only changes its address. A row whose new address is listed
        already, or whose old one is not, is left alone.
        """
        with self._database.writing() as connection:
            return sum(_take_over(connection, source_id, move, now) for move in moves)

    def leave(self, source_id: str, listed: Collection[str]) -> int:
        """Never read the pages of a source again whose keys are not among these; how many those are."""
        kept = {storable(key) for key in listed}
        with self._database.writing() as connection:
            watched = connection.execute(WATCHED, {"source": source_id}).all()
            gone = [{"which": row.id} for row in watched if row.key not in kept]
            if gone:
                connection.execute(LEFT, gone)
            return len(gone)


def _take_over(connection: Connection, source_id: str, move: Move, now: datetime) -> bool:
    old = _at(connection, source_id, move.old_key)
    if old is None or _at(connection, source_id, move.key) is not None:
        return False
    if not old["settled"]:
        columns = {f"new_{name}": value for name, value in _address(move).items()}
        connection.execute(READDRESSED, {"which": old["id"], **columns})
        return True
    _follow(connection, old, move, now)
    return True


def _follow(connection: Connection, old: RowMapping, move: Move, now: datetime) -> None:
    """A posting in the place of another, known as long; read at once where that one was watched."""
    heir = {
        **{name: old[name] for name in KEPT},
        **_address(move),
    }
    new = connection.execute(NEW, heir).scalar_one()
    wanted = {"notice": old["notice_id"], "old": old["id"], "new": new}
    spoke = connection.execute(TAKEN_OVER, wanted).rowcount > 0
    if spoke or old["reread_at"] is not None:
        connection.execute(READ_AT, {"which": new, "now": now})
    connection.execute(LEFT, {"which": old["id"]})


def _at(connection: Connection, source_id: str, key: str) -> RowMapping | None:
    return connection.execute(AT, {"source": source_id, "key": storable(key)}).mappings().first()


def _address(move: Move) -> dict[str, object]:
    return {"key": move.key, **item_columns(move.item)}
