"""Stories of pages that keep changing, and of edits that only the list shows."""

from __future__ import annotations

import json
from asyncio import StreamWriter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.jobs.rooms import Wish
from monitor.model import Kind, Posting, Version
from tests.fetch.doing import aio
from tests.fetch.site import reply
from tests.jobs.test_gone import DAY, NOT_FOUND, SUBJECT, TEXT, put_back, take_away, told, with_a_notice
from tests.jobs.world import Monitor

AGAIN = Wish(reread=True)
A, B, C = (TEXT.replace("10月8日", day) for day in ("10月8日", "10月9日", "10月20日"))


async def flap(monitor: Monitor, *bodies: str, hours: float = 8) -> None:
    """The page says one after the other, and is read each time."""
    for body in bodies:
        monitor.write(SUBJECT, DAY, 200, body)
        await monitor.poll(AGAIN, later=timedelta(hours=hours))


def versions(monitor: Monitor) -> tuple[Version, ...]:
    """Newest first."""
    record = monitor.store.notices.record(monitor.changes(Kind.NEW)[0].notice_id)
    assert record is not None
    return record.versions


def posting(monitor: Monitor) -> Posting:
    return monitor.store.notices.places(monitor.changes(Kind.NEW)[0].notice_id)[0]


def shown(monitor: Monitor) -> str:
    """What the last change shows."""
    return monitor.changes()[-1].notice.body


