"""The change log and who has the last word on a section."""

from __future__ import annotations

import pytest

from monitor.errors import StoreError
from monitor.model import Decision, Kind, Review
from monitor.store import ChangeFilter, Store
from tests.store.make import HOUR, NOW, change_again, review, tell_of


def _ids(store: Store, **wanted: object) -> list[int]:
    return [each.notice_id for each in store.notices.changes(ChangeFilter(**wanted))]


def test_the_log_is_newest_first_without_the_baseline(store: Store) -> None:
    first, baseline, last = tell_of(store), tell_of(store, Kind.BASELINE), tell_of(store)
    assert _ids(store) == [last, first]
    assert _ids(store, kinds=(Kind.BASELINE,)) == [baseline]
    assert _ids(store, kinds=(Kind.BASELINE, Kind.NEW), limit=2) == [last, baseline]
    assert _ids(store, kinds=()) == []


def test_a_period_includes_its_start_and_not_its_end(store: Store) -> None:
    ids = [tell_of(store, at=NOW + hour * HOUR) for hour in range(3)]
    assert _ids(store, since=NOW + HOUR) == [ids[2], ids[1]]
    assert _ids(store, until=NOW + HOUR) == [ids[0]]
    assert _ids(store, since=NOW + HOUR, until=NOW + 2 * HOUR) == [ids[1]]


def test_the_log_after_a_change_holds_only_later_ones(store: Store) -> None:
    assert store.notices.last_change() == 0
    tell_of(store)
    last = store.notices.last_change()
    assert _ids(store, after=last) == []
    later = tell_of(store)
    assert _ids(store, after=last) == [later]


def test_the_log_of_one_source_or_section(store: Store) -> None:
    green, other = tell_of(store, section="绿色制造"), tell_of(store, section="政策文件")
    assert _ids(store, section="绿色制造") == [green]
    assert _ids(store, section="政策文件", source_id="miit") == [other]
    assert _ids(store, source_id="ndrc") == []


MOVE, KEEP, DROP = Decision.MOVE, Decision.KEEP, Decision.DROP


@pytest.mark.parametrize(
    ("decisions", "section"),
    [
        ([], "申报通知"),
        ([(KEEP, None)], "申报通知"),
        ([(KEEP, "绿色制造")], "申报通知"),
        ([(MOVE, None)], "申报通知"),
        ([(MOVE, "绿色制造")], "绿色制造"),
        ([(MOVE, "绿色制造"), (DROP, None)], "绿色制造"),
        ([(MOVE, "绿色制造"), (MOVE, "政策文件")], "政策文件"),
    ],
)
def test_an_editors_move_outlasts_every_guess(
    store: Store, decisions: list[tuple[Decision, str | None]], section: str
) -> None:
    notice_id = tell_of(store)
    for decision, to in decisions:
        store.reviews.add(review(notice_id, decision, section=to))
    change_again(store, notice_id, Kind.REVISED)
    records = store.notices.changes(ChangeFilter(section=section))
    assert [each.section for each in records] == [section, section]
    assert [each.verdict.section for each in records] == ["申报通知", "申报通知"]
    assert [each.review and each.review.decision for each in records] == [
        decisions[-1][0] if decisions else None
    ] * 2
    record = store.notices.record(notice_id)
    assert record is not None
    assert record.section == section


def test_a_change_carries_the_last_review_whole(store: Store) -> None:
    notice_id = tell_of(store)
    given: Review = review(notice_id, MOVE, section="绿色制造")
    store.reviews.add(given)
    (record,) = store.notices.changes(ChangeFilter())
    assert record.review == given


def test_reviews_are_appended_and_come_back_in_order(store: Store) -> None:
    notice_id = tell_of(store)
    given = [review(notice_id, decision) for decision in (KEEP, DROP, KEEP)]
    ids = [store.reviews.add(each) for each in given]
    assert ids == sorted(set(ids))
    assert store.reviews.of(notice_id) == tuple(given)
    assert store.reviews.of(99) == ()


def test_a_review_of_nothing_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match="no notice 99"):
        store.reviews.add(review(99))
