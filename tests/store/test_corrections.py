"""Corrections: a better reading in the place of another; nobody hears of it, not even months later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.errors import StoreError
from monitor.model import Decision, Kind, Verdict, Version
from monitor.store import ChangeFilter, Correction, Store
from tests.store.make import (
    DAY,
    HOUR,
    NOW,
    change_again,
    correction,
    owe,
    piece,
    review,
    row,
    see,
    settlement,
    tell_of,
    watch,
)

ELSEWHERE = Verdict(section="绿色制造", confidence=0.8, because=("题名含“绿色”",))


def latest(store: Store, notice_id: int) -> Version:
    version = store.notices.latest(notice_id)
    assert version is not None
    return version


def refile(store: Store, *notice_ids: int) -> None:
    corrections = [Correction(notice_id=each, version=None, verdict=ELSEWHERE) for each in notice_ids]
    store.notices.correct(corrections, NOW + 9 * DAY)


def untold(store: Store) -> list[tuple[int, str]]:
    return [(each.notice_id, each.section) for each in store.outbox.untold("daily")]


def test_the_version_is_the_same_row_and_every_change_shows_it_better(store: Store) -> None:
    notice_id = tell_of(store)
    before = latest(store, notice_id)
    made = correction(store, "读对的题名", of=notice_id)
    store.notices.correct([made], NOW + HOUR)
    assert latest(store, notice_id) == made.version
    assert latest(store, notice_id).id == before.id
    (change,) = store.notices.changes(ChangeFilter())
    assert (change.notice.title, change.kind, change.at) == ("读对的题名", Kind.NEW, NOW)


def test_a_notice_is_found_by_the_number_that_was_read_better(store: Store) -> None:
    notice_id = tell_of(store)
    made = correction(store, "读对的题名", of=notice_id)
    assert made.version is not None
    numbered = replace(made.version, notice=replace(made.version.notice, doc_number="演示函〔2026〕77号"))
    store.notices.correct([replace(made, version=numbered)], NOW)
    (kin,) = store.notices.kin([["number:演示函〔2026〕77号"]])
    assert [version.notice_id for version in kin.versions] == [notice_id]


def test_a_correction_of_what_does_not_exist_writes_nothing(store: Store) -> None:
    notice_id = tell_of(store)
    good = correction(store, "读对的题名", of=notice_id)
    assert good.version is not None
    bad = replace(good, version=replace(good.version, id=99))
    with pytest.raises(StoreError, match="no such version"):
        store.notices.correct([good, bad], NOW)
    assert latest(store, notice_id).notice.title == "通知 n0"


def test_the_newest_versions_come_with_where_they_were_read_and_stand(store: Store) -> None:
    ids = [tell_of(store) for _ in range(3)]
    change_again(store, ids[0], Kind.REVISED, title="乙")
    store.reviews.add(review(ids[1]))
    found = store.notices.newest(["miit"], after=0, limit=9)
    assert [each.version for each in found] == [latest(store, each) for each in ids]
    assert [(each.source_id, each.reviewed) for each in found] == [
        ("miit", False),
        ("miit", True),
        ("miit", False),
    ]
    assert found[0].verdict.section == "申报通知"
    assert [each.version.notice_id for each in store.notices.newest(["miit"], after=ids[0], limit=1)] == [
        ids[1]
    ]
    assert store.notices.newest(["ndrc"], after=0, limit=9) == ()
    assert store.notices.newest([], after=0, limit=9) == ()


def test_a_notice_at_two_sources_is_of_the_one_that_it_was_read_at(store: Store) -> None:
    (first,) = owe(store, "1")
    watch(store, "ndrc")
    see(store, row("1"), source_id="ndrc")
    (second,) = store.notices.owed("ndrc", NOW, 9)
    store.notices.apply([settlement(first.id), settlement(second.id)], NOW)
    assert len(store.notices.newest(["miit", "ndrc"], after=0, limit=9)) == 1
    assert store.notices.newest(["ndrc"], after=0, limit=9) == ()
    assert store.notices.source_of(second.id) == "ndrc"
    assert store.notices.source_of(99) is None


def test_a_persons_word_is_not_overruled(store: Store) -> None:
    notice_id = tell_of(store)
    store.reviews.add(review(notice_id, Decision.KEEP))
    refile(store, notice_id)
    assert [each.section for each in store.notices.changes(ChangeFilter())] == ["申报通知"]


def test_what_a_digest_has_not_come_to_yet_is_told_in_its_new_section(store: Store) -> None:
    watch(store, "miit")
    store.outbox.begin(["daily"], NOW)
    notice_id = tell_of(store)
    refile(store, notice_id)
    assert untold(store) == [(notice_id, "绿色制造")]


def test_what_a_digest_has_passed_over_is_not_told_months_late(store: Store) -> None:
    watch(store, "miit")
    store.outbox.begin(["daily", "weekly"], NOW)
    passed_over, other = tell_of(store, section="其他"), tell_of(store)
    told = next(each for each in store.outbox.untold("daily") if each.notice_id == other)
    store.outbox.tell("daily", [told.id], [piece()], NOW + HOUR)
    fresh = tell_of(store, section="其他", at=NOW + 2 * HOUR)
    refile(store, passed_over, fresh)
    assert untold(store) == [(fresh, "绿色制造")]
    assert (passed_over, "绿色制造") in [(e.notice_id, e.section) for e in store.outbox.untold("weekly")]
    record = store.notices.record(passed_over)
    assert record is not None
    assert (record.deliveries, record.verdict) == ((), ELSEWHERE)
    again = tell_of(store, section="其他", at=NOW + 3 * HOUR)
    refile(store, again)
    assert (again, "绿色制造") in untold(store)


def test_surer_of_the_same_section_leaves_what_a_review_may_bring_in(store: Store) -> None:
    watch(store, "miit")
    store.outbox.begin(["daily"], NOW)
    notice_id, other = tell_of(store, section="其他"), tell_of(store)
    told = next(each for each in store.outbox.untold("daily") if each.notice_id == other)
    store.outbox.tell("daily", [told.id], [piece()], NOW + HOUR)
    surer = replace(ELSEWHERE, section="其他")
    store.notices.correct([Correction(notice_id=notice_id, version=None, verdict=surer)], NOW + DAY)
    assert untold(store) == [(notice_id, "其他")]
