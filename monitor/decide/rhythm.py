"""When to look again: at a list, at a page, after a failure. Instants in UTC. Talks to nobody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from monitor.dates import local_date
from monitor.model import Deadline, Notice, Source

FIRST_REREAD = timedelta(hours=6)
LONGEST_REREAD = timedelta(days=7)
WATCH_AFTER_DEADLINE = timedelta(days=30)
WATCH_AFTER_PUBLICATION = timedelta(days=90)
TOLD_FROM_ROW_AFTER = timedelta(hours=24)
LONGEST_PAUSE = timedelta(days=1)
JITTER = 0.1


def next_check(source: Source, now: datetime, *, failures: int, blocked: bool, chance: float) -> datetime:
    """When to poll a source again. `chance` in [0, 1) spreads sources by ±10 % of the pause.

    A blocked source's pause doubles with every failure, up to a day (decision 18); another
    failure keeps the rhythm: the site may be back in an hour.
    """
    pause = source.every
    if blocked:
        pause = min(pause * (1 << min(failures, 10)), max(LONGEST_PAUSE, source.every))
    return now + pause * (1 + JITTER * (2 * chance - 1))


def next_reread(notice: Notice, first_seen: datetime, now: datetime) -> datetime | None:
    """When to read a notice's page again: often while it is young, weekly later, None after the watch.

    The gap is half the notice's age, between six hours and a week. Watched until 30 days after
    the last deadline, else 90 days after publication (decision 5).
    """
    again = now + min(max(_age(notice, first_seen, now) / 2, FIRST_REREAD), LONGEST_REREAD)
    return again if local_date(again) <= watched_until(notice, first_seen) else None


def next_look(notice: Notice, first_seen: datetime, now: datetime) -> datetime | None:
    """When to see whether a notice that was taken back is there again: weekly, None after the watch."""
    again = now + LONGEST_REREAD
    return again if local_date(again) <= watched_until(notice, first_seen) else None


def is_watched(notice: Notice, first_seen: datetime, now: datetime) -> bool:
    """Whether a change of this notice still matters to readers."""
    return local_date(now) <= watched_until(notice, first_seen)


def _age(notice: Notice, first_seen: datetime, now: datetime) -> timedelta:
    known_for = now - first_seen
    if notice.published_on is None:
        return known_for
    return max(known_for, timedelta(days=(local_date(now) - notice.published_on).days))


def watched_until(notice: Notice, first_seen: datetime) -> date:
    """The last day on which a change of this notice would matter to readers."""
    if notice.deadlines:
        return max(deadline.date for deadline in notice.deadlines) + WATCH_AFTER_DEADLINE
    return (notice.published_on or local_date(first_seen)) + WATCH_AFTER_PUBLICATION


def next_try(failures: int, now: datetime) -> datetime:
    """When to ask again for a page that could not be read: after 10 minutes, doubling, up to a day."""
    return now + min(timedelta(minutes=10) * (1 << min(failures, 10)), LONGEST_PAUSE)


def tells_from_row(first_seen: datetime, now: datetime) -> bool:
    """Whether a notice whose page cannot be read is told from its row now (decision 11)."""
    return now - first_seen >= TOLD_FROM_ROW_AFTER


def open_deadlines(notice: Notice, today: date) -> tuple[Deadline, ...]:
    """The deadlines that have not passed, soonest first."""
    return tuple(
        sorted((d for d in notice.deadlines if d.date >= today), key=lambda d: (d.date, d.time or ""))
    )
