"""A real PostgreSQL for a test run, on a socket of its own: a cluster that begins and ends with the tests.

Where initdb, pg_ctl or the driver is missing the tests are skipped, and pytest counts them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from sqlalchemy import URL, create_engine, text

TOOLS = ("initdb", "pg_ctl")
# PostgreSQL does not run as root: then nobody does it.
AS_NOBODY = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `folder` holds its socket."""

    folder: Path
    numbers: Iterator[int]

    def url(self, name: str = "postgres") -> URL:
        """A database of it."""
        return URL.create(
            "postgresql+psycopg", username="postgres", database=name, query={"host": str(self.folder)}
        )

    def database(self, *, like: str = "template1") -> str:
        """A new database, a copy of another one that nobody is in; its name."""
        name = f"t{next(self.numbers)}"
        engine = create_engine(self.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy"))
        engine.dispose()
        return name


def missing() -> str:
    """What there is none of here, "" when tests can run."""
    tools = [
        tool for tool in (*TOOLS, *(AS_NOBODY[:1] if os.geteuid() == 0 else ())) if not shutil.which(tool)
    ]
    return "、".join([*tools, *(["psycopg"] if find_spec("psycopg") is None else [])])


@contextmanager
def running() -> Iterator[Cluster]:
    """A cluster in a folder of its own; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kx-pg-"))  # a socket's path must be short
    as_other = AS_NOBODY if os.geteuid() == 0 else ()
    try:
        if as_other:
            shutil.chown(folder, "nobody", "nogroup")
        options = f"-k {folder} -c listen_addresses='' -F"
        data = str(folder / "d")
        _do(
            folder,
            *as_other,
            "initdb",
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        _do(folder, *as_other, "pg_ctl", "-w", "-D", data, "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield Cluster(folder, count(1))
        finally:
            _do(folder, *as_other, "pg_ctl", "-w", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _do(folder: Path, *command: str) -> None:
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(
        command, check=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
