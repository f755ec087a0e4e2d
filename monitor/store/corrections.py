"""更正: a better reading of a page takes the place of the one we had. Nothing has happened at the site.

Functions on a connection, for `Notices`. A version stays the same row, since it is one state of its
notice however well it is read; the changes that show it show the better reading. Nobody is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, exists, func, insert, select, update

from monitor.decide.identity import keys
from monitor.errors import StoreError
from monitor.model import Kind, Verdict, Version
from monitor.store import identity
from monitor.store.changes import GUESS, read_verdict
from monitor.store.encode import NoticeColumns, dump, notice_columns
from monitor.store.tables import change, digest, posting, review, telling, told, verdict, version
from monitor.store.versions import read_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is better known of a notice now: its newest version, its section. None leaves what is stored."""

    notice_id: int
    version: Version | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The newest version of a notice, the source that it was read at, and where it stands."""

    version: Version
    source_id: str
    verdict: Verdict
    reviewed: bool


_LATER = version.alias()
_GUESSED = verdict.alias()
_PLACES = posting.alias()
# Of a version that nobody remembers the reading of, the source is that of the notice's first posting.
_AT = func.coalesce(
    version.c.posting_id,
    select(func.min(_PLACES.c.id)).where(_PLACES.c.notice_id == version.c.notice_id).scalar_subquery(),
)
NEWEST = (
    select(
        version,
        *GUESS,
        posting.c.source_id,
        exists().where(review.c.notice_id == version.c.notice_id).label("reviewed"),
    )
    .select_from(version)
    .join(posting, posting.c.id == _AT)
    .join(
        verdict,
        verdict.c.id
        == select(func.max(_GUESSED.c.id))
        .where(_GUESSED.c.notice_id == version.c.notice_id)
        .scalar_subquery(),
    )
    .where(
        version.c.notice_id > bindparam("after"),
        posting.c.source_id.in_(bindparam("sources", expanding=True)),
        version.c.id
        == select(func.max(_LATER.c.id)).where(_LATER.c.notice_id == version.c.notice_id).scalar_subquery(),
    )
    .order_by(version.c.notice_id)
    .limit(bindparam("most"))
)
REWRITTEN = (
    update(version)
    .where(version.c.id == bindparam("which"))
    .values(
        {name: bindparam(f"new_{name}") for name in (*NoticeColumns.__annotations__, "fingerprint")},
    )
)
REFILED = insert(verdict)
STANDING = select(verdict.c.notice_id, verdict.c.section).where(
    verdict.c.id.in_(
        select(func.max(_GUESSED.c.id))
        .where(_GUESSED.c.notice_id.in_(bindparam("notices", expanding=True)))
        .group_by(_GUESSED.c.notice_id)
    )
)
REVIEWED = select(review.c.notice_id).where(review.c.notice_id.in_(bindparam("notices", expanding=True)))
# What a digest has passed over: untold changes from before it last told something.
_LAST_TOLD = (
    select(func.max(telling.c.at)).where(telling.c.digest == digest.c.name).scalar_subquery().label("last")
)
PASSED_OVER = (
    select(digest.c.name, change.c.id, _LAST_TOLD)
    .join(change, change.c.id > digest.c.after_change)
    .where(
        change.c.notice_id.in_(bindparam("notices", expanding=True)),
        change.c.kind != Kind.BASELINE.value,
        change.c.at < _LAST_TOLD,
        ~exists().where(told.c.digest == digest.c.name, told.c.change_id == change.c.id),
    )
)
EMPTY_TELLING = insert(telling).returning(telling.c.id)
TOLD = insert(told)


def newest(connection: Connection, sources: Sequence[str], *, after: int, limit: int) -> tuple[Newest, ...]:
    """The next notices of these sources beyond the id `after`, in the order of their ids."""
    wanted = {"sources": list(sources), "after": after, "most": limit}
    return tuple(_read(row) for row in connection.execute(NEWEST, wanted).mappings())


def correct(connection: Connection, corrections: Sequence[Correction], now: datetime) -> None:
    """Rewrite versions and file notices anew; a notice is found by what it is better known by, too.

    A person's word is never overruled (decision 12).
    """
    rows = [_row(each.version) for each in corrections if each.version is not None]
    if rows and connection.execute(REWRITTEN, rows).rowcount != len(rows):
        raise StoreError("no such version")
    for each in corrections:
        if each.version is not None:
            identity.identify(connection, each.notice_id, keys(each.version.notice))
    _refile(connection, {each.notice_id: each.verdict for each in corrections if each.verdict}, now)


def _refile(connection: Connection, guesses: Mapping[int, Verdict], now: datetime) -> None:
    wanted = {"notices": list(guesses)}
    reviewed = set(connection.execute(REVIEWED, wanted).scalars())
    fresh = {notice_id: guess for notice_id, guess in guesses.items() if notice_id not in reviewed}
    if not fresh:
        return
    stood = {row.notice_id: row.section for row in connection.execute(STANDING, wanted)}
    connection.execute(REFILED, [_verdict(notice_id, guess, now) for notice_id, guess in fresh.items()])
    _pass_over(connection, [each for each, guess in fresh.items() if guess.section != stood.get(each)])


def _pass_over(connection: Connection, notice_ids: Sequence[int]) -> None:
    """A digest that has told others since has seen these changes in their old section and left them.

    In their new one they would be told months late. What no digest has come to yet stays owed.
    """
    left = connection.execute(PASSED_OVER, {"notices": notice_ids}).all()
    for name, at in {(row.name, row.last) for row in left}:
        of = connection.execute(EMPTY_TELLING, {"digest": name, "at": at}).scalar_one()
        marks = [{"digest": name, "change_id": row.id, "telling_id": of} for row in left if row.name == name]
        connection.execute(TOLD, marks)


def _row(better: Version) -> dict[str, object]:
    columns = {f"new_{name}": value for name, value in notice_columns(better.notice).items()}
    return {"which": better.id, "new_fingerprint": better.fingerprint, **columns}


def _verdict(notice_id: int, guess: Verdict, now: datetime) -> dict[str, object]:
    return {
        "notice_id": notice_id,
        "at": now,
        "section": guess.section,
        "confidence": guess.confidence,
        "because": dump(guess.because),
    }


def _read(row: RowMapping) -> Newest:
    return Newest(
        version=read_version(row),
        source_id=row["source_id"],
        verdict=read_verdict(row),
        reviewed=bool(row["reviewed"]),
    )
