"""A column that has been polled, and what its site does to make it look like another one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from monitor.decide.breaker import Held, Ruling
from monitor.decide.workdays import OwnDays
from monitor.jobs.held import Word, accept, reject
from monitor.model import Status
from tests.fetch.site import reply
from tests.jobs.world import Monitor

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
    word = Word(who="王", now=monitor.clock[0], polled=[monitor.source], works=OwnDays().works)
    decided = await decide(monitor.source, monitor.store, word)
    assert isinstance(decided, Held)
    return decided


def asked_since(monitor: Monitor, mark: int) -> list[str]:
    return [asked.path for asked in monitor.site.asked[mark:] if asked.path != "/tzgg/"]


def strangers(count: int = 10, *, on: date = TODAY - 40 * DAY) -> list[Row]:
    """Rows of another list of the site: leaders and visits, no notices."""
    return [(f"某领导到第{n}个园区调研座谈", on, f"new/c_{n}.html") for n in range(count)]
