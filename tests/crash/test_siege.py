"""Killed at random moments of a running loop; the long form does it a thousand times."""

from __future__ import annotations

import random
from pathlib import Path

from tests.crash.siege import besiege
from tests.crash.town import Town

KILLS = 30


def test_thirty_kills_at_random_moments_lose_nothing_and_repeat_nothing(place: Town, tmp_path: Path) -> None:
    toll = besiege(place, tmp_path / "siege", random.Random(7), go_on=lambda toll: toll.kills < KILLS)
    assert toll.complaints == ()
    assert toll.kills == KILLS
    assert toll.changes >= 5
    assert toll.pieces >= 2
