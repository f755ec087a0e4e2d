"""What a check works with: the doors, the sections, a clock and chance. Values only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from monitor.classify import Sections
from monitor.fetch import Fetcher
from monitor.model import Status
from monitor.reader import Reader
from monitor.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The doors and values of a check. `chance` gives numbers in [0, 1)."""

    fetcher: Fetcher
    reader: Reader
    store: Store
    sections: Sections
    now: Callable[[], datetime]
    chance: Callable[[], float]


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
