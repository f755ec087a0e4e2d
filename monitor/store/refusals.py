"""Foreign errors of the database and the file system as one sentence: the only place that does it.

Contains no business logic.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError, StatementError

from monitor.errors import StoreError

LOCKED = "the database is locked by another process; try again when it has finished"
NO_ROOM = "the disk is full: nothing was written"
READ_ONLY = "the database or its folder is not writable"
# Primary result codes of SQLite; extended ones carry them in the low byte (sqlite.org/rescode.html).
SENTENCES = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_FULL: NO_ROOM,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened or created",
    sqlite3.SQLITE_NOTADB: "the file is not a database",
    sqlite3.SQLITE_CORRUPT: "the database file is damaged; restore a backup",
    sqlite3.SQLITE_IOERR: "the disk is full or has failed",
}
# Those of PostgreSQL (its manual, appendix A), in SQLite's words where there are any.
STATES = {
    "23503": "FOREIGN KEY constraint failed",
    "23505": "UNIQUE constraint failed",
    "55P03": LOCKED,
    "53100": NO_ROOM,
    "25006": READ_ONLY,
    "53300": "the database server takes no more connections",
    "57P03": "the database server is starting or ending",
}
FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def plainly(what: str) -> Iterator[None]:
    """Turn errors of the database driver and the file system into a StoreError about `what`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreError(f"{what}: {sentence(error)}") from error


def sentence(error: Exception) -> str:
    """Why it refused, for the person who must act. Never holds values of a statement."""
    cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
    if isinstance(cause, OSError):
        return _of_file(cause)
    said = next(iter(str(cause).splitlines()), type(cause).__name__)  # PostgreSQL's second line has values
    known = SENTENCES.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF) or STATES.get(
        getattr(cause, "sqlstate", None) or ""
    )
    return f"{known} ({said})" if known else said


def _of_file(error: OSError) -> str:
    if error.errno in FULL:
        return NO_ROOM
    why = error.strerror or str(error)
    return f"{why}: {error.filename}" if error.filename else why
