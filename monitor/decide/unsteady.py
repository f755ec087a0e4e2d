"""A page whose text changes again and again: from which change on it is held back, and when it is told.

A few changes in a week are told one by one, there and back included. What comes on top is kept as versions
and told to nobody, until the page has stood still for as long: then one change tells what is different
from what readers know, if anything is. Talks to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.diff import diff, meaning
from monitor.model import Intent, Notice, Verdict, Version

MOST_TOLD = 4
WINDOW = timedelta(days=7)
LOOK = timedelta(days=1)  # so often at least an unsteady page is read, to see whether it stands still


def is_unsteady(told: Sequence[datetime], now: datetime) -> bool:
    """Whether a page has used up its changes; `told` is when changes of its text were told."""
    return sum(now - at < WINDOW for at in told) >= MOST_TOLD


def is_calm(last_difference: datetime, now: datetime, *, watched: bool) -> bool:
    """Whether a page has come to rest. At the end of its watch it must have."""
    return now - last_difference >= WINDOW or not watched


def at_rest(shown: Version, notice: Notice, verdict: Verdict) -> Intent:
    """What a page that has come to rest has to tell: its difference from what readers were last shown."""
    change = diff(shown.notice, notice)
    return Intent(notice=notice, fingerprint=meaning(notice), change=change, verdict=verdict)


def next_look(usual: datetime | None, now: datetime) -> datetime:
    """When to read an unsteady page again, whatever its rhythm."""
    return min(usual or now + LOOK, now + LOOK)
