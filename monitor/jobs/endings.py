"""How checks end: written down for each source. Quiet ones wait for each other, fifty to a transaction."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from monitor.decide.rhythm import next_check
from monitor.jobs.lists import Look
from monitor.jobs.rooms import Checked, Rooms
from monitor.model import NotModified, Source, SourceState, Status
from monitor.store import Quiet

log = logging.getLogger(__name__)

TOGETHER = 50  # what a crash takes back of these is when sources were last read, no notice and no change


@dataclass(slots=True, kw_only=True)
class Endings:
    """The book of one run. `close` writes what still waits."""

    rooms: Rooms
    waiting: list[Quiet] = field(default_factory=list)

    async def write(
        self, source: Source, state: SourceState, found: Look | NotModified | None, checked: Checked
    ) -> None:
        """Status, reason, when to look again; one line in the log."""
        _log(checked)
        was_well = state.status is not None and not state.status.is_trouble
        if checked.status is Status.UNCHANGED and was_well:
            self.waiting.append(self._quiet(source, found, checked))
            if len(self.waiting) >= TOGETHER:
                await self.close()
            return
        await self._checked(source, state, found, checked)

    async def close(self) -> None:
        """Write what waits."""
        quiet, self.waiting = self.waiting, []
        if quiet:
            await self.rooms.store.run(self.rooms.store.sources.quiet, quiet)

    def _quiet(self, source: Source, found: Look | NotModified | None, checked: Checked) -> Quiet:
        now = self.rooms.now()
        again = next_check(source, now, failures=0, blocked=False, chance=self.rooms.chance())
        validators = found.validators if isinstance(found, Look) else None
        return Quiet(
            source_id=source.id, items=checked.items, validators=validators, now=now, next_check_at=again
        )

    async def _checked(
        self, source: Source, state: SourceState, found: Look | NotModified | None, checked: Checked
    ) -> None:
        rooms, now = self.rooms, self.rooms.now()
        trouble = checked.status.is_trouble
        failures = state.failures + 1 if trouble else 0
        blocked = checked.status is Status.BLOCKED
        await rooms.store.run(
            rooms.store.sources.checked,
            source.id,
            status=checked.status,
            reason=checked.error,
            items=state.items if trouble else checked.items,
            family=found.family if isinstance(found, Look) else state.family,
            now=now,
            next_check_at=next_check(source, now, failures=failures, blocked=blocked, chance=rooms.chance()),
            validators=found.validators if isinstance(found, Look) and not trouble else None,
        )


def _log(checked: Checked) -> None:
    log.info(
        "check.failed" if checked.status.is_trouble else "check.done",
        extra={
            "source": checked.id,
            "status": checked.status.value,
            "items": checked.items,
            "new": checked.new,
            "reason": checked.error,
        },
    )
