"""By what a notice is recognised at another address, and what it is linked to (decision 7).

Functions on a connection, for `Notices` and `settle`. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import BindParameter, Connection, bindparam, case, func, select

from monitor.decide.identity import Tie
from monitor.model import Link, Relation, Version
from monitor.store import standing
from monitor.store.columns import storable
from monitor.store.engine import insert_into
from monitor.store.tables import link, notice_key, posting, version
from monitor.store.versions import read_version

T = TypeVar("T")

# A name that hundreds of notices share says little: only the newest are looked at.
MOST_SHARING = 200
MOST_KIN = 12
AT_ONCE = 500

KEYS: BindParameter[str] = bindparam("keys", expanding=True)
SHARING = (
    select(notice_key.c.key, notice_key.c.notice_id)
    .where(notice_key.c.key.in_(KEYS))
    .order_by(notice_key.c.notice_id.desc())
    .limit(bindparam("most"))
)
BEYOND = (
    select(notice_key.c.notice_id)
    .where(notice_key.c.key.in_(KEYS), notice_key.c.notice_id > bindparam("up_to"))
    .limit(1)
)
_NEWEST = version.alias()
_LAST = select(func.max(_NEWEST.c.id)).where(_NEWEST.c.notice_id == version.c.notice_id).scalar_subquery()
LATEST_OF = select(version).where(
    version.c.notice_id.in_(bindparam("notices", expanding=True)), version.c.id == _LAST
)
_OTHER = case((link.c.from_id == bindparam("notice"), link.c.to_id), else_=link.c.from_id)
LINKS = (
    select(link.c.from_id, link.c.to_id, link.c.relation, version.c.title)
    .join(version, version.c.notice_id == _OTHER)
    .where((link.c.from_id == bindparam("notice")) | (link.c.to_id == bindparam("notice")))
    .where(version.c.id == _LAST)
    .order_by(link.c.from_id, link.c.to_id)
)
SOURCES = (
    select(posting.c.notice_id, posting.c.source_id)
    .where(posting.c.notice_id.in_(bindparam("notices", expanding=True)))
    .order_by(posting.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """The newest versions of notices that share a key, and the newest of those notices: 0 without any.

    `withdrawn` are those of them that readers know to be taken back.
    """

    versions: tuple[Version, ...]
    up_to: int
    withdrawn: frozenset[int] = frozenset()


def kin(connection: Connection, keys_of: Sequence[Sequence[str]]) -> tuple[Kin, ...]:
    """For each notice's keys who shares one, who shares the first one first. One question for them all."""
    wanted = [[storable(key) for key in keys] for keys in keys_of]
    sharing = _sharing(connection, sorted({key for keys in wanted for key in keys}))
    nearest = [_nearest(keys, sharing) for keys in wanted]
    newest = _newest(connection, {notice_id for ids in nearest for notice_id in ids[:MOST_KIN]})
    gone = frozenset(each for some in _batches(newest) for each in standing.withdrawn(connection, some))
    return tuple(
        Kin(
            versions=tuple(newest[notice_id] for notice_id in ids[:MOST_KIN] if notice_id in newest),
            up_to=max(ids, default=0),
            withdrawn=gone.intersection(ids),
        )
        for ids in nearest
    )


def is_overtaken(connection: Connection, keys: Sequence[str], *, up_to: int) -> bool:
    """Whether a notice beyond `up_to` has come to share a key: one that was not compared."""
    if not keys:
        return False
    wanted = {"keys": [storable(key) for key in keys], "up_to": up_to}
    return connection.execute(BEYOND, wanted).first() is not None


def identify(connection: Connection, notice_id: int, keys: Iterable[str]) -> None:
    """Let a notice be found by these keys too. Older ones stay: re-posts may show an older text."""
    rows = [{"key": key, "notice_id": notice_id} for key in keys]
    if rows:
        connection.execute(insert_into(connection, notice_key).on_conflict_do_nothing(), rows)


def tie(connection: Connection, notice_id: int, ties: Iterable[Tie], now: datetime) -> None:
    """Link a notice to others; a link that is there stays as it is."""
    rows = [_link(notice_id, each, now) for each in ties if each.notice_id != notice_id]
    if rows:
        connection.execute(insert_into(connection, link).on_conflict_do_nothing(), rows)


def links_of(connection: Connection, notice_id: int) -> tuple[Link, ...]:
    """Its links in both directions, each with the title that the other notice has today."""
    return tuple(
        Link(from_id=row.from_id, to_id=row.to_id, relation=Relation(row.relation), title=row.title)
        for row in connection.execute(LINKS, {"notice": notice_id})
    )


def sources_of(connection: Connection, notices: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Where each of these notices stands, each source once, in the order of its postings."""
    found: dict[int, dict[str, None]] = {}
    for some in _batches(notices):
        for notice_id, source_id in connection.execute(SOURCES, {"notices": some}):
            found.setdefault(notice_id, {})[source_id] = None
    return {notice_id: tuple(sources) for notice_id, sources in found.items()}


def _sharing(connection: Connection, keys: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for some in _batches(keys):
        for key, notice_id in connection.execute(SHARING, {"keys": some, "most": MOST_SHARING * len(some)}):
            found.setdefault(key, []).append(notice_id)
    return found


def _nearest(keys: Sequence[str], sharing: Mapping[str, Sequence[int]]) -> list[int]:
    return list(dict.fromkeys(notice_id for key in keys for notice_id in sharing.get(key, ())))


def _newest(connection: Connection, notices: Iterable[int]) -> dict[int, Version]:
    return {
        row["notice_id"]: read_version(row)
        for some in _batches(notices)
        for row in connection.execute(LATEST_OF, {"notices": some}).mappings()
    }


def _link(notice_id: int, found: Tie, now: datetime) -> dict[str, object]:
    one, other = (notice_id, found.notice_id) if found.outward else (found.notice_id, notice_id)
    return {"from_id": one, "to_id": other, "relation": found.relation.value, "at": now}


def _batches(wanted: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(dict.fromkeys(wanted))
    while some := list(islice(rest, AT_ONCE)):
        yield some
