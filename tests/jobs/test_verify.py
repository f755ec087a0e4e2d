"""All sources tried politely: what each gives, what is odd about it, and nothing stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from monitor.jobs.verify import Verified, verify_all
from monitor.model import Source, Status
from tests.fetch.doing import aio
from tests.fetch.site import reply
from tests.jobs.world import Monitor, monitoring

DAY = date(2026, 9, 10)


async def verified(monitor: Monitor, *more: Source) -> list[Verified]:
    """The column's list stands for everybody; what came, in the order of the sources."""
    monitor.store.sources.ensure(more, monitor.clock[0])
    done: list[Verified] = []
    await verify_all([monitor.source, *more], monitor.rooms, done=done.append)
    return sorted(done, key=lambda one: one.id)


def publish(monitor: Monitor, count: int) -> None:
    for number in range(count):
        monitor.publish(f"关于第{number}件事项的通知", DAY - timedelta(days=count - number), 100 + number)


@aio
async def test_a_source_as_remembered_is_reported_with_its_rows_and_one_notice(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        publish(monitor, 6)
        await monitor.poll()
        monitor.stands()
        before = monitor.store.notices.counts()
        (one,) = await verified(monitor)
        assert (one.status, one.family, one.items, one.newest) == (
            Status.OK,
            "trs",
            6,
            DAY - timedelta(days=1),
        )
        assert one.notice is not None
        assert one.notice.title == "关于第5件事项的通知"
        assert one.complaints == ()
        assert monitor.store.notices.counts() == before


@aio
async def test_what_is_less_than_remembered_or_cannot_be_read_is_a_complaint(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        publish(monitor, 10)
        await monitor.poll()
        monitor.stands()
        del monitor.rows[3:]
        monitor.page(DAY - timedelta(days=1), 109, reply(b"x", status="404 Not Found"))
        monitor.stands()
        (one,) = await verified(monitor)
        assert one.complaints == ("只有 3 条，以前读到 10 条", "通知正文页未能读取：HTTP 404")
        assert (one.status, one.notice) == (Status.OK, None)


@aio
async def test_each_trouble_is_its_own_and_the_others_are_unharmed(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        publish(monitor, 6)
        monitor.stands()
        answers = {
            "blocked": reply(b"<script>document.cookie='__jsl_clearance=1'</script>", status="521 Down"),
            "empty": reply(b"<html><body><ul class='list'></ul><p>" + b"x" * 100 + b"</p></body></html>"),
            "failed": reply(b"gone", status="404 Not Found"),
        }
        others = []
        for name, answer in answers.items():
            monitor.site.answers[f"/{name}/"] = answer
            others.append(replace(monitor.source, id=name, url=f"{monitor.site.url}/{name}/", family="trs"))
        found = await verified(monitor, *others)
        assert {one.id: one.status.value for one in found} == {
            "blocked": "blocked",
            "empty": "empty",
            "failed": "failed",
            "site": "ok",
        }
        assert all(bool(one.error) == one.status.is_trouble for one in found)


@aio
async def test_a_mistake_of_ours_is_one_source_and_in_the_log(tmp_path: Path) -> None:
    class Broken:
        async def recognise(self, page: object) -> str:
            raise ZeroDivisionError

    async with monitoring(tmp_path) as monitor:
        publish(monitor, 6)
        monitor.stands()
        broken = replace(monitor.rooms, reader=Broken())  # type: ignore[arg-type]
        (one,) = await verify_all([monitor.source], broken, done=lambda _: None)
        assert (one.status, one.error) == (Status.FAILED, "unexpected failure, see the log")
