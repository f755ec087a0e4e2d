"""What the service manager hears, and when it hears nothing."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.app.alive import Manager, alive
from monitor.store import Store

NOW = datetime(2026, 9, 16, 1, tzinfo=UTC)


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """The socket on which systemd would listen."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
        door.bind(str(tmp_path / "manager"))
        door.settimeout(5)
        yield door


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open("", folder=tmp_path / "storage")
    yield opened
    opened.close()


def lives(manager: socket.socket, store: Store, now: datetime) -> list[bytes]:
    """What the manager hears of a short life at that instant."""

    async def life() -> None:
        environment = {"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "10000000"}
        async with alive(environment, store, lambda: now):
            await store.run(store.sources.last_beat)  # behind the question that `alive` has asked
            await asyncio.sleep(0)
            await store.run(store.sources.last_beat)

    asyncio.run(life())
    manager.setblocking(False)
    said = []
    while True:
        try:
            said.append(manager.recv(100))
        except BlockingIOError:
            return said


def test_a_scheduler_that_beats_is_alive(manager: socket.socket, store: Store) -> None:
    store.sources.beat(NOW - timedelta(seconds=59))
    assert lives(manager, store, NOW) == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_a_scheduler_that_is_stuck_is_not(manager: socket.socket, store: Store) -> None:
    store.sources.beat(NOW - timedelta(seconds=60))
    assert lives(manager, store, NOW) == [b"READY=1", b"STOPPING=1"]


def test_without_a_manager_nothing_is_said_and_nothing_fails(tmp_path: Path) -> None:
    Manager("").say("READY=1")
    Manager(str(tmp_path / "nobody")).say("READY=1")


def test_an_abstract_socket_is_meant_with_a_nul() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
        door.bind("\0kuaixun-test-alive")
        door.settimeout(5)
        Manager("@kuaixun-test-alive").say("READY=1")
        assert door.recv(100) == b"READY=1"
