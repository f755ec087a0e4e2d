"""Dates as pages write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dates import date_in_url, from_epoch_ms, local_date, parse_date, plausible

DAY = date(2026, 1, 2)


@pytest.mark.parametrize(
    "said",
    [
        "2026-01-02",
        "2026/1/2",
        "2026.1.2",
        "2026年1月2日",
        "2026 年 01 月 02 日",
        "[2026-01-02]",
        "（2026-01-02）",
        "[\n\t\t2026-01-02 ]",
        "2026-\n01-\n02",
        "２０２６年１月２日",
        "２０２６－０１－０２",
        "发布时间：2026-01-02  10∶08",
        "2026-01-02T10:08:00",
        "二〇二六年一月二日",
        "二○二六年元月二日",
        "二O二六年一月二日",
        "二零二六年一月二日",
        "二0二六年一月二日",
        "二Ｏ二六年正月二日",
        "二 〇 二 六 年 一 月 二 日",
        "2O26年1月2日",
        "2〇26年一月2日",
        "二〇二六年1月2日",
        "电话 010-62104958，2026-01-02",
        "编号120260102，2026年1月2日",
        "2026-13-45 之后 2026-01-02",
        "截至2026-01-02，二〇二五年十二月三日印发",
    ],
)
def test_a_date_is_read(said: str) -> None:
    assert parse_date(said) == DAY


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("二〇一九年八月三十日", date(2019, 8, 30)),
        ("二〇一九年十二月三十一日", date(2019, 12, 31)),
        ("二〇一九年十一月廿三日", date(2019, 11, 23)),
        ("二〇一九年十月卅一日", date(2019, 10, 31)),
        ("二〇一〇年一〇月一〇日", date(2010, 10, 10)),
        ("二〇一九年十月十日", date(2019, 10, 10)),
        ("二〇一九年二月二十日 2020-01-01", date(2019, 2, 20)),
        ("2019年8月30日—2019年9月5日", date(2019, 8, 30)),
    ],
)
def test_chinese_numerals_and_the_first_of_two(said: str, day: date) -> None:
    assert parse_date(said) == day


@pytest.mark.parametrize(
    "said",
    [
        "",
        "01-02",
        "2026年第3号",
        "2026-02-30",
        "1026-01-02",
        "9999-01-02",
        "（2019-2021年）",
        "12026-01-021",
        "二〇一九年",
        "二〇一九年九月",
        "二〇一九年十十月二日",
        "二〇一九年九月三十二日",
    ],
)
def test_what_is_no_date_is_none(said: str) -> None:
    assert parse_date(said) is None


@given(st.text())
def test_any_text_has_a_plausible_date_or_none(said: str) -> None:
    day = parse_date(said)
    assert day is None or plausible(day)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_plausible_day_is_read_back(day: date) -> None:
    assert parse_date(f"{day:%Y-%m-%d}") == day
    assert parse_date(f"({day.year}年{day.month}月{day.day}日)") == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://www.mee.gov.cn/xxgk06/202609/t20260911_1165826.html", date(2026, 9, 11)),
        ("http://www.dingxi.gov.cn/art/2022/1/20/art_12377_1486865.html", date(2022, 1, 20)),
        ("http://a.cn/c/2026-01-02/7.shtml", DAY),
        ("http://a.cn/columns/x/202601/02/y.html", DAY),
        ("http://a.cn/20260102/0123.html", DAY),
        ("http://a.cn/content/post_9518264.html", None),
        ("http://a.cn/99999999/x.html", None),
    ],
)
def test_the_date_in_an_address(url: str, day: date | None) -> None:
    assert date_in_url(url) == day


def test_milliseconds_are_instants_and_days_are_beijing_days() -> None:
    instant = from_epoch_ms(1767283200000)
    assert instant == datetime(2026, 1, 1, 16, 0, tzinfo=UTC)
    assert local_date(datetime(2026, 1, 1, 15, 59, tzinfo=UTC)) == date(2026, 1, 1)
    assert local_date(datetime(2026, 1, 1, 16, 0, tzinfo=UTC)) == DAY


@pytest.mark.parametrize("milliseconds", [0, -1, 10**18, 10**30])
def test_milliseconds_that_are_no_time_are_none(milliseconds: int) -> None:
    assert from_epoch_ms(milliseconds) is None
