"""Pieces that do not arrive: operators hear of it by another way, and what died is told anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model import Decision, DeliveryState, Kind
from monitor.store import Store
from tests.jobs.outbox_world import DOWN, REFUSED, Line, World
from tests.store.make import change_again, review, tell_of, watch

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = Store.open("", folder=tmp_path / "storage", patience=timedelta(milliseconds=20))
    watch(store, "miit")
    world = World(store)
    world.digest("daily", "bot")
    yield world
    store.close()


def fail(world: World, *, trouble: object = REFUSED) -> None:
    """A change is told to a bot that does not take it."""
    world.lines["bot"] = Line(trouble=trouble)  # type: ignore[arg-type]
    revise(world)
    world.tell("daily")
    world.deliver()


def revise(world: World) -> None:
    """One more change of the one notice, which is new at first."""
    if world.store.notices.record(1) is None:
        tell_of(world.store, at=world.at)
    else:
        change_again(world.store, 1, Kind.REVISED, at=world.at, title=f"关于{world.at:%m%d%H%M}的通知")


def test_operators_hear_of_a_dead_letter_by_another_channel(world: World) -> None:
    fail(world)
    assert world.call() == ("bot",)
    world.deliver()
    (letter,) = world.lines["ops"].arrived
    assert letter.piece.subject == "【快讯】渠道 bot：1 件未送达"
    assert "daily：1 件投递失败" in letter.piece.text
    assert "errcode=93000 invalid webhook url" in letter.piece.text
    assert "kuaixun channels test bot" in letter.piece.text
    assert world.lines["storage"].arrived == []


def test_they_hear_of_it_once_a_day_with_the_number(world: World) -> None:
    fail(world)
    assert world.call() == ("bot",)
    for _ in range(3):
        world.pass_(HOUR)
        fail(world)
        assert world.call() == ()
    world.pass_(DAY)
    assert world.call() == ("bot",)
    world.deliver()
    assert world.lines["ops"].subjects == ["【快讯】渠道 bot：1 件未送达", "【快讯】渠道 bot：3 件未送达"]
    assert world.call() == ()


@pytest.mark.parametrize("operators", [("bot",), ()])
def test_where_only_the_dead_channel_leads_to_operators_it_is_written_to_the_outbox_folder(
    world: World, operators: tuple[str, ...]
) -> None:
    world.operators = operators
    fail(world)
    world.call()
    world.deliver()
    assert world.lines["storage"].subjects == ["【快讯】渠道 bot：1 件未送达"]


def test_an_operators_channel_that_fails_too_is_not_the_way(world: World) -> None:
    world.operators = ("ops", "boss")
    world.lines["ops"] = Line(trouble=REFUSED)
    fail(world)
    world.call()
    world.deliver()
    assert world.lines["boss"].subjects == ["【快讯】渠道 bot：1 件未送达"]
    assert world.call() == ("ops",)
    world.deliver()
    assert world.lines["boss"].subjects[1:] == ["【快讯】渠道 ops：1 件未送达"]
    world.pass_(2 * HOUR)
    world.digest("weekly", "other")
    world.lines["other"] = Line(trouble=REFUSED)
    tell_of(world.store, at=world.at)
    world.tell("weekly")
    world.deliver()
    assert world.call() == ("other",)
    assert world.deliver().dead == 0


def test_one_recipient_who_is_unknown_does_not_make_his_colleague_deaf(world: World) -> None:
    world.recipients["ops"] = ("gone@x.cn", "here@x.cn")
    world.lines["ops"] = Line(for_one={"gone@x.cn": REFUSED})
    fail(world)
    world.call()
    world.deliver()
    world.call()
    world.pass_(2 * HOUR)
    assert world.deliver().sent == 1  # of the mail channel: into the outbox folder
    assert [each.piece.recipient for each in world.lines["ops"].arrived] == ["here@x.cn"]
    assert world.lines["storage"].subjects == ["【快讯】渠道 ops：1 件未送达"]


def test_a_channel_that_is_down_is_called_after_two_hours_and_tried_further(world: World) -> None:
    fail(world, trouble=DOWN)
    world.keep_trying(HOUR)
    assert world.call() == ()
    world.keep_trying(HOUR + timedelta(minutes=5))
    assert world.call() == ("bot",)
    world.deliver()
    assert "daily：1 件仍在重试" in world.lines["ops"].arrived[0].piece.text
    world.lines["bot"].trouble = None
    world.keep_trying(HOUR)
    assert len(world.lines["bot"].arrived) == 1


def test_two_processes_call_once(world: World) -> None:
    fail(world)
    letters = world.store.letters
    (letter,) = letters.failing(world.at, attempts=9)
    assert letters.call([letter.id], [], world.at)
    assert not letters.call([letter.id], [], world.at)


def test_a_provider_down_for_a_week_gets_one_digest_of_what_died_and_nothing_is_lost(world: World) -> None:
    """Seven daily digests: those of the last three days are still in the outbox, the others come as one."""
    world.lines["bot"] = Line(trouble=DOWN)
    tell_of(world.store, at=world.at)
    told = []
    for day in range(7):
        if day:
            revise(world)
        told += [change.id for change in world.tell("daily").changes]
        world.keep_trying(DAY)
        assert world.anew() == 0
    waiting = world.states().count(DeliveryState.DUE)
    assert (len(told), waiting, world.states().count(DeliveryState.DEAD)) == (7, 3, 4)
    world.lines["bot"].trouble = None
    world.keep_trying(HOUR)
    assert world.anew() == 1
    assert world.anew() == 0
    world.deliver()
    subjects = world.lines["bot"].subjects
    assert len(subjects) == 4
    assert [subject.startswith("【补发】") for subject in subjects] == [False, False, False, True]
    assert world.missed() == ()


def test_what_an_editor_dropped_meanwhile_is_not_told_anew(world: World) -> None:
    fail(world)
    world.store.reviews.add(review(1, Decision.DROP))
    world.lines["bot"].trouble = None
    world.pass_(HOUR)
    world.digest("other", "bot")
    tell_of(world.store, at=world.at)
    world.tell("other")
    world.deliver()
    assert world.anew() == 0
    assert world.store.letters.lapsed(world.at - DAY, attempts=9) == ()


def test_nothing_is_told_anew_as_long_as_the_recipient_takes_nothing(world: World) -> None:
    fail(world)
    world.pass_(HOUR)
    fail(world)
    assert world.anew() == 0


def recover(world: World, *, trouble: object = None) -> None:
    """The bot takes a piece of another digest, and then has this trouble."""
    world.lines["bot"].trouble = None
    world.pass_(HOUR)
    if "other" not in {digest.name for digest in world.digests}:
        world.digest("other", "bot")
    revise(world)
    world.tell("other")
    world.deliver()
    world.lines["bot"].trouble = trouble  # type: ignore[assignment]


def test_a_refusal_of_what_was_told_anew_stands(world: World) -> None:
    fail(world)
    recover(world, trouble=REFUSED)
    assert world.anew() == 1
    world.pass_(HOUR)
    assert world.deliver().dead == 1
    recover(world)
    assert world.anew() == 0


def test_what_was_told_anew_and_died_of_a_second_outage_comes_again(world: World) -> None:
    fail(world)
    recover(world, trouble=DOWN)
    assert world.anew() == 1
    world.keep_trying(4 * DAY)
    assert world.states()[-1] is DeliveryState.DEAD
    recover(world)
    assert world.anew() == 1
    world.deliver()
    assert world.lines["bot"].subjects[-1].startswith("【补发】")


def test_telling_anew_does_not_count_as_the_digest_of_the_day(world: World) -> None:
    fail(world)
    composed = world.store.outbox.composed_at(["daily"])
    recover(world)
    assert world.anew() == 1
    assert world.store.outbox.composed_at(["daily"]) == composed


def test_each_recipient_has_his_own_dead_letters(world: World) -> None:
    world.recipients["bot"] = ("a@x.cn", "b@x.cn")
    world.lines["bot"] = Line(for_one={"a@x.cn": REFUSED})
    tell_of(world.store, Kind.NEW, at=world.at)
    world.tell("daily")
    world.deliver()
    world.lines["bot"].for_one.clear()
    recover(world)
    assert world.anew() == 1
    world.deliver()
    again = [each for each in world.lines["bot"].arrived if each.piece.subject.startswith("【补发】")]
    assert [each.piece.recipient for each in again] == ["a@x.cn"]
