"""Chinese working days."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.decide.workdays import workday


@pytest.mark.parametrize(
    ("day", "works", "assumed"),
    [
        (date(2026, 9, 16), True, False),
        (date(2026, 9, 19), False, False),
        (date(2026, 10, 1), False, False),
        (date(2019, 9, 29), True, False),  # a Sunday worked to make up for the National Day week
        (date(2031, 9, 19), True, True),
        (date(2031, 9, 20), False, True),
    ],
)
def test_make_up_days_count_and_years_not_yet_published_are_assumed(
    day: date, works: bool, assumed: bool
) -> None:
    found = workday(day)
    assert (found.works, found.assumed) == (works, assumed)
