"""Telling: what is owed goes into the outbox once, and a review decides until then."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.jobs.digest import Told, preview, tell
from monitor.model import Channel, Decision, Digest, Kind, Status, Wants
from monitor.notify import open_channels
from monitor.store import Store
from tests.store.make import HOUR, NOW, change_again, end_check, review, source, tell_of

DAILY = Digest(name="daily", to=("editors",), at="30 8 * * *", sections=("申报通知", "绿色制造"))
SOURCES = {"miit": source("miit")}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open("", folder=tmp_path / "storage", patience=timedelta(milliseconds=20))
    opened.outbox.begin(["daily"], NOW)
    yield opened
    opened.close()


def told(store: Store, digest: Digest = DAILY) -> Told:
    return asyncio.run(_tell(store, digest))


async def _tell(store: Store, digest: Digest, now: datetime = NOW) -> Told:
    channels = open_channels([Channel(name="editors", url="")], outbox=Path("unused"))
    return await tell(digest, store=store, channels=channels, sources=SOURCES, now=now, link="")


def told_at(store: Store, now: datetime, digest: Digest = DAILY) -> list[int]:
    """The notices of which a digest tells at an instant."""
    return [change.notice_id for change in asyncio.run(_tell(store, digest, now)).changes]


def test_each_change_is_told_once(store: Store) -> None:
    tell_of(store)
    first = told(store)
    assert [change.kind for change in first.changes] == [Kind.NEW]
    assert [piece.channel for piece in first.pieces] == ["editors"]
    assert [delivery.piece for delivery in store.outbox.deliveries(10)] == list(first.pieces)
    assert told(store) == Told(digest="daily", changes=(), pieces=())
    assert len(store.outbox.deliveries(10)) == 1


def test_nothing_to_tell_writes_nothing(store: Store) -> None:
    assert told(store).pieces == ()
    assert store.outbox.deliveries(10) == ()


def test_a_later_revision_is_told_as_one(store: Store) -> None:
    notice = tell_of(store)
    told(store)
    change_again(store, notice, Kind.REVISED, title="新的题名")
    (piece,) = told(store).pieces
    assert "修订 1" in piece.text
    assert "新的题名" in piece.text


def test_a_dropped_notice_is_not_told_and_a_move_brings_it_in(store: Store) -> None:
    notice = tell_of(store, section="其他")
    other = tell_of(store)
    store.reviews.add(review(other, Decision.DROP))
    assert told(store).changes == ()
    store.reviews.add(review(notice, Decision.MOVE, section="绿色制造"))
    assert [change.section for change in told(store).changes] == ["绿色制造"]


def test_readers_outside_hear_only_of_what_was_reviewed_and_the_rest_stays_owed(store: Store) -> None:
    outside = replace(DAILY, reviewed_only=True)
    kept, waiting = tell_of(store), tell_of(store)
    store.reviews.add(review(kept, Decision.KEEP))
    assert [change.notice_id for change in told(store, outside).changes] == [kept]
    store.reviews.add(review(waiting, Decision.KEEP))
    assert [change.notice_id for change in told(store, outside).changes] == [waiting]


def test_what_is_passed_over_is_set_aside_and_a_wider_subscription_does_not_bring_it_back(
    store: Store,
) -> None:
    narrow = replace(DAILY, wants=Wants(keywords=("氢能",)))
    tell_of(store)
    assert told_at(store, NOW + HOUR, narrow) == []
    assert store.outbox.untold("daily") == ()
    assert told_at(store, NOW + 2 * HOUR) == []
    second = tell_of(store, at=NOW + 3 * HOUR)
    assert told_at(store, NOW + 4 * HOUR) == [second]


def test_a_narrower_subscription_counts_at_once(store: Store) -> None:
    tell_of(store)
    assert told_at(store, NOW + HOUR, replace(DAILY, wants=Wants(regions=("天津",)))) == []


def test_a_person_brings_back_what_was_set_aside_and_only_once(store: Store) -> None:
    notice = tell_of(store, section="其他")
    assert told_at(store, NOW + HOUR) == []
    later = replace(review(notice, Decision.MOVE, section="绿色制造"), at=NOW + 2 * HOUR)
    store.reviews.add(later)
    assert told_at(store, NOW + 3 * HOUR) == [notice]
    store.reviews.add(replace(later, at=NOW + 4 * HOUR))
    assert told_at(store, NOW + 5 * HOUR) == []
    assert len(store.outbox.deliveries(9)) == 1


def test_what_a_person_spoke_of_and_is_passed_over_again_does_not_come_back_by_itself(store: Store) -> None:
    notice = tell_of(store, section="其他")
    told_at(store, NOW + HOUR)
    store.reviews.add(replace(review(notice, Decision.KEEP), at=NOW + 2 * HOUR))
    assert told_at(store, NOW + 3 * HOUR) == []
    assert store.outbox.untold("daily") == ()


def test_a_notice_taken_back_before_it_was_told_is_never_told(store: Store) -> None:
    notice = tell_of(store)
    change_again(store, notice, Kind.WITHDRAWN, at=NOW + HOUR)
    assert told_at(store, NOW + 2 * HOUR) == []
    change_again(store, notice, Kind.RESTORED, at=NOW + 3 * HOUR)
    assert told_at(store, NOW + 4 * HOUR) == [notice]


def test_one_taken_back_after_it_was_told_is_told_as_that(store: Store) -> None:
    notice = tell_of(store)
    told(store)
    change_again(store, notice, Kind.WITHDRAWN, at=NOW + HOUR)
    (piece,) = asyncio.run(_tell(store, DAILY, NOW + 2 * HOUR)).pieces
    assert "撤回 1" in piece.text


def test_when_a_digest_was_composed_is_remembered_whatever_came_of_it(store: Store) -> None:
    store.outbox.begin(["other"], NOW)
    assert store.outbox.composed_at(["daily", "other"]) == {"daily": NOW, "other": NOW}
    told_at(store, NOW + HOUR)
    assert store.outbox.composed_at(["daily", "other"]) == {"daily": NOW + HOUR, "other": NOW}


def test_an_alert_with_nothing_to_say_writes_nothing(store: Store) -> None:
    told_at(store, NOW + HOUR, replace(DAILY, at=""))
    assert store.outbox.composed_at(["daily"]) == {"daily": NOW}


def test_a_digest_without_readers_keeps_owing(store: Store) -> None:
    tell_of(store)
    assert told(store, replace(DAILY, to=())).pieces == ()
    assert len(told(store).changes) == 1


def test_sources_in_trouble_are_named(store: Store) -> None:
    tell_of(store)
    end_check(store, Status.FAILED, reason="连接超时")
    (piece,) = told(store).pieces
    assert "1 个信息源异常" in piece.text
    assert f"{SOURCES['miit'].name}：连接超时" in piece.text


def test_a_preview_writes_nothing(store: Store) -> None:
    tell_of(store)
    channels = open_channels([Channel(name="editors", url="")], outbox=Path("unused"))

    async def twice() -> tuple[Told, Told]:
        first = await preview(DAILY, store=store, channels=channels, sources=SOURCES, now=NOW, link="")
        return first, await _tell(store, DAILY)

    seen, done = asyncio.run(twice())
    assert seen == done
    assert len(store.outbox.deliveries(10)) == 1


def test_two_processes_that_compose_at_once_tell_it_once(store: Store) -> None:
    tell_of(store)

    async def both() -> tuple[Told, Told]:
        return await asyncio.gather(_tell(store, DAILY), _tell(store, DAILY))

    first, second = asyncio.run(both())
    assert len(first.changes) + len(second.changes) == 1
    assert len(store.outbox.deliveries(10)) == 1
