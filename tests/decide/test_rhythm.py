"""When to look again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.rhythm import next_check, next_reread, next_try, tells_from_row, watched_until
from monitor.model import Deadline, Level, Notice, Source

NOW = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
SOURCE = Source(
    id="x", name="x", url="http://x", family=None, level=Level.NATIONAL, region="", every=timedelta(hours=2)
)


@given(st.floats(0, 1, exclude_max=True))
def test_polls_are_spread_by_a_tenth(chance: float) -> None:
    gap = next_check(SOURCE, NOW, failures=0, blocked=False, chance=chance) - NOW
    assert timedelta(minutes=108) <= gap <= timedelta(minutes=132)


def test_a_block_doubles_the_pause_up_to_a_day_and_a_failure_keeps_the_rhythm() -> None:
    gaps = [next_check(SOURCE, NOW, failures=n, blocked=True, chance=0.5) - NOW for n in range(1, 8)]
    assert gaps[:3] == [timedelta(hours=4), timedelta(hours=8), timedelta(hours=16)]
    assert set(gaps[3:]) == {timedelta(days=1)}
    assert next_check(SOURCE, NOW, failures=50, blocked=False, chance=0.5) - NOW == SOURCE.every


def test_the_gap_between_two_readings_grows_with_age() -> None:
    notice = Notice(url="u", title="t", published_on=date(2026, 9, 1))
    first = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
    again = [next_reread(notice, first, first + timedelta(days=days)) for days in (0, 4, 30)]
    gaps = [when - first - timedelta(days=days) for when, days in zip(again, (0, 4, 30), strict=True) if when]
    assert gaps == [timedelta(hours=6), timedelta(days=2), timedelta(days=7)]


def test_a_notice_is_watched_until_long_after_its_last_deadline() -> None:
    plain = Notice(url="u", title="t", published_on=date(2026, 1, 1))
    due = Notice(
        url="u",
        title="t",
        published_on=date(2026, 1, 1),
        deadlines=(Deadline(date=date(2026, 9, 1), time=None, what="申报", kind="申报"),),
    )
    assert watched_until(plain, NOW) == date(2026, 4, 1)
    assert watched_until(due, NOW) == date(2026, 10, 1)
    assert next_reread(plain, NOW, NOW) is None
    assert next_reread(due, NOW, NOW) is not None


def test_an_unreadable_page_is_tried_again_ever_later_and_told_after_a_day() -> None:
    assert next_try(0, NOW) - NOW == timedelta(minutes=10)
    assert next_try(40, NOW) - NOW == timedelta(days=1)
    assert not tells_from_row(NOW - timedelta(hours=23), NOW)
    assert tells_from_row(NOW - timedelta(hours=24), NOW)
