"""Days as sentences name them: with or without a year, with a weekday and a time. Talks to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_FULL = r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})(?:[日号]|(?!\d))"
_MARKED = (
    r"(?P<y2>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d\d(?=\d{1,2}[:时点])|\d{1,2}(?!\d))"
)
_SHORT = r"(?P<rel>今年|本年|明年)?(?P<m3>\d{1,2})月(?P<d3>\d{1,2})[日号]"
# The end of a range may name no more than its day: 9月2日至6日.
_DAY_ONLY = r"(?<=[至到~—-])(?P<d4>\d{1,2})[日号]"
_WEEKDAY = r"(?:\((?:本|下)?(?:星期|周)[一二三四五六日天]\))?"
_HALF = r"(?P<half>上午|中午|下午|晚上?|夜间)?"
_TIME = rf"(?:{_HALF}(?P<hour>[012]?\d)[:时点](?P<minute>[0-5]\d)?(?::[0-5]\d)?分?整?)?"
_DAY = re.compile(rf"(?<!\d)(?:{_FULL}|{_MARKED}|{_SHORT}|{_DAY_ONLY}){_WEEKDAY}{_TIME}")

# A day without a year is the coming one of that name, if it comes within this time.
_AHEAD = timedelta(days=240)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day named in a sentence, where, and the time beside it (`24:00` for 24时)."""

    day: date
    time: str | None
    start: int
    end: int
    dated: bool


def mentions(sentence: str, *, since: date | None, year: int | None) -> Iterator[Mention]:
    """The days of a sentence in plain form. `since` (else `year`) tells the year of days that name none."""
    before: date | None = None
    for match in _DAY.finditer(sentence):
        day = _day(match, before, since=since, year=year)
        if day:
            dated = bool(match["y"] or match["y2"])
            yield Mention(day, _time(match), match.start(), match.end(), dated)
            before = day


def _day(match: re.Match[str], before: date | None, *, since: date | None, year: int | None) -> date | None:
    if match["d4"]:
        return before and _date(before.year, before.month, int(match["d4"]))
    known = match["y"] or match["y2"]
    month = int(match["m"] or match["m2"] or match["m3"])
    number = int(match["d"] or match["d2"] or match["d3"])
    if known:
        return _date(int(known), month, number)
    if match["rel"] == "明年":
        return _date(since.year + 1, month, number) if since else None
    return _coming(month, number, before=before, since=since, year=year)


def _coming(
    month: int, number: int, *, before: date | None, since: date | None, year: int | None
) -> date | None:
    """The year of 10月15日: after the day before it in the sentence, else after the notice itself."""
    start = before or since
    if start is None:
        return _date(year, month, number) if year else None
    day = _date(start.year, month, number)
    if day is None or day >= start:
        return day
    later = _date(start.year + 1, month, number)
    return later if later and later - start <= _AHEAD else day


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _time(match: re.Match[str]) -> str | None:
    if not match["hour"]:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"] in ("下午", "晚", "晚上", "夜间") and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 24 or (hour == 24 and minute == 0) else None
