"""Pages that are not there, pages beside them, and what readers know of a notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.errors import StoreError
from monitor.model import Kind, Posting, Validators
from monitor.store import Settlement, Store
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

AGES_AGO = NOW - 9 * DAY


def absent(store: Store, posting: Posting, *, settled: bool = True, again: timedelta | None = DAY) -> None:
    store.notices.absent(
        posting.id,
        now=NOW,
        gone_at=NOW,
        ask_at=None if again is None else NOW + again,
        reason="HTTP 404",
        settled=settled,
    )


def again(store: Store, notice_id: int, kind: Kind | None, title: str, **more: object) -> Settlement:
    """One more reading of a notice; nothing is told of it where `kind` is None."""
    (posting,) = store.notices.places(notice_id)
    decided = settlement(posting.id, notice_id=notice_id, decided=intent(kind, title=title), reread_at=NOW)
    return replace(decided, **more)  # type: ignore[arg-type]


def test_an_absent_page_is_asked_for_when_it_is_due_and_a_good_answer_forgets_it(store: Store) -> None:
    (posting,) = owe(store, "1")
    apply(store, settlement(posting.id, reread_at=NOW))
    absent(store, posting)
    assert store.notices.rereads("miit", NOW + 23 * HOUR, 9) == ()
    (found,) = store.notices.rereads("miit", NOW + DAY, 9)
    assert found.gone_at == NOW
    store.notices.unchanged(posting.id, now=NOW + DAY, reread_at=NOW, validators=Validators())
    (found,) = store.notices.rereads("miit", NOW + DAY, 9)
    assert found.gone_at is None


def test_a_row_never_read_stays_owed_until_it_is_settled_without_a_notice(store: Store) -> None:
    (posting,) = owe(store, "1")
    absent(store, posting, settled=False)
    assert store.notices.owed("miit", NOW + 23 * HOUR, 9) == ()
    assert len(store.notices.owed("miit", NOW + DAY, 9)) == 1
    absent(store, posting, again=7 * DAY)
    assert store.notices.owed("miit", NOW + 30 * DAY, 9) == ()
    (found,) = store.notices.rereads("miit", NOW + 7 * DAY, 9)
    assert (found.settled, found.notice_id, found.gone_at) == (True, None, NOW)
    assert store.notices.counts().notices == 0


def test_a_page_may_be_left_for_good_and_called_again(store: Store) -> None:
    (posting,) = owe(store, "1")
    apply(store, settlement(posting.id, reread_at=NOW))
    store.notices.leave(posting.id)
    assert store.notices.watched("miit") == ()
    store.notices.call([posting.id], NOW + HOUR)
    assert [each.id for each in store.notices.rereads("miit", NOW + HOUR, 9)] == [posting.id]


def test_an_unknown_posting_is_a_sentence(store: Store) -> None:
    watch(store, "miit")
    for method in (
        lambda: store.notices.leave(7),
        lambda: store.notices.call([7], NOW),
        lambda: store.notices.absent(7, now=NOW, gone_at=NOW, ask_at=None, reason="", settled=True),
    ):
        with pytest.raises(StoreError, match="no posting 7"):
            method()


def test_beside_a_page_are_the_watched_ones_nearest_to_it(store: Store) -> None:
    postings = owe(store, *"12345678")
    for each in postings:
        apply(store, settlement(each.id, reread_at=None if each.id == postings[5].id else NOW))
    see(store, row("9"), at=NOW + HOUR)
    (late,) = store.notices.owed("miit", NOW + HOUR, 9)
    apply(store, settlement(late.id, reread_at=NOW))
    absent(store, postings[3])
    ids = [each.id for each in postings]

    def beside(of: int, *, seen_by: timedelta = HOUR * 0, limit: int = 9) -> list[int]:
        found = store.notices.beside(
            postings[of], seen_by=NOW + seen_by, not_gone_before=NOW - HOUR, limit=limit
        )
        return [ids.index(each.id) if each.id in ids else 99 for each in found]

    assert beside(4, limit=4) == [3, 2, 6, 1]
    assert beside(4) == [3, 2, 6, 1, 7, 0]
    assert beside(4, seen_by=HOUR) == [3, 2, 6, 1, 7, 0, 99]
    gone_long_ago = store.notices.beside(postings[4], seen_by=NOW, not_gone_before=NOW + HOUR, limit=9)
    assert postings[3].id not in [each.id for each in gone_long_ago]


def test_what_readers_know_is_the_last_change_and_the_edits_of_late(store: Store) -> None:
    notice_id = tell_of(store, at=NOW)
    change_again(store, notice_id, Kind.REVISED, at=NOW + DAY, title="乙")
    change_again(store, notice_id, Kind.DEADLINE_MOVED, at=NOW + 2 * DAY, title="丙")
    known = store.notices.standing(notice_id, NOW + DAY)
    assert (known.kind, known.shown.notice.title, known.edits) == (
        Kind.DEADLINE_MOVED,
        "丙",
        (NOW + 2 * DAY,),
    )
    assert len(store.notices.standing(notice_id, AGES_AGO).edits) == 2
    assert not known.is_withdrawn
    change_again(store, notice_id, Kind.WITHDRAWN, at=NOW + 3 * DAY, title="丙")
    assert store.notices.standing(notice_id, NOW).is_withdrawn
    with pytest.raises(StoreError, match="no notice 77"):
        store.notices.standing(77, NOW)


def test_a_version_that_is_held_is_kept_and_the_last_change_does_not_show_it(store: Store) -> None:
    notice_id = tell_of(store)
    store.notices.apply([again(store, notice_id, None, "乙", unsteady_since=NOW)], NOW)
    latest = store.notices.latest(notice_id)
    assert latest is not None
    assert latest.notice.title == "乙"
    assert store.notices.standing(notice_id, NOW).shown.notice.title == "通知 n0"
    assert store.notices.places(notice_id)[0].unsteady_since == NOW
    store.notices.unchanged(
        store.notices.places(notice_id)[0].id, now=NOW, reread_at=NOW, validators=Validators()
    )
    assert store.notices.places(notice_id)[0].unsteady_since == NOW
    (settled,) = store.notices.apply([again(store, notice_id, Kind.REVISED, "乙")], NOW)
    assert settled is not None
    assert settled.change is not None
    assert store.notices.standing(notice_id, NOW).shown.id == latest.id
    assert store.notices.places(notice_id)[0].unsteady_since is None


def test_two_who_find_a_page_gone_or_back_tell_it_once(store: Store) -> None:
    notice_id = tell_of(store)
    (posting,) = store.notices.places(notice_id)
    absent(store, posting)
    for kind in (Kind.WITHDRAWN, Kind.RESTORED):
        for _ in range(2):
            store.notices.apply([again(store, notice_id, kind, "通知 n0")], NOW)
        gone_at = store.notices.places(notice_id)[0].gone_at
        assert gone_at == (NOW if kind is Kind.WITHDRAWN else None)
    record = store.notices.record(notice_id)
    assert record is not None
    assert [each.kind for each in record.changes] == [Kind.RESTORED, Kind.WITHDRAWN, Kind.NEW]


def test_kin_say_which_of_them_are_taken_back(store: Store) -> None:
    notice_id = tell_of(store)
    store.notices.identify(notice_id, ["name:甲"])
    assert store.notices.kin([["name:甲"]])[0].withdrawn == frozenset()
    change_again(store, notice_id, Kind.WITHDRAWN, title="通知 n0")
    (found, other) = store.notices.kin([["name:甲"], ["name:乙"]])
    assert (found.withdrawn, other.withdrawn) == (frozenset({notice_id}), frozenset())


def test_a_row_that_its_list_shows_in_another_way_is_asked_for_in_full(store: Store) -> None:
    (posting,) = owe(store, "1")
    apply(store, settlement(posting.id, reread_at=NOW + DAY))
    assert store.notices.watched("miit")[0].validators.etag is not None
    see(store, row("1", "更正后的题名"), at=NOW + HOUR)
    (found,) = store.notices.rereads("miit", NOW + HOUR, 9)
    assert (found.item.title, found.validators) == ("更正后的题名", Validators())
