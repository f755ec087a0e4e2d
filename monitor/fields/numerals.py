"""Numbers as notices print them: in digits, or in Chinese numerals up to three places. Talks to nobody."""

from __future__ import annotations

_VALUE = {"零": 0, "元": 1, "两": 2, "廿": 20, "卅": 30} | dict.fromkeys("〇○◯OＯo", 0)
_VALUE |= {mark: value for value, mark in enumerate("一二三四五六七八九", 1)}


def number(text: str) -> int:
    """The value of 30, 三十, 廿一, 二〇一九 or 一百二十; the caller's pattern saw that it is a number."""
    if text.isdecimal():
        return int(text)
    hundreds, hundred, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    if not (hundred or ten):
        return _digits(rest)
    above = (_digits(hundreds) or 1) * 100 if hundred else 0
    return above + ((_digits(tens) or 1) * 10 if ten else 0) + _digits(ones)


def _digits(text: str) -> int:
    """二〇一九 digit by digit; 廿一 by its parts."""
    if "廿" in text or "卅" in text:
        return sum(_value(mark) for mark in text)
    return int("".join(str(_value(mark)) for mark in text) or 0)


def _value(mark: str) -> int:
    return int(mark) if mark.isdecimal() else _VALUE[mark]
