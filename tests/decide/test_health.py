"""How a source is doing: every condition, and who hears of it when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.conditions import WORDS
from monitor.decide.health import (
    Expectation,
    Health,
    expect,
    health,
    must_be_told,
    spark,
    working_days,
)
from monitor.decide.workdays import workday
from monitor.model import Condition, Level, Source, SourceState, Status

NOW = datetime(2026, 9, 16, 1, tzinfo=UTC)
SOURCE = Source(
    id="a", name="某局 · 通知", url="http://a.gov.cn/", family=None, level=Level.NATIONAL, region="全国"
)
GOOD = SourceState(id="a", status=Status.OK, items=20, since=NOW - timedelta(days=9))
USUAL = Expectation(rows=20, pause=3, newest=date(2026, 9, 14))


def works(day: date) -> bool:
    return workday(day).works


def found(state: SourceState = GOOD, expected: Expectation = USUAL, now: datetime = NOW) -> Health:
    return health(SOURCE, state, expected, now=now, works=works)


@pytest.mark.parametrize(
    ("state", "expected", "condition"),
    [
        (GOOD, USUAL, Condition.WELL),
        (replace(GOOD, status=Status.UNCHANGED), USUAL, Condition.WELL),
        (replace(GOOD, status=Status.BASELINE), USUAL, Condition.WELL),
        (SourceState(id="a"), USUAL, Condition.NEW),
        (replace(GOOD, status=Status.FAILED, reason="HTTP 500"), USUAL, Condition.FAILING),
        (replace(GOOD, status=Status.BLOCKED, reason="HTTP 403"), USUAL, Condition.BLOCKED),
        (replace(GOOD, status=Status.EMPTY), USUAL, Condition.EMPTY),
        (replace(GOOD, status=Status.HELD), USUAL, Condition.HELD),
        (replace(GOOD, items=9), USUAL, Condition.SHRUNK),
        (replace(GOOD, items=10), USUAL, Condition.WELL),
        (replace(GOOD, items=1), replace(USUAL, rows=4), Condition.WELL),
        (GOOD, replace(USUAL, newest=date(2026, 9, 7)), Condition.LATE),
        (GOOD, replace(USUAL, newest=date(2026, 9, 8)), Condition.WELL),
        (GOOD, replace(USUAL, newest=date(2026, 1, 1), pause=None), Condition.WELL),
        (GOOD, replace(USUAL, newest=date(2026, 9, 10), pause=0), Condition.WELL),
        (GOOD, replace(USUAL, newest=date(2026, 9, 8), pause=0), Condition.LATE),
        (GOOD, replace(USUAL, newest=None), Condition.WELL),
    ],
)
def test_the_condition_of_a_source(state: SourceState, expected: Expectation, condition: Condition) -> None:
    said = found(state, expected)
    assert said.condition is condition
    assert bool(said.advice) is condition.is_trouble
    assert condition in WORDS


def test_a_list_that_may_be_empty_may_shrink() -> None:
    source = replace(SOURCE, may_be_empty=True)
    state = replace(GOOD, items=0)
    assert health(source, state, USUAL, now=NOW, works=works).condition is Condition.WELL


def test_a_week_of_holidays_makes_nobody_late() -> None:
    before = replace(USUAL, newest=date(2026, 9, 30), pause=2)
    after = datetime(2026, 10, 9, 1, tzinfo=UTC)
    assert found(expected=before, now=after).condition is Condition.WELL
    assert working_days(date(2026, 9, 30), date(2026, 10, 9), works) == 2


def test_reasons_are_chinese_sentences() -> None:
    said = found(replace(GOOD, status=Status.FAILED, reason="HTTP 502"))
    assert said.reason == "网站出错（HTTP 502）"
    late = found(expected=replace(USUAL, newest=date(2026, 9, 1)))
    assert late.reason == "已有 11 个工作日没有新通知，以往最长间隔 3 个工作日（最新一条 2026-09-01）"


def test_what_is_usual_is_the_longest_of_the_latest_pauses() -> None:
    monday = date(2026, 6, 1)
    days = [monday + timedelta(days=7 * week) for week in range(9)]
    assert expect([date(2019, 1, 1), *days[::-1], days[0]], rows=20, works=works).newest == days[-1]
    assert expect(days[:6], rows=20, works=works).pause == 5
    assert expect(days[:5], rows=20, works=works).pause is None
    long_ago = [date(2020, 1, 1), *(monday + timedelta(days=7 * week) for week in range(-13, 9))]
    assert expect(long_ago, rows=20, works=works).pause == 5


@pytest.mark.parametrize(
    ("condition", "failures", "hours", "told"),
    [
        (Condition.HELD, 1, 0, True),
        (Condition.LATE, 0, 0, True),
        (Condition.FAILING, 1, 0, False),
        (Condition.FAILING, 2, 4, False),
        (Condition.FAILING, 3, 1, False),
        (Condition.FAILING, 3, 2, True),
        (Condition.FAILING, 2, 24, True),
        (Condition.FAILING, 1, 240, False),
        (Condition.BLOCKED, 3, 6, True),
        (Condition.EMPTY, 3, 4, True),
        (Condition.SHRUNK, 0, 23, False),
        (Condition.SHRUNK, 0, 24, True),
    ],
)
def test_who_is_called_when(condition: Condition, failures: int, hours: int, *, told: bool) -> None:
    state = replace(GOOD, failures=failures)
    since = NOW - timedelta(hours=hours)
    assert must_be_told(Health(condition=condition), state, since=since, now=NOW) is told


def test_a_line_of_thirty_days() -> None:
    assert spark([0, 1, 8, 4, 0, 0], [False, False, False, True, True, False]) == "·▁█▄×·"
    assert spark([0, 0], [False, False]) == "··"
    assert spark([3], [False]) == "█"


@given(st.lists(st.integers(0, 500), max_size=40))
def test_every_day_has_one_character(news: list[int]) -> None:
    line = spark(news, [False] * len(news))
    assert len(line) == len(news)
    assert all((mark == "·") == (count == 0) for mark, count in zip(line, news, strict=True))
