"""Days in sentences: their year, their time, the end of a month."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fields.days import may_name_day, mentions
from monitor.fields.lines import plain

SINCE = date(2019, 9, 1)


def read(text: str, *, since: date | None = SINCE, year: int | None = None) -> list[str]:
    """The days of a text as ISO, with the time behind a T where there is one."""
    found = mentions(plain(text), since=since, year=year)
    return [f"{found.day}" + (f"T{found.time}" if found.time else "") for found in found]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019年9月30日", "2019-09-30"),
        ("2019 年 9 月 30 日", "2019-09-30"),
        ("２０１９年９月３０日", "2019-09-30"),
        ("2019年9月30号", "2019-09-30"),
        ("2019年9月30", "2019-09-30"),
        ("二〇一九年九月三十日", "2019-09-30"),
        ("二○一九年十月十一日", "2019-10-11"),
        ("二O一九年十二月廿一日", "2019-12-21"),
        ("二零二零年元月五日", "2020-01-05"),
        ("2019-09-30", "2019-09-30"),
        ("2019/9/30", "2019-09-30"),
        ("2019.9.30", "2019-09-30"),
        ("2019.9.30日", "2019-09-30"),
        ("9月30日", "2019-09-30"),
        ("今年9月30日", "2019-09-30"),
        ("明年1月15日", "2020-01-15"),
        ("本月25日", "2019-09-25"),
        ("1月10日", "2020-01-10"),
        ("9月30前", "2019-09-30"),
        ("附件12019年9月30日", "2019-09-30"),
        ("九月三十日", "2019-09-30"),
    ],
)
def test_a_day_is_read_in_all_its_forms(text: str, day: str) -> None:
    assert read(text) == [day]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2019年9月2日至9月6日", ["2019-09-02", "2019-09-06"]),
        ("9月2日至6日", ["2019-09-02", "2019-09-06"]),
        ("9月2-6日", ["2019-09-02", "2019-09-06"]),
        ("9月2日—9月6日", ["2019-09-02", "2019-09-06"]),
        ("2019.9.2-2019.9.6", ["2019-09-02", "2019-09-06"]),
        ("2019.9.2-9.6", ["2019-09-02", "2019-09-06"]),
        ("2019/9/2～2019/9/6", ["2019-09-02", "2019-09-06"]),
        ("12月20日至1月10日", ["2019-12-20", "2020-01-10"]),
        ("2019年12月20日至5日", ["2019-12-20", "2019-12-05"]),
        ("2018年5月3日印发的通知，10月8日前", ["2018-05-03", "2019-10-08"]),
    ],
)
def test_the_end_of_a_range_borrows_what_it_does_not_say(text: str, days: list[str]) -> None:
    assert read(text) == days


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("9月30日18:00", "2019-09-30T18:00"),
        ("9月30日18：00", "2019-09-30T18:00"),
        ("9月30日17时30分", "2019-09-30T17:30"),
        ("9月30日17时", "2019-09-30T17:00"),
        ("9月30日17:00时", "2019-09-30T17:00"),
        ("9月30日17点整", "2019-09-30T17:00"),
        ("9月30日下午5时", "2019-09-30T17:00"),
        ("9月30日下午五时", "2019-09-30T17:00"),
        ("9月30日下午5点30分", "2019-09-30T17:30"),
        ("9月30日下午5点半", "2019-09-30T17:30"),
        ("9月30日下午17:00", "2019-09-30T17:00"),
        ("9月30日晚上8点", "2019-09-30T20:00"),
        ("9月30日晚上12点", "2019-09-30T24:00"),
        ("9月30日中午12点", "2019-09-30T12:00"),
        ("9月30日中午1点", "2019-09-30T13:00"),
        ("9月30日上午9时", "2019-09-30T09:00"),
        ("9月30日24时", "2019-09-30T24:00"),
        ("9月30日24:00", "2019-09-30T24:00"),
        ("9月30日零时", "2019-09-30T00:00"),
        ("9月30日23时59分59秒", "2019-09-30T23:59"),
        ("9月30日23:59:59", "2019-09-30T23:59"),
        ("9月30日（星期一）17:00", "2019-09-30T17:00"),
        ("9月30日（周一）下午3时", "2019-09-30T15:00"),
        ("9月30日（17:00）", "2019-09-30T17:00"),
        ("2019-09-30 17:00", "2019-09-30T17:00"),
        ("9月30日 9:00-17:00", "2019-09-30T17:00"),
        ("9月30日下午2:00-5:00", "2019-09-30T17:00"),
        ("9月30日 9:00-11:30，下午14:00-17:00", "2019-09-30"),
        ("9月30日25时", "2019-09-30"),
        ("9月30日24:30", "2019-09-30"),
        ("9月30日下班", "2019-09-30"),
        ("9月30日每天9:00", "2019-09-30"),
    ],
)
def test_a_time_beside_a_day_is_read_if_it_is_one(text: str, moment: str) -> None:
    assert read(text) == [moment]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9月底", "2019-09-30"),
        ("9月末", "2019-09-30"),
        ("9月份底", "2019-09-30"),
        ("2020年2月底", "2020-02-29"),
        ("十月中旬", "2019-10-20"),
        ("10月上旬", "2019-10-10"),
        ("10月下旬", "2019-10-31"),
        ("3月底", "2020-03-31"),
        ("于月底", "2019-09-30"),
        ("本月底", "2019-09-30"),
        ("年底", "2019-12-31"),
        ("今年年底", "2019-12-31"),
        ("2020年底", "2020-12-31"),
        ("2020年年末", "2020-12-31"),
        ("明年底", "2020-12-31"),
    ],
)
def test_the_end_of_a_month_or_year_is_the_last_day_that_the_words_allow(text: str, day: str) -> None:
    (found,) = mentions(plain(text), since=SINCE, year=None)
    assert (str(found.day), found.vague) == (day, True)


@pytest.mark.parametrize(
    "text",
    [
        "2019年13月45日",
        "2月30日",
        "http://a.example.cn/2019/9/6/1.html",
        "GB/T 2019-9-6-1",
        "每月底",
        "满三年底",
        "3个月底",
        "第30号",
        "0年0月0日",
        "1月" * 50,
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert read(text) == []


def test_without_a_day_of_the_notice_a_day_without_a_year_has_none_unless_its_number_tells() -> None:
    assert read("4月28日", since=None) == []
    assert read("4月28日", since=None, year=2017) == ["2017-04-28"]
    assert read("明年4月28日", since=None) == []
    assert read("本月28日、月底", since=None, year=2017) == []


def test_a_mention_says_where_it_stands() -> None:
    sentence = "请于9月30日（星期一）17:00前报送"
    (found,) = mentions(plain(sentence), since=SINCE, year=None)
    assert plain(sentence)[found.start : found.end] == "9月30日(星期一)17:00"


@given(
    st.text(alphabet="0123456789年月日号底中旬至到-—.:/(（）)时点分半上下午今明本一二十〇廿 ", max_size=60)
)
def test_any_text_gives_days_in_the_order_of_the_text(text: str) -> None:
    words = plain(text)
    found = list(mentions(words, since=SINCE, year=None))
    assert all(0 <= day.start < day.end <= len(words) for day in found)
    assert all(one.start < two.start for one, two in pairwise(found))
    assert may_name_day(words) or not [day for day in found if not day.vague]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 23), st.integers(0, 59))
def test_what_is_written_is_read(day: date, hour: int, minute: int) -> None:
    text = f"{day.year}年{day.month}月{day.day}日{hour}:{minute:02d}"
    assert read(text) == [f"{day}T{hour:02d}:{minute:02d}"]
    assert read(f"{day.year}.{day.month}.{day.day}") == [str(day)]
    assert read(f"{day:%Y-%m-%d}") == [str(day)]
