"""Chinese working days, make-up days included, and an operator's own days before them. Talks to nobody.

The State Council publishes the days of a year in the autumn before; until the library knows them,
Monday to Friday is assumed and said to be an assumption. A year of which the operator names any
day is no assumption: whoever writes down its first holiday has read the table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

Works = Callable[[date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workday:
    """Whether people work on a day. `assumed` means that the year's official table is not known yet."""

    works: bool
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDays:
    """What the operator's file says of days (`calendar:`); it outranks the official table."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def workday(self, day: date) -> Workday:
        """The operator's word on a day, else `workday`."""
        if day in self.holidays or day in self.workdays:
            return Workday(works=day in self.workdays, assumed=False)
        found = workday(day)
        return Workday(works=found.works, assumed=found.assumed and day.year not in self._years)

    def works(self, day: date) -> bool:
        """Whether people work on a day."""
        return self.workday(day).works

    @property
    def _years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.holidays | self.workdays)


def workday(day: date) -> Workday:
    """Look a day up in the official table, else by the day of the week."""
    import chinese_calendar  # imported here: its tables cost 20 ms that a check does not need

    try:
        return Workday(works=bool(chinese_calendar.is_workday(day)), assumed=False)
    except NotImplementedError:
        return Workday(works=day.weekday() < 5, assumed=True)


def days_before(day: date, count: int, works: Works) -> date:
    """The day that lies `count` working days before `day`; `day` itself for none."""
    while count > 0:
        day -= timedelta(days=1)
        count -= works(day)
    return day


def days_between(today: date, day: date, works: Works) -> int:
    """How many working days there are after `today` up to `day`, that day included."""
    ahead = (day - today).days
    return sum(works(today + timedelta(days=step)) for step in range(1, ahead + 1))
