"""The daily reckoning: a change that reached nobody is named once, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.jobs.reconcile import Why
from monitor.model import Decision, Kind
from monitor.store import Store
from tests.jobs.outbox_world import REFUSED, Line, World
from tests.store.make import review, tell_of, watch

DAY = timedelta(days=1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = Store.open("", folder=tmp_path / "storage", patience=timedelta(milliseconds=20))
    watch(store, "miit")
    world = World(store)
    world.digest("daily", "bot", "mail")
    yield world
    store.close()


def reasons(world: World) -> list[Why]:
    return [each.why for each in world.missed()]


def test_what_arrived_anywhere_is_not_named(world: World) -> None:
    world.lines["bot"] = Line(trouble=REFUSED)
    tell_of(world.store, at=world.at)
    world.tell("daily")
    world.deliver()
    world.pass_(2 * DAY)
    assert world.missed() == ()


def test_what_is_still_on_its_way_is_not_named(world: World) -> None:
    tell_of(world.store, at=world.at)
    world.tell("daily")
    world.pass_(2 * DAY)
    assert world.missed() == ()


def test_what_died_everywhere_is_named_once_with_the_answer(world: World) -> None:
    world.lines |= {"bot": Line(trouble=REFUSED), "mail": Line(trouble=REFUSED)}
    tell_of(world.store, at=world.at)
    world.tell("daily")
    world.deliver()
    assert world.reckon() == ()  # operators have just been called for the channels
    world.pass_(DAY)
    (missed,) = world.reckon()
    assert (missed.why, missed.answer, missed.named) == (Why.DEAD, REFUSED.answer, False)
    world.deliver()
    (letter,) = world.lines["ops"].arrived
    assert letter.piece.subject == "【快讯】1 项变更无人收到"
    assert "各渠道均投递失败（errcode=93000" in letter.piece.text
    assert missed.change.notice.url in letter.piece.text
    assert world.reckon() == ()
    assert [each.named for each in world.missed()] == [True]


def test_what_no_digest_composed_in_its_time_is_named(world: World) -> None:
    tell_of(world.store, at=world.at)
    assert reasons(world) == []
    world.pass_(1.5 * DAY)
    assert reasons(world) == []  # the first occasion is not a day ago
    world.pass_(DAY)
    assert reasons(world) == [Why.LATE]
    world.tell("daily")
    assert reasons(world) == []


def test_a_section_that_no_digest_has_is_named_and_what_is_not_for_the_bulletin_is_not(world: World) -> None:
    tell_of(world.store, at=world.at, section="政策文件")
    world.pass_(DAY)
    assert reasons(world) == [Why.UNCOVERED]


def test_what_is_not_for_the_bulletin_is_not_named(world: World) -> None:
    tell_of(world.store, at=world.at, section="其他")
    world.pass_(9 * DAY)
    assert reasons(world) == []


@pytest.mark.parametrize(
    ("decision", "expected"), [(None, [Why.UNREVIEWED]), (Decision.DROP, []), (Decision.DEFER, [])]
)
def test_what_waits_for_an_editor_is_named_until_he_has_decided(
    world: World, decision: Decision | None, expected: list[Why]
) -> None:
    world.digests = ()
    world.digest("outside", "mail", reviewed_only=True)
    tell_of(world.store, at=world.at)
    if decision:
        world.store.reviews.add(review(1, decision))
    world.pass_(3 * DAY)
    assert reasons(world) == expected


def test_what_a_digest_passed_over_by_its_own_rules_is_not_named(world: World) -> None:
    tell_of(world.store, at=world.at)
    world.store.reviews.add(review(1, Decision.DROP))
    world.tell("daily")
    world.pass_(9 * DAY)
    assert world.missed() == ()


def test_baselines_and_what_was_before_the_first_digest_are_nobodys_loss(world: World) -> None:
    tell_of(world.store, Kind.BASELINE, at=world.at)
    world.pass_(9 * DAY)
    assert world.missed() == ()


def test_two_processes_name_a_change_once(world: World) -> None:
    tell_of(world.store, at=world.at)
    letters = world.store.letters
    assert letters.name([1], [], world.at)
    assert not letters.name([1], [], world.at)
