"""Dates as Chinese pages write them, and the one time zone of presentation. There is no clock here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SEPARATOR = r"\s*[-/.\uff0d\uff0f\uff0e‐–—年月]\s*"
# \d and int() take full-width digits too; \s* because templates split dates over lines.
# The set in front is what makes the search fast; a digit before it means a longer number.
_DIGITS = re.compile(rf"([12１２](?<!\d[12１２])\d{{3}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})(?!\d)")
_ZERO = "〇○◯零OＯo0０"
# Scanners and typists mix the two: 2O19年, 二0一九年, 二〇一九年9月.
_MARKS = rf"{_ZERO}一二三四五六七八九1-9１-９"
_NUMERALS = re.compile(
    rf"([{_MARKS}](?:\s?[{_MARKS}]){{3}})\s*年\s*([元正]|[{_MARKS}十]{{1,3}})\s*月\s*([{_MARKS}十廿卅]{{1,3}})\s*[日号曰]"
)
_VALUE = {"元": 1, "正": 1, "廿": 20, "卅": 30} | dict.fromkeys(_ZERO, 0)
_VALUE |= {mark: value for value, mark in enumerate("一二三四五六七八九", 1)}
_VALUE |= {mark: int(mark) for mark in "123456789１２３４５６７８９"}
# t20260102_123.html · /2026/1/2/art_ · /2026-01-02/ · /202601/02/ · /20260102/<hex>
_IN_URL = (
    re.compile(r"/t(\d{4})(\d\d)(\d\d)_\d+\."),
    re.compile(r"/(\d{4})[-/](\d{1,2})[-/](\d{1,2})/"),
    re.compile(r"/(\d{4})(\d\d)/?(\d\d)/"),
)


def parse_date(text: str) -> date | None:
    """The first plausible date with a year in `text`, in digits or in Chinese numerals."""
    digits = _first(_DIGITS.finditer(text), int)
    if "年" not in text:
        return digits[1] if digits else None
    numerals = _first(_NUMERALS.finditer(text), _numeral)
    return min((found for found in (digits, numerals) if found), default=(0, None))[1]


def date_in_url(url: str) -> date | None:
    """The date that an article address carries: of creation or migration, seldom of publication."""
    for pattern in _IN_URL:
        match = pattern.search(url)
        day = _of(match, int) if match else None
        if day:
            return day
    return None


def from_epoch_ms(milliseconds: int) -> datetime | None:
    """The instant of a JSON row's time stamp, aware in UTC; None where it is no plausible time."""
    try:
        instant = _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
    return instant if plausible(instant.date()) else None


def local_date(instant: datetime) -> date:
    """The day that `instant` falls on in Beijing."""
    return instant.astimezone(SHANGHAI).date()


def plausible(day: date) -> bool:
    """Whether a notice, or a deadline in one, can carry this date."""
    return 1990 <= day.year <= 2100


def _of(match: re.Match[str], number: Callable[[str], int]) -> date | None:
    try:
        day = date(*map(number, match.groups()))
    except ValueError:
        return None
    return day if plausible(day) else None


def _numeral(text: str) -> int:
    """二〇一九 digit by digit, 三十一 by tens, 廿八 by what the marks are worth."""
    marks = "".join(text.split())
    tens, ten, ones = marks.rpartition("十")
    if ten:
        return _digits(tens or "1") * 10 + _digits(ones or "0")
    if marks[0] in "廿卅":
        return sum(_VALUE[mark] for mark in marks)
    return _digits(marks)


def _digits(marks: str) -> int:
    return int("".join(str(_VALUE.get(mark, 99)) for mark in marks))


def _first(matches: Iterable[re.Match[str]], number: Callable[[str], int]) -> tuple[int, date] | None:
    """The first plausible date among matches, with where it begins."""
    for match in matches:
        day = _of(match, number)
        if day:
            return match.start(), day
    return None
