"""The demo's folder: empty or its own, else refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.demo.folder import STAMP, claim
from monitor.errors import ConfigError, StoreError


def test_a_new_folder_is_made_and_stamped(tmp_path: Path) -> None:
    folder = claim(tmp_path / "new" / "demo")
    assert [path.name for path in folder.iterdir()] == [STAMP]


def test_without_a_folder_a_temporary_one_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert claim(None).parent == tmp_path


def test_its_own_folder_is_emptied(tmp_path: Path) -> None:
    folder = claim(tmp_path / "demo")
    (folder / "pages").mkdir()
    (folder / "pages" / "x").write_text("old")
    (folder / "monitor.db").write_text("old")
    assert [path.name for path in claim(folder).iterdir()] == [STAMP]


@pytest.mark.parametrize("name", ["thesis.txt", STAMP, ".hidden"])
def test_somebody_elses_folder_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(ConfigError, match="empty"):
        claim(tmp_path)
    assert (tmp_path / name).read_text() == "mine"


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ConfigError, match="not a file"):
        claim(tmp_path / "file")


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError, match="cannot use"):
        claim(tmp_path / "file" / "below")
