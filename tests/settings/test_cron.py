"""Cron lines: whatever we accept, the schedule understands, and means what it seems to mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.schedule import cron_trigger, next_time
from monitor.settings.cron import check_cron

MONDAY = datetime(2026, 9, 14, 0, 0, tzinfo=UTC)  # 08:00 in Beijing


@pytest.mark.parametrize(
    "line", ["30 8 * * *", "*/15 8-18 1,15 * mon-fri", "0 9 * 1-6 sun", "0 0 28-31/2 * *"]
)
def test_good_lines(line: str) -> None:
    check_cron(line)
    assert next_time(line, MONDAY) is not None


@pytest.mark.parametrize(
    "line", ["", "30 8 * *", "30 8 * * 1", "30 8 * * 0-5", "60 8 * * *", "5-1 * * * *", "*/0 * * * *", "a * * * *",
             "30 8 * * fri-mon", "30 8 * * montag", "@daily", "30 8 ? * *", "1/5 * * * *"]
)  # fmt: skip
def test_bad_lines_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_cron(line)


def test_half_past_eight_is_beijing_time() -> None:
    assert next_time("30 8 * * *", MONDAY) == datetime(2026, 9, 14, 0, 30, tzinfo=UTC)


def test_mon_fri_skips_the_weekend() -> None:
    friday_noon = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)
    assert next_time("30 8 * * mon-fri", friday_noon) == datetime(2026, 9, 21, 0, 30, tzinfo=UTC)


_numbers = st.integers(0, 70).map(str)
_part = st.one_of(
    st.just("*"),
    _numbers,
    st.tuples(_numbers, _numbers).map("-".join),
    st.tuples(st.just("*"), _numbers).map("/".join),
    st.tuples(st.tuples(_numbers, _numbers).map("-".join), _numbers).map("/".join),
)
_field = st.lists(_part, min_size=1, max_size=3).map(",".join)


@given(
    st.tuples(_field, _field, _field, _field, st.sampled_from(["*", "mon", "tue-thu,sat", "sun"])).map(
        " ".join
    )
)
def test_whatever_is_accepted_makes_a_trigger(line: str) -> None:
    try:
        check_cron(line)
    except ValueError:
        return
    cron_trigger(line)
