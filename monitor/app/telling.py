"""What the service says, pump after pump: digests whose time has come, alerts; then what is in the outbox."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime

from monitor.app import App, pump, tell_digest
from monitor.dates import local_date
from monitor.jobs.alerts import Reminded, due_now, has_caught_up, keep_quiet
from monitor.jobs.deliver import Delivered
from monitor.jobs.guard import guarded
from monitor.model import Digest
from monitor.schedule import next_time

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Teller:
    """The voice of one service since it was `started`."""

    app: App
    started: datetime
    reminded: Reminded = field(default_factory=Reminded)

    async def __call__(self) -> Delivered:
        """Compose what is to be told now, then send what is due."""
        with guarded("telling.failed", log):
            await self.tell()
        return await pump(self.app)

    async def tell(self) -> None:
        """Into the outbox; one that fails does not stop the others."""
        app, now = self.app, self.app.rooms.now()
        everyone = (*app.settings.digests, *app.settings.alerts)
        awake = await keep_quiet(everyone, app.store, now)
        for digest in await self._due([each for each in awake if not each.is_alert], now):
            with guarded("digest.failed", log, digest=digest.name):
                self._say_if_assumed(digest, now)
                await tell_digest(app, digest)
        for alert in (each for each in awake if each.is_alert):
            with guarded("digest.failed", log, digest=alert.name):
                await self._tell_alert(alert, now)

    async def _tell_alert(self, alert: Digest, now: datetime) -> None:
        remind = self.reminded.is_time(alert, now)
        await tell_digest(self.app, alert, remind=remind)
        if remind:
            self.reminded.note(alert, now)

    async def _due(self, digests: list[Digest], now: datetime) -> list[Digest]:
        """Those whose time has come; one that was missed before the start once the sources have been read."""
        due = await self._due_at(digests, now)
        missed = await self._due_at(due, self.started)
        if not missed or await self._has_caught_up(now):
            return due
        return [digest for digest in due if digest not in missed]

    async def _due_at(self, digests: list[Digest], now: datetime) -> list[Digest]:
        works = self.app.settings.calendar.works
        return list(await due_now(digests, self.app.store, now, next_time=next_time, works=works))

    async def _has_caught_up(self, now: datetime) -> bool:
        app = self.app
        return await has_caught_up(app.settings.enabled, app.store, started=self.started, now=now)

    def _say_if_assumed(self, digest: Digest, now: datetime) -> None:
        if self.app.settings.calendar.workday(local_date(now)).assumed:
            log.warning("workday.assumed", extra={"digest": digest.name})
