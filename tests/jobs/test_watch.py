"""Operators hear of a broken source once, of its recovery once, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.decide.workdays import OwnDays
from monitor.errors import StoreError
from monitor.jobs.watch import Called, acknowledge, call, watch
from monitor.model import Address, Condition, Form, Source
from monitor.store.alarms import OPERATORS
from tests.fetch.doing import aio
from tests.fetch.site import reply
from tests.jobs.world import Monitor, monitoring

OPS = Address(channel="ops", form=Form.MAIL, recipient="ops@example.org")
DAY = timedelta(days=1)
DOWN = reply(b"down", status="500 Down")


async def called(monitor: Monitor, *sources: Source) -> Called:
    """Operators are told what there is to tell now."""
    return await call(
        sources or (monitor.source,),
        monitor.store,
        addresses=[OPS],
        now=monitor.clock[0],
        link="",
        mark="",
        works=OwnDays().works,
    )


async def condition(monitor: Monitor) -> Condition:
    (watched,) = await watch([monitor.source], monitor.store, monitor.clock[0], works=OwnDays().works)
    return watched.health.condition


def messages(monitor: Monitor) -> list[str]:
    """Subjects of what stands in the outbox, oldest first."""
    found = monitor.store.outbox.deliveries(100)
    return [one.piece.subject for one in found if one.digest == OPERATORS][::-1]


async def weekly(monitor: Monitor, weeks: int, *, last: date) -> None:
    """A column with a notice a week, read once."""
    for ago in range(weeks, -1, -1):
        monitor.publish(f"关于第{ago}周事项的通知", last - ago * timedelta(days=7), ago + 1)
    await monitor.poll()


@aio
async def test_a_well_source_calls_nobody(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await weekly(monitor, 8, last=date(2026, 9, 14))
        assert await condition(monitor) is Condition.WELL
        assert await called(monitor) == Called()
        assert messages(monitor) == []


@aio
async def test_a_source_that_fails_is_told_once_it_lasts_and_its_recovery_once(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await weekly(monitor, 8, last=date(2026, 9, 14))
        monitor.answers(DOWN)
        await monitor.poll()
        assert await called(monitor) == Called()
        await monitor.poll()
        assert await called(monitor) == Called()
        await monitor.poll()
        told = await called(monitor)
        assert [alarm.condition for alarm in told.began] == [Condition.FAILING]
        for _ in range(5):
            await monitor.poll()
            assert await called(monitor) == Called()
        monitor.stands()
        await monitor.poll()
        assert [alarm.source_id for alarm in (await called(monitor)).ended] == ["site"]
        assert await called(monitor) == Called()
        assert messages(monitor) == ["【快讯】1 个信息源异常", "【快讯】1 个信息源已恢复"]


@aio
async def test_one_bad_answer_among_good_ones_is_nobodys_business(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await weekly(monitor, 8, last=date(2026, 9, 14))
        for _ in range(6):
            monitor.answers(DOWN)
            await monitor.poll()
            assert await called(monitor) == Called()
            monitor.stands()
            await monitor.poll()
            assert await called(monitor) == Called()
        assert messages(monitor) == []


@aio
async def test_a_failure_that_turns_into_a_block_is_the_same_trouble(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await weekly(monitor, 8, last=date(2026, 9, 14))
        monitor.answers(DOWN)
        for _ in range(4):
            await monitor.poll()
        assert (await called(monitor)).began
        monitor.answers(reply(b"no", status="412 No"))
        await monitor.poll()
        assert await condition(monitor) is Condition.BLOCKED
        assert await called(monitor) == Called()
        (alarm,) = monitor.store.alarms.open()
        assert alarm.condition is Condition.BLOCKED


@aio
async def test_a_list_that_reads_well_and_has_fallen_silent_is_late(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await weekly(monitor, 8, last=date(2026, 9, 14))
        for _ in range(13):
            assert await called(monitor) == Called()
            await monitor.poll(later=DAY)
        told = await called(monitor)
        assert [alarm.condition for alarm in told.began] == [Condition.LATE]
        monitor.publish("关于新一周事项的通知", date(2026, 9, 29), 99)
        await monitor.poll()
        assert [alarm.condition for alarm in (await called(monitor)).ended] == [Condition.LATE]


@aio
async def test_a_list_that_has_lost_half_its_rows_has_shrunk(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await weekly(monitor, 9, last=date(2026, 9, 14))
        del monitor.rows[4:]
        await monitor.poll()
        assert await condition(monitor) is Condition.SHRUNK
        assert await called(monitor) == Called()
        await monitor.poll(later=DAY)
        (alarm,) = (await called(monitor)).began
        assert alarm.reason == "只读到 4 条，以往约 10 条"


@aio
async def test_a_person_who_knows_is_not_called(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await weekly(monitor, 8, last=date(2026, 9, 14))
        monitor.answers(DOWN)
        await monitor.poll()
        now = monitor.clock[0]
        await acknowledge(
            [monitor.source], "site", monitor.store, who="王", why="网站维护", now=now, works=OwnDays().works
        )
        for _ in range(5):
            await monitor.poll()
            assert await called(monitor) == Called()
        (watched,) = await watch([monitor.source], monitor.store, monitor.clock[0], works=OwnDays().works)
        assert (watched.is_acknowledged, watched.counts) == (True, False)
        monitor.stands()
        await monitor.poll()
        assert await called(monitor) == Called()


@aio
async def test_of_a_well_source_there_is_nothing_to_acknowledge(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await weekly(monitor, 8, last=date(2026, 9, 14))
        with pytest.raises(StoreError, match="no open trouble"):
            await acknowledge(
                [monitor.source],
                "site",
                monitor.store,
                who="",
                why="",
                now=monitor.clock[0],
                works=OwnDays().works,
            )


@aio
async def test_of_a_source_that_nobody_polls_any_more_no_recovery_is_told(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await weekly(monitor, 8, last=date(2026, 9, 14))
        monitor.answers(DOWN)
        for _ in range(4):
            await monitor.poll()
        assert (await called(monitor)).began
        other = replace(monitor.source, id="other")
        monitor.store.sources.ensure([other], monitor.clock[0])
        assert await called(monitor, other) == Called()
        assert monitor.store.alarms.open() == ()


@aio
async def test_dates_ahead_of_today_do_not_hide_a_silence(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于年份写错的通知", date(2036, 9, 1), 77)
        await weekly(monitor, 8, last=date(2026, 9, 14))
        monitor.clock[0] += timedelta(days=40)
        await monitor.poll()
        assert await condition(monitor) is Condition.LATE


@aio
async def test_two_processes_call_once(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await weekly(monitor, 8, last=date(2026, 9, 14))
        monitor.answers(DOWN)
        for _ in range(4):
            await monitor.poll()
        (alarm,) = (await called(monitor)).began
        assert not monitor.store.alarms.tell([alarm.id], [], [], monitor.clock[0])
        assert len(messages(monitor)) == 1
