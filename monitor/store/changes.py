"""变更: the change log as people read it, each change with the last word on its section.

Statements and functions on a connection, for `Notices`, `Outbox` and `Bulletins`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, ScalarSelect, Select, Table, func, select

from monitor.model import ChangeRecord, Decision, Kind, Review, Verdict
from monitor.store.encode import NoticeColumns, read_notice, strings
from monitor.store.identity import sources_of
from monitor.store.reviews import read_review
from monitor.store.tables import change, review, verdict, version


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFilter:
    """Which changes: `since` inclusive, `until` exclusive, later than the change of id `after`.

    `kinds` None means all but baseline.
    """

    since: datetime | None = None
    until: datetime | None = None
    section: str | None = None
    source_id: str | None = None
    kinds: tuple[Kind, ...] | None = None
    after: int | None = None
    limit: int | None = None


def last_of(table: Table) -> ScalarSelect[int]:
    """The id of the newest row that `table` has for the notice of a change."""
    inner = table.alias()
    return (
        select(func.max(inner.c.id))
        .where(inner.c.notice_id == change.c.notice_id)
        .correlate(change)
        .scalar_subquery()
    )


def _moved_to() -> ScalarSelect[str]:
    """The section that an editor has last moved the notice of a change to."""
    moves = review.alias()
    return (
        select(moves.c.section)
        .where(
            moves.c.notice_id == change.c.notice_id,
            moves.c.decision == Decision.MOVE.value,
            moves.c.section.is_not(None),
        )
        .order_by(moves.c.id.desc())
        .limit(1)
        .correlate(change)
        .scalar_subquery()
    )


# What `read_verdict` needs of a verdict.
GUESS = (verdict.c.section.label("guess"), verdict.c.confidence, verdict.c.because)
SECTION = func.coalesce(_moved_to(), verdict.c.section)
RECORDS = (
    select(
        change.c.id.label("change_id"),
        change.c.notice_id,
        change.c.source_id,
        change.c.kind,
        change.c.at.label("changed_at"),
        change.c.fields,
        change.c.summary,
        SECTION.label("last_word"),
        *GUESS,
        *(review.c[name] for name in ("decision", "section", "why", "who", "at")),
        *(version.c[name] for name in NoticeColumns.__annotations__),
    )
    .join(version, version.c.id == change.c.version_id)
    .join(verdict, verdict.c.id == last_of(verdict))
    .outerjoin(review, review.c.id == last_of(review))
)


def find(connection: Connection, wanted: ChangeFilter) -> tuple[ChangeRecord, ...]:
    """The changes that pass the filter, newest first."""
    statement = RECORDS.order_by(change.c.id.desc()).limit(wanted.limit)
    if wanted.kinds is None:
        statement = statement.where(change.c.kind != Kind.BASELINE.value)
    else:
        statement = statement.where(change.c.kind.in_([kind.value for kind in wanted.kinds]))
    if wanted.after is not None:
        statement = statement.where(change.c.id > wanted.after)
    if wanted.since is not None:
        statement = statement.where(change.c.at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(change.c.at < wanted.until)
    if wanted.section is not None:
        statement = statement.where(SECTION.in_([wanted.section]))
    if wanted.source_id is not None:
        statement = statement.where(change.c.source_id == wanted.source_id)
    return read_all(connection, statement)


def of_notice(connection: Connection, notice_id: int) -> tuple[ChangeRecord, ...]:
    """All changes of a notice, newest first, its baseline included."""
    return read_all(connection, RECORDS.where(change.c.notice_id == notice_id).order_by(change.c.id.desc()))


def read_all(connection: Connection, statement: Select[*tuple[object, ...]]) -> tuple[ChangeRecord, ...]:
    """The changes that a statement made from RECORDS selects, in its order."""
    found = connection.execute(statement).mappings().all()
    sources = sources_of(connection, (row["notice_id"] for row in found))
    return tuple(_read(row, sources[row["notice_id"]]) for row in found)


def last_word(reviews: Iterable[Review], guess: Verdict) -> str:
    """The section of a notice in the same way as SECTION: an editor's move before the verdict."""
    moves = [each.section for each in reviews if each.decision is Decision.MOVE and each.section is not None]
    return moves[-1] if moves else guess.section


def read_verdict(row: RowMapping) -> Verdict:
    """The verdict in a row that has the columns of GUESS."""
    return Verdict(section=row["guess"], confidence=row["confidence"], because=strings(row["because"]))


def _read(row: RowMapping, sources: tuple[str, ...]) -> ChangeRecord:
    return ChangeRecord(
        id=row["change_id"],
        kind=Kind(row["kind"]),
        at=row["changed_at"],
        source_id=row["source_id"],
        notice_id=row["notice_id"],
        notice=read_notice(row),
        section=row["last_word"],
        verdict=read_verdict(row),
        summary=row["summary"],
        fields=strings(row["fields"]),
        review=None if row["decision"] is None else read_review(row),
        sources=sources,
    )
