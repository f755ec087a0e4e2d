"""Telling the service manager that we live (systemd's sd_notify protocol): ready, alive, stopping.

Alive means that the scheduler's heartbeat in the database is fresh, looked at from outside the scheduler: a
loop that turns while nothing is checked any more is not alive, and systemd (WatchdogSec=) starts us anew.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from monitor.decide.health import beats
from monitor.jobs.guard import guarded
from monitor.store import Store

log = logging.getLogger(__name__)

MICROSECONDS = 1_000_000
EVERY = 15.0


class Manager:
    """The service manager's socket; says nothing where there is none. `address` is NOTIFY_SOCKET."""

    def __init__(self, address: str) -> None:
        # An abstract socket is written with @ and meant with a NUL.
        self._address = "\0" + address[1:] if address.startswith("@") else address

    def say(self, words: str) -> None:
        """One datagram, as sd_notify(3) writes it; a manager that does not listen is no trouble of ours."""
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
            door.setblocking(False)
            door.connect(self._address)
            door.send(words.encode())


@asynccontextmanager
async def alive(
    environment: Mapping[str, str], store: Store, now: Callable[[], datetime]
) -> AsyncIterator[None]:
    """Ready when the block begins, alive as long as the heartbeat is fresh, stopping when it ends."""
    manager = Manager(environment.get("NOTIFY_SOCKET", ""))
    task = asyncio.create_task(_reassure(manager, _pause(environment), store, now), name="alive")
    manager.say("READY=1")
    try:
        yield
    finally:
        manager.say("STOPPING=1")
        task.cancel()


async def _reassure(manager: Manager, pause: float, store: Store, now: Callable[[], datetime]) -> None:
    while True:
        with guarded("alive.unknown", log):
            if beats(await store.run(store.sources.last_beat), now()):
                manager.say("WATCHDOG=1")
            else:
                log.error("schedule.stuck")
        await asyncio.sleep(pause)


def _pause(environment: Mapping[str, str]) -> float:
    """Half of what the manager waits for (WATCHDOG_USEC), at most a quarter of a minute."""
    wait = environment.get("WATCHDOG_USEC", "")
    return min(int(wait) / MICROSECONDS / 2, EVERY) if wait.isdigit() and int(wait) else EVERY
