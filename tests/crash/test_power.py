"""Power lost between any two writes; see `power` for what a disk may then hold."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from monitor.store.archive import Archive
from tests.crash.power import fail, photograph

IMAGES = 12


def test_whatever_the_disk_holds_after_a_power_failure_nothing_is_lost_or_twice(tmp_path: Path) -> None:
    chance = random.Random(3)
    images = photograph(tmp_path / "storage")
    assert len(images) > IMAGES
    some = chance.sample(images, IMAGES)
    assert [found for found in fail(some, tmp_path / "woken", chance, most=1) if found[1]] == []


@pytest.mark.parametrize("left", [b"", b"x" * 10], ids=["empty", "cut off"])
def test_a_page_that_a_power_failure_has_emptied_is_kept_again(tmp_path: Path, left: bytes) -> None:
    archive = Archive(tmp_path)
    key = archive.put(b"a page" * 100)
    (file,) = (path for path in (tmp_path / "pages").rglob("*") if path.is_file())
    file.write_bytes(left)
    assert archive.put(b"a page" * 100) == key
    assert archive.get(key) == b"a page" * 100
