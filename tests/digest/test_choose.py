"""Which changes a digest owes its readers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.digest import owed
from monitor.model import Decision, Kind
from tests.digest.make import DAILY, a_change

REVIEWED = replace(DAILY, reviewed_only=True)


@pytest.mark.parametrize(
    ("decision", "to_all", "to_outside"),
    [
        (None, True, False),
        (Decision.KEEP, True, True),
        (Decision.MOVE, True, True),
        (Decision.DEFER, True, False),
        (Decision.DROP, False, False),
    ],
)
def test_a_review_decides_who_hears_of_a_change(
    decision: Decision | None, to_all: bool, to_outside: bool
) -> None:
    change = a_change(1, decision=decision)
    assert bool(owed(DAILY, [change])) is to_all
    assert bool(owed(REVIEWED, [change])) is to_outside


def test_other_sections_and_baselines_are_not_its_business() -> None:
    mine = a_change(1)
    changes = [a_change(2, section="其他"), mine, a_change(3, Kind.BASELINE)]
    assert owed(DAILY, changes) == (mine,)
