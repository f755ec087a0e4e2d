"""What became of the pages of one check, while they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.decide.breaker import Held
from monitor.errors import Blocked, FetchError, Refused, SourceError
from monitor.jobs.attached import Errand
from monitor.jobs.gone import Absences
from monitor.jobs.witnesses import Bench
from monitor.model import Change, Kind, ListingItem, Posting
from monitor.store import Settlement

MOST_SILENT = 5  # in a row: the site is down or our budget spent, and every page would wait as long


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the pages of one check. `listed` are the rows of the list, None: it is as it was."""

    listed: Mapping[str, ListingItem] | None = None
    read: int = 0
    unread: int = 0
    new: int = 0
    changed: int = 0
    blocked: str = ""
    silent: int = 0
    files: Errand = field(default_factory=Errand)
    absences: Absences = field(default_factory=Absences)
    bench: Bench = field(default_factory=Bench)
    settled: list[Settlement] = field(default_factory=list)
    held: Held | None = None

    @property
    def over(self) -> bool:
        """Whether to ask for no further page: a wall, or a site that has fallen silent."""
        return bool(self.blocked) or self.silent >= MOST_SILENT

    def answered(self, posting: Posting) -> None:
        """Count a page that is there."""
        self.silent = 0
        self.absences.there[posting.id] = True

    def count(self, error: SourceError) -> None:
        """Count an unread page; `silent` are those in a row to which the site has said nothing of its own."""
        self.unread += 1
        is_silence = isinstance(error, FetchError) and (error.status is None or error.status >= 500)
        self.silent = self.silent + 1 if is_silence and not isinstance(error, Refused) else 0
        if isinstance(error, Blocked):
            self.blocked = error.reason

    def take(self, decided: Settlement) -> None:
        """Remember a decision; it is carried out with the others of its batch."""
        self.settled.append(decided)

    def tell(self, change: Change | None) -> None:
        """Count what there is to tell of a decision that has been carried out."""
        if change and change.kind is not Kind.BASELINE:
            self.changed += 1
            self.new += change.kind is Kind.NEW
