"""The door to the database and the page archive. Values in, values out; only this room knows SQL.

Methods are plain functions. From coroutines call them through `Store.run`, which carries them out
one after the other in the one writer thread.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import ParamSpec, Self, TypeVar

from sqlalchemy import create_engine, func, inspect, select

from monitor.errors import StoreError
from monitor.store import backup, engine, schema
from monitor.store.agenda import Agenda, Wanted
from monitor.store.alarms import Alarms, Noticed
from monitor.store.archive import Archive
from monitor.store.attachments import Attachments, FileAt, FileText
from monitor.store.bulletins import Bulletins
from monitor.store.changes import ChangeFilter
from monitor.store.corrections import Correction, Newest
from monitor.store.engine import Database
from monitor.store.held import HeldPolls
from monitor.store.lessons import Lessons
from monitor.store.letters import Lapsed, Letters, Unreached
from monitor.store.moves import Move, Moves
from monitor.store.notices import Counts, Notices
from monitor.store.outbox import Outbox
from monitor.store.refusals import plainly
from monitor.store.reviews import Reviews
from monitor.store.rows import Row
from monitor.store.settle import Settled, Settlement
from monitor.store.sources import Quiet, Sources
from monitor.store.standing import Standing
from monitor.store.tables import metadata, review
from monitor.store.troubles import Trouble

__all__ = [
    "ChangeFilter",
    "Correction",
    "Counts",
    "FileAt",
    "FileText",
    "Lapsed",
    "Move",
    "Newest",
    "Noticed",
    "Quiet",
    "Row",
    "Settled",
    "Settlement",
    "Standing",
    "Store",
    "Trouble",
    "Unreached",
    "Wanted",
    "is_there",
]

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = timedelta(seconds=5)


class Store:
    """One storage folder and one database."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.sources = Sources(database)
        self.notices = Notices(database)
        self.outbox = Outbox(database)
        self.reviews = Reviews(database)
        self.lessons = Lessons(database)
        self.letters = Letters(database)
        self.agenda = Agenda(database)
        self.alarms = Alarms(database)
        self.held = HeldPolls(database)
        self.moves = Moves(database)
        self.bulletins = Bulletins(database)
        self.attachments = Attachments(database)
        self.archive = Archive(folder)
        self._database = database
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    @classmethod
    def open(cls, url: str, *, folder: Path, patience: timedelta = PATIENCE) -> Self:
        """Open, or create, and migrate. `url` "" is the SQLite file in the folder.

        `patience` is how long to wait for another process's lock. StoreError, in one sentence, for a
        folder that cannot be written, and a database that is locked, damaged, not ours or too new.
        """
        _make_writable(folder)
        database = Database(engine.database_url(url, folder), patience=patience)
        try:
            if database.file is not None:
                engine.claim(database.file, patience)
            schema.upgrade(database)
        except StoreError:
            database.let_go()
            raise
        return cls(database, folder)

    async def run(self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a method in the writer thread. One that has begun is finished even if nobody waits."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(method, *args, **kwargs))

    def close(self) -> None:
        """Finish what has begun and let go of the files."""
        self._thread.shutdown()
        self._database.close()

    def upgrade(self) -> None:
        """Migrate to our schema, if it is not there yet."""
        schema.upgrade(self._database)

    def backup(self, file: Path) -> None:
        """Copy the living database into a new file."""
        backup.backup(self._database, file)

    def restore(self, file: Path) -> None:
        """Put a backup in the place of the database; refused unless it is whole and ours."""
        backup.restore(self._database, file)

    def stats(self) -> tuple[tuple[str, int], ...]:
        """Rows of each table, then the bytes of the database file (`bytes`, where there is one)."""
        with self._database.reading() as connection:
            rows = [
                (table.name, connection.execute(select(func.count()).select_from(table)).scalar_one())
                for table in metadata.sorted_tables
            ]
        file = self._database.file
        return (*rows, ("bytes", file.stat().st_size)) if file is not None else tuple(rows)


def is_there(url: str, folder: Path) -> bool:
    """Whether there is a database of ours at this address already; nothing is created by asking."""
    address = engine.database_url(url, folder)
    if address.get_backend_name() == "sqlite":
        return Path(address.database or "").is_file()
    with plainly("the database was not looked at"):
        server = create_engine(address)
        try:
            return inspect(server).has_table(review.name)
        finally:
            server.dispose()


def _make_writable(folder: Path) -> None:
    """Create the folder and try it: better now, in one sentence, than in the middle of a check."""
    with plainly(f"the storage folder {folder} is not writable"):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(4096))  # a full disk still makes empty files
