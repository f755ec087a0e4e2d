"""The program that is watched: its own rooms, its own SQLite, a clock and no pauses; and its operator."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from monitor.decide.breaker import Ruling
from monitor.demo.columns import Column
from monitor.demo.sim.places import source
from monitor.fetch import Fetcher, Limits
from monitor.jobs.learn import Learning
from monitor.jobs.rooms import Rooms
from monitor.reader import Reader
from monitor.settings.load import load_bodies, load_sections
from monitor.store import Store

TIMEOUT = 3.0  # real seconds until a site that hangs is given up


async def _no_pause(_seconds: float) -> None:
    return


@asynccontextmanager
async def open_house(
    columns: Sequence[Column], *, folder: Path, config: Path, port: int, now: Callable[[], datetime]
) -> AsyncIterator[Rooms]:
    """The rooms of a program that watches these columns on a loopback port; `config` lies beside seeds/."""
    store = Store.open("", folder=folder)
    store.sources.ensure([source(column) for column in columns], now())
    limits = Limits(
        contact="sim@example.org",
        delay=0,
        concurrency=8,
        per_day=1_000_000,
        timeout=TIMEOUT,
        connect_to={f"{column.host}:80": f"127.0.0.1:{port}" for column in columns},
    )
    try:
        async with Fetcher(limits, now=now, spent={}, sleep=_no_pause) as fetcher, Reader() as reader:
            yield Rooms(
                fetcher=fetcher,
                reader=reader,
                store=store,
                sections=load_sections(config),
                learning=Learning(),
                bodies=load_bodies(config),
                now=now,
                chance=lambda: 0.5,
            )
    finally:
        store.close()


async def rule(rooms: Rooms, source_id: str, *, is_right: bool, now: datetime) -> None:
    """The operator looks at what is held: it is right, or it is not. Once is enough."""
    held = await rooms.store.run(rooms.store.held.of, source_id)
    if held is None or held.ruling is not Ruling.NONE:
        return
    ruling = Ruling.ACCEPTED if is_right else Ruling.REJECTED
    await rooms.store.run(rooms.store.held.decide, source_id, ruling, who="sim", now=now)
