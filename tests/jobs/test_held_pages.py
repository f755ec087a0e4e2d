"""Stories of pages that change together: the template has, and nobody is told what it did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from monitor.decide.breaker import Part, Ruling
from monitor.jobs.check import check_all
from monitor.jobs.rooms import Checked, Wish
from monitor.model import Kind, Status
from tests.fetch.doing import aio
from tests.fetch.site import reply
from tests.jobs.doubted import (
    DAY,
    TODAY,
    Row,
    asked_since,
    held,
    publish,
    rule,
    settled,
    show,
    text,
    title,
    write,
)
from tests.jobs.world import Monitor, monitoring


def reprint(
    monitor: Monitor, rows: Sequence[Row], note: str = "本页由新系统生成，点击量统计中，分享到微信。"
) -> None:
    """The template now puts a line into every text."""
    for number, row in enumerate(rows):
        write(monitor, row, text(number) + f"\n{note}")


async def reread(monitor: Monitor) -> Checked:
    return await monitor.poll(later=5 * DAY)


@aio
async def test_pages_that_change_together_are_one_event_and_tell_nobody(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        reprint(monitor, rows)
        checked = await reread(monitor)
        assert (checked.status, "模板" in checked.error) == (Status.HELD, True)
        event = held(monitor)
        assert event is not None
        assert event.part is Part.PAGES
        assert "正文" in event.after[0]
        for _ in range(3):
            mark = len(monitor.site.asked)
            assert (await monitor.poll()).status is Status.HELD
            assert len(asked_since(monitor, mark)) == 5
        still = held(monitor)
        assert still is not None
        assert still.since == event.since
        assert monitor.changes() == []


@aio
async def test_one_page_that_changes_is_told_after_two_witnesses(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        words, on, where = rows[0]
        rows[0] = (words.replace("管理", "监督管理"), on, where)
        show(monitor, rows)
        write(monitor, rows[0], text(0))
        mark = len(monitor.site.asked)
        checked = await monitor.poll()
        assert (checked.status, [each.kind for each in monitor.changes()]) == (Status.OK, [Kind.REVISED])
        assert len(asked_since(monitor, mark)) == 3


@aio
async def test_one_page_due_is_enough_to_hear_the_others(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        reprint(monitor, rows)
        words, on, where = rows[0]
        show(monitor, [(words.replace("管理", "监督管理"), on, where), *rows[1:]])
        mark = len(monitor.site.asked)
        assert (await monitor.poll(later=timedelta(hours=1))).status is Status.HELD
        assert len(asked_since(monitor, mark)) == 5
        assert monitor.changes() == []


@aio
async def test_too_few_watched_pages_are_believed(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor, 2)
        reprint(monitor, rows, "特此补充：以上事项自本月起施行。")
        await reread(monitor)
        assert [each.kind for each in monitor.changes()] == [Kind.REVISED, Kind.REVISED]


@aio
async def test_a_page_that_says_something_else_altogether_waits_until_others_can_be_heard(
    tmp_path: Path,
) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor, 6)
        write(monitor, rows[0], "本栏目内容已整理。\n请到新版页面查看通知全文。\n由此带来的不便敬请谅解。")
        words, on, where = rows[0]
        show(monitor, [(words.replace("管理", "监督管理"), on, where), *rows[1:]])
        for row in rows[1:]:
            monitor.site.answers[f"/tzgg/{row[2]}"] = reply(b"x" * 300, status="503 Busy")
        checked = await monitor.poll(later=timedelta(hours=1))
        assert (checked.status, monitor.changes()) == (Status.OK, [])
        for number, row in enumerate(rows[1:], 1):
            write(monitor, row, text(number))
        await monitor.poll(later=timedelta(hours=1))
        assert [each.kind for each in monitor.changes()] == [Kind.REVISED]


@aio
async def test_a_small_edit_is_told_though_no_other_page_can_be_heard(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor, 6)
        write(monitor, rows[0], text(0) + "\n特此补充一句。")
        words, on, where = rows[0]
        show(monitor, [(f"{words} ", on, where), *rows[1:]])
        for row in rows[1:]:
            monitor.site.answers[f"/tzgg/{row[2]}"] = reply(b"x" * 300, status="503 Busy")
        await monitor.poll(later=DAY)
        assert [each.kind for each in monitor.changes()] == [Kind.REVISED]


@aio
async def test_pages_edited_each_in_its_own_way_are_edits(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor, 5)
        for number, row in enumerate(rows):
            lines = text(number).split("\n")
            lines[1 + number % (len(lines) - 2)] += f"（{'甲乙丙丁戊'[number]}类项目另行通知）"
            write(monitor, row, "\n".join(lines))
        checked = await reread(monitor)
        assert checked.status is Status.OK
        assert [each.kind for each in monitor.changes()] == [Kind.REVISED] * 5


@aio
async def test_one_page_that_says_what_it_said_is_enough_where_no_more_can_be_read(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor, 6)
        words, on, where = rows[0]
        rows[0] = (words.replace("管理", "监督管理"), on, where)
        write(monitor, rows[0], text(0))
        show(monitor, rows)
        for row in rows[2:]:
            monitor.site.answers[f"/tzgg/{row[2]}"] = reply(b"x" * 300, status="503 Busy")
        await monitor.poll(later=timedelta(hours=1))
        assert [each.kind for each in monitor.changes()] == [Kind.REVISED]


@aio
async def test_new_notices_are_told_while_pages_are_held(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        reprint(monitor, rows)
        await reread(monitor)
        news = (title(600), TODAY + 5 * DAY, "old/t_600.html")
        show(monitor, [news, *rows])
        write(monitor, news, text(600))
        checked = await monitor.poll()
        assert (checked.status, checked.new) == (Status.HELD, 1)
        assert monitor.titles() == [title(600)]


@aio
async def test_a_template_rolled_back_ends_the_event_and_a_real_edit_is_told(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        reprint(monitor, rows)
        await reread(monitor)
        publish(monitor, rows)
        write(monitor, rows[2], text(2).replace("第2批", "第22批"))
        await monitor.poll()
        await monitor.poll(Wish(reread=True))
        assert held(monitor) is None
        assert [(each.kind, each.notice.title) for each in monitor.changes()] == [(Kind.REVISED, title(3))]


@aio
async def test_accepted_pages_replace_the_old_ones_and_tell_nobody(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        reprint(monitor, rows)
        await reread(monitor)
        await rule(monitor, Ruling.ACCEPTED)
        checked = await monitor.poll()
        assert checked.status is Status.UNCHANGED
        assert held(monitor) is None
        assert monitor.changes() == []
        assert all("新系统" in each.notice.body for each in monitor.changes(Kind.BASELINE))
        write(monitor, rows[4], text(4) + "\n本页由新系统生成，点击量统计中，分享到微信。\n现予延期。")
        await monitor.poll(Wish(reread=True))
        assert [each.kind for each in monitor.changes()] == [Kind.REVISED]


@aio
async def test_an_accepted_page_that_cannot_be_read_at_once_is_corrected_when_it_can(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        reprint(monitor, rows)
        await reread(monitor)
        monitor.site.answers[f"/tzgg/{rows[7][2]}"] = reply(b"x" * 300, status="403 Forbidden")
        await rule(monitor, Ruling.ACCEPTED)
        await monitor.poll()
        assert held(monitor) is not None
        reprint(monitor, rows)
        await monitor.poll(later=DAY)
        assert held(monitor) is None
        assert monitor.changes() == []


@aio
async def test_rejected_pages_stay_held_until_they_read_as_before(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        reprint(monitor, rows)
        await reread(monitor)
        await rule(monitor, Ruling.REJECTED)
        reprint(monitor, rows, "本页面由另一套系统生成，敬请留意。")
        assert (await monitor.poll(later=DAY)).status is Status.HELD
        event = held(monitor)
        assert event is not None
        assert event.ruling is Ruling.REJECTED
        publish(monitor, rows)
        assert (await monitor.poll(later=DAY)).status is not Status.HELD
        assert held(monitor) is None
        assert monitor.changes() == []


@aio
async def test_a_new_design_of_list_and_pages_is_accepted_once(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        show(monitor, [(f"序号{n} {row[0][:6]}", row[1], row[2]) for n, row in enumerate(rows)])
        reprint(monitor, rows)
        assert (await reread(monitor)).status is Status.HELD
        await rule(monitor, Ruling.ACCEPTED)
        for _ in range(3):
            assert (await monitor.poll(later=DAY)).status in (Status.OK, Status.UNCHANGED)
        assert held(monitor) is None
        assert monitor.changes() == []


@aio
async def test_a_held_page_is_looked_at_although_nothing_is_due(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        reprint(monitor, rows)
        words, on, where = rows[0]
        renamed: list[Row] = [(words.replace("管理", "监督管理"), on, where), *rows[1:]]
        show(monitor, renamed)
        await monitor.poll(later=timedelta(hours=1))
        (due,) = monitor.store.notices.rereads("site", monitor.clock[0], 9)
        monitor.store.notices.leave(due.id)
        publish(monitor, renamed)
        (checked,) = await check_all([monitor.source], monitor.rooms, Wish(), done=lambda _: None)
        assert checked.status is Status.UNCHANGED
        assert held(monitor) is None


@aio
async def test_pages_that_cannot_be_read_do_not_end_what_is_held(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        reprint(monitor, rows)
        await reread(monitor)
        event = held(monitor)
        for row in rows:
            monitor.site.answers[f"/tzgg/{row[2]}"] = reply(b"x" * 300, status="404 Not Found")
        assert (await monitor.poll()).status is Status.HELD
        assert held(monitor) == event
        assert monitor.changes() == []


@aio
async def test_a_page_that_could_not_be_read_lately_is_no_witness(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor, 6)
        for number in (1, 2):
            words, on, where = rows[number]
            rows[number] = (words.replace("管理", "监督管理"), on, where)
            monitor.site.answers[f"/tzgg/{where}"] = reply(b"x" * 300, status="403 Forbidden")
        show(monitor, rows)
        await monitor.poll(later=timedelta(minutes=5))
        words, on, where = rows[0]
        rows[0] = (words.replace("管理", "监督管理"), on, where)
        write(monitor, rows[0], text(0))
        show(monitor, rows)
        mark = len(monitor.site.asked)
        await monitor.poll(later=timedelta(minutes=5))
        asked = [path.removeprefix("/tzgg/") for path in asked_since(monitor, mark)]
        assert asked == [row[2] for row in (rows[0], rows[3], rows[4])]
