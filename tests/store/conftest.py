"""A real SQLite in a folder of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.store import Store

# Long enough for a busy machine, short enough for a test that waits for a lock in vain.
IMPATIENT = timedelta(milliseconds=20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The storage folder."""
    return tmp_path / "storage"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """An empty store that does not wait for locks."""
    opened = Store.open("", folder=folder, patience=IMPATIENT)
    yield opened
    opened.close()
