"""The schedule: when jobs run. The only file that imports APScheduler; what they do is not known here.

Cron lines are in Asia/Shanghai. A job that is late runs once, a job that still runs is not started
again, and nothing is pickled into a job store: what is due is a column in the database.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor.dates import SHANGHAI
from monitor.jobs.guard import guarded

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]


class Schedule:
    """A handful of system jobs on the running event loop."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=SHANGHAI,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def every(self, seconds: float, job: Job, *, name: str) -> None:
        """Run `job` every so many seconds."""
        self._add(job, IntervalTrigger(seconds=seconds, timezone=SHANGHAI), name)

    def cron(self, line: str, job: Job, *, name: str) -> None:
        """Run `job` by a cron line (five fields, weekdays by name)."""
        self._add(job, cron_trigger(line), name)

    def start(self) -> None:
        """Begin. Needs a running event loop."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._scheduler.start()

    def stop(self) -> None:
        """Start nothing new. Coroutines that run are the caller's to wait for: APScheduler does not."""
        self._scheduler.shutdown(wait=False)

    def _add(self, job: Job, trigger: CronTrigger | IntervalTrigger, name: str) -> None:
        async def run() -> None:
            with guarded("job.failed", log, job=name):
                await job()

        self._scheduler.add_job(run, trigger, id=name, name=name)


def cron_trigger(line: str) -> CronTrigger:
    """The APScheduler trigger of a checked cron line."""
    minute, hour, day, month, weekday = line.split()
    return CronTrigger(
        minute=minute, hour=hour, day=day, month=month, day_of_week=weekday.lower(), timezone=SHANGHAI
    )


def next_time(line: str, after: datetime) -> datetime | None:
    """When a cron line next comes due after an instant."""
    found: datetime | None = cron_trigger(line).get_next_fire_time(None, after)
    return found
