"""The stories of the store, told again on a real PostgreSQL: the same promises, another database."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from monitor.errors import StoreError
from monitor.store import Store
from monitor.store.tables import metadata
from tests.store import (
    postgres,
    test_attachments,
    test_bulletins,
    test_changes,
    test_corrections,
    test_held,
    test_identity,
    test_lessons,
    test_moves,
    test_notices,
    test_outbox,
    test_run,
    test_sources,
)
from tests.store.conftest import IMPATIENT
from tests.store.make import HOUR, NOW, owe, piece, settlement, source, tell_of, watch
from tests.store.postgres import Cluster
from tests.store.test_outbox import daily  # noqa: F401 - a fixture of the stories

PATIENT = timedelta(seconds=60)
STORIES = (
    test_attachments,
    test_bulletins,
    test_changes,
    test_corrections,
    test_held,
    test_identity,
    test_lessons,
    test_moves,
    test_notices,
    test_outbox,
    test_run,
    test_sources,
)


def _stories(module: ModuleType) -> dict[str, Callable[..., None]]:
    """The tests of a module that need nothing but a store: `folder` is about SQLite's file."""
    about = module.__name__.rpartition(".test_")[2]
    return {
        f"test_{about}_{name.removeprefix('test_')}": story
        for name, story in vars(module).items()
        if name.startswith("test_") and "folder" not in inspect.signature(story).parameters
    }


for _module in STORIES:
    globals().update(_stories(_module))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The server."""
    lacking = postgres.missing()
    if lacking:
        pytest.skip(f"no {lacking} here")
    with postgres.running() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with our schema and nothing in it, to copy."""
    name = cluster.database()
    _open(cluster, name, tmp_path_factory.mktemp("migrated")).close()
    return name


@pytest.fixture(scope="session")
def used(cluster: Cluster, migrated: str) -> str:
    """A database for one story after the other: to make one for each would take a minute of copying files."""
    return cluster.database(like=migrated)


@pytest.fixture
def store(cluster: Cluster, used: str, tmp_path: Path) -> Iterator[Store]:
    """An empty store on PostgreSQL, in the place of the one on SQLite."""
    opened = _open(cluster, used, tmp_path)
    names = ", ".join(table.name for table in metadata.sorted_tables)
    with opened._database.writing() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
    yield opened
    opened.close()


def _open(cluster: Cluster, name: str, folder: Path, *, patience: timedelta = IMPATIENT) -> Store:
    url = cluster.url(name).render_as_string(hide_password=False)
    return Store.open(url, folder=folder, patience=patience)


def test_the_migrated_schema_is_the_one_of_the_tables(cluster: Cluster, migrated: str) -> None:
    engine = create_engine(cluster.url(migrated))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_opening_again_migrates_nothing_and_keeps_what_is_there(cluster: Cluster, tmp_path: Path) -> None:
    name = cluster.database()
    first = _open(cluster, name, tmp_path)
    notice_id = tell_of(first)
    first.close()
    second = _open(cluster, name, tmp_path)
    second.upgrade()
    assert second.notices.record(notice_id) is not None
    second.close()


def test_a_database_of_a_newer_program_is_refused(cluster: Cluster, migrated: str, tmp_path: Path) -> None:
    name = cluster.database(like=migrated)
    engine = create_engine(cluster.url(name))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer version of this program"):
        _open(cluster, name, tmp_path)


def test_a_server_that_is_not_there_is_a_sentence(cluster: Cluster, tmp_path: Path) -> None:
    gone = replace(cluster, folder=tmp_path)
    with pytest.raises(StoreError, match="not read: "):
        _open(gone, "postgres", tmp_path / "storage")


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="not writable"), store._database.reading() as connection:
        connection.execute(text("DELETE FROM source"))


def test_a_lock_of_another_process_is_a_sentence_and_readers_go_on(store: Store, tmp_path: Path) -> None:
    other = Store.open(
        store._database.url.render_as_string(hide_password=False), folder=tmp_path, patience=IMPATIENT
    )
    with other._database.writing():
        with pytest.raises(StoreError, match="not written: the database is locked by another"):
            watch(store, "miit")
        assert store.sources.states() == {}
    watch(store, "miit")
    assert set(store.sources.states()) == {"miit"}
    other.close()


def test_what_it_refuses_it_says_without_values(store: Store) -> None:
    store.outbox.begin(["daily"], NOW)
    with pytest.raises(StoreError) as caught:
        store.outbox.tell("daily", [987654], [], NOW)
    assert "987654" not in str(caught.value)


def test_rows_are_counted_and_a_copy_is_left_to_the_tools_of_the_server(store: Store, tmp_path: Path) -> None:
    tell_of(store)
    assert dict(store.stats())["notice"] == 1
    assert "bytes" not in dict(store.stats())
    with pytest.raises(StoreError, match="SQLite"):
        store.backup(tmp_path / "copy")


def test_a_batch_that_fails_leaves_nothing(store: Store) -> None:
    first, second = owe(store, "1", "2")
    before = store.notices.counts()
    with pytest.raises(StoreError, match="no notice 99"):
        store.notices.apply([settlement(first.id), settlement(second.id, notice_id=99)], NOW)
    assert store.notices.counts() == before


def test_many_workers_share_sources_and_pieces_without_a_duplicate(
    cluster: Cluster, migrated: str, tmp_path: Path
) -> None:
    name = cluster.database(like=migrated)
    stores = [_open(cluster, name, tmp_path, patience=PATIENT) for _ in range(4)]
    ids = [f"s{number}" for number in range(80)]
    stores[0].sources.ensure([source(id_) for id_ in ids], NOW)
    stores[0].outbox.begin(["daily"], NOW)
    stores[0].outbox.tell("daily", [], [piece(number) for number in range(80)], NOW)

    def take(store: Store) -> tuple[list[str], list[int]]:
        found: list[str] = []
        pieces: list[int] = []
        while some := store.sources.due(NOW, ids=ids, limit=7, owner=str(id(store)), lease=HOUR):
            found += some
        while claimed := store.outbox.claim(NOW, lease=HOUR, limit=7):
            pieces += [each.id for each in claimed]
        return found, pieces

    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(take, stores))
    assert sorted(each for found, _ in taken for each in found) == sorted(ids)
    assert len({each for _, pieces in taken for each in pieces}) == sum(len(p) for _, p in taken) == 80
    for one in stores:
        one.close()


def test_two_processes_that_settle_one_page_tell_it_once(
    cluster: Cluster, migrated: str, tmp_path: Path
) -> None:
    name = cluster.database(like=migrated)
    stores = [_open(cluster, name, tmp_path, patience=PATIENT) for _ in range(4)]
    watch(stores[0], "miit")
    postings = owe(stores[0], *map(str, range(20)))

    def settle(store: Store) -> None:
        for posting in postings:
            store.notices.apply([settlement(posting.id)], NOW)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(settle, stores))
    counts = stores[0].notices.counts()
    assert (counts.notices, counts.changes, counts.owed) == (20, 20, 0)
    for one in stores:
        one.close()
