"""What a check works with: the doors, sections, what was learnt, the bodies of the state, a clock, chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from monitor.classify import Learnt, Sections
from monitor.fetch import Fetcher
from monitor.fields.bodies import Bodies
from monitor.jobs.learn import Learning
from monitor.model import Status
from monitor.reader import Reader
from monitor.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What reading stored pages again takes: no door to the web is among it."""

    reader: Reader
    store: Store
    sections: Sections
    learnt: Learnt
    bodies: Bodies
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The doors and values of a check. `chance` gives numbers in [0, 1)."""

    fetcher: Fetcher
    reader: Reader
    store: Store
    sections: Sections
    learning: Learning
    bodies: Bodies
    now: Callable[[], datetime]
    chance: Callable[[], float]

    @property
    def learnt(self) -> Learnt:
        """What editors' decisions have taught until now."""
        return self.learning.learnt

    @property
    def study(self) -> Study:
        """The same without the web."""
        return Study(
            reader=self.reader,
            store=self.store,
            sections=self.sections,
            learnt=self.learnt,
            bodies=self.bodies,
            now=self.now,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for beyond the usual: re-read every watched page, read lists back to a day."""

    reread: bool = False
    backfill_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How a check of one source ended. `error` is the reason of a trouble, "" when there is none."""

    id: str
    status: Status
    items: int = 0
    new: int = 0
    error: str = ""
