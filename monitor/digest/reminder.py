"""催办: a deadline of which people are told once more. When that is, is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import ChangeRecord, Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One open deadline with the last change of its notice, `days` working days before it.

    `keys` name what is told by this, so that it is told once: the digest, the distance, the date.
    """

    last: ChangeRecord
    deadline: Deadline
    days: int
    keys: tuple[str, ...]
