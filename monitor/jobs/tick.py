"""The tick: what is due is claimed and checked in the background; the tick itself returns at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from monitor.jobs.budget import Budget
from monitor.jobs.check import check
from monitor.jobs.guard import guarded
from monitor.jobs.rooms import Rooms, Wish
from monitor.model import Source

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=30)


@dataclass(slots=True, kw_only=True)
class Tick:
    """Claims due sources by lease, so that a second process can share them (decision 14)."""

    sources: Mapping[str, Source]
    rooms: Rooms
    budget: Budget
    owner: str
    most: int
    running: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def __call__(self) -> None:
        """One tick: a heartbeat, then as many due sources as there is room for."""
        with guarded("tick.failed", log):
            store, now = self.rooms.store, self.rooms.now()
            await store.run(store.sources.beat, now)
            await self.budget.save()
            room = self.most - len(self.running)
            ids = [id_ for id_ in self.sources if id_ not in self.running]
            if room <= 0 or not ids:
                return
            due = await store.run(store.sources.due, now, ids=ids, limit=room, owner=self.owner, lease=LEASE)
            for id_ in due:
                self._start(self.sources[id_])

    async def drain(self, seconds: float) -> None:
        """Let running checks end, cancel what has not ended in time: its rows stay owed, nothing is lost."""
        tasks = list(self.running.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self.budget.save()

    def _start(self, source: Source) -> None:
        task = asyncio.create_task(self._check(source), name=f"check {source.id}")
        self.running[source.id] = task
        task.add_done_callback(lambda _: self.running.pop(source.id, None))

    async def _check(self, source: Source) -> None:
        with guarded("check.crashed", log, source=source.id):
            await check(source, self.rooms, Wish())
