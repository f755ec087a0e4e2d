"""通知公告: what is owed, what is settled, and what we know of a notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, func, select

from monitor.model import ChangeRecord, Delivery, NoticeRecord, Posting, Validators, Verdict, Version
from monitor.store import changes, corrections, identity, postings, rows, standing, versions
from monitor.store.changes import ChangeFilter
from monitor.store.columns import storable
from monitor.store.corrections import Correction, Newest
from monitor.store.engine import Database
from monitor.store.identity import Kin
from monitor.store.outbox import read_delivery
from monitor.store.reviews import reviews_of
from monitor.store.rows import Row
from monitor.store.settle import Settled, Settlement, settle
from monitor.store.standing import Standing
from monitor.store.tables import change, delivery, notice, posting, told, verdict, version


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is; `owed` rows are listed and not settled."""

    notices: int
    versions: int
    changes: int
    postings: int
    owed: int


class Notices:
    """Notices with their postings, versions, changes and verdicts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def owed(self, source_id: str, now: datetime, limit: int) -> tuple[Posting, ...]:
        """Rows listed and never settled, oldest first, without those that wait for a next try.

        It does not matter who listed them or when: what a crash left behind is here.
        """
        with self._database.reading() as connection:
            return postings.find(connection, postings.OWED, {"source": source_id, "now": now, "limit": limit})

    def rereads(self, source_id: str, now: datetime, limit: int) -> tuple[Posting, ...]:
        """Settled rows whose page is to be read again by now, longest overdue first."""
        with self._database.reading() as connection:
            return postings.find(
                connection, postings.REREADS, {"source": source_id, "now": now, "limit": limit}
            )

    def watched(self, source_id: str) -> tuple[Posting, ...]:
        """Settled rows whose page is still to be read again some day."""
        with self._database.reading() as connection:
            return postings.find(connection, postings.WATCHED, {"source": source_id})

    def waiting(self, now: datetime) -> frozenset[str]:
        """Sources for which `owed` or `rereads` would give something: one question for them all."""
        with self._database.reading() as connection:
            return frozenset(connection.execute(postings.WAITING, {"now": now}).scalars())

    def same(self, key: str) -> int | None:
        """The notice of a settled posting with this canonical key, at whichever source."""
        with self._database.reading() as connection:
            return connection.execute(postings.SAME, {"key": key}).scalar()

    def posted(self, key: str) -> tuple[Posting, ...]:
        """Every posting with this canonical key, those that became a notice first."""
        with self._database.reading() as connection:
            return postings.find(connection, postings.POSTED, {"key": storable(key)})

    def place(self, source_id: str, row: Row, *, now: datetime) -> Posting:
        """The posting of this row at a source: as it stands, else listed now."""
        wanted = {"source": source_id, "key": storable(row.key)}
        with self._database.writing() as connection:
            rows.add(connection, source_id, row, now=now)
            (found,) = postings.find(connection, postings.AT_SOURCE, wanted)
            return found

    def latest(self, notice_id: int) -> Version | None:
        """The newest version, None for a notice that does not exist."""
        with self._database.reading() as connection:
            return versions.latest(connection, notice_id)

    def kin(self, keys_of: Sequence[Sequence[str]]) -> tuple[Kin, ...]:
        """For each notice's keys the notices that share one: what it may be another posting of."""
        with self._database.reading() as connection:
            return identity.kin(connection, keys_of)

    def identify(self, notice_id: int, keys: Sequence[str]) -> None:
        """Let a notice be found by these keys too. StoreError when it does not exist."""
        with self._database.writing() as connection:
            identity.identify(connection, notice_id, keys)

    def apply(self, settlements: Sequence[Settlement], now: datetime) -> tuple[Settled | None, ...]:
        """Carry out decisions in one transaction, all or nothing; what became of each, in the order given.

        What another process has written meanwhile stays as it is and is not told again. None for what
        must be compared again, since a notice that may be the same has come; it stays owed. StoreError
        when a posting or notice does not exist.
        """
        with self._database.writing() as connection:
            return tuple(settle(connection, each, now) for each in settlements)

    def newest(self, sources: Sequence[str], *, after: int, limit: int) -> tuple[Newest, ...]:
        """The newest versions of the next notices of these sources, beyond the notice id `after`."""
        with self._database.reading() as connection:
            return corrections.newest(connection, sources, after=after, limit=limit)

    def source_of(self, posting_id: int) -> str | None:
        """The source that a posting is listed at, None for one that does not exist."""
        with self._database.reading() as connection:
            return connection.execute(select(posting.c.source_id).where(posting.c.id == posting_id)).scalar()

    def correct(self, better: Sequence[Correction], now: datetime) -> None:
        """Put better readings in the place of what is stored, in one transaction; nobody is told.

        StoreError for a version that does not exist: then nothing has been written.
        """
        with self._database.writing() as connection:
            corrections.correct(connection, better, now)

    def attach(self, posting_id: int, notice_id: int, *, now: datetime, reread_at: datetime | None) -> None:
        """Settle a posting as one more place of a notice that we have; nothing to tell."""
        settled = {"which": posting_id, "notice": notice_id, "now": now, "reread": reread_at}
        with self._database.writing() as connection:
            postings.write(connection, postings.ATTACHED, settled)

    def unchanged(
        self, posting_id: int, *, now: datetime, reread_at: datetime | None, validators: Validators
    ) -> None:
        """The page was read again and says the same."""
        read = postings.reading(posting_id, now=now, reread_at=reread_at, validators=validators)
        with self._database.writing() as connection:
            postings.write(connection, postings.UNCHANGED, read)

    def failed(self, posting_id: int, *, now: datetime, retry_at: datetime, reason: str) -> None:
        """The page could not be read; it is left alone until `retry_at`."""
        failed = {"which": posting_id, "now": now, "again": retry_at, "why": reason}
        with self._database.writing() as connection:
            postings.write(connection, postings.FAILED, failed)

    def absent(
        self,
        posting_id: int,
        *,
        now: datetime,
        gone_at: datetime | None,
        ask_at: datetime | None,
        reason: str,
        settled: bool,
    ) -> None:
        """The page is not there, for all we know since `gone_at`; asked for again at `ask_at`, or never.

        `settled` settles the posting, which may never have become a notice.
        """
        told = {
            "which": posting_id,
            "now": now,
            "gone": gone_at,
            "again": ask_at,
            "why": reason,
            "done": settled,
        }
        with self._database.writing() as connection:
            postings.write(connection, postings.ABSENT, told)

    def leave(self, posting_id: int) -> None:
        """The page says nothing to us, and is not read again until its row is another one."""
        with self._database.writing() as connection:
            postings.write(connection, postings.LEFT, {"which": posting_id})

    def call(self, posting_ids: Sequence[int], now: datetime) -> None:
        """Have these pages read as soon as their sources are checked."""
        with self._database.writing() as connection:
            for each in posting_ids:
                postings.write(connection, postings.CALLED, {"which": each, "now": now})

    def places(self, notice_id: int) -> tuple[Posting, ...]:
        """Every posting of a notice, in the order in which they were listed."""
        with self._database.reading() as connection:
            return postings.find(connection, postings.OF_NOTICE, {"notice": notice_id})

    def beside(
        self, posting: Posting, *, seen_by: datetime, not_gone_before: datetime, limit: int
    ) -> tuple[Posting, ...]:
        """Watched pages of the same source first listed by `seen_by`, those listed next to this one first.

        Without those that have said that they are not there since before `not_gone_before`.
        """
        wanted = {
            "source": posting.source_id,
            "which": posting.id,
            "seen_by": seen_by,
            "lately": not_gone_before,
            "limit": limit,
        }
        with self._database.reading() as connection:
            return postings.find(connection, postings.BESIDE, wanted)

    def standing(self, notice_id: int, since: datetime) -> Standing:
        """What readers know of a notice; edits told after `since`. StoreError when it does not exist."""
        with self._database.reading() as connection:
            return standing.standing(connection, notice_id, since)

    def changes(self, wanted: ChangeFilter) -> tuple[ChangeRecord, ...]:
        """The change log, newest first."""
        with self._database.reading() as connection:
            return changes.find(connection, wanted)

    def last_change(self) -> int:
        """The id of the newest change, 0 before the first one."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.coalesce(func.max(change.c.id), 0))).scalar_one())

    def record(self, notice_id: int) -> NoticeRecord | None:
        """Everything that we know of a notice, None when it does not exist."""
        with self._database.reading() as connection:
            states = versions.all_of(connection, notice_id)
            return _record(connection, notice_id, states) if states else None

    def counts(self) -> Counts:
        """How much there is."""
        with self._database.reading() as connection:
            return Counts(
                notices=_count(connection, notice),
                versions=_count(connection, version),
                changes=_count(connection, change),
                postings=_count(connection, posting),
                owed=connection.execute(
                    select(func.count()).where(posting.c.settled.is_(False))
                ).scalar_one(),
            )


def _record(connection: Connection, notice_id: int, states: tuple[Version, ...]) -> NoticeRecord:
    reviews = reviews_of(connection, notice_id)
    guess = _last_verdict(connection, notice_id)
    return NoticeRecord(
        id=notice_id,
        notice=states[0].notice,
        section=changes.last_word(reviews, guess),
        verdict=guess,
        versions=states,
        postings=postings.find(connection, postings.OF_NOTICE, {"notice": notice_id}),
        changes=changes.of_notice(connection, notice_id),
        reviews=reviews,
        deliveries=_deliveries(connection, notice_id),
        links=identity.links_of(connection, notice_id),
    )


def _last_verdict(connection: Connection, notice_id: int) -> Verdict:
    last = select(*changes.GUESS).where(verdict.c.notice_id == notice_id).order_by(verdict.c.id.desc())
    return changes.read_verdict(connection.execute(last.limit(1)).mappings().one())


def _deliveries(connection: Connection, notice_id: int) -> tuple[Delivery, ...]:
    """The pieces of those compositions that told a change of this notice."""
    tellings = (
        select(told.c.telling_id)
        .join(change, change.c.id == told.c.change_id)
        .where(change.c.notice_id == notice_id)
    )
    statement = select(delivery).where(delivery.c.telling_id.in_(tellings)).order_by(delivery.c.id)
    return tuple(read_delivery(row) for row in connection.execute(statement).mappings())


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
