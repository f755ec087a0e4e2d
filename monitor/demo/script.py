"""When things happen in the demo: two polls a day, the digest on the mornings of working days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto

from monitor.dates import SHANGHAI
from monitor.decide.workdays import workday
from monitor.demo.truth import FIRST_POLL, LAST_POLL

DIGEST_AT = time(8, 30)
POLLS_AT = (time(9, 30), time(16, 0))
ISSUE_AT = LAST_POLL + timedelta(hours=1)


class Act(Enum):
    """What is done at a moment."""

    DIGEST = auto()
    POLL = auto()


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC and what is done then."""

    at: datetime
    act: Act


def moments() -> Iterator[Moment]:
    """Every moment from the first poll to the last, in order."""
    for day in _days():
        if workday(day).works:
            yield Moment(_instant(day, DIGEST_AT), Act.DIGEST)
        for at in POLLS_AT:
            yield Moment(_instant(day, at), Act.POLL)


def _days() -> Iterator[date]:
    day = FIRST_POLL.date()
    while day <= LAST_POLL.date():
        yield day
        day += timedelta(days=1)


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)
