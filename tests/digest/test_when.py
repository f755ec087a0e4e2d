"""When a digest is told: late rather than never, once for all that was missed, not in quiet hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from monitor.dates import SHANGHAI
from monitor.decide.workdays import workday
from monitor.digest import is_due, quiet_until
from monitor.model import Quiet
from monitor.schedule import next_time
from tests.digest.make import DAILY

NIGHT = Quiet(since=time(22), until=time(7))
NOON = Quiet(since=time(12), until=time(13, 30))


def at(text: str) -> datetime:
    """Beijing, September 2019: the 13th is a Friday (and Mid-Autumn Festival), the 16th a Monday."""
    return datetime.fromisoformat(f"2019-09-{text}").replace(tzinfo=SHANGHAI).astimezone(UTC)


def works(day: date) -> bool:
    return workday(day).works


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (None, "10 23:00", None),
        (NIGHT, "10 21:59", None),
        (NIGHT, "10 22:00", "11 07:00"),
        (NIGHT, "10 23:59", "11 07:00"),
        (NIGHT, "11 00:00", "11 07:00"),
        (NIGHT, "11 06:59", "11 07:00"),
        (NIGHT, "11 07:00", None),
        (NOON, "11 11:59", None),
        (NOON, "11 12:00", "11 13:30"),
        (NOON, "11 13:30", None),
    ],
)
def test_quiet_hours_end_over_midnight_too(quiet: Quiet | None, now: str, until: str | None) -> None:
    assert quiet_until(quiet, at(now)) == (at(until) if until else None)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("10 08:30", "10 08:30:15", False),
        ("10 08:30", "11 08:29", False),
        ("10 08:30", "11 08:30", True),
        ("10 08:30:07", "11 08:30:02", True),
        ("10 16:00", "11 08:30", True),  # sent by hand in between
        ("09 08:30", "12 17:00", True),  # three were missed
        ("12 08:30", "13 09:00", False),  # a holiday
        ("12 08:30", "14 09:00", False),  # a Saturday
        ("11 08:30", "14 09:00", False),  # Thursday's was missed; on a Saturday nobody is disturbed
        ("11 08:30", "16 00:01", True),  # but on Monday, if only just
        ("12 08:30", "16 08:29", False),  # times on days off are not missed
        ("12 08:30", "16 08:30", True),
    ],
)
def test_on_working_days_and_what_was_missed_is_made_up_for(last: str, now: str, due: bool) -> None:
    assert is_due(DAILY, last=at(last), now=at(now), next_time=next_time, works=works) is due


@pytest.mark.parametrize(("now", "due"), [("13 09:00", True), ("14 08:30", True), ("14 08:29", True)])
def test_every_day_means_every_day(now: str, due: bool) -> None:
    digest = replace(DAILY, workdays=False)
    assert is_due(digest, last=at("12 08:30"), now=at(now), next_time=next_time, works=works) is due


def test_a_time_in_quiet_hours_comes_when_they_end() -> None:
    early = replace(DAILY, at="0 6 * * *", quiet=NIGHT)
    due = [
        is_due(early, last=at("10 07:00"), now=at(now), next_time=next_time, works=works)
        for now in ("11 06:00", "11 06:59", "11 07:00")
    ]
    assert due == [False, False, True]


def test_an_alert_has_no_time() -> None:
    alert = replace(DAILY, at="")
    assert not is_due(alert, last=at("01 08:30"), now=at("12 08:30"), next_time=next_time, works=works)


def test_years_of_absence_do_not_take_long() -> None:
    every_minute = replace(DAILY, at="* * * * *")
    last = at("10 08:30").replace(year=2010)
    assert is_due(every_minute, last=last, now=at("12 08:30"), next_time=next_time, works=works)
