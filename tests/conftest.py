"""What every test may ask for. No mocks, no network beyond loopback, no clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Path of reference material beside the checkout; skips the test where there is none."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"needs ../shared/{name}")
        return path

    return find


@pytest.fixture
def now() -> datetime:
    """An instant for tests that need just one: a Wednesday morning in Beijing."""
    return datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
