"""In any order of events, jobs and failures each channel gets each change at least once, and once if nothing crashed."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from tests.crash.orders import Day, Trouble
from tests.crash.victim import around_commits

Step = tuple[str, int, Trouble]

TROUBLES = st.one_of(
    st.just(Trouble()),
    st.builds(Trouble, st.sampled_from(["crash", "lock"]), st.integers(1, 25)),
    st.builds(Trouble, st.sampled_from(["no list", "no pages", "no bot", "no mail"])),
)
EVENTS = st.tuples(st.sampled_from(["publish", "edit"]), st.integers(0, 9), st.just(Trouble()))
JOBS = st.tuples(st.sampled_from(["check", "tell", "deliver"]), st.just(0), TROUBLES)
STEPS = st.lists(st.one_of(EVENTS, JOBS, JOBS), min_size=3, max_size=16)
WELL = Trouble()


def live(steps: list[Step]) -> list[str]:
    """A day with a baseline, then these steps, then time to catch up; what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        with closing(Day(Path(folder))) as day:
            around_commits(day.doors.cross, patch.setattr)
            day.check(WELL)
            for what, which, trouble in steps:
                {
                    "publish": day.publish,
                    "edit": lambda which=which: day.edit(which),
                    "check": lambda trouble=trouble: day.check(trouble),
                    "tell": lambda trouble=trouble: day.tell(trouble),
                    "deliver": lambda trouble=trouble: day.deliver(trouble),
                }[what]()
            day.end()
            event("crashed" if day.has_failed else "nothing crashed")
            return day.complaints()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([("publish", 0, WELL), ("check", 0, WELL), ("tell", 0, WELL), ("deliver", 0, WELL), ("deliver", 0, WELL)])
@given(STEPS)
def test_any_order_of_events_and_failures_tells_every_channel_every_change(steps: list[Step]) -> None:
    assert live(steps) == []


@pytest.mark.parametrize("how", ["crash", "lock"])
@pytest.mark.parametrize("job", ["check", "tell", "deliver"])
def test_trouble_at_every_door_of_a_job(job: str, how: str) -> None:
    for after in range(1, 24):
        steps = [("publish", 0, WELL), ("publish", 0, WELL)]
        for each in ("check", "tell", "deliver"):
            steps.append((each, 0, Trouble(how, after) if each == job else WELL))
        assert live(steps) == [], after
