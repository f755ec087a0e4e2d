"""What a notice is recognised by, what it is linked to, and that nobody slips in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from monitor.decide.identity import Tie
from monitor.errors import StoreError
from monitor.model import Kind, Link, Relation
from monitor.store import ChangeFilter, Counts, Settled, Settlement, Store
from monitor.store.identity import MOST_KIN, Kin
from tests.store.make import (
    DAY,
    HOUR,
    NOW,
    apply,
    change_again,
    intent,
    owe,
    row,
    see,
    settlement,
    tell_of,
    watch,
)

NUMBER, TITLE, NAME = "number:演示函〔2026〕1号", "title:演示部门:甲:2026-09-01", "name:关于甲的办法"


def known(posting_id: int, *keys: str, up_to: int = 0, ties: Sequence[Tie] = ()) -> Settlement:
    """A settlement with what it is recognised by."""
    return replace(settlement(posting_id), keys=keys, considered_up_to=up_to, ties=ties)


def kin(store: Store, *keys: str) -> tuple[list[int], int]:
    """The notices that share a key, and the newest of them."""
    (found,) = store.notices.kin([keys])
    return [version.notice_id for version in found.versions], found.up_to


def test_who_shares_a_key_is_found_by_it_the_first_key_first(store: Store) -> None:
    one, two, three = owe(store, "1", "2", "3")
    ids = apply(store, known(one.id, NUMBER), known(two.id, TITLE, NAME), known(three.id, NAME, up_to=9))
    assert kin(store, NUMBER) == ([ids[0]], ids[0])
    assert kin(store, NUMBER, NAME) == ([ids[0], ids[2], ids[1]], ids[2])
    assert kin(store, "name:没有人") == ([], 0)
    assert kin(store) == ([], 0)


def test_many_are_asked_for_at_once(store: Store) -> None:
    one, two = owe(store, "1", "2")
    apply(store, known(one.id, NUMBER), known(two.id, NAME))
    found = store.notices.kin([[NAME], [], ["name:没有人"], [NUMBER]])
    assert [each.up_to for each in found] == [2, 0, 0, 1]
    assert found[1] == Kin(versions=(), up_to=0)


def test_kin_are_shown_as_they_are_now(store: Store) -> None:
    notice_id = tell_of(store)
    store.notices.identify(notice_id, [NAME])
    change_again(store, notice_id, Kind.REVISED, title="新的题名")
    (found,) = store.notices.kin([[NAME]])
    assert [version.notice.title for version in found.versions] == ["新的题名"]


def test_a_name_that_everybody_has_shows_only_the_newest(store: Store) -> None:
    ids = [tell_of(store) for _ in range(MOST_KIN + 3)]
    for notice_id in ids:
        store.notices.identify(notice_id, [NAME])
    store.notices.identify(ids[0], [NUMBER])
    found, up_to = kin(store, NUMBER, NAME)
    assert found == [ids[0], *reversed(ids[-MOST_KIN + 1 :])]
    assert up_to == ids[-1]


def test_keys_and_their_notice_are_kept_once_and_old_ones_stay(store: Store) -> None:
    (posting,) = owe(store, "1")
    (notice_id,) = apply(store, known(posting.id, NUMBER))
    revised = settlement(posting.id, notice_id=notice_id, decided=intent(Kind.REVISED, title="乙"))
    apply(store, replace(revised, keys=(NUMBER, NAME)))
    store.notices.identify(notice_id, [NAME, TITLE])
    assert dict(store.stats())["notice_key"] == 3
    assert kin(store, NUMBER) == kin(store, NAME) == kin(store, TITLE) == ([notice_id], notice_id)


def test_a_notice_that_does_not_exist_cannot_be_identified(store: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        store.notices.identify(7, [NAME])


def test_keys_may_hold_what_no_database_can(store: Store) -> None:
    (posting,) = owe(store, "1")
    apply(store, known(posting.id, "name:甲\x00\ud800"))
    assert kin(store, "name:甲\x00\ud800") == ([1], 1)


def test_what_came_between_is_compared_again(store: Store) -> None:
    first, second = owe(store, "1", "2")
    assert store.notices.apply([known(first.id, NUMBER), known(second.id, NUMBER, NAME)], NOW) == (
        Settled(1, intent().change),
        None,
    )
    assert [each.id for each in store.notices.owed("miit", NOW, 9)] == [second.id]
    assert store.notices.counts() == Counts(notices=1, versions=1, changes=1, postings=2, owed=1)
    assert apply(store, known(second.id, NUMBER, NAME, up_to=1)) == (2,)


def test_who_was_compared_does_not_stand_in_the_way(store: Store) -> None:
    postings = owe(store, "1", "2", "3")
    apply(store, known(postings[0].id, NUMBER))
    tell_of(store)
    assert store.notices.apply([known(postings[1].id, NUMBER, up_to=1)], NOW) != (None,)
    assert store.notices.apply([known(postings[2].id, NUMBER, up_to=1)], NOW) == (None,)
    assert store.notices.apply([known(postings[2].id, NAME)], NOW) != (None,)


def test_who_takes_the_lead_is_watched_from_now_on_and_alone(store: Store) -> None:
    (first,) = owe(store, "1")
    (notice_id,) = apply(store, settlement(first.id, reread_at=NOW + HOUR))
    watch(store, "ndrc")
    see(store, row("elsewhere"), source_id="ndrc")
    (second,) = store.notices.owed("ndrc", NOW, 9)
    better = settlement(
        second.id, notice_id=notice_id, decided=intent(None, title="原文"), reread_at=NOW + DAY
    )
    assert store.notices.apply([replace(better, leads=True)], NOW) == (Settled(notice_id, None),)
    assert store.notices.watched("miit") == ()
    assert [each.id for each in store.notices.watched("ndrc")] == [second.id]
    record = store.notices.record(notice_id)
    assert record is not None
    assert record.notice.title == "原文"
    assert [(change.kind, change.notice.title) for change in record.changes] == [(Kind.NEW, "原文")]
    assert [each.settled for each in record.postings] == [True, True]


def test_links_are_kept_in_both_directions_and_once(store: Store) -> None:
    document, interpretation, forward = tell_of(store), *owe(store, "1", "2")
    ties = (Tie(document, Relation.INTERPRETS), Tie(document, Relation.RELATED))
    (one,) = apply(store, known(interpretation.id, ties=ties))
    (two,) = apply(
        store, known(forward.id, ties=(Tie(one, Relation.FORWARDS, outward=False), Tie(3, Relation.RELATED)))
    )
    change_again(store, document, Kind.REVISED, title="今天的题名")
    records = {each: store.notices.record(each) for each in (document, one, two)}
    interprets = Link(from_id=one, to_id=document, relation=Relation.INTERPRETS, title="今天的题名")
    forwards = Link(from_id=one, to_id=two, relation=Relation.FORWARDS, title="关于组织申报的通知")
    assert [record.links for record in records.values() if record] == [
        (replace(interprets, title="关于组织申报的通知"),),
        (interprets, forwards),
        (forwards,),
    ]


def test_a_change_names_every_source_of_its_notice_once(store: Store) -> None:
    first, second = tell_of(store), tell_of(store)
    watch(store, "ndrc")
    see(store, row("n0"), row("again"), source_id="ndrc")
    for posting in store.notices.owed("ndrc", NOW, 9):
        store.notices.attach(posting.id, first, now=NOW, reread_at=None)
    found = {change.notice_id: change.sources for change in store.notices.changes(ChangeFilter())}
    assert found == {first: ("miit", "ndrc"), second: ("miit",)}
