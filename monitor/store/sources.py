"""What is remembered of sources: state, due time and lease, rows listed, troubles, budget, heartbeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import (
    BindParameter,
    Date,
    Integer,
    RowMapping,
    Update,
    bindparam,
    case,
    func,
    not_,
    or_,
    select,
    update,
)

from monitor.errors import StoreError
from monitor.model import Source, SourceState, Status, Validators
from monitor.store import pulse, rows, troubles
from monitor.store.columns import UTCDateTime, Words
from monitor.store.encode import read_validators
from monitor.store.engine import Database, insert_into
from monitor.store.rows import Row
from monitor.store.tables import source
from monitor.store.troubles import Trouble

IN_TROUBLE = or_(*(source.c.status == status.value for status in Status if status.is_trouble))
NOW = bindparam("now", type_=UTCDateTime())
ITEMS = bindparam("new_items", type_=Integer())
# How long the list usually is: it follows slowly, and not at all where the list has lost half its rows.
USUAL = case(
    (source.c.usual == 0, ITEMS),
    (source.c.usual <= ITEMS * 2, (source.c.usual * 3 + ITEMS + 2) // 4),
    else_=source.c.usual,
)
VALIDATORS: dict[str, BindParameter[str | None]] = {
    name: bindparam(f"new_{name}") for name in ("etag", "last_modified", "asked")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A check that found nothing to tell, of a source that was well before: most checks are."""

    source_id: str
    items: int
    validators: Validators | None
    now: datetime
    next_check_at: datetime


REMEMBERED = (
    update(source)
    .where(source.c.id == bindparam("which"))
    .values(
        rows_fingerprint=bindparam("print"),
        **VALIDATORS,
        horizon=func.coalesce(bindparam("new_horizon", type_=Date()), source.c.horizon),
        baseline_at=func.coalesce(bindparam("new_baseline", type_=UTCDateTime()), source.c.baseline_at),
    )
)


