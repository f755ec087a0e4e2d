"""The database as a door: one writer, readers that cannot write, errors as StoreError.

Everything that is particular to SQLite or PostgreSQL is here, in backup.py and in refusals.py, behind a
check of the dialect; all other statements are portable.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from monitor.errors import StoreError
from monitor.store.refusals import plainly

# "KXUN": we never open, let alone change, someone else's file (reader does the same).
APPLICATION_ID = 0x4B58554E
FILE_NAME = "monitor.db"

# NORMAL loses no integrity in WAL, only the last moments when the power fails; it is 16 x faster.
WRITER = ("synchronous = NORMAL", "foreign_keys = ON")
PROMISER = ("synchronous = FULL", "foreign_keys = ON")
READER = ("query_only = ON",)
READERS = 8

# PostgreSQL lets many write at once, and two who read one page would both tell it: as in SQLite, one
# writer at a time, from the start of its transaction. The lock is the database's own, by our number.
ONE_WRITER = "SELECT set_config('lock_timeout', '{ms}ms', true), pg_advisory_xact_lock({number})"
ONE_VIEW = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Database:
    """Three engines on one database. Transactions are short: nothing is yielded to callers inside."""

    def __init__(self, url: URL, *, patience: timedelta) -> None:
        self.url = url
        self.patience = patience
        self.writer = _engine(url, patience, begin="BEGIN IMMEDIATE", pragmas=WRITER)
        self.promiser = _engine(url, patience, begin="BEGIN IMMEDIATE", pragmas=PROMISER)
        self.reader = _engine(url, patience, begin="BEGIN", pragmas=READER)

    @property
    def file(self) -> Path | None:
        """The database file, where there is one."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that holds the write lock from its start: all of it is written, or nothing."""
        with plainly("the store was not written"), self.writer.begin() as connection:
            yield connection

    @contextmanager
    def promising(self) -> Iterator[Connection]:
        """As `writing`, and on the disk when it ends, with all that was written before.

        For what is written down before something is done outside that cannot be taken back.
        """
        with plainly("the store was not written"), self.promiser.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view that cannot write."""
        with plainly("the store was not read"), self.reader.begin() as connection:
            yield connection

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """One transaction for a migration: SQLite rebuilds tables, so foreign keys are off."""
        engine = _engine(self.url, self.patience, begin="BEGIN IMMEDIATE", pragmas=())
        try:
            with plainly("the database was not migrated"), engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()

    def close(self) -> None:
        """Fold the write-ahead log into the file, so that the folder stays small, and let go."""
        self.reader.dispose()
        with plainly("the store was not closed"):
            if self.file is not None:
                _checkpoint(self.writer)
            self.let_go()

    def let_go(self) -> None:
        """Close what is open, whatever state it is in."""
        for engine in (self.reader, self.promiser, self.writer):
            engine.dispose()


def database_url(url: str, folder: Path) -> URL:
    """The URL as an object; "" means the SQLite file in the storage folder."""
    if not url:
        return URL.create("sqlite", database=str(folder / FILE_NAME))
    with plainly("the database URL is wrong"):
        parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StoreError("the database URL is wrong: SQLite needs a file")
    return parsed


def claim(file: Path, patience: timedelta) -> None:
    """Make sure that the file is ours, or new and then ours; refuse a stranger's without touching it."""
    with (
        plainly(f"the database {file} was not opened"),
        closing(sqlite3.connect(file, timeout=patience.total_seconds(), isolation_level=None)) as connection,
    ):
        if owner(connection) == APPLICATION_ID:
            return
        if owner(connection) or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StoreError(f"{file} is the database of another program; it was left alone")
        # In this order: killed in between, the file is nobody's still and the next start does both.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def owner(connection: sqlite3.Connection) -> int:
    """Whose file it is: the application id in its header, 0 when nobody said."""
    found: int = connection.execute("PRAGMA application_id").fetchone()[0]
    return found


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT: both dialects can, each with a class of its own."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def _engine(url: URL, patience: timedelta, *, begin: str, pragmas: tuple[str, ...]) -> Engine:
    """An engine whose transactions write one at a time, or see one state and cannot write."""
    try:
        engine = create_engine(url, pool_size=READERS if pragmas is READER else 1, max_overflow=0)
    except (SQLAlchemyError, ImportError) as error:
        shown = url.render_as_string(hide_password=True)
        raise StoreError(f"no driver for the database {shown}: {error}") from error
    if engine.dialect.name == "sqlite":
        _begin_in_sqlite(engine, patience, begin=begin, pragmas=pragmas)
    elif engine.dialect.name == "postgresql":
        _begin_in_postgresql(engine, patience, writes=pragmas is not READER)
    return engine


def _begin_in_sqlite(engine: Engine, patience: timedelta, *, begin: str, pragmas: tuple[str, ...]) -> None:
    """The driver opens no transaction for a SELECT, which loses updates; so we say BEGIN ourselves."""

    @event.listens_for(engine, "connect")
    def _connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in (f"busy_timeout = {patience // timedelta(milliseconds=1)}", *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _begin_in_postgresql(engine: Engine, patience: timedelta, *, writes: bool) -> None:
    waiting = ONE_WRITER.format(ms=max(1, patience // timedelta(milliseconds=1)), number=APPLICATION_ID)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(waiting if writes else ONE_VIEW)


def _checkpoint(engine: Engine) -> None:
    """Best effort: a reader in another process keeps its part of the log, and that is fine."""
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 100")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
