"""What editors' decisions teach the classifier: the newest one on each notice, with what it was about."""

from __future__ import annotations

from sqlalchemy import RowMapping, bindparam, func, select

from monitor.classify import Lesson
from monitor.model import Decision
from monitor.store.encode import strings
from monitor.store.engine import Database
from monitor.store.tables import review, verdict, version

_LATER, _EARLIER, _GUESSED, _STATES = review.alias(), review.alias(), verdict.alias(), version.alias()
# Where the editor saw it: an earlier move counts before the guess of that time.
_MOVED = (
    select(_EARLIER.c.section)
    .where(
        _EARLIER.c.notice_id == review.c.notice_id,
        _EARLIER.c.id < review.c.id,
        _EARLIER.c.decision == Decision.MOVE.value,
        _EARLIER.c.section.is_not(None),
    )
    .order_by(_EARLIER.c.id.desc())
    .limit(1)
    .correlate(review)
    .scalar_subquery()
)
_GUESS = (
    select(_GUESSED.c.section)
    .where(_GUESSED.c.notice_id == review.c.notice_id, _GUESSED.c.at <= review.c.at)
    .order_by(_GUESSED.c.id.desc())
    .limit(1)
    .correlate(review)
    .scalar_subquery()
)
_TAUGHT = (
    select(func.max(_LATER.c.id))
    .where(_LATER.c.notice_id == review.c.notice_id, _LATER.c.decision != Decision.DEFER.value)
    .correlate(review)
    .scalar_subquery()
)
_STATE = (
    select(func.max(_STATES.c.id))
    .where(_STATES.c.notice_id == review.c.notice_id)
    .correlate(review)
    .scalar_subquery()
)
NEWEST = (
    select(
        review.c.notice_id,
        review.c.decision,
        review.c.section.label("moved_to"),
        func.coalesce(_MOVED, _GUESS, "").label("shown"),
        version.c.title,
        version.c.issuers,
    )
    .select_from(review)
    .join(version, version.c.id == _STATE)
    .where(review.c.id == _TAUGHT)
    .order_by(review.c.id.desc())
    .limit(bindparam("most"))
)


class Lessons:
    """Read only: decisions are written by `Reviews`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, limit: int) -> tuple[Lesson, ...]:
        """The last decision on each of the notices decided last, oldest first. Deferrals teach nothing."""
        with self._database.reading() as connection:
            rows = connection.execute(NEWEST, {"most": limit}).mappings().all()
        return tuple(_read(row) for row in reversed(rows))

    def last(self) -> int:
        """The id of the newest decision, 0 before the first: whether there is anything new to learn."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.coalesce(func.max(review.c.id), 0))).scalar_one())


def _read(row: RowMapping) -> Lesson:
    return Lesson(
        notice_id=row["notice_id"],
        title=row["title"],
        issuers=strings(row["issuers"]),
        decision=Decision(row["decision"]),
        shown=row["shown"],
        moved_to=row["moved_to"],
    )
