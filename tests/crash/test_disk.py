"""No room on the disk, or the database locked, at any point of a run: a sentence, and later all is caught up."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.crash.ledger import complaints
from tests.crash.points import CHECK_AND_TELL
from tests.crash.town import BOT, CATCH_UP, Paper, Town
from tests.hostile import Asked
from tests.test_crash import fill, small_disk

Moment = Callable[[Asked], bool]
MOMENTS: dict[str, Moment] = {
    "the list is asked for": lambda asked: asked.path == "/tzgg/",
    "a page is asked for": lambda asked: asked.path.startswith("/tzgg/2026"),
    "the bot is told": lambda asked: asked.host == BOT,
}


def begin(town: Town, folder: Path) -> None:
    """A watched column with two pieces of news."""
    town.configure(folder)
    assert town.run(folder, CHECK_AND_TELL, hours=0).code == 0
    for number in (1, 2):
        town.publish(Paper(number=number))


def assert_ends_with(town: Town, folder: Path, sentence: str) -> None:
    said = town.run(folder, CHECK_AND_TELL, hours=1)
    assert said.code == 1, said
    assert sentence in said.err
    assert "Traceback" not in said.err


def assert_all_is_caught_up(town: Town, folder: Path) -> None:
    assert town.run(folder, *CATCH_UP, hours=2).code == 0
    assert complaints(folder, town) == []


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_disk_that_fills_up(place: Town, tmp_path: Path, moment: Moment) -> None:
    storage = tmp_path / "storage"
    storage.mkdir()
    with small_disk(storage):
        begin(place, tmp_path)
        place.web.on_request = lambda _number, asked: fill(storage / "ballast") if moment(asked) else None
        assert_ends_with(place, tmp_path, "disk is full")
        place.web.on_request = lambda _number, _asked: None
        (storage / "ballast").unlink()
        assert_all_is_caught_up(place, tmp_path)


def test_a_database_locked_while_the_bot_is_told(place: Town, tmp_path: Path) -> None:
    begin(place, tmp_path)
    with closing(
        sqlite3.connect(tmp_path / "storage" / "monitor.db", isolation_level=None, check_same_thread=False)
    ) as other:

        def lock(_number: int, asked: Asked) -> None:
            if asked.host == BOT:
                other.execute("BEGIN EXCLUSIVE")

        place.web.on_request = lock
        assert_ends_with(place, tmp_path, "locked by another process")
    place.web.on_request = lambda _number, _asked: None
    assert_all_is_caught_up(place, tmp_path)
    assert any(post.startswith("（可能重复）") for post in place.posts)
