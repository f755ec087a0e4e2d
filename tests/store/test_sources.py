"""What is remembered of sources: rows listed, checks, leases, troubles, budget, heartbeat."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from monitor.errors import StoreError
from monitor.model import ListingItem, SourceState, Status, Validators
from monitor.store import Row, Store
from tests.store.make import (
    DAY,
    HOUR,
    NOW,
    end_check,
    item,
    json_item,
    owe,
    row,
    see,
    settlement,
    source,
    watch,
)


def test_a_source_is_due_from_the_moment_it_is_known(store: Store) -> None:
    watch(store, "miit")
    assert store.sources.states() == {"miit": SourceState(id="miit", next_check_at=NOW)}


def test_making_sources_known_again_changes_and_deletes_nothing(store: Store) -> None:
    watch(store, "miit", "ndrc")
    end_check(store)
    before = store.sources.states()
    store.sources.ensure([source("miit")], NOW + DAY)
    store.sources.ensure([], NOW)
    assert store.sources.states() == before


def test_an_unknown_source_is_a_sentence(store: Store) -> None:
    for method in (store.sources.state, lambda _: see(store, row()), lambda _: end_check(store)):
        with pytest.raises(StoreError, match="no source miit"):
            method("miit")


def test_rows_never_seen_are_owed_and_counted_once(store: Store) -> None:
    watch(store, "miit")
    assert see(store, row("2"), row("1")) == 2
    assert see(store, row("3"), row("2"), row("1")) == 1
    assert store.sources.known("miit", ["miit.example/1", "miit.example/9"]) == {"miit.example/1"}


def test_a_row_listed_twice_on_a_page_counts_once_as_shown_first(store: Store) -> None:
    watch(store, "miit")
    assert see(store, row("1", "新题名"), row("2"), row("1", "旧题名")) == 2
    assert {posting.item.title for posting in store.notices.owed("miit", NOW, 9)} == {
        "新题名",
        "关于组织申报的通知",
    }


def test_two_sources_may_list_the_same_page(store: Store) -> None:
    watch(store, "miit", "ndrc")
    assert see(store, row("1"), source_id="miit") == 1
    assert see(store, row("1"), source_id="ndrc") == 1


def test_a_baseline_row_stays_one(store: Store) -> None:
    watch(store, "miit")
    see(store, row("1", baseline=True))
    see(store, row("1", "改过的题名", baseline=False))
    assert [posting.baseline for posting in store.notices.owed("miit", NOW, 9)] == [True]


def test_a_row_keeps_everything_that_the_list_said(store: Store) -> None:
    watch(store, "miit")
    see(store, Row(key="a", item=json_item(), baseline=False))
    assert store.notices.owed("miit", NOW, 9)[0].item == json_item()


@pytest.mark.parametrize(
    ("shown", "reread"),
    [
        (item("1"), False),
        (item("1", "题名已改"), True),
        (ListingItem(url="https://miit.example/1", title=item().title, published_on=date(2026, 9, 2)), True),
        (ListingItem(url="https://miit.example/1", title=item().title, published_on=None), True),
        (
            ListingItem(url="https://miit.example/1?t=2", title=item().title, published_on=date(2026, 9, 1)),
            False,
        ),
    ],
    ids=["the same", "another title", "another date", "no date any more", "only a stamp in the address"],
)
def test_a_known_row_is_read_again_at_once_when_title_or_date_differ(
    store: Store, shown: ListingItem, reread: bool
) -> None:
    (posting,) = owe(store, "1")
    store.notices.apply([settlement(posting.id, reread_at=NOW + 30 * DAY)], NOW)
    assert see(store, Row(key="miit.example/1", item=shown, baseline=False), at=NOW + HOUR) == 0
    found = store.notices.rereads("miit", NOW + HOUR, 9)
    assert [each.item for each in found] == ([shown] if reread else [])


def test_a_changed_row_does_not_wait_for_the_retry_of_a_failure(store: Store) -> None:
    (posting,) = owe(store, "1")
    store.notices.apply([settlement(posting.id, reread_at=NOW)], NOW)
    store.notices.failed(posting.id, now=NOW, retry_at=NOW + DAY, reason="超时")
    assert store.notices.rereads("miit", NOW, 9) == ()
    see(store, row("1", "题名已改"), at=NOW + HOUR)
    assert len(store.notices.rereads("miit", NOW + HOUR, 9)) == 1


def test_text_that_no_database_can_hold_neither_fails_nor_comes_back_for_ever(store: Store) -> None:
    watch(store, "miit")
    bad = Row(key="k\ud800", item=item("1", "关于\ud800\x00的通知"), baseline=False)
    assert see(store, bad) == 1
    assert see(store, bad) == 0
    (posting,) = store.notices.owed("miit", NOW, 9)
    assert posting.item.title == "关于\ufffd\ufffd的通知"
    store.notices.apply([settlement(posting.id)], NOW)
    see(store, bad)
    assert store.notices.rereads("miit", NOW, 9) == ()


def test_long_lists_are_remembered_whole(store: Store) -> None:
    watch(store, "miit")
    rows = [row(str(number)) for number in range(1201)]
    assert see(store, *rows) == 1201
    assert len(store.sources.known("miit", [each.key for each in rows])) == 1201
    assert see(store, *rows) == 0


def test_what_a_listing_teaches_is_kept_until_taught_again(store: Store) -> None:
    watch(store, "miit")
    store.sources.seen(
        "miit",
        [],
        now=NOW,
        rows_fingerprint="1:a",
        validators=Validators(etag="x", last_modified="y"),
        horizon=date(2026, 9, 1),
        baseline_at=NOW,
    )
    see(store, at=NOW + HOUR)
    state = store.sources.state("miit")
    assert (state.horizon, state.baseline_at) == (date(2026, 9, 1), NOW)
    assert (state.rows_fingerprint, state.validators) == ("1:rows", Validators())


CHECKS: list[tuple[Status, datetime, int]] = [
    (Status.BASELINE, NOW, 0),
    (Status.UNCHANGED, NOW, 0),
    (Status.FAILED, NOW + 2 * HOUR, 1),
    (Status.BLOCKED, NOW + 2 * HOUR, 2),
    (Status.OK, NOW + 4 * HOUR, 0),
    (Status.EMPTY, NOW + 5 * HOUR, 1),
]


def test_since_moves_when_trouble_begins_or_ends_and_failures_count_in_a_row(store: Store) -> None:
    watch(store, "miit")
    for number, (status, since, failures) in enumerate(CHECKS):
        end_check(store, status, at=NOW + number * HOUR)
        state = store.sources.state("miit")
        assert (state.status, state.since, state.failures) == (status, since, failures)


def test_a_source_that_fails_from_the_start_is_in_trouble_since_then(store: Store) -> None:
    watch(store, "miit")
    end_check(store, Status.FAILED, at=NOW)
    end_check(store, Status.FAILED, at=NOW + HOUR)
    state = store.sources.state("miit")
    assert (state.since, state.last_checked_at, state.last_good_at) == (NOW, NOW + HOUR, None)


def test_a_check_writes_what_it_learnt_and_leaves_what_it_did_not(store: Store) -> None:
    watch(store, "miit")

    def check(family: str | None, validators: Validators | None) -> SourceState:
        store.sources.checked(
            "miit",
            status=Status.OK,
            reason="演示",
            items=7,
            family=family,
            now=NOW,
            next_check_at=NOW + HOUR,
            validators=validators,
        )
        return store.sources.state("miit")

    learnt = check("trs", Validators(etag="x"))
    assert learnt == SourceState(
        id="miit",
        status=Status.OK,
        reason="演示",
        since=NOW,
        family="trs",
        items=7,
        usual=7,
        validators=Validators(etag="x"),
        last_checked_at=NOW,
        last_good_at=NOW,
        next_check_at=NOW + HOUR,
    )
    assert check(None, None) == learnt
    assert check(None, Validators()).validators == Validators()


def _due(store: Store, now: datetime = NOW, *, limit: int = 9, owner: str = "me") -> tuple[str, ...]:
    return store.sources.due(now, ids=["a", "b", "miit"], limit=limit, owner=owner, lease=HOUR)


def test_due_sources_come_longest_overdue_first_and_only_those_asked_for(store: Store) -> None:
    store.sources.ensure([source("b"), source("c")], NOW - HOUR)
    store.sources.ensure([source("a"), source("miit")], NOW)
    assert _due(store, limit=2) == ("b", "a")


def test_what_is_not_due_is_not_given(store: Store) -> None:
    store.sources.ensure([source("a")], NOW + timedelta(microseconds=1))
    assert _due(store) == ()


def test_a_leased_source_is_given_to_nobody_else_until_the_lease_has_run_out(store: Store) -> None:
    watch(store, "a")
    assert _due(store, owner="first") == ("a",)
    assert _due(store, NOW + HOUR / 2, owner="second") == ()
    assert _due(store, NOW + HOUR, owner="second") == ("a",)


def test_a_released_source_is_due_again(store: Store) -> None:
    watch(store, "a")
    _due(store)
    store.sources.release("a")
    assert _due(store) == ("a",)


def test_a_check_ends_its_lease(store: Store) -> None:
    watch(store, "miit")
    _due(store)
    end_check(store, at=NOW)
    assert _due(store, NOW + HOUR) == ()
    assert _due(store, NOW + 2 * HOUR) == ("miit",)


def test_troubles_of_a_period_are_those_that_overlap_it(store: Store) -> None:
    watch(store, "miit")
    for hour, status, reason in [
        (1, Status.FAILED, "超时"),
        (2, Status.BLOCKED, "拦截"),
        (3, Status.OK, ""),
        (5, Status.EMPTY, "空表"),
    ]:
        end_check(store, status, at=NOW + hour * HOUR, reason=reason)
    blocked = ("miit", Status.BLOCKED, "拦截", NOW + HOUR)
    empty = ("miit", Status.EMPTY, "空表", NOW + 5 * HOUR)

    def during(since: float | None, until: float) -> list[tuple[object, ...]]:
        start = None if since is None else NOW + since * HOUR
        return [tuple(each[:4]) for each in store.sources.troubles(start, NOW + until * HOUR)]

    assert during(None, 0.5) == []
    assert during(None, 2) == [blocked]
    assert during(2.5, 9) == [blocked, empty]
    assert during(3, 4) == []
    assert during(6, 9) == [empty]


def test_requests_are_added_up_by_day_and_host(store: Store) -> None:
    today = NOW.date()
    store.sources.spend(today, {"a.example": 2, "b.example": 1})
    store.sources.spend(today, {"a.example": 3, "c.example": 0})
    store.sources.spend(today, {})
    store.sources.spend(today + DAY, {"a.example": 1})
    assert store.sources.spent(today) == {"a.example": 5, "b.example": 1}


def test_old_budgets_are_forgotten(store: Store) -> None:
    today = NOW.date()
    store.sources.spend(today, {"a.example": 2})
    store.sources.spend(today + 8 * DAY, {"a.example": 1})
    assert store.sources.spent(today) == {}


def test_the_heartbeat_is_the_last_one(store: Store) -> None:
    assert store.sources.last_beat() is None
    for hour in range(3):
        store.sources.beat(NOW + hour * HOUR)
    assert store.sources.last_beat() == NOW + 2 * HOUR


def test_instants_come_back_aware_in_utc_from_any_zone(store: Store) -> None:
    beijing = timezone(timedelta(hours=8))
    store.sources.beat(datetime(2026, 9, 16, 8, 30, 0, 123456, tzinfo=beijing))
    beat = store.sources.last_beat()
    assert beat is not None
    assert beat.isoformat() == "2026-09-16T00:30:00.123456+00:00"
