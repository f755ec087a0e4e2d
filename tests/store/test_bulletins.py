"""Issues as saved, and what may enter the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from monitor.errors import StoreError
from monitor.model import Decision, Kind
from monitor.store import Store
from tests.store.make import DAY, HOUR, NOW, bulletin, change_again, review, tell_of

ALL = ["政策文件", "绿色制造", "申报通知"]


def test_an_issue_comes_back_as_it_was_saved(store: Store) -> None:
    store.bulletins.save(bulletin(), 2026, 9, 1, NOW)
    assert store.bulletins.get("2026-0901") == bulletin()
    assert store.bulletins.get("(2026) 0901期") == bulletin()
    assert store.bulletins.get("2026-0902") is None


def test_a_draft_is_replaced_under_its_key(store: Store) -> None:
    store.bulletins.save(replace(bulletin(), published=False, sections=()), 2026, 9, 1, NOW)
    store.bulletins.save(bulletin(), 2026, 9, 1, NOW + HOUR)
    assert store.bulletins.list() == (bulletin(),)


def test_two_issues_cannot_share_a_number(store: Store) -> None:
    store.bulletins.save(bulletin(), 2026, 9, 1, NOW)
    with pytest.raises(StoreError, match="UNIQUE"):
        store.bulletins.save(replace(bulletin(), key="other"), 2026, 9, 2, NOW)


def test_issues_are_listed_newest_first(store: Store) -> None:
    for n in (1, 10, 2):
        store.bulletins.save(bulletin(n), 2026, 9, n, NOW)
    assert [each.key for each in store.bulletins.list()] == ["2026-0910", "2026-0902", "2026-0901"]


def test_numbers_count_within_a_month(store: Store) -> None:
    assert store.bulletins.next_number(2026, 9) == 1
    store.bulletins.save(bulletin(3), 2026, 9, 3, NOW)
    assert store.bulletins.next_number(2026, 9) == 4
    assert store.bulletins.next_number(2026, 10) == 1


def test_the_next_period_starts_where_the_latest_ended(store: Store) -> None:
    assert store.bulletins.last_until() is None
    beijing = (NOW + DAY).astimezone(timezone(timedelta(hours=8)))
    store.bulletins.save(bulletin(1, until=beijing), 2026, 9, 1, NOW)
    store.bulletins.save(bulletin(2, until=NOW), 2026, 9, 2, NOW)
    assert store.bulletins.last_until() == NOW + DAY
    assert store.bulletins.last_until() == datetime(2026, 9, 17, 1, 0, tzinfo=UTC)


def _kept(store: Store, *, since: float | None = None, until: float = 9) -> list[int]:
    start = None if since is None else NOW + since * HOUR
    return [record.notice_id for record in store.bulletins.kept(start, NOW + until * HOUR, ALL)]


def test_a_period_excludes_its_start_and_includes_its_end(store: Store) -> None:
    ids = [tell_of(store, at=NOW + hour * HOUR) for hour in range(4)]
    assert _kept(store, since=0, until=2) == ids[1:3]
    assert _kept(store) == ids


def test_a_notice_is_printed_once_in_its_newest_state_of_the_period(store: Store) -> None:
    notice_id = tell_of(store)
    change_again(store, notice_id, Kind.DEADLINE_MOVED, at=NOW + HOUR, title="延期")
    change_again(store, notice_id, Kind.REVISED, at=NOW + 5 * HOUR, title="下一期的")
    (record,) = store.bulletins.kept(None, NOW + 2 * HOUR, ALL)
    assert (record.kind, record.notice.title) == (Kind.DEADLINE_MOVED, "延期")


@pytest.mark.parametrize(
    ("kinds", "printed"),
    [
        ([Kind.BASELINE], False),
        ([Kind.BASELINE, Kind.REVISED], True),
        ([Kind.NEW, Kind.WITHDRAWN], False),
        ([Kind.NEW, Kind.WITHDRAWN, Kind.RESTORED], True),
    ],
)
def test_what_is_printed_by_kinds(store: Store, kinds: list[Kind], printed: bool) -> None:
    notice_id = tell_of(store, kinds[0])
    for kind in kinds[1:]:
        change_again(store, notice_id, kind)
    assert _kept(store) == ([notice_id] if printed else [])


def test_a_withdrawal_after_the_period_takes_the_notice_out_at_once(store: Store) -> None:
    notice_id = tell_of(store)
    change_again(store, notice_id, Kind.WITHDRAWN, at=NOW + DAY)
    assert _kept(store, until=1) == []


@pytest.mark.parametrize(
    ("decisions", "printed"),
    [
        ([Decision.KEEP], True),
        ([Decision.DROP], False),
        ([Decision.DEFER], False),
        ([Decision.DROP, Decision.KEEP], True),
        ([Decision.KEEP, Decision.DEFER], False),
    ],
)
def test_the_last_review_decides(store: Store, decisions: list[Decision], printed: bool) -> None:
    notice_id = tell_of(store)
    for decision in decisions:
        store.reviews.add(review(notice_id, decision))
    assert _kept(store) == ([notice_id] if printed else [])


def test_other_sections_stay_out_and_a_move_brings_in(store: Store) -> None:
    moved, other = tell_of(store, section="其他"), tell_of(store, section="其他")
    store.reviews.add(review(moved, Decision.MOVE, section="政策文件"))
    store.reviews.add(review(other, Decision.KEEP))
    assert _kept(store) == [moved]
