"""From listed to settled: what is owed, one transaction for what was decided, what is read again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.errors import StoreError
from monitor.model import Decision, Kind, Status, Validators
from monitor.store import ChangeFilter, Counts, Settled, Store
from tests.store.make import (
    DAY,
    HOUR,
    NOW,
    apply,
    change_again,
    end_check,
    intent,
    notice,
    owe,
    piece,
    review,
    row,
    see,
    settlement,
    tell_of,
    watch,
)


def _owed(store: Store, *, hours: float = 0) -> list[int]:
    return [posting.id for posting in store.notices.owed("miit", NOW + hours * HOUR, 9)]


def test_the_bottom_row_of_a_page_is_the_oldest_and_owed_first(store: Store) -> None:
    watch(store, "miit")
    see(store, row("newest"), row("middle"), row("oldest"))
    see(store, row("newer still"), at=NOW + HOUR)
    titles = [posting.item.url.rpartition("/")[2] for posting in store.notices.owed("miit", NOW, 3)]
    assert titles == ["oldest", "middle", "newest"]


def test_a_row_is_owed_until_it_is_settled_whatever_checks_come_and_go(store: Store) -> None:
    (posting,) = owe(store, "1")
    end_check(store, Status.FAILED)
    see(store, row("1"), at=NOW + DAY)
    assert _owed(store) == [posting.id]
    store.notices.apply([settlement(posting.id)], NOW)
    assert _owed(store) == []


def test_a_settled_row_carries_its_notice_and_what_was_read(store: Store) -> None:
    (posting,) = owe(store, "1")
    store.notices.failed(posting.id, now=NOW, retry_at=NOW, reason="超时")
    (notice_id,) = apply(store, settlement(posting.id, reread_at=NOW + DAY))
    assert store.notices.watched("miit") == (
        replace(
            posting,
            settled=True,
            notice_id=notice_id,
            last_read_at=NOW,
            validators=settlement(posting.id).validators,
        ),
    )


def test_a_new_notice_has_its_version_change_and_verdict(store: Store) -> None:
    (posting,) = owe(store, "1")
    (notice_id,) = apply(store, settlement(posting.id))
    record = store.notices.record(notice_id)
    assert record is not None
    assert (record.notice, record.section, record.verdict) == (notice(), "申报通知", intent().verdict)
    (version,) = record.versions
    assert (version.notice, version.fingerprint, version.raw, version.at) == (
        notice(),
        intent().fingerprint,
        "ab12",
        NOW,
    )
    (change,) = record.changes
    assert (change.kind, change.source_id, change.notice, change.summary, change.fields) == (
        Kind.NEW,
        "miit",
        notice(),
        "标题有变",
        ("title",),
    )
    assert [each.id for each in record.postings] == [posting.id]


def test_ids_come_in_the_order_of_the_settlements(store: Store) -> None:
    postings = owe(store, "1", "2", "3")
    ids = apply(store, *(settlement(each.id) for each in reversed(postings)))
    found = [store.notices.record(each) for each in ids]
    assert [each.postings[0].id for each in found if each] == [each.id for each in reversed(postings)]


@pytest.mark.parametrize(
    ("posting_id", "notice_id", "sentence"),
    [(99, None, "no posting 99"), (1, 99, "no notice 99")],
    ids=["unknown posting", "unknown notice"],
)
def test_a_batch_is_settled_whole_or_not_at_all(
    store: Store, posting_id: int, notice_id: int | None, sentence: str
) -> None:
    first, second = owe(store, "1", "2")
    store.notices.apply([settlement(first.id)], NOW)
    before = store.notices.counts()
    with pytest.raises(StoreError, match=sentence):
        store.notices.apply([settlement(second.id), settlement(posting_id, notice_id=notice_id)], NOW)
    assert store.notices.counts() == before == Counts(notices=1, versions=1, changes=1, postings=2, owed=1)


def test_what_another_process_has_settled_is_not_told_again(store: Store) -> None:
    (posting,) = owe(store, "1")
    (notice_id,) = apply(store, settlement(posting.id))
    assert store.notices.apply([settlement(posting.id)], NOW) == (Settled(notice_id, None),)
    again = settlement(posting.id, notice_id=notice_id, decided=intent(Kind.REVISED, title="新的题名"))
    store.notices.apply([again], NOW + HOUR)
    store.notices.apply([again], NOW + HOUR)
    record = store.notices.record(notice_id)
    assert record is not None
    assert [each.kind for each in record.changes] == [Kind.REVISED, Kind.NEW]
    assert len(record.versions) == 2


def test_nothing_to_settle_is_nothing(store: Store) -> None:
    assert store.notices.apply([], NOW) == ()


def test_a_revision_is_one_more_version_and_change(store: Store) -> None:
    notice_id = tell_of(store)
    change_again(store, notice_id, Kind.REVISED, at=NOW + HOUR, title="新的题名")
    record = store.notices.record(notice_id)
    assert record is not None
    assert [each.notice.title for each in record.versions] == ["新的题名", "通知 n0"]
    assert [(each.kind, each.notice.title) for each in record.changes] == [
        (Kind.REVISED, "新的题名"),
        (Kind.NEW, "通知 n0"),
    ]
    assert store.notices.latest(notice_id) == record.versions[0]


def test_a_withdrawal_keeps_the_text_that_we_had(store: Store) -> None:
    notice_id = tell_of(store)
    change_again(store, notice_id, Kind.WITHDRAWN, title="通知 n0")
    record = store.notices.record(notice_id)
    assert record is not None
    assert len(record.versions) == 1
    assert [each.kind for each in record.changes] == [Kind.WITHDRAWN, Kind.NEW]


def test_back_to_an_older_text_is_a_version_of_its_own(store: Store) -> None:
    notice_id = tell_of(store)
    change_again(store, notice_id, Kind.REVISED, title="乙")
    change_again(store, notice_id, Kind.REVISED, title="通知 n0")
    assert store.notices.counts().versions == 3


def test_a_better_reading_is_shown_by_the_last_change_and_is_none_itself(store: Store) -> None:
    notice_id = tell_of(store)
    change_again(store, notice_id, Kind.REVISED, title="乙")
    change_again(store, notice_id, None, title="读全了的题名")
    titles = [each.notice.title for each in store.notices.changes(ChangeFilter())]
    assert titles == ["读全了的题名", "通知 n0"]
    assert store.notices.counts().versions == 3


def test_a_posting_may_be_one_more_place_of_a_notice(store: Store) -> None:
    notice_id = tell_of(store)
    watch(store, "ndrc")
    see(store, row("n0"), source_id="ndrc")
    (posting,) = store.notices.owed("ndrc", NOW, 9)
    assert store.notices.same("miit.example/n0") == notice_id
    store.notices.attach(posting.id, notice_id, now=NOW, reread_at=NOW + DAY)
    assert store.notices.owed("ndrc", NOW, 9) == ()
    assert [each.notice_id for each in store.notices.watched("ndrc")] == [notice_id]
    record = store.notices.record(notice_id)
    assert record is not None
    assert [each.source_id for each in record.postings] == ["miit", "ndrc"]


def test_two_sources_that_read_one_page_as_new_end_in_one_notice(store: Store) -> None:
    (first,) = owe(store, "1")
    watch(store, "ndrc")
    see(store, row("1"), source_id="ndrc")
    (second,) = store.notices.owed("ndrc", NOW, 9)
    ids = apply(store, settlement(first.id), settlement(second.id))
    assert len(set(ids)) == 1
    assert store.notices.owed("ndrc", NOW, 9) == ()
    assert store.notices.counts() == Counts(notices=1, versions=1, changes=1, postings=2, owed=0)


def test_a_key_that_nobody_has_settled_has_no_notice(store: Store) -> None:
    owe(store, "1")
    assert store.notices.same("miit.example/1") is None
    assert store.notices.same("miit.example/2") is None


def test_a_page_that_failed_waits_for_its_next_try(store: Store) -> None:
    first, second = owe(store, "1", "2")
    store.notices.failed(first.id, now=NOW, retry_at=NOW + HOUR, reason="超时")
    store.notices.failed(first.id, now=NOW, retry_at=NOW + HOUR, reason="超时")
    assert _owed(store) == [second.id]
    assert _owed(store, hours=1) == [first.id, second.id]
    assert store.notices.owed("miit", NOW + HOUR, 1)[0].failures == 2


def test_pages_are_read_again_when_their_time_has_come_longest_overdue_first(store: Store) -> None:
    postings = owe(store, "1", "2", "3", "4")
    times = [NOW + 2 * HOUR, NOW + HOUR, None, NOW + 9 * HOUR]
    store.notices.apply(
        [settlement(each.id, reread_at=time) for each, time in zip(postings, times, strict=True)], NOW
    )
    one, two, _, four = (posting.id for posting in postings)
    assert store.notices.rereads("miit", NOW, 9) == ()
    assert [each.id for each in store.notices.rereads("miit", NOW + 2 * HOUR, 9)] == [two, one]
    assert [each.id for each in store.notices.rereads("miit", NOW + 2 * HOUR, 1)] == [two]
    assert [each.id for each in store.notices.watched("miit")] == [one, two, four]


def test_a_page_that_says_the_same_is_due_later_and_its_failures_are_forgotten(store: Store) -> None:
    (posting,) = owe(store, "1")
    store.notices.apply([settlement(posting.id, reread_at=NOW)], NOW)
    store.notices.failed(posting.id, now=NOW, retry_at=NOW + HOUR, reason="超时")
    later = NOW + 2 * HOUR
    store.notices.unchanged(posting.id, now=later, reread_at=later + DAY, validators=Validators(etag="2"))
    (found,) = store.notices.watched("miit")
    assert (found.failures, found.last_read_at, found.validators) == (0, later, Validators(etag="2"))
    assert store.notices.rereads("miit", later, 9) == ()
    assert len(store.notices.rereads("miit", later + DAY, 9)) == 1


def test_an_unknown_posting_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match="no posting 7"):
        store.notices.unchanged(7, now=NOW, reread_at=None, validators=Validators())
    with pytest.raises(StoreError, match="no posting 7"):
        store.notices.failed(7, now=NOW, retry_at=NOW, reason="超时")
    with pytest.raises(StoreError, match="no posting 7"):
        store.notices.attach(7, tell_of(store), now=NOW, reread_at=None)


def test_waiting_names_the_sources_with_something_to_read(store: Store) -> None:
    watch(store, "ndrc")
    (posting,) = owe(store, "1")
    assert store.notices.waiting(NOW) == {"miit"}
    store.notices.failed(posting.id, now=NOW, retry_at=NOW + HOUR, reason="超时")
    assert store.notices.waiting(NOW) == frozenset()
    store.notices.apply([settlement(posting.id, reread_at=NOW + DAY)], NOW)
    assert store.notices.waiting(NOW + HOUR) == frozenset()
    assert store.notices.waiting(NOW + DAY) == {"miit"}


def test_what_does_not_exist_is_none(store: Store) -> None:
    assert store.notices.record(1) is None
    assert store.notices.latest(1) is None


def test_a_record_holds_reviews_and_the_deliveries_that_told_it(store: Store) -> None:
    watch(store, "miit")
    store.outbox.begin(["daily"], NOW)
    told, untold = tell_of(store), tell_of(store)
    (first, _) = store.outbox.untold("daily")
    store.outbox.tell("daily", [first.id], [piece(1), piece(2)], NOW)
    store.reviews.add(review(told, Decision.MOVE, section="绿色制造"))
    store.reviews.add(review(told, Decision.KEEP))
    record, other = store.notices.record(told), store.notices.record(untold)
    assert record is not None
    assert other is not None
    assert (record.section, record.verdict.section) == ("绿色制造", "申报通知")
    assert [each.decision for each in record.reviews] == [Decision.MOVE, Decision.KEEP]
    assert [each.piece for each in record.deliveries] == [piece(1), piece(2)]
    assert (other.deliveries, other.reviews, other.section) == ((), (), "申报通知")
