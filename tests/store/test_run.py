"""Coroutines use the store through one writer thread."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.store import Store
from tests.store.make import NOW, see, source, tell_of


def test_methods_run_one_after_the_other_in_one_thread(store: Store) -> None:
    async def many() -> set[str]:
        names = [store.run(lambda: threading.current_thread().name) for _ in range(20)]
        return set(await asyncio.gather(*names))

    names = asyncio.run(many())
    assert len(names) == 1
    assert threading.current_thread().name not in names


def test_answers_and_errors_come_back_to_the_coroutine(store: Store) -> None:
    async def ask() -> None:
        await store.run(store.sources.ensure, [source("miit")], NOW)
        assert await store.run(see, store) == 0
        assert (await store.run(store.sources.state, "miit")).rows_fingerprint == "1:rows"
        with pytest.raises(StoreError, match="no source ndrc"):
            await store.run(store.sources.state, source_id="ndrc")

    asyncio.run(ask())


def test_readers_in_many_threads_see_only_whole_notices(store: Store) -> None:
    """A settled posting, its version and its change appear together."""

    async def read() -> None:
        writing = asyncio.gather(*(store.run(tell_of, store) for _ in range(30)))
        while not writing.done():
            counts = await asyncio.to_thread(store.notices.counts)
            assert counts.notices == counts.versions == counts.changes
        await writing

    asyncio.run(read())
    assert store.notices.counts().notices == 30


def test_what_has_begun_is_finished_even_if_nobody_waits(folder: Path) -> None:
    store = Store.open("", folder=folder)
    begun, go = threading.Event(), threading.Event()

    def write() -> None:
        begun.set()
        go.wait()
        tell_of(store)

    async def leave() -> None:
        writing = asyncio.create_task(store.run(write))
        await asyncio.to_thread(begun.wait)
        writing.cancel()
        go.set()

    asyncio.run(leave())
    store.close()
    again = Store.open("", folder=folder)
    assert again.notices.counts().notices == 1
    again.close()
