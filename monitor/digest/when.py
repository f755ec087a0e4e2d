"""When a digest is told: by its cron line, late rather than never, and not in its quiet hours.

Pure: the instant of the last composition, the clock and the calendar are given.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from monitor.dates import SHANGHAI, local_date
from monitor.model import Digest, Quiet

NextTime = Callable[[str, datetime], datetime | None]

_MOMENT = timedelta(microseconds=1)


def quiet_until(quiet: Quiet | None, now: datetime) -> datetime | None:
    """The end, in UTC, of the quiet hours in which `now` lies; None outside of them."""
    if quiet is None:
        return None
    local = now.astimezone(SHANGHAI)
    clock, over_midnight = local.time(), quiet.since > quiet.until
    late, early = clock >= quiet.since, clock < quiet.until
    if not ((late or early) if over_midnight else (late and early)):
        return None
    day = local.date() + timedelta(days=over_midnight and late)
    return datetime.combine(day, quiet.until, SHANGHAI).astimezone(UTC)


def is_due(
    digest: Digest, *, last: datetime, now: datetime, next_time: NextTime, works: Callable[[date], bool]
) -> bool:
    """Whether a time of the digest's cron line has come since it was `last` composed.

    However many were missed, one composition makes up for them all; with `workdays` neither a time on a
    day off counts, nor is anything made up for on one. Quiet hours put it off to their end.
    """
    if digest.is_alert or quiet_until(digest.quiet, now):
        return False
    if digest.workdays and not works(local_date(now)):
        return False
    found = next_time(digest.at, last + _MOMENT)
    while digest.workdays and found and found <= now and not works(local_date(found)):
        found = next_time(digest.at, _next_midnight(found))
    return found is not None and found <= now


def _next_midnight(after: datetime) -> datetime:
    return datetime.combine(local_date(after) + timedelta(days=1), time(), SHANGHAI)
