"""Opening a storage folder: what is created, what is refused, and that a refusal says why."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.store import Store
from tests.store.conftest import IMPATIENT

REOPEN = """
import sys
from pathlib import Path
from monitor.store import Store
Store.open("", folder=Path(sys.argv[1])).close()
print("alembic" in sys.modules)
"""


def _open(folder: Path, url: str = "") -> Store:
    return Store.open(url, folder=folder, patience=IMPATIENT)


def _sqlite(folder: Path, *statements: str) -> None:
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "monitor.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    _open(tmp_path / "a" / "b").close()
    assert (tmp_path / "a" / "b" / "monitor.db").exists()


def test_the_database_may_lie_elsewhere(tmp_path: Path) -> None:
    _open(tmp_path / "storage", f"sqlite:///{tmp_path}/other.db").close()
    assert (tmp_path / "other.db").exists()
    assert not (tmp_path / "storage" / "monitor.db").exists()


def test_a_second_start_does_not_import_alembic(folder: Path) -> None:
    first, second = (
        subprocess.run([sys.executable, "-c", REOPEN, folder], capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert (first.stdout.strip(), second.stdout.strip()) == ("True", "False")


def test_two_processes_may_start_on_an_empty_folder(folder: Path) -> None:
    starts = [
        subprocess.Popen([sys.executable, "-c", REOPEN, folder], stdout=subprocess.PIPE) for _ in range(2)
    ]
    for start in starts:
        start.communicate()
    assert [start.returncode for start in starts] == [0, 0]


def test_the_log_is_folded_into_the_file_at_the_end(folder: Path) -> None:
    _open(folder).close()
    assert [file.name for file in folder.iterdir()] == ["monitor.db"]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"storage folder .*/file/storage is not writable: Not a directory"):
        _open(tmp_path / "file" / "storage")


def test_a_file_that_is_no_database_is_a_sentence_and_stays(folder: Path) -> None:
    folder.mkdir()
    (folder / "monitor.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="the file is not a database"):
        _open(folder)
    assert (folder / "monitor.db").read_bytes().startswith(b"not a database")


@pytest.mark.parametrize(
    "statements",
    [("PRAGMA application_id = 7", "CREATE TABLE theirs (id)"), ("CREATE TABLE theirs (id)",)],
    ids=["signed by another program", "unsigned, but not empty"],
)
def test_the_database_of_another_program_is_left_alone(folder: Path, statements: tuple[str, ...]) -> None:
    _sqlite(folder, *statements)
    before = (folder / "monitor.db").read_bytes()
    with pytest.raises(StoreError, match="another program; it was left alone"):
        _open(folder)
    assert (folder / "monitor.db").read_bytes() == before


def test_a_database_of_a_newer_program_is_refused(folder: Path) -> None:
    _open(folder).close()
    with closing(sqlite3.connect(folder / "monitor.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreError, match="newer version of this program"):
        _open(folder)


def _damaged(file: Path) -> None:
    with file.open("r+b") as bytes_:
        bytes_.seek(100)
        bytes_.write(b"\xff" * 4000)


@pytest.mark.parametrize(("hurt", "sentence"), [(_damaged, "damaged; restore a backup")], ids=["page 1"])
def test_a_damaged_database_is_a_sentence(folder: Path, hurt: Callable[[Path], None], sentence: str) -> None:
    _open(folder).close()
    hurt(folder / "monitor.db")
    with pytest.raises(StoreError, match=sentence):
        _open(folder)


def test_a_locked_new_database_is_a_sentence(folder: Path) -> None:
    _sqlite(folder)
    with closing(sqlite3.connect(folder / "monitor.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked by another process"):
            _open(folder)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite://", "SQLite needs a file"),
        ("sqlite:///:memory:", "SQLite needs a file"),
        ("no url", "database URL is wrong"),
        ("nodb://x/y", "no driver for the database nodb://x/y"),
        ("mysql+nodriver://u:geheim@localhost/x", r"no driver for the database mysql\+nodriver://u:\*\*\*@"),
    ],
)
def test_a_url_that_cannot_be_used_is_a_sentence_without_the_password(
    folder: Path, url: str, sentence: str
) -> None:
    with pytest.raises(StoreError, match=sentence) as caught:
        _open(folder, url)
    assert "geheim" not in str(caught.value)
