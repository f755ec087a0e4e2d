"""快讯: issues as saved, and what editors have left to print in a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ScalarSelect, and_, func, or_, select

from monitor.model import Bulletin, ChangeRecord, Decision, Kind
from monitor.store import changes
from monitor.store.engine import Database, insert_into
from monitor.store.issues import dump_bulletin, load_bulletin
from monitor.store.tables import bulletin, change, review

PRINTED = [kind.value for kind in (Kind.NEW, Kind.REVISED, Kind.DEADLINE_MOVED, Kind.RESTORED)]
REFUSED = [Decision.DROP.value, Decision.DEFER.value]


class Bulletins:
    """The rows of `bulletin`, and the changes that may enter the next one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, issue: Bulletin, year: int, month: int, n: int, now: datetime) -> None:
        """Keep an issue under its key; an earlier draft of it is replaced."""
        row = {
            "number": issue.number,
            "year": year,
            "month": month,
            "n": n,
            "until": issue.until,
            "saved_at": now,
            "content": dump_bulletin(issue),
        }
        with self._database.writing() as connection:
            added = insert_into(connection, bulletin).values(key=issue.key, **row)
            connection.execute(added.on_conflict_do_update(index_elements=["key"], set_=row))

    def list(self) -> tuple[Bulletin, ...]:
        """All issues, newest first."""
        newest = select(bulletin.c.content).order_by(
            bulletin.c.year.desc(), bulletin.c.month.desc(), bulletin.c.n.desc()
        )
        with self._database.reading() as connection:
            return tuple(load_bulletin(content) for content in connection.execute(newest).scalars())

    def get(self, name: str) -> Bulletin | None:
        """The issue of this key or printed number."""
        statement = select(bulletin.c.content).where(or_(bulletin.c.key == name, bulletin.c.number == name))
        with self._database.reading() as connection:
            content = connection.execute(statement).scalar()
        return None if content is None else load_bulletin(content)

    def last_until(self) -> datetime | None:
        """Where the period of the latest issue ended; None before the first."""
        statement = select(bulletin.c.until).order_by(bulletin.c.until.desc()).limit(1)
        with self._database.reading() as connection:
            return connection.execute(statement).scalar()

    def next_number(self, year: int, month: int) -> int:
        """Which issue of that month would come next, from 1."""
        statement = select(func.coalesce(func.max(bulletin.c.n), 0) + 1).where(
            bulletin.c.year == year, bulletin.c.month == month
        )
        with self._database.reading() as connection:
            return int(connection.execute(statement).scalar_one())

    def kept(
        self, since: datetime | None, until: datetime, sections: Sequence[str]
    ) -> tuple[ChangeRecord, ...]:
        """The newest change of each notice in the period, oldest first.

        The period is `since` (exclusive) to `until` (inclusive). Without what an editor has dropped or
        deferred, and without what is withdrawn by now.
        """
        statement = changes.RECORDS.where(
            change.c.id == _newest_in(since, until),
            changes.SECTION.in_(sections),
            or_(review.c.decision.is_(None), review.c.decision.not_in(REFUSED)),
            _kind_of_last() != Kind.WITHDRAWN.value,
        )
        with self._database.reading() as connection:
            return changes.read_all(connection, statement.order_by(change.c.id))


def _newest_in(since: datetime | None, until: datetime) -> ScalarSelect[int]:
    inner = change.alias()
    period = inner.c.at <= until if since is None else and_(inner.c.at > since, inner.c.at <= until)
    return (
        select(func.max(inner.c.id))
        .where(inner.c.notice_id == change.c.notice_id, inner.c.kind.in_(PRINTED), period)
        .correlate(change)
        .scalar_subquery()
    )


def _kind_of_last() -> ScalarSelect[str]:
    inner = change.alias()
    return select(inner.c.kind).where(inner.c.id == changes.last_of(change)).scalar_subquery()
