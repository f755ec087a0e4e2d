"""Which rows are news."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.rows import horizon, is_baseline, keyed, reads_on, rows_fingerprint
from monitor.model import ListingItem, SourceState

ADDED = datetime(2026, 9, 1, tzinfo=UTC)


def row(number: int, on: date | None) -> ListingItem:
    return ListingItem(url=f"http://www.x.gov.cn/t{number}.html", title=f"通知{number}", published_on=on)


def state(horizon_on: date | None, *, added: bool = True) -> SourceState:
    return SourceState(id="x", baseline_at=ADDED if added else None, horizon=horizon_on)


def test_everything_is_baseline_before_the_first_good_listing() -> None:
    assert is_baseline(row(1, date(2030, 1, 1)), state(None, added=False))


def test_a_row_older_than_the_horizon_was_there_before_us() -> None:
    known = state(date(2026, 8, 1))
    assert is_baseline(row(1, date(2026, 7, 31)), known)
    assert not is_baseline(row(1, date(2026, 8, 1)), known)
    assert not is_baseline(row(1, None), known)


def test_of_the_horizons_own_day_there_was_more_on_the_second_page_of_a_full_list() -> None:
    full = replace(state(date(2026, 8, 1)), items=10)
    assert is_baseline(row(1, date(2026, 8, 1)), full)
    assert not is_baseline(row(1, date(2026, 8, 2)), full)
    assert not is_baseline(row(1, date(2026, 8, 29)), replace(full, horizon=date(2026, 8, 29)))


def test_a_last_row_dated_into_the_future_makes_nothing_that_comes_old() -> None:
    rows = [row(1, date(2026, 9, 1)), row(2, date(2026, 8, 20)), row(3, date(2036, 8, 1))]
    assert horizon(rows) == date(2026, 8, 20)


def test_pinned_rows_on_top_do_not_move_the_horizon() -> None:
    rows = [row(1, date(2015, 1, 1)), row(2, date(2026, 9, 1)), row(3, date(2026, 8, 20)), row(4, None)]
    assert horizon(rows) == date(2026, 8, 20)
    assert horizon([row(1, None)]) is None


def test_the_next_page_is_read_only_when_the_last_row_is_news() -> None:
    rows = keyed([row(1, date(2026, 9, 9)), row(2, date(2026, 9, 8))])
    first, last = rows
    known = state(date(2026, 8, 1))
    assert reads_on(rows, frozenset(), known)
    assert reads_on(rows, frozenset({first}), known)
    assert not reads_on(rows, frozenset({last}), known)
    assert not reads_on(rows, frozenset(), state(date(2026, 9, 9)))
    assert not reads_on(rows, frozenset(), state(None, added=False))
    assert not reads_on({}, frozenset(), known)


@given(st.permutations(list(range(8))))
def test_the_order_of_rows_is_no_meaning(order: list[int]) -> None:
    rows = [row(number, date(2026, 9, 1) + timedelta(days=number)) for number in order]
    assert rows_fingerprint(keyed(rows)) == rows_fingerprint(keyed(sorted(rows, key=lambda r: r.url)))


def test_http_and_https_are_one_row() -> None:
    rows = keyed(
        [row(1, None), ListingItem(url="https://www.x.gov.cn/t1.html", title="b", published_on=None)]
    )
    assert [item.title for item in rows.values()] == ["通知1"]
