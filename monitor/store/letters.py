"""Dead letters, what is told anew in their place, and changes that reached nobody.

A change has reached somebody when a piece of a telling that told it was sent. What was told anew is told
under a name of that telling alone (`daily#17`), so that a second death can be told anew as well.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from monitor.model import ChangeRecord, DeliveryState, Kind, Letter, Piece
from monitor.store import changes
from monitor.store.alarms import OPERATORS
from monitor.store.columns import UTCDateTime
from monitor.store.engine import Database
from monitor.store.outbox import put
from monitor.store.tables import change, delivery, digest, telling, told

DUE, SENDING = DeliveryState.DUE.value, DeliveryState.SENDING.value
SENT, DEAD = DeliveryState.SENT.value, DeliveryState.DEAD.value
# Under this name stands what operators were told to have reached nobody.
RECONCILED = "operators#reconcile"

COLUMNS = (
    delivery.c.id,
    delivery.c.digest,
    delivery.c.channel,
    delivery.c.recipient,
    delivery.c.attempts,
    delivery.c.answer,
    delivery.c.died_at,
    delivery.c.called_at,
)
FAILING = (
    select(*COLUMNS)
    .where(
        or_(
            and_(delivery.c.state == DEAD, delivery.c.died_at >= bindparam("since", type_=UTCDateTime())),
            and_(delivery.c.state.in_([DUE, SENDING]), delivery.c.attempts >= bindparam("attempts")),
        )
    )
    .order_by(delivery.c.id)
)
ADDRESSED = (delivery.c.digest, delivery.c.channel, delivery.c.recipient)
CALLED = (
    select(delivery.c.channel)
    .where(delivery.c.called_at > bindparam("since", type_=UTCDateTime()))
    .distinct()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed:
    """What one recipient of a digest was told in pieces that died, and could be told now."""

    digest: str
    channel: str
    recipient: str
    deliveries: tuple[int, ...]
    changes: tuple[ChangeRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """A change that no piece has brought to anybody.

    `composed`: there were pieces, and all of them died; `answer` is the last one's. `named`: operators
    have been told.
    """

    change: ChangeRecord
    composed: bool
    named: bool
    answer: str = ""


class Letters:
    """What the outbox could not deliver."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def failing(self, since: datetime, *, attempts: int) -> tuple[Letter, ...]:
        """Pieces that died since, and those still tried that failed so many times, oldest first."""
        with self._database.reading() as connection:
            found = connection.execute(FAILING, {"since": since, "attempts": attempts})
            return tuple(_letter(row) for row in found.mappings())

    def called(self, since: datetime) -> frozenset[str]:
        """Channels of whose failing pieces operators were told since."""
        with self._database.reading() as connection:
            return frozenset(connection.execute(CALLED, {"since": since}).scalars())

    def call(self, letters: Collection[int], pieces: Sequence[Piece], now: datetime) -> bool:
        """Mark as told to operators and put the pieces into the outbox, in one transaction.

        Nothing is written and the answer is False when another process has told of one of them meanwhile.
        """
        untold = (delivery.c.id.in_(letters), delivery.c.called_at.is_(None))
        with self._database.writing() as connection:
            if connection.execute(select(func.count()).where(*untold)).scalar_one() != len(set(letters)):
                return False
            connection.execute(update(delivery).where(*untold).values(called_at=now))
            put(connection, OPERATORS, pieces, now=now)
            return True

    def lapsed(self, since: datetime, *, attempts: int) -> tuple[Lapsed, ...]:
        """What died since and can be told anew, because that recipient has taken a piece after it.

        What was told anew itself comes again only if it was tried so many times; a refusal of it stands.
        """
        of = delivery.alias()
        recovered = exists().where(
            of.c.channel == delivery.c.channel,
            of.c.recipient == delivery.c.recipient,
            of.c.state == SENT,
            of.c.sent_at > delivery.c.died_at,
        )
        anew = exists().where(of.c.replaced_by == delivery.c.telling_id)
        tells = exists().where(told.c.telling_id == delivery.c.telling_id, _is_of_digest())
        statement = select(delivery.c.id, *ADDRESSED, delivery.c.telling_id).where(
            _is_dead(since), recovered, tells, or_(delivery.c.attempts >= attempts, ~anew)
        )
        with self._database.reading() as connection:
            found: dict[tuple[str, str, str], list[RowMapping]] = {}
            for row in connection.execute(statement.order_by(delivery.c.id)).mappings():
                found.setdefault((row["digest"], row["channel"], row["recipient"]), []).append(row)
            return tuple(
                Lapsed(
                    digest=name,
                    channel=channel,
                    recipient=recipient,
                    deliveries=tuple(row["id"] for row in rows),
                    changes=changes.read_all(connection, _told_by({row["telling_id"] for row in rows})),
                )
                for (name, channel, recipient), rows in found.items()
            )

    def tell_anew(self, lapsed: Lapsed, pieces: Sequence[Piece], now: datetime) -> bool:
        """Put pieces in the place of dead ones; perhaps none, when there is no more to tell.

        Nothing is written and the answer is False when another process has done it meanwhile.
        """
        waiting = (delivery.c.id.in_(lapsed.deliveries), delivery.c.replaced_by.is_(None))
        with self._database.writing() as connection:
            if connection.execute(select(func.count()).where(*waiting)).scalar_one() != len(
                lapsed.deliveries
            ):
                return False
            of = put(connection, lapsed.digest, pieces, now=now)
            connection.execute(update(delivery).where(*waiting).values(replaced_by=of))
            name = f"{lapsed.digest}#{of}"
            # Not under the digest's own name: when that was last composed says when it is due again.
            connection.execute(update(telling).where(telling.c.id == of).values(digest=name))
            marks = [{"digest": name, "change_id": each.id, "telling_id": of} for each in lapsed.changes]
            if marks:
                connection.execute(insert(told), marks)
            return True

    def unreached(self, *, since: datetime, before: datetime) -> tuple[Unreached, ...]:
        """Changes recorded between two instants that reached nobody and are not on their way, oldest first.

        None from before the first digest began, no baselines.
        """
        brought = (_of_change(), delivery.c.telling_id == told.c.telling_id)
        arrives = exists().where(*brought, delivery.c.state != DEAD)
        began = select(func.min(digest.c.after_change)).scalar_subquery()
        wanted = (
            change.c.id > began,
            change.c.at.between(since, before),
            change.c.kind != Kind.BASELINE.value,
        )
        last = select(delivery.c.answer).where(*brought).order_by(delivery.c.id.desc()).limit(1)
        named = exists().where(told.c.change_id == change.c.id, told.c.digest == RECONCILED)
        statement = select(
            change.c.id, last.correlate(change).scalar_subquery().label("answer"), named.label("named")
        ).where(*wanted, ~arrives)
        with self._database.reading() as connection:
            found = {row.id: row for row in connection.execute(statement)}
            records = changes.RECORDS.where(change.c.id.in_(found)).order_by(change.c.id)
            return tuple(
                Unreached(
                    change=each,
                    composed=found[each.id].answer is not None,
                    named=bool(found[each.id].named),
                    answer=found[each.id].answer or "",
                )
                for each in changes.read_all(connection, records)
            )

    def name(self, change_ids: Collection[int], pieces: Sequence[Piece], now: datetime) -> bool:
        """Tell operators of changes that reached nobody: mark them and put the pieces into the outbox.

        Nothing is written and the answer is False when another process has told of one of them meanwhile.
        """
        marked = (told.c.digest == RECONCILED, told.c.change_id.in_(change_ids))
        with self._database.writing() as connection:
            if connection.execute(select(func.count()).where(*marked)).scalar_one():
                return False
            of = put(connection, OPERATORS, pieces, now=now)
            marks = [{"digest": RECONCILED, "change_id": each, "telling_id": of} for each in change_ids]
            connection.execute(insert(told), marks)
            return True


def _of_change() -> ColumnElement[bool]:
    return and_(told.c.change_id == change.c.id, told.c.digest != RECONCILED)


def _is_dead(since: datetime) -> ColumnElement[bool]:
    return and_(delivery.c.state == DEAD, delivery.c.died_at >= since, delivery.c.replaced_by.is_(None))


def _is_of_digest() -> ColumnElement[bool]:
    """Told by the digest of the piece, first or anew; a reminder is told under a name of its own."""
    anew = delivery.c.digest + "#" + cast(told.c.telling_id, Text)
    return told.c.digest.in_([delivery.c.digest, anew])


def _told_by(tellings: Collection[int]) -> Select[*tuple[object, ...]]:
    these = select(told.c.change_id).where(told.c.telling_id.in_(tellings))
    return changes.RECORDS.where(change.c.id.in_(these)).order_by(change.c.id)


def _letter(row: RowMapping) -> Letter:
    return Letter(
        id=row["id"],
        digest=row["digest"],
        channel=row["channel"],
        recipient=row["recipient"],
        attempts=row["attempts"],
        answer=row["answer"],
        died_at=row["died_at"],
        called_at=row["called_at"],
    )
