"""How a source is doing, what to do about it, and when operators must hear of it. Talks to nobody.

Silence is a failure (DESIGN, decision 3): a list that can be read and says nothing new for twice its longest
usual pause is `late`, one that has lost half its rows has `shrunk`. Pauses are counted in working days, so
that a week of holidays alarms nobody. Operators are told once a trouble has lasted, and once when it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from monitor.conditions import ADVICE
from monitor.dates import local_date
from monitor.decide.workdays import Works
from monitor.model import Condition, Source, SourceState, Status
from monitor.reasons import in_chinese

GAPS = 20  # so many of the latest pauses are what is usual
FEW_GAPS = 5
LEAST_SILENCE = 5  # working days: no column is late before
FEW_ROWS = 5
STALE = timedelta(seconds=60)
LASTING = timedelta(hours=2)
LONG = timedelta(days=1)
OFTEN, TWICE = 3, 2


_OF_STATUS = {
    Status.BLOCKED: Condition.BLOCKED,
    Status.EMPTY: Condition.EMPTY,
    Status.HELD: Condition.HELD,
    Status.FAILED: Condition.FAILING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a source has taught us: its rows, its longest usual pause in working days.

    `pause` is None where too little has been seen.
    """

    rows: int
    pause: int | None
    newest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One source's condition. `reason` and `advice` are Chinese sentences, "" when it is well."""

    condition: Condition
    since: datetime | None = None
    reason: str = ""
    advice: str = ""


def expect(days: Iterable[date], *, rows: int, works: Works) -> Expectation:
    """What to expect of a source whose notices are dated so; any order, any number of each day."""
    dated = sorted(set(days))
    pauses = [working_days(before, after, works) for before, after in pairwise(dated[-GAPS - 1 :])]
    return Expectation(
        rows=rows,
        pause=max(pauses) if len(pauses) >= FEW_GAPS else None,
        newest=dated[-1] if dated else None,
    )


def health(
    source: Source, state: SourceState, expected: Expectation, *, now: datetime, works: Works
) -> Health:
    """The condition of a source at an instant: what its last check said, else whether it is too quiet."""
    condition = _OF_STATUS.get(state.status) if state.status else Condition.NEW
    if condition is Condition.NEW:
        return Health(condition=condition, since=state.since)
    if condition:
        return _trouble(condition, state.since, in_chinese(state.reason))
    if expected.rows >= FEW_ROWS and state.items * 2 < expected.rows and not source.may_be_empty:
        reason = f"只读到 {state.items} 条，以往约 {expected.rows} 条"
        return _trouble(Condition.SHRUNK, None, reason)
    return _lateness(expected, local_date(now), works) or Health(condition=Condition.WELL, since=state.since)


def must_be_told(found: Health, state: SourceState, *, since: datetime, now: datetime) -> bool:
    """Whether a trouble noticed at `since` has lasted long enough to call somebody.

    A failure may pass: three in a row over two hours do not, nor two over a day. What waits for a person
    and what took days to show is told at once.
    """
    lasted = now - since
    if found.condition in (Condition.HELD, Condition.LATE):
        return True
    if found.condition is Condition.SHRUNK:
        return lasted >= LONG
    return (state.failures >= OFTEN and lasted >= LASTING) or (state.failures >= TWICE and lasted >= LONG)


def beats(beat: datetime | None, now: datetime) -> bool:
    """Whether the scheduler, which last said so at `beat`, lives: it says so every few seconds."""
    return beat is not None and now - beat < STALE


def working_days(after: date, until: date, works: Works) -> int:
    """How many working days there are after one day up to and including another."""
    days = (after + timedelta(days=ahead) for ahead in range(1, (until - after).days + 1))
    return sum(map(works, days))


def spark(news: Sequence[int], troubled: Sequence[bool]) -> str:
    """A day a character: how many notices came, × where the source could not be read."""
    most = max(news, default=0)
    return "".join(
        "×" if bad and not count else _BARS[-(-count * (len(_BARS) - 1) // most) if count else 0]
        for count, bad in zip(news, troubled, strict=True)
    )


_BARS = "·▁▂▃▄▅▆▇█"


def _trouble(condition: Condition, since: datetime | None, reason: str) -> Health:
    return Health(condition=condition, since=since, reason=reason, advice=ADVICE[condition])


def _lateness(expected: Expectation, today: date, works: Works) -> Health | None:
    if expected.pause is None or expected.newest is None:
        return None
    silent = working_days(expected.newest, today, works)
    if silent <= max(2 * expected.pause, LEAST_SILENCE):
        return None
    usual = f"以往最长间隔 {expected.pause} 个工作日（最新一条 {expected.newest}）"
    return _trouble(Condition.LATE, None, f"已有 {silent} 个工作日没有新通知，{usual}")
