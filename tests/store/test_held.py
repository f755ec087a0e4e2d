"""Polls that are held: one row a source, what a person says about it, and who hears of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from monitor.decide.breaker import Held, Part, Ruling
from monitor.errors import StoreError
from monitor.model import Status
from monitor.store import Store
from tests.store.make import DAY, HOUR, NOW, apply, doubtful, end_check, noticed, owe, settlement, watch


def event(source_id: str = "miit", *, part: Part = Part.LIST) -> Held:
    return doubtful("列表上的 20 条几乎都没有见过", source_id, part=part)


def test_what_is_held_comes_back_as_it_was(store: Store) -> None:
    watch(store, "miit", "ndrc")
    assert (store.held.all(), store.held.of("miit")) == ({}, None)
    store.held.begin(event())
    store.held.begin(event("ndrc", part=Part.PAGES))
    assert store.held.of("miit") == event()
    assert store.held.all() == {"miit": event(), "ndrc": event("ndrc", part=Part.PAGES)}
    store.held.end("miit")
    assert list(store.held.all()) == ["ndrc"]


def test_the_same_event_goes_on_and_shows_what_is_there_today(store: Store) -> None:
    watch(store, "miit")
    store.held.begin(event())
    store.held.decide("miit", Ruling.REJECTED, who="王", now=NOW + HOUR)
    today = replace(event(), reason="别的", after=("2026-09-03 动态",), raw="cd34", rows_fingerprint="2")
    store.held.go_on(today)
    assert store.held.of("miit") == replace(
        today, ruling=Ruling.REJECTED, decided_at=NOW + HOUR, decided_by="王"
    )


def test_an_event_that_has_ended_does_not_come_back_by_going_on(store: Store) -> None:
    watch(store, "miit")
    store.held.begin(event())
    store.held.end("miit")
    store.held.go_on(event())
    assert store.held.of("miit") is None


def test_another_event_takes_the_place_of_the_first_and_nobody_has_decided_on_it(store: Store) -> None:
    watch(store, "miit")
    store.held.begin(event())
    store.held.decide("miit", Ruling.REJECTED, who="王", now=NOW)
    another = replace(event(part=Part.PAGES), since=NOW + DAY)
    store.held.begin(another)
    assert store.held.of("miit") == another


def test_of_another_event_operators_hear_although_they_knew_of_the_first(store: Store) -> None:
    watch(store, "miit")
    store.alarms.note([noticed("列表")], now=NOW)
    store.held.begin(event())
    (alarm,) = store.alarms.open()  # nobody knows of it: one alarm is enough
    store.alarms.tell([alarm.id], [], [], NOW)
    store.alarms.acknowledge("miit", who="王", why="", now=NOW)
    store.held.begin(replace(event(), since=NOW + DAY))
    assert store.alarms.open() == ()
    assert store.alarms.ended_untold() == ()


def test_what_is_accepted_is_looked_at_again_at_once(store: Store) -> None:
    posting, other = owe(store, "1", "2")
    apply(store, settlement(posting.id, reread_at=NOW + 9 * DAY), settlement(other.id))
    end_check(store, Status.HELD)
    store.held.begin(event())
    decided = store.held.decide("miit", Ruling.ACCEPTED, who="王", now=NOW + HOUR)
    assert (decided.is_accepted, decided.decided_at, decided.reason) == (True, NOW + HOUR, event().reason)
    assert store.sources.state("miit").next_check_at == NOW + HOUR
    assert [each.id for each in store.notices.rereads("miit", NOW + HOUR, 9)] == [posting.id]


def test_what_is_rejected_is_not_looked_at_again_for_that(store: Store) -> None:
    (posting,) = owe(store, "1")
    apply(store, settlement(posting.id, reread_at=NOW + 9 * DAY))
    end_check(store, Status.HELD)
    store.held.begin(event())
    store.held.decide("miit", Ruling.REJECTED, who="王", now=NOW + HOUR)
    assert store.sources.state("miit").next_check_at == NOW + 2 * HOUR
    assert store.notices.rereads("miit", NOW + HOUR, 9) == ()


def test_what_was_rejected_may_be_accepted_later_and_nothing_twice(store: Store) -> None:
    watch(store, "miit")
    store.held.begin(event())
    for ruling in (Ruling.REJECTED, Ruling.REJECTED, Ruling.ACCEPTED):
        store.held.decide("miit", ruling, who="王", now=NOW)
    with pytest.raises(StoreError, match="nothing is held of miit"):
        store.held.decide("miit", Ruling.ACCEPTED, who="王", now=NOW)


def test_where_nothing_is_held_there_is_nothing_to_decide(store: Store) -> None:
    watch(store, "miit")
    with pytest.raises(StoreError, match="nothing is held of miit"):
        store.held.decide("miit", Ruling.REJECTED, who="王", now=NOW)


def test_an_event_belongs_to_a_source(store: Store) -> None:
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        store.held.begin(event("nobody"))


def test_a_row_from_before_says_what_it_said(store: Store) -> None:
    watch(store, "miit")
    with store._database.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO held (source_id, kind, since, reason, before, after, rows_fingerprint, decided,"
                " decided_by) VALUES ('miit', 'list', '2026-09-16 01:00:00.000000', '', '[]', '[]', '', '', '')"
            )
        )
    found = store.held.of("miit")
    assert found is not None
    assert (found.part, found.ruling, found.raw) == (Part.LIST, Ruling.NONE, None)
