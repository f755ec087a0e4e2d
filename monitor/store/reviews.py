"""审核: decisions of editors. Rows are appended, never changed; the last counts."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, insert, select

from monitor.errors import StoreError
from monitor.model import Decision, Review
from monitor.store.engine import Database
from monitor.store.tables import notice, review


class Reviews:
    """The rows of `review`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, decided: Review) -> int:
        """Append a decision; its id. StoreError for a notice that does not exist."""
        with self._database.writing() as connection:
            known = connection.execute(select(notice.c.id).where(notice.c.id == decided.notice_id)).first()
            if known is None:
                raise StoreError(f"no notice {decided.notice_id}")
            added = (
                insert(review)
                .returning(review.c.id)
                .values(
                    notice_id=decided.notice_id,
                    decision=decided.decision.value,
                    section=decided.section,
                    why=decided.why,
                    who=decided.who,
                    at=decided.at,
                )
            )
            return int(connection.execute(added).scalar_one())

    def of(self, notice_id: int) -> tuple[Review, ...]:
        """All decisions on a notice, oldest first."""
        with self._database.reading() as connection:
            return reviews_of(connection, notice_id)


def reviews_of(connection: Connection, notice_id: int) -> tuple[Review, ...]:
    """All decisions on a notice, oldest first."""
    statement = select(review).where(review.c.notice_id == notice_id).order_by(review.c.id)
    return tuple(read_review(row) for row in connection.execute(statement).mappings())


def read_review(row: RowMapping) -> Review:
    """The review in a row."""
    return Review(
        notice_id=row["notice_id"],
        decision=Decision(row["decision"]),
        section=row["section"],
        why=row["why"],
        who=row["who"],
        at=row["at"],
    )
