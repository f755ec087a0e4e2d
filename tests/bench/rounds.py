"""Twenty rounds in one process: memory and storage must stay flat. `python -m tests.bench.rounds CONFIG ROUNDS`."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.app import open_app
from monitor.jobs.check import check_all
from monitor.jobs.rooms import Wish
from monitor.settings import find_places, load

PAGE = resource.getpagesize()


def memory() -> int:
    """Resident bytes of this process now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


async def run(config: Path, rounds: int) -> list[tuple[int, int]]:
    settings = load(find_places({}, config=config, storage=None, database=None))
    clock = [datetime(2026, 9, 20, tzinfo=UTC)]
    found = []
    async with open_app(settings, lambda: clock[0], telling=False) as app:
        for _ in range(rounds):
            clock[0] += timedelta(hours=2)
            await check_all(settings.enabled, app.rooms, Wish(), done=lambda _: None)
            found.append((memory(), size(settings.places.storage)))
    found.append((memory(), size(settings.places.storage)))
    return found


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(Path(sys.argv[1]), int(sys.argv[2])))))
