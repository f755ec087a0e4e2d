"""The deadline that still is open, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from monitor.digest.due import due
from monitor.model import Deadline
from tests.digest.make import NOW, a_deadline

PASSED = a_deadline(date(2019, 8, 29))


@pytest.mark.parametrize(
    ("deadlines", "words"),
    [
        ([], ""),
        ([PASSED], ""),
        ([PASSED, a_deadline(date(2019, 9, 13), "17:00")], "申报截止 9月13日 17:00（还有 14 天）"),
        ([a_deadline(date(2019, 9, 20)), a_deadline(date(2019, 9, 6))], "申报截止 9月6日（还有 7 天）"),
        ([a_deadline(date(2019, 8, 30))], "申报截止 8月30日（今天）"),
        ([a_deadline(date(2019, 8, 30), "08:29")], ""),
        ([a_deadline(date(2019, 8, 30), "08:30")], "申报截止 8月30日 08:30（今天）"),
        ([a_deadline(date(2019, 8, 30), "24:00")], "申报截止 8月30日 24:00（今天）"),
        ([a_deadline(date(2019, 8, 31), kind="征求意见")], "征求意见截止 8月31日（明天）"),
        ([a_deadline(date(2019, 9, 1), kind="其他")], "截止 9月1日（后天）"),
        ([a_deadline(date(2020, 1, 1))], "申报截止 2020年1月1日（还有 124 天）"),
    ],
)
def test_the_next_open_deadline(deadlines: list[Deadline], words: str) -> None:
    assert due(deadlines, NOW) == words


def test_days_are_days_of_beijing() -> None:
    late_evening_utc = NOW.replace(hour=17)  # 1:00 of the next day in Beijing
    assert due([a_deadline(date(2019, 8, 30))], late_evening_utc) == ""
    assert due([a_deadline(date(2019, 8, 30))], late_evening_utc - timedelta(hours=2)) != ""
