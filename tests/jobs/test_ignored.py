"""Rules of `ignore:` in a story: they silence a noise, tell nobody when they change, and can be tried before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from monitor.jobs.ignored import Preview, preview
from monitor.jobs.rooms import Wish
from monitor.model import Ignore, Kind
from monitor.reader import Limits, Reader
from tests.fetch.doing import aio
from tests.jobs.world import Monitor, monitoring

DAY = date(2026, 9, 10)
TITLE = "关于组织申报绿色工厂的通知"
BODY = "演示函〔2026〕7号\n各有关单位：\n请于2026年10月8日前报送申报材料，逾期不予受理。\n{}\n附则从略。"
HEAT = Ignore(pattern="本页热度.*")
ALL_AGAIN = Wish(reread=True)


def body(degrees: int, day: str = "10月8日") -> str:
    return BODY.format(f"本页热度：{degrees}°").replace("10月8日", day)


def ruled(monitor: Monitor, *rules: Ignore) -> Monitor:
    """The same column under these rules."""
    return replace(monitor, source=replace(monitor.source, ignore=rules))


async def told(monitor: Monitor) -> None:
    """A notice that readers have been told."""
    monitor.publish("关于开展统计工作的通知", DAY - timedelta(days=1), 1)
    await monitor.poll()
    monitor.publish(TITLE, DAY, 7, body(1))
    await monitor.poll()
    assert [change.kind for change in monitor.changes()] == [Kind.NEW]


async def tried(monitor: Monitor, *rules: Ignore, last: int = 20) -> Preview:
    return await preview(monitor.source, monitor.rooms.study, rules, last=last)


@aio
async def test_without_a_rule_a_noise_of_the_site_is_told_each_time(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        monitor.write(TITLE, DAY, 7, body(2))
        await monitor.poll(ALL_AGAIN)
        assert [change.kind for change in monitor.changes()] == [Kind.NEW, Kind.REVISED]


@aio
async def test_a_change_of_the_rules_tells_nobody(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        for rules in ((HEAT,), (), (Ignore(pattern="热度.[0-9]+"), Ignore(selector="p:last-child")), ()):
            await ruled(monitor, *rules).poll(ALL_AGAIN)
            assert [change.kind for change in monitor.changes()] == [Kind.NEW]


@aio
async def test_a_rule_that_comes_together_with_the_noise_tells_nobody(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        monitor.write(TITLE, DAY, 7, body(2))
        await ruled(monitor, HEAT).poll(ALL_AGAIN)
        monitor.write(TITLE, DAY, 7, body(3))
        await ruled(monitor, HEAT).poll(ALL_AGAIN)
        assert [change.kind for change in monitor.changes()] == [Kind.NEW]
        assert monitor.store.notices.counts().versions == 2


@aio
async def test_an_edit_beside_the_noise_is_told_without_it(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        monitor.write(TITLE, DAY, 7, body(2, "10月31日"))
        await ruled(monitor, HEAT).poll(ALL_AGAIN)
        (_, moved) = monitor.changes()
        assert (moved.kind, set(moved.fields)) == (Kind.DEADLINE_MOVED, {"deadlines", "body"})
        assert "热度" not in moved.notice.body
        assert moved.summary == "截止时间由 10月8日 改为 10月31日；正文改动 1 处"


@aio
async def test_a_preview_shows_what_is_hidden_and_which_changes_would_have_been(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        for degrees, day in ((2, "10月8日"), (3, "10月31日")):
            monitor.write(TITLE, DAY, 7, body(degrees, day))
            await monitor.poll(ALL_AGAIN)
        before = monitor.store.notices.counts()
        found = await tried(monitor, HEAT, Ignore(pattern="°"), Ignore(selector=".nothing"))
        (heat, degree, nothing) = found.tried
        assert (found.read, found.unread) == (2, ())
        assert [(one.line, one.left) for one in heat.hidden] == [("本页热度：3°", "")]
        assert [(one.line, one.left) for one in degree.hidden] == [("本页热度：3°", "本页热度：3")]
        assert nothing.hidden == ()
        assert [(one.change.kind, set(one.fields)) for one in found.weighed] == [
            (Kind.DEADLINE_MOVED, {"deadlines", "body"}),
            (Kind.REVISED, set()),
        ]
        assert monitor.store.notices.counts() == before


@aio
async def test_a_preview_of_no_rule_hides_nothing(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        monitor.write(TITLE, DAY, 7, body(2))
        await monitor.poll(ALL_AGAIN)
        found = await tried(monitor)
        assert (found.read, found.tried) == (2, ())
        assert [one.fields for one in found.weighed] == [("body",)]
        assert (await tried(monitor, HEAT, last=1)).read == 1


@aio
async def test_a_rule_that_would_leave_no_text_is_said_to(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        found = await tried(monitor, Ignore(pattern="^.+$"))
        assert found.read == 0
        assert {reason for _, reason in found.unread} == {"the ignore rules leave no text"}


@aio
async def test_a_notice_without_a_page_that_is_kept_is_said_to(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        for file in (tmp_path / "pages").glob("*/*"):
            file.write_bytes(b"rotten")
        found = await tried(monitor, HEAT)
        assert (found.read, len(found.unread)) == (0, 2)


@aio
async def test_a_rule_that_leaves_no_text_costs_its_page_and_tells_nobody(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        await ruled(monitor, Ignore(pattern="^.+$")).poll(ALL_AGAIN)
        await ruled(monitor, Ignore(selector="p")).poll(ALL_AGAIN)
        await monitor.poll(ALL_AGAIN)
        assert [change.kind for change in monitor.changes()] == [Kind.NEW]


@aio
async def test_a_pattern_that_runs_away_costs_seconds_and_its_page_not_the_program(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor, Reader(Limits(seconds=0.5)) as reader:
        await told(monitor)
        monitor.write(TITLE, DAY, 7, BODY.format("啊" * 60 + "！"))
        hasty = ruled(monitor, Ignore(pattern="(啊+)+。"))
        hasty = replace(hasty, rooms=replace(monitor.rooms, reader=reader))
        assert (await hasty.poll(ALL_AGAIN)).error == ""
        assert [change.kind for change in monitor.changes()] == [Kind.NEW]
        postings = monitor.store.notices.watched(monitor.source.id)
        assert {posting.item.title: posting.failures for posting in postings}[TITLE] == 1
        assert sum(posting.failures for posting in postings) == 1
