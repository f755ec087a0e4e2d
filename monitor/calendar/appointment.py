"""One deadline of one notice as an appointment: which one it is, when it ends, how often it was moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from monitor.dates import SHANGHAI
from monitor.model import ChangeRecord, Deadline

NO_KIND = "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A deadline as it stands. `last` is the last change of its notice, `before` is from before its move.

    `uid` outlives every move; `sequence` counts moves, cancellations and returns. `since` is when this
    date was first known, `modified_at` when anything that is said here last changed.
    """

    uid: str
    last: ChangeRecord
    deadline: Deadline
    before: Deadline | None
    sequence: int
    created_at: datetime
    since: datetime
    modified_at: datetime
    cancelled: bool

    @property
    def ends(self) -> datetime:
        """The instant, in UTC, from which on it is too late."""
        return end(self.deadline)

    def is_open(self, now: datetime) -> bool:
        """Whether there is still time, were it not cancelled."""
        return now < self.ends


def end(deadline: Deadline) -> datetime:
    """The instant, in UTC, at which it passes. A day without a time lasts to its end, as 24:00 does."""
    hours, _, minutes = (deadline.time or "24:00").partition(":")
    midnight = datetime.combine(deadline.date, time(), SHANGHAI).astimezone(UTC)
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))
