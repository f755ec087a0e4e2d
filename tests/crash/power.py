"""Power lost between any two writes: what a disk may then hold, and what becomes of it.

SQLite promises only what it has synced. In WAL mode commits go to the log, which is synced when a transaction is
FULL, and before it is folded into the file; what was written since may be there, in part, or not, and what follows may be
anything. So an image is the file, the log cut anywhere behind its last sync, and rubbish behind the cut.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from monitor.store.engine import Database
from tests.crash.orders import Day, Trouble
from tests.crash.victim import Transaction

FULL = 2  # PRAGMA synchronous
WELL = Trouble()


@dataclass(frozen=True, slots=True)
class Image:
    """The disk at an instant, and the world around it. Of the log `synced` bytes are sure."""

    file: bytes
    log: bytes
    synced: int
    clock: datetime
    editions: dict[int, int]
    taken: dict[str, list[tuple[int, bool]]]


@dataclass(slots=True)
class Camera:
    """Takes an image whenever a door has been crossed."""

    day: Day
    images: list[Image]
    synced: int = 0

    def take(self) -> None:
        """Nobody writes meanwhile: the writer is the one who calls."""
        file, log = self._files()
        image = Image(
            file=file.read_bytes(),
            log=log.read_bytes() if log.exists() else b"",
            synced=self.synced,
            clock=self.day.clock,
            editions=dict(self.day.site.editions),
            taken={name: list(chat.taken) for name, chat in self.day.chats.items()},
        )
        self.images.append(image)

    def has_synced(self) -> None:
        """All of the log that is there has reached the disk."""
        self.synced = self._files()[1].stat().st_size

    def _files(self) -> tuple[Path, Path]:
        return self.day.folder / "monitor.db", self.day.folder / "monitor.db-wal"


@contextmanager
def photographed(day: Day) -> Iterator[list[Image]]:
    """Images of all that is done in the block, from a log that is empty on."""
    camera = Camera(day, [])
    with pytest.MonkeyPatch.context() as patch:
        for name in ("writing", "promising"):
            patch.setattr(Database, name, _photographed(getattr(Database, name), camera))
        patch.setattr(day.doors, "photograph", camera.take)
        yield camera.images


def _photographed(transaction: Transaction, camera: Camera) -> Transaction:
    @contextmanager
    def photographed(database: Database) -> Iterator[Connection]:
        with transaction(database) as connection:
            is_full = connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL
            yield connection
        if is_full:
            camera.has_synced()
        camera.take()

    return photographed


def cuts(image: Image, chance: random.Random, *, most: int) -> Iterator[bytes]:
    """What of the log may have reached the disk: all, no more than must have, or so many times a part."""
    yield image.log
    yield image.log[: image.synced]
    for _ in range(most):
        kept = image.log[: chance.randint(image.synced, len(image.log))]
        yield kept + chance.choice([b"", bytes(4096), chance.randbytes(4096)])


def wake(image: Image, log: bytes, folder: Path) -> list[str]:
    """The program is started on what the disk holds, and the world goes on; what is wrong then."""
    folder.mkdir()
    (folder / "monitor.db").write_bytes(image.file)
    (folder / "monitor.db-wal").write_bytes(log)
    with closing(Day(folder)) as day:
        day.clock = image.clock + timedelta(hours=1)
        day.site.editions = dict(image.editions)
        day.has_failed = True
        for name, chat in day.chats.items():
            chat.taken = list(image.taken[name])
        day.end()
        found = day.complaints()
    shutil.rmtree(folder)
    return found


def photograph(folder: Path) -> list[Image]:
    """Two days of news, a correction, checks, digests and deliveries, at every door."""
    with closing(Day(folder)) as day:
        day.check(WELL)
        day.reopen()
        with photographed(day) as images:
            for _ in range(2):
                day.publish()
                day.edit(0)
                for what in ("check", "tell", "deliver"):
                    day.job(what, WELL)
    return images


def fail(
    images: Sequence[Image], folder: Path, chance: random.Random, *, most: int
) -> Iterator[tuple[int, list[str]]]:
    """For each image, each cut: its number, and what is wrong after the program was started on it."""
    for number, image in enumerate(images):
        for log in cuts(image, chance, most=most):
            yield number, wake(image, log, folder)
