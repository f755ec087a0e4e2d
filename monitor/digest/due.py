"""How long there is still time: the next open deadline of a notice, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from monitor.dates import SHANGHAI
from monitor.model import Deadline

_NEAR = {0: "今天", 1: "明天", 2: "后天"}


def due(deadlines: Iterable[Deadline], now: datetime) -> str:
    """申报截止 9月30日 17:00（还有 14 天）, or "" where no deadline is open."""
    open_ones = open_deadlines(deadlines, now)
    return _words(open_ones[0], now.astimezone(SHANGHAI).date()) if open_ones else ""


def open_deadlines(deadlines: Iterable[Deadline], now: datetime) -> list[Deadline]:
    """Those that have not passed, soonest first."""
    return sorted((deadline for deadline in deadlines if not _passed(deadline, now)), key=moment)


def moment(deadline: Deadline) -> tuple[date, str]:
    """What deadlines are sorted by."""
    # A day without a time lasts to its end; 24:00 sorts after every time of that day.
    return deadline.date, deadline.time or "24:00"


def _words(deadline: Deadline, today: date) -> str:
    day = deadline.date
    year = f"{day.year}年" if day.year != today.year else ""
    time = f" {deadline.time}" if deadline.time else ""
    kind = "" if deadline.kind == "其他" else deadline.kind
    days = (day - today).days
    left = _NEAR.get(days, f"还有 {days} 天")
    return f"{kind}截止 {year}{day.month}月{day.day}日{time}（{left}）"


def _passed(deadline: Deadline, now: datetime) -> bool:
    local = now.astimezone(SHANGHAI)
    return moment(deadline) < (local.date(), f"{local:%H:%M}")
