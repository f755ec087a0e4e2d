"""摘要 and 投递: what each digest still owes, and the pieces on their way.

    due ──claim──▶ sending ──sent──▶ sent
     ▲                │ └───dead───▶ dead
     └─again, put_back┘
    sending, lease run out ──claim──▶ sending, perhaps a duplicate

A change is owed by absence: it is not in `told` for a digest (DESIGN, decision 1; `store.told`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from monitor.errors import StoreError
from monitor.model import ChangeRecord, Delivery, DeliveryState, Kind, Piece
from monitor.store import changes
from monitor.store.enclosed import files_json, read_files
from monitor.store.engine import Database, insert_into
from monitor.store.tables import attempt, change, delivery, digest, telling
from monitor.store.told import composed_at, is_done, mark, reminded, told_already

DUE, SENDING = DeliveryState.DUE.value, DeliveryState.SENDING.value
# No channel counts its limit over more than a day.
REMEMBERED = timedelta(days=1)
_NONE: Mapping[str, int] = {}


class Outbox:
    """Digests, what they have told, and deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, names: Sequence[str], now: datetime) -> None:
        """Make digests known. A new one owes only what changes from now on. Old ones cost no write."""
        with self._database.reading() as connection:
            known = set(connection.execute(select(digest.c.name)).scalars())
        fresh = [name for name in names if name not in known]
        if not fresh:
            return
        with self._database.writing() as connection:
            last = connection.execute(select(func.coalesce(func.max(change.c.id), 0))).scalar_one()
            rows = [{"name": name, "began_at": now, "after_change": last} for name in fresh]
            connection.execute(insert_into(connection, digest).on_conflict_do_nothing(), rows)

    def untold(self, name: str) -> tuple[ChangeRecord, ...]:
        """Changes that this digest has not told, oldest first, no baseline. StoreError before `begin`.

        What it has set aside is among them again once a person has spoken of the notice since.
        """
        with self._database.reading() as connection:
            started = connection.execute(select(digest.c.after_change).where(digest.c.name == name)).scalar()
            if started is None:
                raise StoreError(f"no digest {name}: it has not begun")
            statement = changes.RECORDS.where(
                change.c.id > started,
                change.c.kind != Kind.BASELINE.value,
                ~is_done(name),
            )
            return changes.read_all(connection, statement.order_by(change.c.id))

    def tell(
        self,
        name: str,
        change_ids: Sequence[int],
        pieces: Sequence[Piece],
        now: datetime,
        *,
        aside: Sequence[int] = (),
        reminders: Mapping[str, int] = _NONE,
    ) -> int:
        """Mark changes as told and put the pieces in the outbox, in one transaction; how many pieces.

        `aside` are changes that are passed over, `reminders` the change that each one shows by its key.
        When one of the changes or reminders has been told meanwhile (another process composed the same
        digest), nothing is written and the answer is 0: what is still owed is composed again.
        """
        with self._database.writing() as connection:
            if told_already(connection, name, change_ids) or reminded(connection, reminders):
                return 0
            of = put(connection, name, pieces, now=now)
            marks = [(name, each) for each in change_ids] + list(reminders.items())
            mark(connection, marks, telling_id=of)
            if aside:
                passed = put(connection, name, (), now=now)
                mark(connection, [(name, each) for each in aside], telling_id=passed)
            return len(pieces)

    def composed_at(self, names: Collection[str]) -> Mapping[str, datetime]:
        """When each of these digests was last composed, whatever came of it; or else began."""
        with self._database.reading() as connection:
            return composed_at(connection, names)

    def reminded(self, keys: Collection[str]) -> frozenset[str]:
        """Those of these reminders that have been told."""
        with self._database.reading() as connection:
            return reminded(connection, keys)

    def hold(self, names: Collection[str], until: datetime) -> None:
        """Pieces of these digests that are still to be sent wait until then, or longer."""
        waiting = delivery.c.digest.in_(names) & (delivery.c.state == DUE) & (delivery.c.next_try_at < until)
        with self._database.reading() as connection:
            if connection.execute(select(delivery.c.id).where(waiting).limit(1)).first() is None:
                return
        with self._database.writing() as connection:
            connection.execute(update(delivery).where(waiting).values(next_try_at=until))

    def claim(self, now: datetime, *, lease: timedelta, limit: int) -> tuple[Delivery, ...]:
        """Take pieces that are due, in the order in which they were written, for as long as the lease.

        A piece whose lease ran out may have been sent by whoever died: it is `perhaps_duplicate`. That it
        was claimed is known even after a power failure, for it is sent next.
        """
        chosen = (
            select(delivery.c.id)
            .where(_free(now))
            .order_by(delivery.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = (
            update(delivery)
            .where(delivery.c.id.in_(chosen.scalar_subquery()))
            .values(
                state=SENDING,
                attempts=delivery.c.attempts + 1,
                lease_until=now + lease,
                perhaps_duplicate=case(
                    (delivery.c.state == SENDING, true()), else_=delivery.c.perhaps_duplicate
                ),
            )
            .returning(delivery)
        )
        with self._database.promising() as connection:
            found = [read_delivery(row) for row in connection.execute(claimed).mappings()]
        return tuple(sorted(found, key=lambda each: each.id))

    def sent(self, delivery_id: int, answer: str, now: datetime) -> None:
        """The provider took the piece."""
        self._end(delivery_id, state=DeliveryState.SENT, answer=answer, sent_at=now, next_try_at=None)

    def again(self, delivery_id: int, answer: str, next_try_at: datetime) -> None:
        """The provider did not take the piece, and may later."""
        self._end(delivery_id, state=DeliveryState.DUE, answer=answer, next_try_at=next_try_at)

    def put_back(self, delivery_id: int, next_try_at: datetime) -> None:
        """Nobody began to send the piece: it waits, and the claim does not count as an attempt."""
        self._end(
            delivery_id,
            state=DeliveryState.DUE,
            attempts=delivery.c.attempts - 1,
            next_try_at=next_try_at,
        )

    def dead(self, delivery_id: int, answer: str, now: datetime) -> None:
        """The provider will never take the piece: an operator has to look."""
        # Of its death operators have not heard, even if they have of its failing.
        self._end(
            delivery_id,
            state=DeliveryState.DEAD,
            answer=answer,
            died_at=now,
            next_try_at=None,
            called_at=None,
        )

    def deliveries(self, limit: int) -> tuple[Delivery, ...]:
        """The newest pieces, whatever became of them, newest first."""
        with self._database.reading() as connection:
            found = connection.execute(select(delivery).order_by(delivery.c.id.desc()).limit(limit))
            return tuple(read_delivery(row) for row in found.mappings())

    def note_attempt(self, channel: str, now: datetime) -> None:
        """Remember a post to a channel, and forget old ones."""
        with self._database.writing() as connection:
            connection.execute(insert(attempt).values(channel=channel, at=now))
            connection.execute(
                delete(attempt).where(attempt.c.channel == channel, attempt.c.at <= now - REMEMBERED)
            )

    def rate(self, channel: str, now: datetime, window: timedelta) -> int:
        """Posts to a channel within the window (at most a day) before now, by any process."""
        with self._database.reading() as connection:
            statement = select(func.count()).where(attempt.c.channel == channel, attempt.c.at > now - window)
            return connection.execute(statement).scalar_one()

    def _end(self, delivery_id: int, *, state: DeliveryState, **told_us: object) -> None:
        ended = (
            update(delivery)
            .where(delivery.c.id == delivery_id)
            .values(state=state.value, lease_until=None, **told_us)
        )
        with self._database.writing() as connection:
            if connection.execute(ended).rowcount == 0:
                raise StoreError(f"no delivery {delivery_id}")


def read_delivery(row: RowMapping) -> Delivery:
    """The delivery in a row."""
    return Delivery(
        id=row["id"],
        digest=row["digest"],
        piece=Piece(
            channel=row["channel"],
            recipient=row["recipient"],
            number=row["number"],
            of=row["of"],
            subject=row["subject"],
            text=row["text"],
            html=row["html"],
            attachments=read_files(row["attachments"]),
        ),
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        created_at=row["created_at"],
        next_try_at=row["next_try_at"],
        sent_at=row["sent_at"],
        answer=row["answer"],
        perhaps_duplicate=row["perhaps_duplicate"],
    )


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(delivery.c.state == DUE, delivery.c.next_try_at <= now),
        and_(delivery.c.state == SENDING, delivery.c.lease_until <= now),
    )


def put(connection: Connection, name: str, pieces: Sequence[Piece], *, now: datetime) -> int:
    """Pieces under one telling, due now; the id of the telling."""
    begun = insert(telling).values(digest=name, at=now).returning(telling.c.id)
    of = int(connection.execute(begun).scalar_one())
    if pieces:
        rows = [_row(piece, name, telling_id=of, now=now) for piece in pieces]
        connection.execute(insert(delivery), rows)
    return of


def _row(piece: Piece, name: str, *, telling_id: int, now: datetime) -> dict[str, object]:
    return {
        "telling_id": telling_id,
        "digest": name,
        "channel": piece.channel,
        "recipient": piece.recipient,
        "number": piece.number,
        "of": piece.of,
        "subject": piece.subject,
        "text": piece.text,
        "html": piece.html,
        "attachments": files_json(piece.attachments),
        "state": DUE,
        "created_at": now,
        "next_try_at": now,
    }
