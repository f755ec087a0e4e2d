"""A copy of a living database, and the way back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.store import Store
from tests.store.conftest import IMPATIENT
from tests.store.make import NOW, owe, tell_of, watch


def test_what_was_there_at_the_backup_is_there_after_the_restore(store: Store, tmp_path: Path) -> None:
    notice_id = tell_of(store)
    store.backup(tmp_path / "copy.db")
    tell_of(store)
    store.restore(tmp_path / "copy.db")
    assert store.notices.counts().notices == 1
    assert store.notices.latest(notice_id) is not None
    tell_of(store)
    assert store.notices.counts().notices == 2


def test_a_backup_is_one_plain_file(store: Store, tmp_path: Path) -> None:
    store.backup(tmp_path / "copies.db")
    store.restore(tmp_path / "copies.db")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copies.db", "storage"]


def test_a_restored_database_still_has_its_log(store: Store, folder: Path, tmp_path: Path) -> None:
    store.backup(tmp_path / "copy.db")
    store.restore(tmp_path / "copy.db")
    with closing(sqlite3.connect(folder / "monitor.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_backup_can_be_restored_elsewhere(store: Store, tmp_path: Path) -> None:
    owe(store, "1", "2")
    store.backup(tmp_path / "copy.db")
    other = Store.open("", folder=tmp_path / "other", patience=IMPATIENT)
    other.restore(tmp_path / "copy.db")
    assert other.notices.counts() == store.notices.counts()
    other.close()


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(StoreError, match="exists; a backup does not overwrite"):
        store.backup(tmp_path / "letter.txt")
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_a_backup_to_nowhere_is_a_sentence(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no backup was written"):
        store.backup(tmp_path / "nowhere" / "copy.db")


def _other_program(file: Path, _: Store) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (id)")


def _no_database(file: Path, _: Store) -> None:
    file.write_bytes(b"no database" * 1000)


def _missing(file: Path, _: Store) -> None:
    file.unlink(missing_ok=True)


def _newer(file: Path, store: Store) -> None:
    store.backup(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def _damaged(file: Path, store: Store) -> None:
    store.backup(file)
    with file.open("r+b") as pages:
        pages.seek(3 * 4096)
        pages.write(b"\xff" * 4096)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_other_program, "is no backup of this program"),
        (_no_database, "the file is not a database"),
        (_missing, "cannot be opened"),
        (_newer, "newer version of this program"),
        (_damaged, "damaged"),
    ],
)
def test_what_is_unfit_is_refused_and_the_database_stays(
    store: Store, tmp_path: Path, make: object, sentence: str
) -> None:
    watch(store, "miit")
    make(tmp_path / "unfit.db", store)
    with pytest.raises(StoreError, match=sentence):
        store.restore(tmp_path / "unfit.db")
    assert store.sources.states().keys() == {"miit"}
    store.sources.beat(NOW)


def test_a_restore_while_another_process_writes_is_a_sentence(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    store.backup(tmp_path / "copy.db")
    watch(store, "miit")
    with closing(sqlite3.connect(folder / "monitor.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another process"):
            store.restore(tmp_path / "copy.db")
    assert store.sources.states().keys() == {"miit"}


def test_stats_count_rows_and_bytes(store: Store, folder: Path) -> None:
    tell_of(store)
    stats = dict(store.stats())
    assert (stats["notice"], stats["posting"], stats["delivery"]) == (1, 1, 0)
    assert stats["bytes"] == (folder / "monitor.db").stat().st_size
