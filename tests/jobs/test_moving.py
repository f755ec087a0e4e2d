"""移站: rows that come back under new addresses are no event, and nobody is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from monitor.decide.breaker import Ruling
from monitor.jobs.rooms import Wish
from monitor.model import Kind, Status
from tests.fetch.doing import aio
from tests.jobs.doubted import (
    DAY,
    TEMPLATE,
    TODAY,
    Row,
    asked_since,
    held,
    publish,
    rule,
    settled,
    show,
    strangers,
    text,
    title,
    write,
)
from tests.jobs.world import Monitor, monitoring


def migrated(rows: Sequence[Row]) -> list[Row]:
    """The same rows with new ids, as after a migration."""
    return [(words, on, f"2025042112{n:04d}/index.html") for n, (words, on, _) in enumerate(rows)]


async def migrate(monitor: Monitor, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Every address is another one, the old ones are gone, the template is new, and two rows are news."""
    moved = migrated(rows)
    for number, row in enumerate(moved):
        write(monitor, row, text(number) + "\n打印 关闭", around=TEMPLATE, inside="<p>来源：演示厅</p>")
        monitor.site.answers.pop(f"/tzgg/{rows[number][2]}")
    news: list[Row] = [(title(500 + n), TODAY, f"202504211{n}/index.html") for n in range(2)]
    for row in news:
        write(monitor, row, text(500))
    return news, moved


@aio
async def test_of_a_site_that_moves_exactly_its_news_is_told(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor, 18)
        news, moved = await migrate(monitor, rows)
        show(monitor, [*news, *moved])
        checked = await monitor.poll()
        assert (checked.status, checked.new) == (Status.OK, 2)
        assert sorted(monitor.titles()) == sorted(row[0] for row in news)
        assert held(monitor) is None
        for turn in range(1, 9):
            assert (await monitor.poll(Wish(reread=turn % 2 == 0), later=DAY)).status is not Status.HELD
        assert len(monitor.changes()) == 2
        assert monitor.store.notices.counts().notices == 20


@aio
async def test_a_notice_that_has_moved_keeps_its_history_and_is_read_where_it_stands(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        _, moved = await migrate(monitor, rows)
        show(monitor, moved)
        await monitor.poll()
        (found,) = [each for each in monitor.changes(Kind.BASELINE) if each.notice.title == title(1)]
        record = monitor.store.notices.record(found.notice_id)
        assert record is not None
        assert record.notice.url.endswith(moved[0][2])
        assert [posting.item.url.rpartition("/tzgg/")[2] for posting in record.postings] == [
            rows[0][2],
            moved[0][2],
        ]
        mark = len(monitor.site.asked)
        write(monitor, moved[0], text(0).replace("王老师", "李老师"), around=TEMPLATE)
        await monitor.poll(Wish(reread=True))
        assert not [path for path in asked_since(monitor, mark) if "old/" in path]
        (change,) = monitor.changes()
        assert (change.kind, change.notice_id) == (Kind.REVISED, found.notice_id)


@aio
async def test_an_edit_that_comes_with_the_move_is_told(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        _, moved = await migrate(monitor, rows)
        write(
            monitor,
            moved[3],
            text(3).replace("确保资金安全", "本办法自即日起废止，不再执行"),
            around=TEMPLATE,
        )
        show(monitor, moved)
        await monitor.poll()
        assert [(each.kind, each.notice.title) for each in monitor.changes()] == [(Kind.REVISED, title(4))]


@aio
async def test_pages_behind_the_first_move_too_and_what_is_not_met_is_not_asked_for(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor, 12)
        for turn in range(1, 9):
            rows.insert(0, (title(300 + turn), TODAY + turn * DAY, f"old/t_{300 + turn}.html"))
            publish(monitor, rows[:1])
            show(monitor, rows[:12])
            await monitor.poll(later=DAY)
        told = len(monitor.changes())
        moved = migrated(rows)
        for number, row in enumerate(moved):
            write(monitor, row, "\n".join(text(0).split("\n")) if number < 8 else text(number - 8))
            monitor.site.answers.pop(f"/tzgg/{rows[number][2]}")
        show(monitor, moved[:12], page=(0, 2))
        show(monitor, moved[12:19], path="/tzgg/index_1.html", page=(1, 2))
        await monitor.poll()
        watched = [posting.item.url for posting in monitor.store.notices.watched("site")]
        assert len(watched) == 19
        assert not [url for url in watched if "old/" in url]
        for _ in range(6):
            await monitor.poll(Wish(reread=True), later=DAY)
        assert len(monitor.changes()) == told


@aio
async def test_a_row_that_nobody_has_read_yet_only_changes_its_address(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        late = (title(400), TODAY, "old/t_400.html")
        show(monitor, [late, *rows])
        await monitor.poll()
        assert monitor.store.notices.counts().owed == 1
        moved = migrated([late, *rows])
        for number, row in enumerate(moved):
            write(monitor, row, text(400) if number == 0 else text(number - 1))
        show(monitor, moved)
        await monitor.poll()
        assert monitor.titles(Kind.NEW) == [title(400)]
        assert monitor.store.notices.counts().owed == 0


@pytest.mark.parametrize(("way", "looked_for"), [("moved", 0), ("accepted", 1)])
def test_behind_a_new_list_further_pages_are_read_for_what_has_moved_and_not_for_news(
    tmp_path: Path, way: str, looked_for: int
) -> None:
    @aio
    async def story() -> None:
        async with monitoring(tmp_path) as monitor:
            rows = await settled(monitor)
            shown = migrated(rows) if way == "moved" else strangers(on=TODAY - 5 * DAY)
            publish(monitor, shown)
            show(monitor, shown, page=(0, 9))
            if way != "moved":
                assert (await monitor.poll()).status is Status.HELD
                await rule(monitor, Ruling.ACCEPTED)
            mark = len(monitor.site.asked)
            assert (await monitor.poll()).status in (Status.OK, Status.UNCHANGED)
            assert asked_since(monitor, mark).count("/tzgg/index_1.html") == looked_for
            assert monitor.changes() == []

    story()
