"""The short form of the simulation: a fortnight, every family, every kind of event, one answer in twenty spoilt.

The long form is `make soak` (python -m monitor.demo.sim). A mismatch is printed with its column and notice:
`python -m monitor.demo.sim 14 20 2032 6` plays the very same run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.demo.sim.acts import FOR_GOOD, Act
from monitor.demo.sim.breaks import holds, silences
from monitor.demo.sim.coverage import coverage
from monitor.demo.sim.play import START, Played, Run, play, street
from monitor.demo.sim.score import KINDS, Score, score

ROOT = Path(__file__).resolve().parents[2]
SHORT = Run(days=14, columns=20, seed=2032, every=timedelta(hours=6))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return asyncio.run(
        play(street(SHORT), run=SHORT, folder=tmp_path_factory.mktemp("sim"), config=ROOT / "sources.yaml")
    )


@pytest.fixture(scope="module")
def found(played: Played) -> Score:
    return score(played)


def _words(found: Score, kind: str, *, missed: bool) -> Sequence[str]:
    return [
        f"{m.column} {m.notice}: {m.words}"
        for m in found.mismatches
        if (m.kind, m.is_missed) == (kind, missed)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_there_was_something_to_tell(found: Score, kind: str) -> None:
    assert found.expected[kind] > 0


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_told_that_was_not_so(found: Score, kind: str) -> None:
    assert _words(found, kind, missed=False) == []
    assert found.precision(kind) == 1.0


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_missed(found: Score, kind: str) -> None:
    assert _words(found, kind, missed=True) == []
    assert found.recall(kind) == 1.0


def test_nothing_is_told_of_notices_that_do_not_exist(found: Score) -> None:
    assert [m for m in found.mismatches if m.notice < 0] == []


@pytest.mark.parametrize("act", [Act.OUTAGE, Act.LOST, Act.MOVE, Act.MOVE_ON, *FOR_GOOD])
def test_nothing_is_withdrawn_by_an_outage_a_move_or_a_redesign(
    played: Played, found: Score, act: Act
) -> None:
    suffered = {p.column.id for p in played.street.plots if any(event.act is act for event in p.events)}
    assert suffered
    assert [
        m for m in found.mismatches if m.kind == "withdrawn" and m.column in suffered and not m.is_missed
    ] == []


def test_every_redesign_is_held_as_one_event(played: Played) -> None:
    every = list(holds(played))
    redesigns = [hold for hold in every if hold.event]
    assert redesigns
    assert [(hold.column, hold.event, hold.held) for hold in redesigns if len(hold.held) != 1] == []


def test_nothing_is_held_but_redesigns(played: Played) -> None:
    assert [(hold.column, hold.held) for hold in holds(played) if hold.event is None] == []


def test_every_silent_break_is_noticed_within_twice_the_usual_pause(played: Played) -> None:
    breaks = list(silences(played))
    assert {each.act for each in breaks} == {Act.FREEZE, Act.EMPTY, Act.SHRINK}
    assert [each for each in breaks if not each.is_in_time] == []


def test_the_truth_is_not_empty_because_nobody_asked(played: Played) -> None:
    end = START + timedelta(days=SHORT.days)
    found = [coverage(p, played.street.book.of(p.column.id), end=end) for p in played.street.plots]
    assert sum(each.due for each in found) > 0
    assert [missing for each in found for missing in each.missing] == []


def test_what_was_told_is_still_in_the_log_and_nothing_else(played: Played) -> None:
    told = [record.id for records in played.changes.values() for record in records]
    assert len(set(told)) == len(told) == played.left


def test_no_check_ended_in_a_fault_of_our_own(played: Played) -> None:
    assert played.crashed == []


def test_one_answer_in_twenty_was_spoilt(played: Played) -> None:
    assert 0.04 < played.street.book.spoilt / played.street.book.answers < 0.15
