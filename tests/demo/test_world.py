"""The script of the demo: what stands in which list at an instant."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.demo.columns import COLUMNS
from monitor.demo.rows import Row, all_rows
from monitor.demo.truth import EXPECTED, FIRST_POLL, GONE_URL, LAST_POLL, REVISED, Expected
from monitor.demo.world import World, listed

SHANGHAI = ZoneInfo("Asia/Shanghai")
THE_TWELVE = {expected.url for expected in EXPECTED}


def test_the_first_poll_finds_none_of_the_twelve() -> None:
    assert not _urls(FIRST_POLL) & THE_TWELVE


def test_the_last_poll_finds_all_of_the_twelve_and_nothing_else_that_is_new() -> None:
    assert _urls(LAST_POLL) - _urls(FIRST_POLL) == THE_TWELVE


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: str(e.n))
def test_a_notice_appears_on_its_own_day_and_stays(expected: Expected) -> None:
    midnight = datetime.combine(expected.listed_on, datetime.min.time(), SHANGHAI)
    assert expected.url not in _urls(midnight)
    assert expected.url in _urls(midnight + timedelta(days=1))
    assert expected.url in _urls(LAST_POLL)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: str(e.n))
def test_nothing_is_listed_before_it_is_signed(expected: Expected) -> None:
    assert expected.signed_on is None or expected.signed_on <= expected.listed_on


def test_item_8_is_listed_on_27_august_although_it_was_signed_on_the_19th() -> None:
    item = EXPECTED[7]
    assert (item.listed_on, item.signed_on) == (date(2019, 8, 27), date(2019, 8, 19))


def test_every_notice_is_listed_early_enough_for_the_digest_of_the_last_morning() -> None:
    last_digest = LAST_POLL.replace(hour=8, minute=30)
    assert all(row.listed is None or row.listed < last_digest - timedelta(hours=16) for row in all_rows())


def test_one_old_row_leaves_its_list_while_its_page_stays() -> None:
    assert _urls(FIRST_POLL) - _urls(LAST_POLL) == {GONE_URL}
    gone = _row(GONE_URL)
    scene = World(all_rows(), now=LAST_POLL).scene()
    assert scene.row_at(gone.column, gone.path) == gone


def test_one_notice_is_revised_after_it_was_found_and_its_deadline_is_not_moved() -> None:
    row = _row(REVISED.url)
    assert row.revision is not None
    assert row.listed is not None
    world = World(all_rows(), now=row.revision.at - timedelta(seconds=1))
    before = world.scene().text(row)
    world.now = row.revision.at
    after = world.scene().text(row)
    changed = [line for line, old in zip(after.body, before.body, strict=True) if line != old]
    assert changed == ["联系人：演示联系人；联系电话：010-00000074，010-00000075（纸质材料请用A4纸双面打印）"]
    assert row.revision.at - row.listed > timedelta(days=3)
    assert [row for row in all_rows() if row.revision] == [row]


def test_every_column_has_a_past_before_the_first_poll() -> None:
    for column in COLUMNS:
        rows = listed(all_rows(), column.id, now=FIRST_POLL)
        assert 12 <= len(rows) <= 25, column.id
        assert all(row.on < FIRST_POLL.date() for row in rows)


def test_some_lists_are_not_in_the_order_of_their_dates() -> None:
    scene = World(all_rows(), now=FIRST_POLL).scene()
    out_of_order = [c.id for c in COLUMNS if not _is_falling([row.on for row in scene.listed(c.id)])]
    assert out_of_order == ["miit-tongzhi", "fujian-dongtai", "shenzhen-tongzhi"]


def test_a_row_keeps_one_address_of_its_own() -> None:
    addresses = [_url(row) for row in all_rows()]
    assert len(addresses) == len(set(addresses))


def _url(row: Row) -> str:
    host = next(column.host for column in COLUMNS if column.id == row.column)
    return f"http://{host}{row.path}"


def _row(url: str) -> Row:
    return next(row for row in all_rows() if _url(row) == url)


def _urls(now: datetime) -> set[str]:
    return {_url(row) for column in COLUMNS for row in listed(all_rows(), column.id, now=now)}


def _is_falling(days: list[date]) -> bool:
    return days == sorted(days, reverse=True)
