"""What readers were last told of a notice, and which of them are taken back.

Functions on a connection, for `Notices`, `identity` and `settle`. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from monitor.errors import StoreError
from monitor.model import Kind, Version
from monitor.store.columns import UTCDateTime
from monitor.store.tables import change, version
from monitor.store.versions import read_version

# Changes that say that the text is another one than before.
OF_TEXT = (Kind.REVISED, Kind.DEADLINE_MOVED)

_LATER = change.alias()
_LAST = select(func.max(_LATER.c.id)).where(_LATER.c.notice_id == change.c.notice_id).scalar_subquery()
KINDS = select(change.c.notice_id, change.c.kind).where(
    change.c.notice_id.in_(bindparam("notices", expanding=True)), change.c.id == _LAST
)
LAST = (
    select(change.c.kind, version)
    .join(version, version.c.id == change.c.version_id)
    .where(change.c.notice_id == bindparam("notice"), change.c.id == _LAST)
)
EDITS = (
    select(change.c.at)
    .where(
        change.c.notice_id == bindparam("notice"),
        change.c.kind.in_([kind.value for kind in OF_TEXT]),
        change.c.at > bindparam("since", type_=UTCDateTime()),
    )
    .order_by(change.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The kind of a notice's last change, the version that it shows, and when its text changed lately."""

    kind: Kind
    shown: Version
    edits: tuple[datetime, ...]

    @property
    def is_withdrawn(self) -> bool:
        """Whether readers have been told that the notice was taken back."""
        return self.kind is Kind.WITHDRAWN


def standing(connection: Connection, notice_id: int, since: datetime) -> Standing:
    """What readers know; edits told after `since`. StoreError for a notice that does not exist."""
    last = connection.execute(LAST, {"notice": notice_id}).mappings().first()
    if last is None:
        raise StoreError(f"no notice {notice_id}")
    edits = connection.execute(EDITS, {"notice": notice_id, "since": since}).scalars()
    return Standing(kind=Kind(last["kind"]), shown=read_version(last), edits=tuple(edits))


def shown(connection: Connection, notice_id: int) -> Version | None:
    """The version that the last change shows, None for a notice that does not exist."""
    last = connection.execute(LAST, {"notice": notice_id}).mappings().first()
    return None if last is None else read_version(last)


def withdrawn(connection: Connection, notices: Collection[int]) -> frozenset[int]:
    """Those of these notices of which readers were last told that they were taken back."""
    if not notices:
        return frozenset()
    kinds = connection.execute(KINDS, {"notices": list(notices)})
    return frozenset(row.notice_id for row in kinds if row.kind == Kind.WITHDRAWN.value)
