"""A service that only tells: a real store, a clock told, channels that are files; nothing is polled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.app import App, open_app
from monitor.app.telling import Teller
from monitor.dates import SHANGHAI
from monitor.model import Delivery
from monitor.settings import find_places, load
from monitor.store import Store

SOURCE = "sources: [{id: miit, name: 演示信息源, url: 'https://miit.example/list', family: trs}]\n"


def at(text: str) -> datetime:
    """An instant of September 2026 (or, as `10-08 09:00`, of another month) in Beijing. The 16th is a Wednesday."""
    text = text if text[2] == "-" else f"09-{text}"
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI).astimezone(UTC)


@dataclass(slots=True)
class Service:
    """One run of the service."""

    app: App
    clock: list[datetime]
    teller: Teller

    @property
    def store(self) -> Store:
        return self.app.store

    async def pump(self, when: str) -> list[Delivery]:
        """The time comes; what was composed in this pump, oldest first."""
        known = {each.id for each in self.store.outbox.deliveries(1000)}
        self.clock[0] = at(when)
        await self.teller()
        return [each for each in self.store.outbox.deliveries(1000)[::-1] if each.id not in known]

    async def pumps(self, *whens: str) -> list[int]:
        """How many pieces each of these pumps composed."""
        return [len(await self.pump(when)) for when in whens]

    def read(self) -> None:
        """Every source is read at this instant."""
        from tests.store.make import end_check

        end_check(self.store, at=self.clock[0])


def serve(
    folder: Path, yaml: str, start: str, story: Callable[[Service], Coroutine[None, None, None]]
) -> None:
    """Start the service with this configuration at this time, play, and stop it."""
    (folder / "sources.yaml").write_text(SOURCE + yaml, "utf-8")
    settings = load(find_places({}, config=folder / "sources.yaml", storage=None, database=None))
    clock = [at(start)]

    async def run() -> None:
        async with open_app(settings, lambda: clock[0], telling=True) as app:
            await story(Service(app=app, clock=clock, teller=Teller(app=app, started=clock[0])))

    asyncio.run(run())
