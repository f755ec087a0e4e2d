"""How the simulator counts what operators had to notice, over polls written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.demo.sim.acts import STRANGE, Act, Event
from monitor.demo.sim.breaks import holds, silences
from monitor.demo.sim.play import START, Played, Poll, Run, street
from monitor.demo.sim.served import Shown, What
from monitor.jobs.rooms import Checked
from monitor.model import Condition, Status

RUN = Run(days=30, columns=1, seed=3)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def run_with(events: list[Event], polls: list[tuple[float, Status, Condition]]) -> Played:
    """A run of one column to which only these events happen; polls are told by their day."""
    sites = street(RUN)
    told = replace(sites.plots[0], events=tuple(events))
    sites.plots = [told]
    ended = [
        Poll(at=START + day * DAY, checked=Checked(id=told.column.id, status=status), condition=condition)
        for day, status, condition in polls
    ]
    for poll in ended:
        if any(e.act in STRANGE and e.until and e.at <= poll.at < e.until for e in events):
            sites.book.write(told.column.id, poll.at, Shown(what=What.STRANGE))
    return Played(run=RUN, street=sites, polls={told.column.id: ended}, changes={})


def well(day: float) -> tuple[float, Status, Condition]:
    return day, Status.OK, Condition.WELL


def held(day: float) -> tuple[float, Status, Condition]:
    return day, Status.HELD, Condition.HELD


def failed(day: float) -> tuple[float, Status, Condition]:
    return day, Status.FAILED, Condition.FAILING


SWAP = Event(at=START + 2 * DAY, act=Act.SWAP, until=START + 4 * DAY)


def test_a_hold_with_a_failure_in_it_is_one_event() -> None:
    played = run_with([SWAP], [well(1), held(2.5), failed(3), held(3.5), well(5)])
    assert [len(hold.held) for hold in holds(played)] == [1]


def test_a_hold_that_was_believed_in_between_is_two_events() -> None:
    played = run_with([SWAP], [well(1), held(2.5), well(3), held(3.5), well(5)])
    assert [len(hold.held) for hold in holds(played)] == [2]


def test_a_redesign_that_nobody_doubted_is_none() -> None:
    assert [len(hold.held) for hold in holds(run_with([SWAP], [well(1), well(3), well(5)]))] == [0]


def test_a_redesign_that_nobody_could_see_need_not_be_held() -> None:
    assert list(holds(run_with([SWAP], [well(1), well(5)]))) == []


def test_what_is_held_for_nothing_is_told_apart() -> None:
    found = list(holds(run_with([], [well(1), held(2)])))
    assert [(hold.event, len(hold.held)) for hold in found] == [(None, 1)]


def silence(
    act: Act, seen: float | None, condition: Condition, status: Status = Status.OK
) -> tuple[int, bool]:
    """How many silences there were from day 2 on, and whether they were seen in time."""
    event = Event(at=START + 2 * DAY + HOUR, act=act, until=START + 25 * DAY)
    days = [n / 2 for n in range(56)]
    ill = [seen is not None and day >= seen for day in days]
    polls = [(day, status, condition) if bad else well(day) for day, bad in zip(days, ill, strict=True)]
    played = run_with([event], polls)
    site = next(iter(played.street.sites.values()))
    listed = tuple(standing.number for standing in site.notices)[-12:]
    played.street.book.write(site.column.id, START, Shown(what=What.ROWS, rows=listed))
    found = list(silences(played))
    return len(found), all(each.is_in_time for each in found)


def test_an_empty_list_must_be_called_so_at_the_first_poll_that_shows_it() -> None:
    assert silence(Act.EMPTY, 2.5, Condition.EMPTY, Status.EMPTY) == (1, True)
    assert silence(Act.EMPTY, 3, Condition.EMPTY, Status.EMPTY) == (1, False)
    assert silence(Act.SHRINK, 2.5, Condition.SHRUNK) == (1, True)
    assert silence(Act.SHRINK, None, Condition.SHRUNK) == (1, False)


def test_a_list_that_stands_still_must_be_called_late_within_twice_its_usual_pause() -> None:
    assert silence(Act.FREEZE, 4, Condition.LATE) == (1, True)
    assert silence(Act.FREEZE, 24, Condition.LATE) == (1, False)
    assert silence(Act.FREEZE, None, Condition.LATE) == (1, False)
