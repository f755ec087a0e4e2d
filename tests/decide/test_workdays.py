"""Chinese working days."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.decide.workdays import OwnDays, days_before, days_between, workday


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


OWN = OwnDays(
    holidays=frozenset({date(2031, 9, 19), date(2026, 9, 17)}),
    workdays=frozenset({date(2026, 9, 19), date(2026, 10, 1)}),
)


@pytest.mark.parametrize(
    ("day", "works", "assumed"),
    [
        (date(2026, 9, 16), True, False),
        (date(2026, 9, 17), False, False),
        (date(2026, 9, 19), True, False),
        (date(2026, 10, 1), True, False),
        (date(2031, 9, 19), False, False),
        (date(2031, 9, 18), True, False),  # of a year that the operator has written down nothing is assumed
        (date(2032, 9, 20), True, True),
    ],
)
def test_own_days_outrank_the_official_table(day: date, works: bool, assumed: bool) -> None:
    found = OWN.workday(day)
    assert (found.works, found.assumed) == (works, assumed)
    assert OWN.works(day) is works


@pytest.mark.parametrize(
    ("count", "before"),
    [(0, date(2019, 10, 9)), (1, date(2019, 10, 8)), (2, date(2019, 9, 30)), (3, date(2019, 9, 29))],
)
def test_working_days_are_counted_over_a_holiday_and_its_make_up_day(count: int, before: date) -> None:
    day = date(2019, 10, 9)
    assert days_before(day, count, OwnDays().works) == before
    assert days_between(before, day, OwnDays().works) == count
