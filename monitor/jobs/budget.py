"""The daily budget of requests, remembered: a restart does not give a host a second helping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from monitor.dates import local_date
from monitor.jobs.rooms import Rooms


@dataclass(slots=True, kw_only=True)
class Budget:
    """Writes down what has been spent since it last did; two processes add up."""

    rooms: Rooms
    day: date
    saved: Mapping[str, int] = field(default_factory=dict)

    async def save(self) -> None:
        """Add the requests sent since the last call, by host, to today's page."""
        day = local_date(self.rooms.now())
        before = self.saved if day == self.day else {}
        total = dict(self.rooms.fetcher.spent(day))
        fresh = {host: count - before.get(host, 0) for host, count in total.items()}
        fresh = {host: count for host, count in fresh.items() if count > 0}
        if fresh:
            await self.rooms.store.run(self.rooms.store.sources.spend, day, fresh)
        self.day, self.saved = day, total