class Sources:
    """The rows of `source` and what hangs on them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ensure(self, sources: Sequence[Source], now: datetime) -> None:
        """Insert sources never seen, due now. Nothing is deleted: a source may come back.

        Where there is nothing to insert, nothing is written: who only reads need not wait for a writer.
        """
        with self._database.reading() as connection:
            known = set(connection.execute(select(source.c.id)).scalars())
        added = [{"id": each.id, "next_check_at": now} for each in sources if each.id not in known]
        if not added:
            return
        with self._database.writing() as connection:
            connection.execute(insert_into(connection, source).on_conflict_do_nothing(), added)

    def states(self) -> dict[str, SourceState]:
        """What we remember of every source ever configured, by id."""
        with self._database.reading() as connection:
            found = connection.execute(select(source).order_by(source.c.id)).mappings()
            return {row["id"]: _read_state(row) for row in found}

    def state(self, source_id: str) -> SourceState:
        """What we remember of one source; StoreError when nobody has ensured it."""
        with self._database.reading() as connection:
            row = connection.execute(select(source).where(source.c.id == source_id)).mappings().first()
        if row is None:
            raise StoreError(f"no source {source_id}")
        return _read_state(row)

    def due(
        self, now: datetime, *, ids: Sequence[str], limit: int, owner: str, lease: timedelta
    ) -> tuple[str, ...]:
        """Claim due sources among `ids`, longest overdue first; nobody else gets them while the lease lasts.

        A lease that has run out counts as none: its owner has died.
        """
        free = or_(source.c.lease_until.is_(None), source.c.lease_until <= now)
        chosen = (
            select(source.c.id)
            .where(source.c.id.in_(ids), source.c.next_check_at <= now, free)
            .order_by(source.c.next_check_at, source.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claim = (
            update(source)
            .where(source.c.id.in_(chosen.scalar_subquery()))
            .values(lease_owner=owner, lease_until=now + lease)
            .returning(source.c.next_check_at, source.c.id)
        )
        with self._database.writing() as connection:
            return tuple(row.id for row in sorted(connection.execute(claim)))

    def release(self, source_id: str) -> None:
        """Give a claimed source back unchecked."""
        with self._database.writing() as connection:
            connection.execute(
                update(source).where(source.c.id == source_id).values(lease_owner=None, lease_until=None)
            )

    def known(self, source_id: str, keys: Sequence[str]) -> frozenset[str]:
        """Those of the keys that this source has listed before."""
        with self._database.reading() as connection:
            return frozenset(rows.known_rows(connection, source_id, keys))

    def seen(
        self,
        source_id: str,
        listed: Sequence[Row],
        *,
        now: datetime,
        rows_fingerprint: str,
        validators: Validators,
        horizon: date | None,
        baseline_at: datetime | None,
    ) -> int:
        """Remember what a list page shows, in one transaction; the number of rows never seen before.

        Rows whose title or date has changed are to be read again at once. `horizon` and
        `baseline_at` of None leave what is stored.
        """
        remembered = {
            "which": source_id,
            "print": rows_fingerprint,
            **_told(validators),
            "new_horizon": horizon,
            "new_baseline": baseline_at,
        }
        with self._database.writing() as connection:
            if connection.execute(REMEMBERED, remembered).rowcount == 0:
                raise StoreError(f"no source {source_id}")
            return rows.remember(connection, source_id, listed, now=now)

    def checked(
        self,
        source_id: str,
        *,
        status: Status,
        reason: str,
        items: int,
        family: str | None,
        now: datetime,
        next_check_at: datetime,
        validators: Validators | None,
    ) -> None:
        """Write how a check ended and end its lease: one UPDATE, unless the source fails or recovers.

        `family` and `validators` of None leave what is stored.
        """
        told: dict[str, object] = {
            "which": source_id,
            "new_status": status.value,
            "new_reason": reason,
            "new_items": items,
            "new_family": family,
            "now": now,
            "next": next_check_at,
        }
        if validators is not None:
            told |= _told(validators)
        statement = _check(trouble=status.is_trouble, validators=validators is not None)
        with self._database.writing() as connection:
            row = connection.execute(statement, told).first()
            if row is None:
                raise StoreError(f"no source {source_id}")
            if status.is_trouble:
                troubles.open_or_update(connection, source_id, status, reason=reason, now=now)
            elif row.since == now:
                troubles.close(connection, source_id, now)

    def quiet(self, checks: Sequence[Quiet]) -> None:
        """Write how quiet checks ended and end their leases: one transaction, one statement for all."""
        told = [_quiet(check) for check in checks]
        if not told:
            return
        with self._database.writing() as connection:
            for statement, those in ((QUIET_AS_ASKED, False), (QUIET_ANSWERED, True)):
                rows = [
                    row for row, check in zip(told, checks, strict=True) if bool(check.validators) is those
                ]
                if rows and connection.execute(statement, rows).rowcount != len(rows):
                    raise StoreError("no such source")

    def troubles(self, since: datetime | None, until: datetime) -> tuple[Trouble, ...]:
        """Sources not readable during a period, with the last reason, oldest trouble first."""
        with self._database.reading() as connection:
            return troubles.during(connection, since, until)

    def spend(self, day: date, counts: Mapping[str, int]) -> None:
        """Add requests made on that day, by host."""
        with self._database.writing() as connection:
            pulse.spend(connection, day, counts)

    def spent(self, day: date) -> dict[str, int]:
        """Requests made on that day, by host."""
        with self._database.reading() as connection:
            return pulse.spent(connection, day)

    def beat(self, now: datetime) -> None:
        """The scheduler lives."""
        with self._database.writing() as connection:
            pulse.set_beat(connection, now)

    def last_beat(self) -> datetime | None:
        """When the scheduler last said that it lives."""
        with self._database.reading() as connection:
            return pulse.last_beat(connection)


@cache
def _check(*, trouble: bool, validators: bool) -> Update:
    """The UPDATE of a check, made once for each of its four forms: it is the hottest path we have.

    `since` moves only when the source starts or stops being in trouble; a first check is a start.
    """
    before = IN_TROUBLE if trouble else not_(IN_TROUBLE)
    statement = (
        update(source)
        .where(source.c.id == bindparam("which"))
        .values(
            status=bindparam("new_status"),
            reason=bindparam("new_reason"),
            items=bindparam("new_items"),
            family=func.coalesce(bindparam("new_family", type_=Words()), source.c.family),
            since=case((before, source.c.since), else_=NOW),
            failures=source.c.failures + 1 if trouble else 0,
            last_checked_at=NOW,
            next_check_at=bindparam("next"),
            lease_owner=None,
            lease_until=None,
        )
        .returning(source.c.since)
    )
    if validators:
        statement = statement.values(VALIDATORS)
    return statement if trouble else statement.values(last_good_at=NOW, usual=USUAL)


QUIET_AS_ASKED = (
    update(source)
    .where(source.c.id == bindparam("which"))
    .values(
        status=Status.UNCHANGED.value,
        reason="",
        items=bindparam("new_items"),
        failures=0,
        last_checked_at=NOW,
        last_good_at=NOW,
        next_check_at=bindparam("next", type_=UTCDateTime()),
        lease_owner=None,
        lease_until=None,
    )
)
QUIET_ANSWERED = QUIET_AS_ASKED.values(VALIDATORS)


def _quiet(check: Quiet) -> dict[str, object]:
    told: dict[str, object] = {
        "which": check.source_id,
        "new_items": check.items,
        "now": check.now,
        "next": check.next_check_at,
    }
    if check.validators:
        told |= _told(check.validators)
    return told


def _told(validators: Validators) -> dict[str, object]:
    return {
        "new_etag": validators.etag,
        "new_last_modified": validators.last_modified,
        "new_asked": validators.asked,
    }


def _read_state(row: RowMapping) -> SourceState:
    return SourceState(
        id=row["id"],
        status=None if row["status"] is None else Status(row["status"]),
        reason=row["reason"],
        since=row["since"],
        family=row["family"],
        items=row["items"],
        failures=row["failures"],
        baseline_at=row["baseline_at"],
        horizon=row["horizon"],
        usual=row["usual"],
        rows_fingerprint=row["rows_fingerprint"],
        validators=replace(read_validators(row), asked=row["asked"]),
        last_checked_at=row["last_checked_at"],
        last_good_at=row["last_good_at"],
        next_check_at=row["next_check_at"],
    )
