"""What is to be told at this instant: digests whose time has come, and alerts. Once each pump.

The cron lines are asked here and not run by the scheduler: when a digest was last composed is in the
database, so that one which was missed (the service was down, it was a quiet hour) is told late and once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from monitor.dates import SHANGHAI, local_date
from monitor.decide.workdays import Works
from monitor.digest import is_due, quiet_until
from monitor.digest.when import NextTime
from monitor.model import Digest, Source
from monitor.store import Store

REMIND_AT = time(9)  # in Beijing: an alert reminds of a day's deadlines when people are at work
CATCH_UP = timedelta(minutes=30)  # what was missed waits so long for sources to be read after a start


@dataclass(slots=True)
class Reminded:
    """The day on which each alert last looked for deadlines, as far as this process knows."""

    days: dict[str, date] = field(default_factory=dict)

    def is_time(self, alert: Digest, now: datetime) -> bool:
        """Once a day; what has been told before is told by nobody twice."""
        local = now.astimezone(SHANGHAI)
        return bool(alert.remind) and local.time() >= REMIND_AT and self.days.get(alert.name) != local.date()

    def note(self, alert: Digest, now: datetime) -> None:
        """It has looked today."""
        self.days[alert.name] = local_date(now)


async def due_now(
    digests: Sequence[Digest], store: Store, now: datetime, *, next_time: NextTime, works: Works
) -> tuple[Digest, ...]:
    """Digests whose time has come since they were last composed."""
    last = await store.run(store.outbox.composed_at, [digest.name for digest in digests])
    return tuple(
        digest
        for digest in digests
        if is_due(digest, last=last[digest.name], now=now, next_time=next_time, works=works)
    )


async def has_caught_up(sources: Sequence[Source], store: Store, *, started: datetime, now: datetime) -> bool:
    """Whether what happened while the service was down has been read, or waited for long enough."""
    if now - started >= CATCH_UP:
        return True
    states = await store.run(store.sources.states)
    known = [states[source.id] for source in sources if source.id in states]
    return all(
        (state.last_checked_at or started) > started or (state.next_check_at or started) > now
        for state in known
    )


async def keep_quiet(digests: Sequence[Digest], store: Store, now: datetime) -> tuple[Digest, ...]:
    """Those that may speak now; what the others have in the outbox waits for the end of their quiet."""
    until = {digest.name: quiet_until(digest.quiet, now) for digest in digests}
    for name, end in until.items():
        if end:
            await store.run(store.outbox.hold, [name], end)
    return tuple(digest for digest in digests if not until[digest.name])
