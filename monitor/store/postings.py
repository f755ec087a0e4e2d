"""发布处: which pages are owed, which are to be read again, and what became of a reading.

Statements and functions on a connection, for `Notices`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Boolean, Connection, RowMapping, Select, Update, bindparam, func, or_, select, update

from monitor.errors import StoreError
from monitor.model import Posting, Validators
from monitor.store.columns import UTCDateTime
from monitor.store.encode import read_item, read_validators
from monitor.store.tables import posting

NOW = bindparam("now", type_=UTCDateTime())
# A page that failed waits for its next try, whatever else would have it read.
MAY_TRY = or_(posting.c.retry_at.is_(None), posting.c.retry_at <= NOW)
OF_SOURCE = select(posting).where(posting.c.source_id == bindparam("source"))

OWED = OF_SOURCE.where(posting.c.settled.is_(False), MAY_TRY).order_by(posting.c.id).limit(bindparam("limit"))
REREADS = (
    OF_SOURCE.where(posting.c.settled.is_(True), posting.c.reread_at <= NOW, MAY_TRY)
    .order_by(posting.c.reread_at, posting.c.id)
    .limit(bindparam("limit"))
)
WATCHED = OF_SOURCE.where(posting.c.settled.is_(True), posting.c.reread_at.is_not(None)).order_by(
    posting.c.id
)
# Pages that stood beside one when it was last read, those nearest to it first.
BESIDE = (
    OF_SOURCE.where(
        posting.c.id != bindparam("which"),
        posting.c.settled.is_(True),
        posting.c.notice_id.is_not(None),
        posting.c.reread_at.is_not(None),
        posting.c.first_seen_at <= bindparam("seen_by", type_=UTCDateTime()),
        or_(posting.c.gone_at.is_(None), posting.c.gone_at >= bindparam("lately", type_=UTCDateTime())),
    )
    .order_by(func.abs(posting.c.id - bindparam("which")), posting.c.id)
    .limit(bindparam("limit"))
)
OF_NOTICE = select(posting).where(posting.c.notice_id == bindparam("notice")).order_by(posting.c.id)
WAITING = (
    select(posting.c.source_id)
    .where(or_(posting.c.settled.is_(False), posting.c.reread_at <= NOW), MAY_TRY)
    .distinct()
)
SAME = (
    select(posting.c.notice_id)
    .where(posting.c.key == bindparam("key"), posting.c.settled.is_(True), posting.c.notice_id.is_not(None))
    .order_by(posting.c.id)
    .limit(1)
)
# Everywhere that an address stands, what became a notice first.
POSTED = (
    select(posting)
    .where(posting.c.key == bindparam("key"))
    .order_by(posting.c.notice_id.is_(None), posting.c.id)
)
AT_SOURCE = select(posting).where(
    posting.c.source_id == bindparam("source"), posting.c.key == bindparam("key")
)
SETTLED_AS = select(posting.c.notice_id).where(
    posting.c.id == bindparam("which"), posting.c.settled.is_(True)
)
_SELF = posting.alias("self")
# The notice of another settled posting with the same canonical key as this one.
TWIN = (
    select(posting.c.notice_id)
    .join(_SELF, _SELF.c.key == posting.c.key)
    .where(_SELF.c.id == bindparam("which"), posting.c.id != _SELF.c.id)
    .where(posting.c.settled.is_(True), posting.c.notice_id.is_not(None))
    .order_by(posting.c.id)
    .limit(1)
)

# A page that could be read is there, whatever it said before.
_READ = (
    update(posting)
    .where(posting.c.id == bindparam("which"))
    .values(
        last_read_at=NOW, reread_at=bindparam("reread"), failures=0, reason="", retry_at=None, gone_at=None
    )
    .returning(posting.c.source_id)
)
_WITH_VALIDATORS = _READ.values(etag=bindparam("new_etag"), last_modified=bindparam("new_last_modified"))
UNCHANGED = _WITH_VALIDATORS
ATTACHED = _READ.values(settled=True, notice_id=bindparam("notice"))
SETTLED = _WITH_VALIDATORS.values(
    settled=True,
    notice_id=bindparam("notice"),
    unsteady_since=bindparam("unsteady", type_=UTCDateTime()),
)
# A page that is not there, or is no longer this notice's; it is asked for again then, or never.
ABSENT = (
    update(posting)
    .where(posting.c.id == bindparam("which"))
    .values(
        settled=or_(posting.c.settled, bindparam("done", type_=Boolean())),
        gone_at=bindparam("gone", type_=UTCDateTime()),
        reread_at=bindparam("again", type_=UTCDateTime()),
        retry_at=bindparam("again", type_=UTCDateTime()),
        reason=bindparam("why"),
        failures=0,
        failed_at=NOW,
    )
    .returning(posting.c.source_id)
)
# Taken back, as readers are told: nothing is held back any more.
TAKEN_BACK = (
    update(posting)
    .where(posting.c.id == bindparam("which"))
    .values(reread_at=bindparam("again", type_=UTCDateTime()), retry_at=None, failures=0, unsteady_since=None)
    .returning(posting.c.source_id)
)
LEFT = (
    update(posting)
    .where(posting.c.id == bindparam("which"))
    .values(reread_at=None, retry_at=None)
    .returning(posting.c.source_id)
)
CALLED = (
    update(posting)
    .where(posting.c.id == bindparam("which"))
    .values(reread_at=NOW, retry_at=None)
    .returning(posting.c.source_id)
)
# Its page is no longer read again: another posting speaks for the notice.
STEPPED_BACK = (
    update(posting)
    .where(posting.c.notice_id == bindparam("notice"), posting.c.id != bindparam("which"))
    .values(reread_at=None)
)
FAILED = (
    update(posting)
    .where(posting.c.id == bindparam("which"))
    .values(
        failures=posting.c.failures + 1, failed_at=NOW, reason=bindparam("why"), retry_at=bindparam("again")
    )
    .returning(posting.c.source_id)
)


def find(
    connection: Connection, statement: Select[*tuple[object, ...]], wanted: Mapping[str, object]
) -> tuple[Posting, ...]:
    """The postings that the statement selects."""
    return tuple(read_posting(row) for row in connection.execute(statement, wanted).mappings())


def write(connection: Connection, statement: Update, told: Mapping[str, object]) -> str:
    """Carry out the statement on one posting; its source. StoreError when it applies to none."""
    source_id = connection.execute(statement, told).scalar()
    if source_id is None:
        raise StoreError(f"no posting {told['which']}")
    return str(source_id)


def reading(
    posting_id: int, *, now: datetime, reread_at: datetime | None, validators: Validators
) -> dict[str, object]:
    """What a reading of a page tells UNCHANGED and, with a notice, SETTLED."""
    return {
        "which": posting_id,
        "now": now,
        "reread": reread_at,
        "new_etag": validators.etag,
        "new_last_modified": validators.last_modified,
    }


def read_posting(row: RowMapping) -> Posting:
    """The posting in a row."""
    return Posting(
        id=row["id"],
        source_id=row["source_id"],
        item=read_item(row),
        baseline=row["baseline"],
        settled=row["settled"],
        notice_id=row["notice_id"],
        first_seen_at=row["first_seen_at"],
        last_read_at=row["last_read_at"],
        failures=row["failures"],
        gone_at=row["gone_at"],
        unsteady_since=row["unsteady_since"],
        validators=read_validators(row),
    )
