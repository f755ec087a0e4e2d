"""What every command shares: where things are, which instant it is, how answers are printed."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from monitor.settings import Places, Settings
    from monitor.store import Store


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant, Beijing time when it names no offset."""

    name = "instant"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Parsed by the clock's own rules."""
        from monitor.cli.clock import instant

        if isinstance(value, datetime):
            return value
        try:
            return instant(str(value))
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no ISO 8601 instant such as 2019-08-19T09:30", param, ctx)


@dataclass(slots=True, kw_only=True)
class Context:
    """The global options, and what follows from them when a command asks."""

    places: Places
    now: Callable[[], datetime]
    verbose: bool

    @classmethod
    def of(
        cls, *, config: Path | None, storage: Path | None, database: str | None, now: object, verbose: bool
    ) -> Context:
        """From the command line and the environment."""
        from monitor.cli.clock import wall_clock
        from monitor.settings.places import environment, find_places

        places = find_places(environment(), config=config, storage=storage, database=database)
        start_logging(verbose=verbose)
        clock = (lambda: now) if isinstance(now, datetime) else wall_clock
        return cls(places=places, now=clock, verbose=verbose)

    def settings(self) -> Settings:
        """sources.yaml and seeds/, read and checked now."""
        from monitor.settings import load

        return load(self.places)

    @contextmanager
    def store(self, settings: Settings) -> Iterator[Store]:
        """The database, for commands that only look something up or write one thing."""
        from monitor.app import open_store

        store = open_store(settings, self.now())
        try:
            yield store
        finally:
            store.close()


class _Line(logging.Formatter):
    """`event key=value …` on one line: the fixed event name first."""

    _KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

    def format(self, record: logging.LogRecord) -> str:
        said = super().format(record)
        pairs = " ".join(
            f"{key}={value}" for key, value in vars(record).items() if key not in self._KNOWN and value != ""
        )
        first, *trace = said.split("\n")
        return "\n".join([f"{first} {pairs}".rstrip().replace("\r", " "), *trace])


def start_logging(*, verbose: bool) -> None:
    """Logs go to stderr. Commands say what matters themselves, so only warnings show unless asked."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Line("%(asctime)s %(levelname)s %(message)s"))
    root = logging.getLogger("monitor")
    root.handlers[:] = [handler]
    root.propagate = False
    root.setLevel(logging.DEBUG if verbose else logging.WARNING)


def emit(data: object) -> None:
    """One JSON document on stdout, UTF-8, nothing else."""
    text = json.dumps(data, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.flush()


def say(text: str = "") -> None:
    """A line for people, on stdout."""
    click.echo(text)


json_option = click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 文档")