@aio
async def test_there_and_back_is_two_changes(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        await flap(monitor, B, A)
        assert told(monitor) == [Kind.DEADLINE_MOVED] * 2
        assert [change.summary for change in monitor.changes()[1:]] == [
            "截止时间由 10月8日 改为 10月9日；正文改动 1 处",
            "截止时间由 10月9日 改为 10月8日；正文改动 1 处",
        ]


@aio
async def test_the_fifth_change_of_a_week_is_held_and_kept(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        await flap(monitor, B, A, B, A)
        assert posting(monitor).unsteady_since is None
        await flap(monitor, B)
        began = monitor.clock[0]
        await flap(monitor, C, B, A, B)
        assert told(monitor) == [Kind.DEADLINE_MOVED] * 4
        assert posting(monitor).unsteady_since == began
        assert [version.notice.body for version in versions(monitor)] == [B, A, B, C, B, A, B, A, B, A]
        assert shown(monitor) == A
        due = monitor.store.notices.rereads("site", monitor.clock[0] + timedelta(days=1), 99)
        assert posting(monitor).id in [each.id for each in due]


@aio
async def test_changes_that_are_rarer_are_all_told(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        await flap(monitor, B, A, B, A, B, A, hours=48)
        assert told(monitor) == [Kind.DEADLINE_MOVED] * 6


@pytest.mark.parametrize(("rest", "more"), [(B, [Kind.DEADLINE_MOVED]), (A, [])])
def test_when_it_has_stood_still_for_a_week_the_difference_is_told_once(
    tmp_path: Path, rest: str, more: list[Kind]
) -> None:
    @aio
    async def story() -> None:
        async with with_a_notice(tmp_path) as monitor:
            await flap(monitor, B, A, B, A, B, A, C, rest)
            for _ in range(20):
                await monitor.poll(later=timedelta(hours=8))
            assert told(monitor) == [Kind.DEADLINE_MOVED] * 4
            await monitor.poll(later=timedelta(hours=9))
            for _ in range(20):
                await monitor.poll(later=timedelta(hours=8))
            assert told(monitor) == [Kind.DEADLINE_MOVED] * 4 + more
            assert shown(monitor) == rest
            assert posting(monitor).unsteady_since is None
            await flap(monitor, C)
            assert told(monitor) == [Kind.DEADLINE_MOVED] * (5 + len(more))

    story()


@aio
async def test_an_unsteady_page_is_asked_for_in_full(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        await flap(monitor, B, A, B, A, B)
        page = monitor.site.answers["/tzgg/202609/t20260910_200.html"]
        assert isinstance(page, bytes)
        marked = page.replace(b"Content-Length", b'ETag: "1"\r\nContent-Length')
        monitor.page(DAY, 200, marked)
        for _ in range(3):
            await monitor.poll(AGAIN, later=timedelta(hours=3))
        asked = [each for each in monitor.site.asked if "_200" in each.path]
        assert not any("if-none-match" in each.headers for each in asked)
        for _ in range(22):
            await monitor.poll(AGAIN, later=timedelta(hours=8))
        assert "if-none-match" in [each for each in monitor.site.asked if "_200" in each.path][-1].headers


@aio
async def test_a_withdrawal_is_told_of_an_unsteady_page_too_and_ends_the_silence(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        await flap(monitor, B, A, B, A, B)
        take_away(monitor)
        await monitor.poll(AGAIN)
        await monitor.poll(later=timedelta(hours=25))
        assert told(monitor)[4:] == [Kind.WITHDRAWN]
        assert shown(monitor) == B
        assert posting(monitor).unsteady_since is None
        put_back(monitor, C)
        await monitor.poll(AGAIN)
        assert told(monitor)[4:] == [Kind.WITHDRAWN, Kind.RESTORED]


# An edit that only the list shows.

CUT = "关于组织申报绿色工厂有关…"
PAGE = (
    "<html><head><meta name='ColumnName' content='通知公告'></head>"
    "<body><h1>{}</h1><div class='TRS_Editor'><p>{}</p></div></body></html>"
)


def as_it_was(monitor: Monitor, whole: bytes) -> Callable[[StreamWriter], Awaitable[None]]:
    """304 to whoever shows a tag, everything to anybody else."""

    async def answer(writer: StreamWriter) -> None:
        knows = "if-none-match" in monitor.site.asked[-1].headers
        writer.write(reply(status="304 Not Modified") if knows else whole)
        await writer.drain()

    return answer


@pytest.mark.parametrize("answers_304", [True, False])
def test_a_title_corrected_in_the_list_is_one_change_though_the_page_is_as_it_was(
    tmp_path: Path, *, answers_304: bool
) -> None:
    """The page cuts its title short; the full one stands in the list alone."""

    @aio
    async def story() -> None:
        async with with_a_notice(tmp_path) as monitor:
            title = "关于组织申报绿色工厂有关事顶的通知"
            monitor.publish(title, DAY, 300)
            html = PAGE.format(CUT, TEXT).encode()
            whole = reply(html, length=None, Content_Type="text/html", ETag='"7"')
            monitor.page(DAY, 300, whole)
            await monitor.poll()
            assert monitor.titles()[-1] == title
            monitor.page(DAY, 300, as_it_was(monitor, whole) if answers_304 else whole)
            await monitor.poll(AGAIN)
            assert len(monitor.changes()) == 2
            monitor.rows[0] = (title.replace("事顶", "事项"), *monitor.rows[0][1:])
            await monitor.poll()
            assert [(each.kind, each.fields) for each in monitor.changes()[2:]] == [
                (Kind.REVISED, ("title",))
            ]
            assert monitor.changes()[-1].notice.title == "关于组织申报绿色工厂有关事项的通知"
            for _ in range(3):
                await monitor.poll(AGAIN)
            assert len(monitor.changes()) == 3

    story()


@aio
async def test_a_title_corrected_in_a_list_of_json_has_its_notice_asked_for_in_full_at_once(
    tmp_path: Path,
) -> None:
    def item(title: str) -> bytes:
        said = {"data": {"title": title, "content": f"<p>{TEXT}</p>"}}
        return reply(json.dumps(said).encode(), length=None, Content_Type="application/json", ETag='"7"')

    def rows(*titles: str) -> bytes:
        lines = [{"id": n, "title": title, "date": "2026-09-10"} for n, title in enumerate(titles)]
        return reply(json.dumps({"rows": lines}).encode(), Content_Type="application/json")

    async with with_a_notice(tmp_path) as monitor:
        place = monitor.site.url
        options = {"api": f"{place}/api", "link": "/d.html?id={id}", "request": f"{place}/item?id={{id}}"}
        source = replace(monitor.source, id="json", family="json", url=f"{place}/json/", options=options)
        monitor.store.sources.ensure([source], monitor.clock[0])
        monitor.source = source
        wrong, right = "关于开展能效诊段的通知", "关于开展能效诊断的通知"
        for number, title in enumerate((wrong, "关于旧事的通知")):
            monitor.site.answers[f"/item?id={number}"] = as_it_was(monitor, item(title))
        monitor.site.answers["/api"] = rows(wrong, "关于旧事的通知")
        monitor.clock[0] += timedelta(hours=2)
        assert (await monitor.poll_as_it_is(None)).items == 2
        monitor.site.answers["/item?id=0"] = as_it_was(monitor, item(right))
        monitor.site.answers["/api"] = rows(right, "关于旧事的通知")
        for _ in range(2):
            monitor.clock[0] += timedelta(hours=2)
            assert (await monitor.poll_as_it_is(None)).error == ""
        assert [(each.kind, each.fields) for each in monitor.changes()[1:]] == [(Kind.REVISED, ("title",))]
        assert monitor.changes()[-1].notice.title == right


@aio
async def test_a_page_that_is_gone_when_its_title_is_corrected_is_asked_again_in_a_day(
    tmp_path: Path,
) -> None:
    async with with_a_notice(tmp_path) as monitor:
        monitor.page(DAY, 200, NOT_FOUND)
        await monitor.poll(AGAIN)
        first = monitor.clock[0]
        monitor.rows[0] = (f"{SUBJECT}（更正）", *monitor.rows[0][1:])
        await monitor.poll()
        assert posting(monitor).gone_at == first
        await monitor.poll(later=timedelta(hours=21.5))
        assert told(monitor) == []
        await monitor.poll(later=timedelta(hours=1))
        assert told(monitor) == [Kind.WITHDRAWN]
