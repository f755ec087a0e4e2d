"""In any order of events, jobs and failures each channel gets each change at least once, and once if nothing crashed."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from itertools import chain, count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.crash.orders import Day, Trouble
from tests.crash.victim import around_commits

Step = tuple[str, int, Trouble]

TROUBLES = st.one_of(
    st.just(Trouble()),
    st.builds(Trouble, st.sampled_from(["crash", "lock"]), st.integers(1, 25)),
    st.builds(Trouble, st.sampled_from(["no list", "no pages", "no bot", "no mail"])),
)
EVENTS = st.tuples(st.sampled_from(["publish", "edit"]), st.integers(0, 9), st.just(Trouble())).map(
    lambda one: [one]
)
JOBS = st.tuples(st.sampled_from(["check", "tell", "deliver"]), st.just(0), TROUBLES).map(lambda one: [one])
ROUNDS = st.tuples(TROUBLES, TROUBLES, TROUBLES).map(
    lambda each: [
        ("publish", 0, Trouble()),
        ("check", 0, each[0]),
        ("tell", 0, each[1]),
        ("deliver", 0, each[2]),
    ]
)
STEPS = st.lists(st.one_of(EVENTS, JOBS, ROUNDS), min_size=2, max_size=8).map(
    lambda some: list(chain.from_iterable(some))
)
WELL = Trouble()


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database: to make one takes longer than to live a day with it."""
    folder = tmp_path_factory.mktemp("blank")
    Day(folder).close()
    return folder


def live(blank: Path, steps: list[Step]) -> tuple[list[str], bool]:
    """A day with a baseline, these steps, and time to catch up; what is wrong then, and whether anything failed."""
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
        closing(Day(Path(shutil.copytree(blank, Path(folder) / "storage")))) as day,
    ):
        around_commits(day.doors.cross, patch.setattr)
        day.check(WELL)
        for what, which, trouble in steps:
            if what == "publish":
                day.publish()
            elif what == "edit":
                day.edit(which)
            else:
                day.job(what, trouble)
        day.end()
        return day.complaints(), day.has_failed


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(
    [("publish", 0, WELL), ("check", 0, WELL), ("tell", 0, WELL), ("deliver", 0, WELL), ("deliver", 0, WELL)]
)
@given(STEPS)
def test_any_order_of_events_and_failures_tells_every_channel_every_change(
    blank: Path, steps: list[Step]
) -> None:
    complaints, _ = live(blank, steps)
    assert complaints == []


@pytest.mark.parametrize("how", ["crash", "lock"])
@pytest.mark.parametrize("job", ["check", "tell", "deliver"])
def test_trouble_at_every_door_of_a_job(blank: Path, job: str, how: str) -> None:
    for after in count(1):
        steps = [("publish", 0, WELL), ("publish", 0, WELL)]
        steps += [
            (each, 0, Trouble(how, after) if each == job else WELL) for each in ("check", "tell", "deliver")
        ]
        complaints, has_failed = live(blank, steps)
        assert complaints == [], after
        if not has_failed:
            break
    assert after > 1
