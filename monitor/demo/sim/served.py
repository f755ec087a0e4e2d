"""The book of what was really answered, whole and unspoilt: the only thing from which the truth is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto


class What(Enum):
    """What an answer showed."""

    ROWS = auto()
    STRANGE = auto()  # rows that are not to be believed
    PAGE = auto()
    GONE = auto()
    FILE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one answer showed: the notices of a list, one notice's state, its absence, a file's state.

    `said` is the title and the paragraphs of a page, `dress` what its template adds to every page, `place`
    how often its site has moved. `is_own` is False where a page is gone because the whole site is, or has
    moved, `by_chance` where it is there and this one answer was an error; `is_first` is False of a further
    page of a list.
    """

    what: What
    notice: int = -1
    state: str = ""
    said: tuple[str, ...] = ()
    dress: str = ""
    place: int = 0
    due: date | None = None
    rows: tuple[int, ...] = ()
    is_own: bool = True
    by_chance: bool = False
    is_first: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the book."""

    at: datetime
    shown: Shown


@dataclass(slots=True)
class Book:
    """What was served, by column, in order."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    answers: int = 0
    spoilt: int = 0

    def write(self, column_id: str, at: datetime, shown: Shown) -> None:
        """One answer more."""
        self.entries.setdefault(column_id, []).append(Entry(at=at, shown=shown))

    def of(self, column_id: str) -> list[Entry]:
        """The answers of one column."""
        return self.entries.get(column_id, [])

    def of_notice(self, column_id: str, number: int) -> Iterator[Entry]:
        """The answers that showed one notice, its file or its absence."""
        return (entry for entry in self.of(column_id) if entry.shown.notice == number)
