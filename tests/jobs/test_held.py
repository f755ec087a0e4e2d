"""Stories of lists that are not believed: held as one event, until they pass or a person has decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.decide.breaker import Held, Ruling
from monitor.decide.workdays import OwnDays
from monitor.jobs.held import Word, accept, reject
from monitor.model import Status
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
    strangers,
    text,
    title,
    write,
)
from tests.jobs.world import Monitor, monitoring


@aio
async def test_a_redesign_that_shows_other_rows_is_one_event_and_nothing_is_written(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        counts = monitor.store.notices.counts()
        show(monitor, strangers())
        publish(monitor, strangers())
        write(monitor, rows[0], "这一篇的正文也改了，但是列表不可信的时候不去看它。")
        mark = len(monitor.site.asked)
        first = await monitor.poll()
        assert (first.status, first.items, first.new) == (Status.HELD, 10, 0)
        assert "几乎都没有见过" in first.error
        event = held(monitor)
        assert event is not None
        assert event.before[0] == f"{TODAY - DAY} {title(1)}"
        assert event.after[0].endswith("某领导到第0个园区调研座谈")
        assert monitor.store.archive.get(event.raw or "").startswith(b"<html>")
        for turn in range(3):
            show(monitor, [("又有一条新的动态", TODAY, f"new/d_{turn}.html"), *strangers(9)])
            assert (await monitor.poll(later=DAY)).status is Status.HELD
        still = held(monitor)
        assert still is not None
        assert (still.since, still.before) == (event.since, event.before)
        assert still.after[0] == f"{TODAY} 又有一条新的动态"
        assert asked_since(monitor, mark) == []
        assert monitor.store.notices.counts() == counts
        assert monitor.changes() == []


@aio
async def test_a_rollback_ends_the_event_by_itself(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        show(monitor, strangers())
        await monitor.poll()
        show(monitor, rows)
        assert (await monitor.poll()).status in (Status.OK, Status.UNCHANGED)
        assert held(monitor) is None
        news = ("关于组织申报演示项目的通知", TODAY, "old/t_99.html")
        show(monitor, [news, *rows])
        write(monitor, news, text(99))
        assert (await monitor.poll()).new == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda row: ("通知公告", row[1], row[2]), "标题都变了"),
        (lambda row: (row[0], row[1].replace(year=2025), row[2]), "日期都变了"),
        (lambda row: (row[0], None, row[2]), "没有了日期"),
        (lambda row: (row[0].encode().decode("latin-1").replace("'", ""), row[1], row[2]), "乱码"),
        (lambda row: (row[0].encode("gb18030").decode("utf-8", "replace"), row[1], row[2]), "乱码"),
    ],
    ids=["header as title", "columns swapped", "dates lost", "mojibake", "misread charset"],
)
def test_rows_that_all_say_something_else_are_held_and_told_as_nothing(
    tmp_path: Path, spoil: object, words: str
) -> None:
    @aio
    async def story() -> None:
        async with monitoring(tmp_path) as monitor:
            rows = await settled(monitor)
            show(monitor, [spoil(row) for row in rows])  # type: ignore[operator]
            checked = await monitor.poll()
            assert (checked.status, words in checked.error) == (Status.HELD, True)
            show(monitor, rows)
            assert (await monitor.poll()).status is Status.UNCHANGED
            assert held(monitor) is None
            assert monitor.changes() == []

    story()


@aio
async def test_what_fails_in_between_does_not_end_the_event(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await settled(monitor)
        show(monitor, strangers())
        await monitor.poll()
        event = held(monitor)
        monitor.answers(reply(b"x" * 300, status="500 Oops"))
        assert (await monitor.poll()).status is Status.FAILED
        show(monitor, strangers())
        assert (await monitor.poll()).status is Status.HELD
        assert held(monitor) == event


def outage(monitor: Monitor, rows: list[Row], *, pages: int) -> list[Row]:
    """Two weeks of which nothing was seen: two pages of news before the first row that is known."""
    news: list[Row] = [
        (title(200 + n), TODAY + (14 - n // 2) * DAY, f"old/t_{200 + n}.html") for n in range(20)
    ]
    publish(monitor, news)
    show(monitor, news[:10], page=(0, pages))
    show(monitor, news[10:], path="/tzgg/index_1.html", page=(1, pages))
    show(monitor, rows, path="/tzgg/index_2.html", page=(2, pages))
    return news


@aio
async def test_two_pages_of_news_after_an_outage_are_believed_since_further_pages_lead_back(
    tmp_path: Path,
) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        news = outage(monitor, rows, pages=3)
        checked = await monitor.poll(later=15 * DAY)
        assert (checked.status, checked.new) == (Status.OK, 20)
        assert sorted(monitor.titles()) == sorted(row[0] for row in news)


@aio
async def test_where_nothing_leads_back_a_person_decides_and_the_news_is_told_then(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        news = outage(monitor, rows, pages=1)
        assert (await monitor.poll(later=15 * DAY)).status is Status.HELD
        await rule(monitor, Ruling.ACCEPTED)
        checked = await monitor.poll()
        assert (checked.status, checked.new) == (Status.OK, 10)
        assert sorted(monitor.titles()) == sorted(row[0] for row in news[:10])


@aio
async def test_a_further_page_that_fails_today_decides_nothing(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        outage(monitor, rows, pages=3)
        monitor.site.answers["/tzgg/index_1.html"] = reply(b"x" * 300, status="502 Bad Gateway")
        assert (await monitor.poll(later=15 * DAY)).status is Status.FAILED
        assert held(monitor) is None
        outage(monitor, rows, pages=3)
        assert (await monitor.poll()).new == 20


@aio
async def test_another_list_that_leads_to_ours_is_held_since_its_rows_should_have_been_seen(
    tmp_path: Path,
) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor, 20)
        for turn in range(1, 11):
            rows.insert(0, (title(300 + turn), TODAY + turn * DAY, f"old/t_{300 + turn}.html"))
            publish(monitor, rows[:1])
            show(monitor, rows[:20])
            assert (await monitor.poll(later=DAY)).new == 1
        mixed = strangers(16, on=TODAY + 2 * DAY)
        show(monitor, [*rows[:4], *mixed])
        publish(monitor, mixed)
        checked = await monitor.poll()
        assert (checked.status, "却从未见过" in checked.error) == (Status.HELD, True)


@aio
async def test_what_is_accepted_is_taken_as_it_is_and_only_later_rows_are_news(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await settled(monitor)
        redesigned: list[Row] = [
            ("关于申报演示补贴的公告", TODAY + DAY, "new/a.html"),
            ("关于没有日期的公告", None, "new/b.html"),
            *[(f"关于第{n}号旧文件的公告", TODAY - n * DAY, f"new/o_{n}.html") for n in range(1, 9)],
        ]
        show(monitor, redesigned)
        publish(monitor, redesigned)
        assert (await monitor.poll(later=2 * DAY)).status is Status.HELD
        event = await rule(monitor, Ruling.ACCEPTED)
        assert (event.is_accepted, event.decided_by) == (True, "王")
        assert monitor.store.sources.state("site").next_check_at == monitor.clock[0]
        checked = await monitor.poll()
        assert (checked.status, checked.new) == (Status.OK, 1)
        assert monitor.titles() == ["关于申报演示补贴的公告"]
        assert held(monitor) is None
        slid = ("关于第9号旧文件的公告", TODAY - 9 * DAY, "new/o_9.html")
        show(monitor, [*redesigned[1:], slid])
        write(monitor, slid, text(9))
        await monitor.poll()
        assert len(monitor.changes()) == 1


@aio
async def test_what_is_accepted_is_that_list_and_no_other(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await settled(monitor)
        show(monitor, strangers())
        await monitor.poll()
        first = await rule(monitor, Ruling.ACCEPTED)
        show(monitor, [(f"第{n}张图片", TODAY, f"img/p_{n}.html") for n in range(10)])
        assert (await monitor.poll()).status is Status.HELD
        second = held(monitor)
        assert second is not None
        assert (second.ruling, second.since > first.since) == (Ruling.NONE, True)


@aio
async def test_what_is_rejected_stays_held_and_is_no_event_again(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        show(monitor, strangers())
        await monitor.poll()
        await rule(monitor, Ruling.REJECTED)
        assert [alarm.acknowledged_by for alarm in monitor.store.alarms.open()] == ["王"]
        show(monitor, [("又一条动态", TODAY, "new/c_99.html"), *strangers()])
        assert (await monitor.poll()).status is Status.HELD
        event = held(monitor)
        assert event is not None
        assert event.ruling is Ruling.REJECTED
        assert [bool(alarm.acknowledged_at) for alarm in monitor.store.alarms.open()] == [True]
        show(monitor, [(f"第{n}张图片", TODAY, f"img/p_{n}.html") for n in range(10)])
        assert (await monitor.poll()).status is Status.HELD
        another = held(monitor)
        assert another is not None
        assert another.ruling is Ruling.NONE
        assert monitor.store.alarms.open() == ()
        show(monitor, rows)
        assert (await monitor.poll()).status is Status.UNCHANGED


@aio
async def test_a_list_that_has_become_shorter_is_accepted_as_it_is(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        word = Word(who="王", now=monitor.clock[0], polled=[monitor.source], works=OwnDays().works)
        assert await accept(monitor.source, monitor.store, word) is None
        show(monitor, rows[:4])
        assert (await monitor.poll()).status is Status.OK
        assert await reject(monitor.source, monitor.store, word) is None
        assert await accept(monitor.source, monitor.store, word) == 4
        assert monitor.store.sources.state("site").usual == 4


@aio
async def test_of_a_source_that_is_not_polled_a_person_may_decide_too(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await settled(monitor)
        show(monitor, strangers())
        await monitor.poll()
        decided = await reject(
            monitor.source,
            monitor.store,
            Word(who="王", now=monitor.clock[0], polled=[], works=OwnDays().works),
        )
        assert isinstance(decided, Held)
        assert monitor.store.alarms.open() == ()
