"""A copy of a living database, and the way back. SQLite's own online copy; other databases have tools.

The page archive is files and is not in the copy.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from monitor.errors import StoreError
from monitor.store import schema
from monitor.store.engine import APPLICATION_ID, Database, owner
from monitor.store.refusals import plainly


def backup(database: Database, file: Path) -> None:
    """Copy the database into a new file, which appears whole or not at all."""
    living = _sqlite_file(database)
    if file.exists():
        raise StoreError(f"{file} exists; a backup does not overwrite")
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with plainly(f"no backup was written to {file}"):
            _copy(living, beside, database)
            # One plain file: a reader of the copy need not write beside it.
            with closing(sqlite3.connect(beside)) as copy:
                copy.execute("PRAGMA journal_mode = DELETE")
            beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def restore(database: Database, file: Path) -> None:
    """Put a backup in the place of the database, which stays as it was when anything is wrong.

    Refuses what is damaged, another program's, or of a newer program; an older schema is migrated.
    """
    living = _sqlite_file(database)
    with plainly(f"{file} was not restored"):
        _refuse_unfit(file)
        _copy(file, living, database)
    database.let_go()
    schema.upgrade(database)


def _copy(source: Path, target: Path, database: Database) -> None:
    """All pages in one step, under the locks that SQLite asks for."""
    seconds = database.patience.total_seconds()
    with (
        closing(sqlite3.connect(_read_only(source), uri=True, timeout=seconds)) as old,
        closing(sqlite3.connect(target, timeout=seconds)) as new,
    ):
        old.backup(new, progress=_give_up)


def _give_up(status: int, _remaining: int, _total: int) -> None:
    """The driver would try for ever where SQLite has lost patience."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise StoreError("the database is locked by another process; try again when it has finished")


def _refuse_unfit(file: Path) -> None:
    with closing(sqlite3.connect(_read_only(file), uri=True)) as found:
        if owner(found) != APPLICATION_ID:
            raise StoreError(f"{file} is no backup of this program")
        verdict = found.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if verdict != "ok":
            raise StoreError(f"{file} is damaged: {verdict}")
        schema.refuse_newer(found.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _read_only(file: Path) -> str:
    return f"file:{quote(str(file.absolute()))}?mode=ro"


def _sqlite_file(database: Database) -> Path:
    if database.file is None:
        raise StoreError("backup and restore are for SQLite; use the tools of your database")
    return database.file
