"""The one clock of the program. Everything else is given `now`."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.dates import SHANGHAI


def wall_clock() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - its one home


def instant(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is Beijing time. ValueError when it is none."""
    value = datetime.fromisoformat(text)
    return (value if value.tzinfo else value.replace(tzinfo=SHANGHAI)).astimezone(UTC)
