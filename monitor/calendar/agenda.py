"""From what was told of a notice, state by state, to its appointments.

A deadline has no name of its own: which one of today is which one of yesterday follows from its kind,
its words and its place, so that one that is moved stays the same appointment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from monitor.calendar.appointment import NO_KIND, Appointment
from monitor.model import ChangeRecord, Deadline, Kind
from monitor.text import fold

# In identifiers, which some calendar programs show and not all read as UTF-8.
_KINDS = {
    "申报": "apply",
    "报送": "submit",
    "受理": "accept",
    "征求意见": "comment",
    "公示": "publicise",
    NO_KIND: "other",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What one change told of a notice's deadlines."""

    at: datetime
    kind: Kind
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What readers know of a notice: its last change, and every state told so far, oldest first.

    `modified_at` is when what it says last changed, with or without a word to readers.
    """

    last: ChangeRecord
    created_at: datetime
    modified_at: datetime
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """A deadline through the states of its notice."""

    number: int
    deadline: Deadline
    before: Deadline | None
    created_at: datetime
    since: datetime
    sequence: int
    gone: bool


Same = Callable[[Deadline, Deadline], bool]


def appointments(history: History) -> tuple[Appointment, ...]:
    """Every deadline that the notice ever had, in the order in which they came; cancelled ones too."""
    slots: tuple[_Slot, ...] = ()
    withdrawn = False
    for state in history.states:
        taken_back = state.kind is Kind.WITHDRAWN
        if taken_back is not withdrawn:
            slots = tuple(slot if slot.gone else replace(slot, sequence=slot.sequence + 1) for slot in slots)
        withdrawn = taken_back
        if not taken_back:
            slots = _next(slots, state)
    return tuple(_appointment(slot, history, withdrawn=withdrawn) for slot in slots)


def upcoming(histories: Iterable[History], now: datetime) -> tuple[Appointment, ...]:
    """Those that are not over, soonest first; cancelled ones too, so that calendars take them back."""
    found = (each for history in histories for each in appointments(history) if each.is_open(now))
    return tuple(sorted(found, key=lambda each: (each.ends, each.last.notice_id, each.uid)))


def _appointment(slot: _Slot, history: History, *, withdrawn: bool) -> Appointment:
    return Appointment(
        uid=_uid(slot, history),
        last=history.last,
        deadline=slot.deadline,
        before=slot.before,
        sequence=slot.sequence,
        created_at=slot.created_at,
        since=slot.since,
        modified_at=history.modified_at,
        cancelled=slot.gone or withdrawn,
    )


def _uid(slot: _Slot, history: History) -> str:
    """Two installations number their notices alike: the instant at which ours was made tells them apart."""
    made = history.created_at.astimezone(UTC)
    kind = _KINDS.get(slot.deadline.kind, _KINDS[NO_KIND])
    return f"{history.last.notice_id}-{kind}-{slot.number}-{made:%Y%m%dT%H%M%S}@kuaixun.invalid"


def _next(slots: Sequence[_Slot], state: State) -> tuple[_Slot, ...]:
    """The slots after one more state: kept, moved, gone, returned, and new ones behind them."""
    told = _distinct(state.deadlines)
    pairs = _pairs(slots, told)
    followed = [_follow(slot, pairs.get(place), state.at) for place, slot in enumerate(slots)]
    taken = {id(deadline) for deadline in pairs.values()}
    for deadline in told:
        if id(deadline) not in taken:
            number = 1 + sum(_kind(slot.deadline) == _kind(deadline) for slot in followed)
            followed.append(_new(deadline, number, state.at))
    return tuple(followed)


def _distinct(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Without those that the page and its attachment both name."""
    found: dict[tuple[str, ...], Deadline] = {}
    for each in deadlines:
        found.setdefault((each.kind, each.date.isoformat(), each.time or "", fold(each.what)), each)
    return list(found.values())


def _pairs(slots: Sequence[_Slot], told: Sequence[Deadline]) -> dict[int, Deadline]:
    """Which deadline each slot, by its place, has become: the same, else of the same words, else the next."""
    pairs: dict[int, Deadline] = {}
    left = list(told)
    for same, may_return in ((_same, True), (_same_words, True), (_same_kind, False)):
        for place, slot in enumerate(slots):
            if place in pairs or (slot.gone and not may_return):
                continue
            found = next((each for each in left if same(slot.deadline, each)), None)
            if found is not None:
                pairs[place] = found
                left = [each for each in left if each is not found]
    return pairs


def _follow(slot: _Slot, now: Deadline | None, at: datetime) -> _Slot:
    if now is None:
        return slot if slot.gone else replace(slot, gone=True, sequence=slot.sequence + 1)
    moved = not _same_time(slot.deadline, now)
    kept = replace(slot, deadline=now, gone=False, sequence=slot.sequence + (moved or slot.gone))
    return replace(kept, before=slot.deadline, since=at) if moved else kept


def _new(deadline: Deadline, number: int, at: datetime) -> _Slot:
    return _Slot(
        number=number,
        deadline=deadline,
        before=None,
        created_at=at,
        since=at,
        sequence=0,
        gone=False,
    )


def _kind(deadline: Deadline) -> str:
    return deadline.kind if deadline.kind in _KINDS else NO_KIND


def _same_time(one: Deadline, other: Deadline) -> bool:
    return (one.date, one.time) == (other.date, other.time)


def _same_kind(one: Deadline, other: Deadline) -> bool:
    return _kind(one) == _kind(other)


def _same_words(one: Deadline, other: Deadline) -> bool:
    return _same_kind(one, other) and fold(one.what) == fold(other.what)


def _same(one: Deadline, other: Deadline) -> bool:
    return _same_time(one, other) and _same_words(one, other)
