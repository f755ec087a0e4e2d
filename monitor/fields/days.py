"""Days as sentences name them: with or without a year, in digits or numerals, with a weekday and a time.

The end of a month or a year (9月底, 年底) is a day as well, a `vague` one: the last that the words allow.
That of 中旬 is the 20th, since who must act by 9月中旬 is in time on any day of it. 下班 is no time: when an
office closes, its notices seldom say, and a guess would be a wrong hour. Talks to nobody.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.fields.numerals import number

# What joins the two ends of a range; a page may have set its dash twice.
TO = "至到~—–―─‐‑-"

_COUNT = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR = r"(?:(?:19|20)\d\d|[一二][九〇○◯零OＯo0][〇○◯零OＯo0一二三四五六七八九]{2})"
# Of 9月2-6日 the 日 stands but once; in 9月30前 it was forgotten.
_DAY_MARK = rf"(?:[日号]|(?=[{TO}]{_COUNT}[日号])|(?=之?前|以前))"
_FORMS = {
    "full": rf"{_YEAR}年,?(?:{_COUNT}|元)月份?{_COUNT}(?:[日号]|(?!\d))",
    # A time may have moved up to the day when blanks were taken out: 2026-09-0217:00.
    "marked": r"(?<![\d/._A-Za-z])(?:19|20)\d\d(?P<sep>[-/.])\d{1,2}(?P=sep)"
    r"(?:\d\d(?=\d{1,2}[:时点])|\d{1,2}日|\d{1,2}(?![\d/]))",
    "short": rf"(?<!\d)(?:(?:今年|本年度?|明年),?)?{_COUNT}月{_COUNT}{_DAY_MARK}",
    "here": rf"本月{_COUNT}[日号]",
    # The end of a range may name no more than its day (9月2日至6日) or, in figures, no year (2026.9.2-9.6).
    "day": rf"(?<=[{TO}]){_COUNT}[日号]",
    "figures": rf"(?<=[{TO}])\d{{1,2}}[./]\d{{1,2}}(?![\d./])",
    "month": rf"(?<!\d)(?:(?:{_YEAR}年|今年|本年|明年),?)?{_COUNT}月份?(?:[上中下]旬|[底末])",
    "year": rf"(?:{_YEAR}年年?|今年年?|本年度?|明年年?|(?<![\d一-鿿])年|(?<=[于在至到])年)[底末]",
    "this": r"(?:本月|(?<=[于在至到,])月)[底末]",
}
_DAY = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()))
_SIGN = re.compile(r"[日号底末旬]|\d[-./]\d{1,2}[-./]\d|月\d")
_NUMBERS = re.compile(rf"{_YEAR}(?=[年./-])|{_COUNT}|元")

_BRACKETED = re.compile(r"\([^()\d|]{1,10}\)")
_HOUR = r"(?P<hour>\d{1,2}|[零一二三四五六七八九十]{1,3}(?=[时点]))"
_MINUTE = (
    r"(?:[:∶](?P<minute>[0-5]\d)(?!\d)(?::[0-5]\d)?[时分]?"
    r"|[时点](?:(?P<minutes>[0-5]?\d)分?(?:[0-5]?\d秒)?|(?P<half>半))?[钟整正]*)"
)
_PART = r"(?P<part>上午|中午|正午|下午|傍晚|晚上|晚间|晚|夜间|凌晨|早上)?"
# 9月30日(截止时间为当日18:00)
_LEADS = r"[日天当的]{0,2}(?:[,(](?:截[止至](?:时间)?[为是到至:]{0,2})?(?:当[日天])?)?"
_TIME = re.compile(rf"{_LEADS}{_PART}{_HOUR}{_MINUTE}")
_TO_HOUR = re.compile(rf"[{TO}]{{1,2}}")
_MORE_HOURS = re.compile(r"[,、;和及]?(?:上午|下午)")
_LATE = ("下午", "傍晚", "晚上", "晚间", "晚", "夜间")

# A day without a year is the coming one of that name, if it comes within this time.
_AHEAD = timedelta(days=240)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A day named in a sentence, where, and the time beside it (`24:00` for 24时).

    `dated` days name their year; `vague` ones are the end of a month, a third of it or a year.
    """

    day: date
    time: str | None
    start: int
    end: int
    dated: bool
    vague: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reckoning:
    """What tells the year of a day that names none."""

    before: Mention | None
    joined: bool
    since: date | None
    year: int | None

    def this_year(self) -> int | None:
        return self.since.year if self.since else self.year


def may_name_day(words: str) -> bool:
    """Whether a mark of a day is there: few sentences have one, and the rest need no pattern."""
    return bool(_SIGN.search(words))


