"""The one clock of the program. Everything else is given `now`."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.dates import SHANGHAI

YEARS = range(1949, 2200)


def wall_clock() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - its one home


def instant(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is Beijing time.

    ValueError when it is none, or so far away that pauses and deadlines could not be reckoned from it.
    """
    value = datetime.fromisoformat(text)
    if value.year not in YEARS:
        raise ValueError(f"a year from {YEARS[0]} to {YEARS[-1]}")
    return (value if value.tzinfo else value.replace(tzinfo=SHANGHAI)).astimezone(UTC)
