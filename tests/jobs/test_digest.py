"""Telling: what is owed goes into the outbox once, and a review decides until then."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.jobs.digest import Told, preview, tell
from monitor.model import Channel, Decision, Digest, Kind, Status
from monitor.notify import open_channels
from monitor.store import Store
from tests.store.make import NOW, change_again, end_check, review, source, tell_of

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


async def _tell(store: Store, digest: Digest) -> Told:
    channels = open_channels([Channel(name="editors", url="")], outbox=Path("unused"))
    return await tell(digest, store=store, channels=channels, sources=SOURCES, now=NOW, link="")


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