def mentions(sentence: str, *, since: date | None, year: int | None) -> Iterator[Mention]:
    """The days of a sentence in plain form. `since` (else `year`) tells the year of days that name none."""
    before: Mention | None = None
    for match in _DAY.finditer(sentence):
        joined = before is not None and match.start() - before.end <= 3
        day = _day(match, _Reckoning(before=before, joined=joined, since=since, year=year))
        if day:
            before = _mention(sentence, match, day)
            yield before


def _mention(sentence: str, match: re.Match[str], day: date) -> Mention:
    time, end = _time(sentence, match.end())
    return Mention(
        day=day,
        time=time,
        start=match.start(),
        end=end,
        dated=bool(re.match(_YEAR, match[0])) and match.lastgroup not in ("day", "figures", "short"),
        vague=match.lastgroup in ("month", "year", "this"),
    )


def _day(match: re.Match[str], known: _Reckoning) -> date | None:
    """The day that a match of one of the forms names."""
    words, form = match[0], match.lastgroup
    numbers = [number(found) for found in _NUMBERS.findall(words)]
    if form in ("full", "marked"):
        return _date(*numbers[:3])
    if form in ("day", "figures"):
        return _end_of_range(numbers, known)
    if form == "short":
        return _relative(words, numbers[0], numbers[1], known)
    if form == "here":
        return _date(known.since.year, known.since.month, numbers[0]) if known.since else None
    return _vague(words, numbers, known)


def _end_of_range(numbers: list[int], known: _Reckoning) -> date | None:
    if known.before is None or not known.joined:
        return None
    start = known.before.day
    month, day = numbers if len(numbers) == 2 else (start.month, numbers[0])
    return _date(start.year + (month < start.month), month, day)


def _vague(words: str, numbers: list[int], known: _Reckoning) -> date | None:
    """The last day of a month, of a third of one, or of a year."""
    if "月" not in words:
        return _relative(words, 12, 31, known) if not numbers else _date(numbers[0], 12, 31)
    if not numbers:
        return _month_end(known.since.year, known.since.month, words) if known.since else None
    first = _relative(words, numbers[0], 1, known) if len(numbers) == 1 else _date(numbers[0], numbers[1], 1)
    return _month_end(first.year, first.month, words) if first else None


def _month_end(year: int, month: int, words: str) -> date | None:
    last = {"上旬": 10, "中旬": 20}.get(words[-2:]) or monthrange(year, month)[1]
    return _date(year, month, last)


def _relative(words: str, month: int, day: int, known: _Reckoning) -> date | None:
    """A day whose year is said as 今年 or 明年, or not at all."""
    now = known.this_year()
    if words.startswith("明年"):
        return _date(now + 1, month, day) if now else None
    if words.startswith(("今年", "本年")):
        return _date(now, month, day) if now else None
    return _coming(month, day, known)


def _coming(month: int, day: int, known: _Reckoning) -> date | None:
    """The year of 10月15日: after the day before it in the sentence, else after the notice itself."""
    start = known.before.day if known.before else None
    if known.since and not (start and (known.joined or start > known.since)):
        # The first of the month, since that is what the end of a month is asked with.
        start = known.since.replace(day=1) if day == 1 else known.since
    if start is None:
        return _date(known.year, month, day) if known.year else None
    found = _date(start.year, month, day)
    if found is None or found >= start:
        return found
    later = _date(start.year + 1, month, day)
    return later if later and later - start <= _AHEAD else found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(sentence: str, end: int) -> tuple[str | None, int]:
    """The time behind a day, of office hours their end, and where the words of both end."""
    bracketed = _BRACKETED.match(sentence, end)
    found = _TIME.match(sentence, bracketed.end() if bracketed else end)
    if not found:
        return None, bracketed.end() if bracketed else end
    joint = _TO_HOUR.match(sentence, found.end())
    last = _TIME.match(sentence, joint.end()) if joint else None
    if last and _MORE_HOURS.match(sentence, last.end()):
        return None, last.end()
    time = _clock(last, found["part"]) if last else _clock(found, None)
    return time, (last or found).end()


def _clock(match: re.Match[str], part: str | None) -> str | None:
    """HH:MM of a time; 下午2:00-5:00 says once for both of its ends which half of the day is meant."""
    part = match["part"] or part
    hour = number(match["hour"])
    minute = 30 if match["half"] else int(match["minute"] or match["minutes"] or 0)
    if (part in _LATE and hour < 12) or (part in ("中午", "正午") and hour < 10):
        hour += 12
    elif part in _LATE[2:] and hour == 12:
        hour = 24
    return f"{hour:02d}:{minute:02d}" if hour < 24 or (hour == 24 and minute == 0) else None
