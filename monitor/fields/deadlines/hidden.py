"""The deadline that a row carries and does not show: jpaas lists keep it in epoch milliseconds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from monitor.dates import SHANGHAI, from_epoch_ms, parse_date
from monitor.fields.deadlines import say
from monitor.fields.lines import fact
from monitor.model import Deadline, Fact

LABELS = ("截止时间", "截止日期", "结束时间", "征集截止时间", "endtime")


def hidden(facts: Iterable[Fact], title: str) -> Iterator[Deadline]:
    """The deadline among the facts of a row, if it has one."""
    value = fact(facts, *LABELS)
    day, time = _instant(int(value)) if re.fullmatch(r"\d{12,14}", value) else (parse_date(value), None)
    if day:
        yield Deadline(date=day, time=time, what=title[: say.LONGEST], kind=say.kind_by_title(title))


def _instant(milliseconds: int) -> tuple[date | None, str | None]:
    """The day in Beijing and the time, unless that only says "the whole day"."""
    instant = from_epoch_ms(milliseconds)
    if instant is None:
        return None, None
    local = instant.astimezone(SHANGHAI)
    time = f"{local:%H:%M}"
    return local.date(), None if time in ("00:00", "23:59") else time
