"""Chinese working days, make-up days included. Talks to nobody.

The State Council publishes the days of a year in the autumn before; until the library knows them,
Monday to Friday is assumed and said to be an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Workday:
    """Whether people work on a day. `assumed` means that the year's official table is not known yet."""

    works: bool
    assumed: bool


def workday(day: date) -> Workday:
    """Look a day up in the official table, else by the day of the week."""
    import chinese_calendar  # imported here: its tables cost 20 ms that a check does not need

    try:
        return Workday(works=bool(chinese_calendar.is_workday(day)), assumed=False)
    except NotImplementedError:
        return Workday(works=day.weekday() < 5, assumed=True)
