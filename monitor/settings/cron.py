"""Cron lines as people write them, checked before the service starts. Contains no business logic.

Days of the week go by name only: APScheduler counts them from Monday = 0 where cron counts from
Sunday = 0, so a digit would mean another day than its writer thinks (its issues 286, 455, 1102).
"""

from __future__ import annotations

import re

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12))
_NUMBERS = re.compile(r"(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?")


def check_cron(line: str) -> None:
    """ValueError saying what is wrong, unless `line` is five fields that mean what they seem to mean."""
    fields = line.split()
    if len(fields) != 5:
        raise ValueError("five fields: minute hour day month weekday, such as 30 8 * * mon-fri")
    for text, (name, low, high) in zip(fields, _FIELDS, strict=False):
        if not all(_number_part(part, low, high) for part in text.split(",")):
            raise ValueError(f"{name} must be *, numbers {low}-{high}, ranges or steps")
    if not all(_day_part(part) for part in fields[4].split(",")):
        raise ValueError("weekday must be * or names: mon, tue, wed, thu, fri, sat, sun, ranges as mon-fri")


def _number_part(part: str, low: int, high: int) -> bool:
    match = _NUMBERS.fullmatch(part)
    if not match:
        return False
    star, first, last, step = match.groups()
    begin, end = (low, high) if star else (int(first), int(last or first))
    if not low <= begin <= end <= high:
        return False
    return step is None or 1 <= int(step) <= end - begin


def _day_part(part: str) -> bool:
    if part == "*":
        return True
    days = part.lower().split("-")
    if len(days) > 2 or any(day not in _DAYS for day in days):
        return False
    return [_DAYS.index(day) for day in days] == sorted(_DAYS.index(day) for day in days)
