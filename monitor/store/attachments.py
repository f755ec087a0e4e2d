"""附件: which bytes an address had when it was last asked, and what those bytes say.

An address is a canonical one; bytes are known by their hash, under which the page archive keeps them.
The text of the same bytes is stored once, however many notices carry them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, select

from monitor.model import Validators
from monitor.store.encode import read_validators
from monitor.store.engine import Database, insert_into
from monitor.store.tables import attachment, file

_BY_URL = select(attachment).where(attachment.c.url.in_(bindparam("urls", expanding=True)))
_BY_DIGEST = select(file).where(file.c.digest.in_(bindparam("digests", expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAt:
    """What is known of an address.

    `digest` is that of the last bytes that were had, "" where there were none yet. `failures` in a row
    have `reason`; before `retry_at` it is not asked again.
    """

    url: str
    digest: str = ""
    validators: Validators = field(default_factory=Validators)
    fetched_at: datetime | None = None
    failures: int = 0
    retry_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """What some bytes say: `text`, or the `reason` why there is none; `reader` names who has read them."""

    digest: str
    size: int
    text: str
    reason: str
    reader: str


class Attachments:
    """The rows of `attachment` and of `file`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, urls: Sequence[str]) -> dict[str, FileAt]:
        """What is known of these addresses; one that was never asked is not among the answers."""
        with self._database.reading() as connection:
            rows = connection.execute(_BY_URL, {"urls": list(urls)}).mappings()
            return {row["url"]: _kept(row) for row in rows}

    def keep(self, kept: FileAt) -> None:
        """Remember an address in the place of what was known of it."""
        told = {
            "digest": kept.digest or None,
            "etag": kept.validators.etag,
            "last_modified": kept.validators.last_modified,
            "fetched_at": kept.fetched_at,
            "failures": kept.failures,
            "retry_at": kept.retry_at,
            "reason": kept.reason,
        }
        with self._database.writing() as connection:
            statement = insert_into(connection, attachment).values(url=kept.url, **told)
            connection.execute(statement.on_conflict_do_update(index_elements=["url"], set_=told))

    def files(self, digests: Sequence[str]) -> dict[str, FileText]:
        """What is known of these bytes; those that nobody has read are not among the answers."""
        with self._database.reading() as connection:
            rows = connection.execute(_BY_DIGEST, {"digests": list(digests)}).mappings()
            return {row["digest"]: FileText(**row) for row in rows}

    def read(self, found: FileText) -> None:
        """Remember what some bytes say in the place of an earlier reading."""
        told = {
            "size": found.size,
            "text": found.text,
            "reason": found.reason,
            "reader": found.reader,
        }
        with self._database.writing() as connection:
            statement = insert_into(connection, file).values(digest=found.digest, **told)
            connection.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=told))


def _kept(row: RowMapping) -> FileAt:
    return FileAt(
        url=row["url"],
        digest=row["digest"] or "",
        validators=read_validators(row),
        fetched_at=row["fetched_at"],
        failures=row["failures"],
        retry_at=row["retry_at"],
        reason=row["reason"],
    )
