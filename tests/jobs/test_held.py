"""Stories of polls that are not believed: held as one event, until they pass or a person has decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.decide.breaker import Held, Part, Ruling
from monitor.jobs.check import check_all
from monitor.jobs.held import Word, accept, reject
from monitor.jobs.rooms import Checked, Wish
from monitor.model import Kind, Status
from tests.fetch.doing import aio
from tests.fetch.site import reply
from tests.jobs.world import Monitor, monitoring

TODAY = date(2026, 9, 16)
DAY = timedelta(days=1)
Row = tuple[str, date | None, str]  # title, day, path

TEMPLATE = "<div class='bar'>您当前的位置：首页 通知公告</div>"


def title(number: int) -> str:
    return f"关于做好第{number}批演示项目管理工作的通知"


def text(number: int) -> str:
    return (
        f"各有关单位：\n现将第{number}批演示项目管理工作有关事项通知如下，请认真贯彻执行。\n"
        f"一、项目承担单位应当按照计划推进第{number}批项目，确保资金安全。\n二、联系人：王老师。"
    )


def old_rows(count: int = 10) -> list[Row]:
    """Row 1 is the newest, of yesterday."""
    return [(title(n), TODAY - n * DAY, f"old/t_{n}.html") for n in range(1, count + 1)]


def show(
    monitor: Monitor, rows: Sequence[Row], *, path: str = "/tzgg/", page: tuple[int, int] | None = None
) -> None:
    """The list shows these rows; of several pages it is the `page`th of so many."""
    lines = "".join(
        f"<li><a href='/tzgg/{where}' title='{words}'>{words}</a><span>{on or ''}</span></li>"
        for words, on, where in rows
    )
    more = f"<script>createPageHTML({page[1]}, {page[0]}, 'index', 'html');</script>" if page else ""
    html = (
        f"<html><head><title>通知公告</title></head><body><ul class='list'>{lines}</ul>{more}</body></html>"
    )
    monitor.site.answers[path] = reply(html.encode(), Content_Type="text/html; charset=utf-8")


def write(monitor: Monitor, row: Row, body: str, *, around: str = "", inside: str = "") -> None:
    """The notice's page says this now; `inside` stands where its text is."""
    words, on, where = row
    lines = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    html = (
        f"<html><head><meta name='ArticleTitle' content='{words}'><meta name='PubDate' content='{on} 09:00'></head>"
        f"<body>{around}<h1>{words}</h1><div class='TRS_Editor'>{inside}{lines}</div></body></html>"
    )
    monitor.site.answers[f"/tzgg/{where}"] = reply(html.encode(), Content_Type="text/html")


def publish(monitor: Monitor, rows: Sequence[Row]) -> None:
    """Each row has a page."""
    for number, row in enumerate(rows):
        write(monitor, row, text(number))


async def settled(monitor: Monitor, count: int = 10) -> list[Row]:
    """A column of so many notices, polled twice: all is known."""
    rows = old_rows(count)
    show(monitor, rows)
    publish(monitor, rows)
    assert (await monitor.poll()).status is Status.BASELINE
    assert (await monitor.poll()).status is Status.UNCHANGED
    return rows


def held(monitor: Monitor) -> Held | None:
    return monitor.store.held.of("site")


async def rule(monitor: Monitor, ruling: Ruling) -> Held:
    decide = accept if ruling is Ruling.ACCEPTED else reject
    word = Word(who="王", now=monitor.clock[0], polled=[monitor.source])
    decided = await decide(monitor.source, monitor.store, word)
    assert isinstance(decided, Held)
    return decided


def asked_since(monitor: Monitor, mark: int) -> list[str]:
    return [asked.path for asked in monitor.site.asked[mark:] if asked.path != "/tzgg/"]


def strangers(count: int = 10, *, on: date = TODAY - 40 * DAY) -> list[Row]:
    """Rows of another list of the site: leaders and visits, no notices."""
    return [(f"某领导到第{n}个园区调研座谈", on, f"new/c_{n}.html") for n in range(count)]


# Lists


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


# 移站


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


# Pages


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
async def test_too_few_that_can_be_read_today_are_heard_another_day(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor, 6)
        write(monitor, rows[0], text(0) + "\n特此补充一句。")
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
async def test_a_list_that_has_become_shorter_is_accepted_as_it_is(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = await settled(monitor)
        word = Word(who="王", now=monitor.clock[0], polled=[monitor.source])
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
        decided = await reject(monitor.source, monitor.store, Word(who="王", now=monitor.clock[0], polled=[]))
        assert isinstance(decided, Held)
        assert monitor.store.alarms.open() == ()


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
