"""Killed at every commit of a run, before and after it, and between the steps of its jobs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.crash.points import Death, Telling, deaths, every, first_day, some, steps, usual_day
from tests.crash.town import Town

STORIES = pytest.mark.parametrize("telling", [first_day, usual_day])
STEPS = 8  # of each story here; all of them in the long form


def assert_nothing_is_lost(found: list[Death]) -> None:
    assert [death for death in found if death.complaints] == []


@STORIES
def test_killed_at_any_commit_nothing_is_lost_and_nothing_is_there_twice(
    place: Town, tmp_path: Path, telling: Telling
) -> None:
    found = list(deaths(place, telling(place, tmp_path / "story"), every("commit")))
    assert_nothing_is_lost(found)
    assert [death.died for death in found].count(False) == 1
    assert len(found) >= 14


@STORIES
def test_killed_between_two_steps_nothing_is_lost_and_nothing_is_there_twice(
    place: Town, tmp_path: Path, telling: Telling
) -> None:
    story = telling(place, tmp_path / "story")
    points = some("step", of=steps(place, story), most=STEPS, chance=random.Random(20260916))
    found = list(deaths(place, story, points))
    assert_nothing_is_lost(found)
    assert len(found) == STEPS
