"""The one transaction that the path of a notice ends in: version, change, verdict, row settled.

Functions on a connection, for `Notices`. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from monitor.decide.identity import Tie
from monitor.errors import StoreError
from monitor.model import Change, Intent, Kind, Reading, Validators, Verdict
from monitor.store import identity, postings, standing, versions
from monitor.store.encode import dump
from monitor.store.tables import change, notice, verdict

# What is made once is compiled once: a backfill runs these thousands of times.
NEW_NOTICE = insert(notice).returning(notice.c.id)
NEW_CHANGE = insert(change)
NEW_VERDICT = insert(verdict)
LAST_CHANGE = select(func.max(change.c.id)).where(change.c.notice_id == bindparam("notice"))
# A better reading of a page replaces what the last change shows, and is no change itself.
SHOWN = (
    update(change).where(change.c.id == LAST_CHANGE.scalar_subquery()).values(version_id=bindparam("shown"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What was decided about one posting.

    `notice_id` None creates a notice; `raw` is the archive key of the page it was read from, `reading` how.
    `keys` are what it is recognised by, `ties` what it is linked to among the notices up to
    `considered_up_to`. `leads` makes this posting the one whose page speaks for the notice. Since
    `unsteady_since` its page changes too often: the version is kept, and the last change does not show it.
    """

    posting_id: int
    notice_id: int | None
    intent: Intent
    raw: str | None
    validators: Validators
    reread_at: datetime | None
    reading: Reading | None
    keys: Sequence[str] = ()
    considered_up_to: int = 0
    ties: Sequence[Tie] = ()
    leads: bool = False
    unsteady_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a settlement. `change` is None where it was the first to tell of nothing."""

    notice_id: int
    change: Change | None


def settle(connection: Connection, settlement: Settlement, now: datetime) -> Settled | None:
    """Carry out one settlement; None, and nothing written, where it must be compared again.

    Two processes may have read one page, and two sources may list one address: whoever comes second
    finds what the first has written here, inside the transaction, and has nothing more to tell. A notice
    that shares a key and was not there when this one was compared may be the same: then it stays owed.
    """
    notice_id = settlement.notice_id
    if notice_id is None:
        known = _known(connection, settlement, now)
        if known is not None:
            return Settled(known, None)
        if identity.is_overtaken(connection, settlement.keys, up_to=settlement.considered_up_to):
            return None
        notice_id = int(connection.execute(NEW_NOTICE, {"created_at": now}).scalar_one())
    elif _is_told(connection, settlement.intent, notice_id):
        _posting(connection, settlement, notice_id=notice_id, now=now)
        return Settled(notice_id, None)
    _write(connection, settlement, notice_id=notice_id, now=now)
    return Settled(notice_id, settlement.intent.change)


def _known(connection: Connection, settlement: Settlement, now: datetime) -> int | None:
    """The notice that this posting, or another one of its address, has become meanwhile."""
    already = connection.execute(postings.SETTLED_AS, {"which": settlement.posting_id}).scalar()
    if already is not None:
        return int(already)
    twin = connection.execute(postings.TWIN, {"which": settlement.posting_id}).scalar()
    return None if twin is None else _attach(connection, settlement, int(twin), now)


def _write(connection: Connection, settlement: Settlement, *, notice_id: int, now: datetime) -> None:
    version_id = _version(connection, settlement, notice_id=notice_id, now=now)
    source_id = _posting(connection, settlement, notice_id=notice_id, now=now)
    if settlement.intent.change is not None:
        _change(
            connection,
            settlement.intent.change,
            notice_id=notice_id,
            version_id=version_id,
            source_id=source_id,
            now=now,
        )
    elif settlement.unsteady_since is None:
        connection.execute(SHOWN, {"notice": notice_id, "shown": version_id})
    _verdict(connection, settlement.intent.verdict, notice_id=notice_id, now=now)
    identity.identify(connection, notice_id, settlement.keys)
    identity.tie(connection, notice_id, settlement.ties, now)
    if settlement.leads:
        connection.execute(postings.STEPPED_BACK, {"notice": notice_id, "which": settlement.posting_id})


def _attach(connection: Connection, settlement: Settlement, notice_id: int, now: datetime) -> int:
    told = {"which": settlement.posting_id, "notice": notice_id, "now": now, "reread": None}
    postings.write(connection, postings.ATTACHED, told)
    return notice_id


def _is_told(connection: Connection, intent: Intent, notice_id: int) -> bool:
    """Whether what this change tells of has been told already: another process was first."""
    kind = intent.change.kind if intent.change else None
    if kind in (Kind.WITHDRAWN, Kind.RESTORED):
        is_withdrawn = notice_id in standing.withdrawn(connection, [notice_id])
        return is_withdrawn is (kind is Kind.WITHDRAWN)
    if kind not in standing.OF_TEXT:
        return False
    shown = standing.shown(connection, notice_id)
    return shown is not None and (shown.fingerprint, shown.notice) == (intent.fingerprint, intent.notice)


def _version(connection: Connection, settlement: Settlement, *, notice_id: int, now: datetime) -> int:
    """A version exists only where it differs: a withdrawal, say, keeps the text that we had."""
    intent = settlement.intent
    if settlement.notice_id is not None:
        before = versions.latest(connection, notice_id)
        if before is None:
            raise StoreError(f"no notice {notice_id}")
        if (before.fingerprint, before.notice) == (intent.fingerprint, intent.notice):
            return before.id
    return versions.add(
        connection,
        notice_id,
        intent.notice,
        fingerprint=intent.fingerprint,
        raw=settlement.raw,
        reading=settlement.reading,
        now=now,
    )


def _posting(connection: Connection, settlement: Settlement, *, notice_id: int, now: datetime) -> str:
    change = settlement.intent.change
    if change and change.kind is Kind.WITHDRAWN:
        taken = {"which": settlement.posting_id, "again": settlement.reread_at}
        return postings.write(connection, postings.TAKEN_BACK, taken)
    told = postings.reading(
        settlement.posting_id, now=now, reread_at=settlement.reread_at, validators=settlement.validators
    )
    told |= {"notice": notice_id, "unsteady": settlement.unsteady_since}
    return postings.write(connection, postings.SETTLED, told)


def _change(
    connection: Connection, found: Change, *, notice_id: int, version_id: int, source_id: str, now: datetime
) -> None:
    told = {
        "notice_id": notice_id,
        "version_id": version_id,
        "source_id": source_id,
        "kind": found.kind.value,
        "at": now,
        "fields": dump(found.fields),
        "summary": found.summary,
    }
    connection.execute(NEW_CHANGE, told)


def _verdict(connection: Connection, guess: Verdict, *, notice_id: int, now: datetime) -> None:
    told = {
        "notice_id": notice_id,
        "at": now,
        "section": guess.section,
        "confidence": guess.confidence,
        "because": dump(guess.because),
    }
    connection.execute(NEW_VERDICT, told)
