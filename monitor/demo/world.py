"""What stands on which page at an instant: the script of the demo as functions of time.

`World` is the one thing with a state: a clock that the replay sets, and a count of visits from
which all noise is made. Everything a site needs for one answer is a `Scene`. Talks to nobody.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.demo.noise import Noise
from monitor.demo.rows import Row, Text, revised

_ALWAYS = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Scene:
    """The world as one visitor finds it."""

    rows: tuple[Row, ...]
    now: datetime
    noise: Noise

    def listed(self, column_id: str) -> tuple[Row, ...]:
        """The rows of a column as its list shows them now: pinned ones first, shuffled at every visit."""
        rows = listed(self.rows, column_id, now=self.now)
        pinned = self.noise.shuffled([row for row in rows if row.pinned])
        return (*pinned, *(row for row in rows if not row.pinned))

    def row_at(self, column_id: str, path: str) -> Row | None:
        """The row of a column whose page has that path, once it is published."""
        for row in self.rows:
            if row.path == path and row.column == column_id and _is_published(row, self.now):
                return row
        return None

    def text(self, row: Row) -> Text:
        """What the page of a row says now."""
        if row.revision is None or self.now < row.revision.at:
            return row.text
        return revised(row.text, row.revision)


class World:
    """The simulated web: a clock that somebody sets and a count of visits."""

    def __init__(self, rows: tuple[Row, ...], *, now: datetime) -> None:
        self.now = now
        self._rows = rows
        self._count = itertools.count(1)
        self.visits = 0

    def scene(self) -> Scene:
        """What the next visitor finds; no two visits see the same noise."""
        self.visits = next(self._count)
        return Scene(self._rows, self.now, Noise(visit=self.visits, now=self.now))


def listed(rows: tuple[Row, ...], column_id: str, *, now: datetime) -> tuple[Row, ...]:
    """Rows of a column that its list shows at `now`, last listed first. What is gone has still a page.

    Old rows keep the order they were written in, which is not always that of their dates (MIIT).
    """
    shown = [
        row for row in rows if row.column == column_id and _is_published(row, now) and not _is_gone(row, now)
    ]
    return tuple(sorted(shown, key=lambda row: row.listed or _ALWAYS, reverse=True))


def _is_published(row: Row, now: datetime) -> bool:
    return row.listed is None or row.listed <= now


def _is_gone(row: Row, now: datetime) -> bool:
    return row.gone is not None and row.gone <= now
