"""The command, with a fuse: it kills itself at the N-th commit, or at the N-th step of a job.

The first word is the fuse. `commit:N` counts twice for each transaction that writes: just before it is committed and just
after. `step:N` counts the steps of the jobs: between two calls of a door (store, fetch, reader, notify) a job only
computes, and to die there is to die at the first line after the one call and before the next. Where a door writes without a
transaction, every line is a step. `step:0` never burns down and says on stderr how many steps there were; `-` is no fuse.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Protocol

from sqlalchemy import Connection

import monitor
from monitor.cli import run as run_command
from monitor.store.engine import Database

ROOM = Path(monitor.__file__).parent
JOBS = str(ROOM / "jobs")
DOORS = tuple(str(ROOM / name) for name in ("store", "fetch", "reader", "notify"))
BARE = {str(ROOM / "store" / "archive.py"): {"_write"}, str(ROOM / "store" / "engine.py"): {"claim"}}
TRANSACTIONS = ("writing", "promising", "rebuilding")
NO_FUSE = "-"

Transaction = Callable[[Database], AbstractContextManager[Connection]]


class Trace(Protocol):
    """What `sys.settrace` takes."""

    def __call__(self, frame: FrameType, event: str, argument: object, /) -> Trace | None: ...


@dataclass(slots=True)
class Fuse:
    """Burns down by one at each crossing; at `length` the process dies as by `kill -9`."""

    length: int
    crossed: int = 0
    has_called: bool = True

    def cross(self) -> None:
        """One step further."""
        self.crossed += 1
        if self.crossed == self.length:
            os.kill(os.getpid(), signal.SIGKILL)

    def trace(self, frame: FrameType, event: str, _argument: object) -> Trace | None:
        """Called for every call, and for every line of what it is returned for; in whichever thread."""
        file = frame.f_code.co_filename
        if file.startswith(JOBS):
            return self._line_of_job
        self.has_called = self.has_called or file.startswith(DOORS)
        return self._line_of_door if frame.f_code.co_name in BARE.get(file, ()) else None

    def _line_of_job(self, _frame: FrameType, event: str, _argument: object) -> Trace:
        if event == "line" and self.has_called:
            self.has_called = False
            self.cross()
        return self._line_of_job

    def _line_of_door(self, _frame: FrameType, event: str, _argument: object) -> Trace:
        if event == "line":
            self.cross()
        return self._line_of_door


def run(words: list[str]) -> int:
    """A command line with its fuse in front."""
    kind, _, length = words[0].partition(":")
    fuse = Fuse(int(length or 0))
    if kind == "commit":
        around_commits(fuse.cross)
    if kind == "step":
        threading.settrace(fuse.trace)
        sys.settrace(fuse.trace)
    code = run_command(words[1:])
    sys.settrace(None)
    if kind == "step" and not fuse.length:
        sys.stderr.write(f"{fuse.crossed}\n")
    return code


def around_commits(
    cross: Callable[[], None], put: Callable[[type, str, Transaction], None] = setattr
) -> None:
    """Have this called just before and just after every commit. `put` is who replaces the methods."""
    for name in TRANSACTIONS:
        put(Database, name, _crossed(getattr(Database, name), cross))


def _crossed(transaction: Transaction, cross: Callable[[], None]) -> Transaction:
    @contextmanager
    def crossed(database: Database) -> Iterator[Connection]:
        with transaction(database) as connection:
            yield connection
            cross()
        cross()

    return crossed
