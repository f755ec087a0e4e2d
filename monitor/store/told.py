"""What each digest is done with: told, set aside, reminded of. Functions on a connection, for `Outbox`.

A change is told when its telling has pieces, and set aside when it has none: the digest has looked at it
and passed it over. What is set aside is looked at again when a person speaks of its notice afterwards.
A reminder is told under a name of its own (its key), for the change that it shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Exists, exists, func, or_, select

from monitor.store.engine import insert_into
from monitor.store.tables import change, delivery, digest, review, telling, told

# Another name, for the statements that this stands in ask for the last review too.
_SAID = review.alias()


def is_done(name: str) -> ColumnElement[bool]:
    """Whether this digest has told the change of the row, or set it aside since anybody spoke of it."""
    spoken = exists().where(_SAID.c.notice_id == change.c.notice_id, _SAID.c.at >= telling.c.at)
    return exists().where(
        told.c.digest == name,
        told.c.change_id == change.c.id,
        telling.c.id == told.c.telling_id,
        or_(_has_pieces(), ~spoken),
    )


def told_already(connection: Connection, name: str, change_ids: Collection[int]) -> bool:
    """Whether this digest has told one of these changes."""
    mine = select(told.c.change_id).where(told.c.digest == name, told.c.change_id.in_(change_ids))
    return connection.execute(mine.where(_has_pieces()).limit(1)).first() is not None


def reminded(connection: Connection, keys: Collection[str]) -> frozenset[str]:
    """Those of these reminders that have been told."""
    return frozenset(connection.execute(select(told.c.digest).where(told.c.digest.in_(keys))).scalars())


def mark(connection: Connection, marks: Iterable[tuple[str, int]], *, telling_id: int) -> None:
    """Names with the changes that they are done with. What has been told stays told as it was."""
    rows = [{"digest": name, "change_id": change_id, "telling_id": telling_id} for name, change_id in marks]
    if not rows:
        return
    statement = insert_into(connection, told)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["digest", "change_id"],
            set_={"telling_id": statement.excluded.telling_id},
            where=~_has_pieces(),
        ),
        rows,
    )


def composed_at(connection: Connection, names: Collection[str]) -> Mapping[str, datetime]:
    """When each of these digests was last composed, or else began."""
    last = func.max(telling.c.at).label("last")
    statement = (
        select(digest.c.name, func.coalesce(last, digest.c.began_at).label("at"))
        .outerjoin(telling, telling.c.digest == digest.c.name)
        .where(digest.c.name.in_(names))
        .group_by(digest.c.name, digest.c.began_at)
    )
    return {row.name: row.at for row in connection.execute(statement)}


def _has_pieces() -> Exists:
    return exists().where(delivery.c.telling_id == told.c.telling_id)
