"""One document on two simulated sites is one notice, told once; what is about it is linked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from monitor.fetch import Fetcher, Limits
from monitor.jobs.bring import Saved, bring
from monitor.jobs.check import check, check_all
from monitor.jobs.rooms import Rooms, Wish
from monitor.model import ChangeRecord, Kind, Level, NoticeRecord, Relation, Source
from monitor.store import ChangeFilter, Store
from tests.fetch.doing import aio
from tests.fetch.site import Site, reply
from tests.jobs.world import monitoring

DAY = date(2026, 9, 10)
PROVINCIAL = Level.PROVINCIAL
TITLE = "工业和信息化部办公厅关于开展2026年度绿色制造名单推荐工作的通知"
BODY = """工信厅节函〔2026〕188号
各省、自治区、直辖市工业和信息化主管部门：
为贯彻落实制造强国建设部署，推动工业领域绿色低碳发展，现组织开展2026年度绿色制造名单推荐工作。
一、推荐范围包括绿色工厂、绿色工业园区、绿色供应链管理企业，申报主体应当具有独立法人资格。
二、请各地区于2026年10月15日前将推荐意见和汇总表报送我部节能与综合利用司。
工业和信息化部办公厅
2026年9月9日"""
FORWARD = """闽工信函〔2026〕60号
各设区市工业和信息化局：
现将《工业和信息化部办公厅关于开展2026年度绿色制造名单推荐工作的通知》（工信厅节函〔2026〕188号）转发给你们，请结合实际认真组织申报。
请于2026年9月28日前将推荐材料报送我厅节能处。
福建省工业和信息化厅
2026年9月12日"""


@dataclass(slots=True)
class Column:
    """One list of a simulated site, and the pages behind it."""

    source: Source
    site: Site
    rows: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return self.source.url.removeprefix("http://").partition("/")[2]

    def publish(self, number: int, title: str, body: str) -> str:
        """A notice, new or as it is now; its address."""
        page = f"{DAY:%Y%m}/t{DAY:%Y%m%d}_{number}.html"
        self.rows = {page: title} | self.rows | {page: title}
        self.says(page, title, body)
        self._list()
        return f"{self.source.url}{page}"

    def says(self, page: str, title: str, body: str) -> None:
        lines = "".join(f"<p>{line}</p>" for line in body.split("\n"))
        html = (
            f"<html><head><meta name='ArticleTitle' content='{title}'><meta name='PubDate' content='{DAY} 09:00'>"
            f"</head><body><h1>{title}</h1><div class='TRS_Editor'>{lines}</div></body></html>"
        )
        self.site.answers[f"/{self.path}{page}"] = reply(html.encode(), Content_Type="text/html")

    def _list(self) -> None:
        rows = "".join(
            f"<li><a href='./{page}' title='{title}'>{title}</a><span>{DAY}</span></li>"
            for page, title in self.rows.items()
        )
        html = f"<html><body><ul class='list'>{rows}</ul></body></html>"
        self.site.answers[f"/{self.path}"] = reply(html.encode(), Content_Type="text/html; charset=utf-8")


@dataclass(slots=True)
class World:
    """A ministry and a province, polled by one monitor."""

    ministry: Column
    province: Column
    rooms: Rooms
    clock: list[datetime]

    @property
    def site(self) -> Site:
        return self.ministry.site

    @property
    def store(self) -> Store:
        return self.rooms.store

    async def poll(self, *columns: Column, later: timedelta = timedelta(hours=2)) -> int:
        """Some time passes, then these columns are checked one after the other; how many were new."""
        self.clock[0] += later
        return sum([(await check(column.source, self.rooms, Wish())).new for column in columns])

    def changes(self) -> list[ChangeRecord]:
        """The change log, oldest first."""
        return list(self.store.notices.changes(ChangeFilter()))[::-1]

    def record(self, notice_id: int) -> NoticeRecord:
        found = self.store.notices.record(notice_id)
        assert found is not None
        return found


@asynccontextmanager
async def watching(folder: Path) -> AsyncIterator[World]:
    """Both columns have been polled once, with one old notice each."""
    async with monitoring(folder) as monitor:
        hosts = {"www.miit.gov.cn:80": monitor.site.place, "gxt.fujian.gov.cn:80": monitor.site.place}
        limits = Limits(delay=0, per_day=10_000, timeout=5, connect_to=hosts)
        miit = replace(
            monitor.source, id="miit", name="工业和信息化部 · 通知", url="http://www.miit.gov.cn/bu/"
        )
        fujian = replace(
            monitor.source,
            id="fujian",
            name="福建省工业和信息化厅 · 通知",
            url="http://gxt.fujian.gov.cn/ting/",
            level=PROVINCIAL,
        )
        monitor.store.sources.ensure([miit, fujian], monitor.clock[0])
        columns = Column(miit, monitor.site), Column(fujian, monitor.site)

        async def no_pause(_seconds: float) -> None:
            return

        async with Fetcher(limits, now=lambda: monitor.clock[0], spent={}, sleep=no_pause) as fetcher:
            rooms = replace(monitor.rooms, fetcher=fetcher)
            world = World(*columns, rooms, monitor.clock)
            for number, column in enumerate(columns):
                column.publish(
                    number, f"关于旧事第{number}项的通知", f"各有关单位：\n旧事第{number}项已经办结。"
                )
            await world.poll(*columns)
            yield world


@aio
async def test_one_document_on_two_sites_is_one_notice_told_once(tmp_path: Path) -> None:
    async with watching(tmp_path) as world:
        world.ministry.publish(7, TITLE, BODY)
        world.province.publish(8, TITLE, f"来源：工业和信息化部\n{BODY}\n打印 关闭")
        assert await world.poll(world.ministry, world.province) == 1
        (change,) = world.changes()
        assert (change.kind, change.source_id) == (Kind.NEW, "miit")
        record = world.record(change.notice_id)
        assert [posting.source_id for posting in record.postings] == ["miit", "fujian"]
        assert len(record.versions) == 1
        assert record.links == ()
        assert world.changes()[0].sources == ("miit", "fujian")


@aio
async def test_a_forwarding_with_an_earlier_deadline_is_a_notice_of_its_own_and_linked(
    tmp_path: Path,
) -> None:
    async with watching(tmp_path) as world:
        world.ministry.publish(7, TITLE, BODY)
        world.province.publish(8, "福建省工业和信息化厅关于组织推荐2026年度绿色制造名单的通知", FORWARD)
        assert await world.poll(world.ministry, world.province) == 2
        original, forward = (world.record(change.notice_id) for change in world.changes())
        assert [str(due.date) for due in original.notice.deadlines] == ["2026-10-15"]
        assert [str(due.date) for due in forward.notice.deadlines] == ["2026-09-28"]
        (link,) = original.links
        assert (link.from_id, link.to_id, link.relation) == (forward.id, original.id, Relation.FORWARDS)
        assert [link.title for link in forward.links] == [TITLE]


@aio
async def test_the_forwarding_may_be_seen_before_the_document(tmp_path: Path) -> None:
    async with watching(tmp_path) as world:
        world.province.publish(8, "福建省工业和信息化厅关于组织推荐2026年度绿色制造名单的通知", FORWARD)
        await world.poll(world.province)
        world.ministry.publish(7, TITLE, BODY)
        assert await world.poll(world.ministry) == 1
        forward, original = world.changes()
        (link,) = world.record(original.notice_id).links
        assert (link.from_id, link.to_id, link.relation) == (
            forward.notice_id,
            original.notice_id,
            Relation.FORWARDS,
        )


@aio
async def test_the_issuers_own_page_takes_the_lead_and_nobody_is_told(tmp_path: Path) -> None:
    async with watching(tmp_path) as world:
        copied = world.province.publish(8, TITLE, BODY)
        await world.poll(world.province)
        own = world.ministry.publish(7, TITLE, BODY)
        assert await world.poll(world.ministry) == 0
        (change,) = world.changes()
        assert (change.kind, change.notice.url) == (Kind.NEW, own)
        record = world.record(change.notice_id)
        assert [version.notice.url for version in record.versions] == [own, copied]
        watched = {source: world.store.notices.watched(source) for source in ("miit", "fujian")}
        assert [posting.item.url for posting in watched["miit"] if posting.notice_id == record.id] == [own]
        assert [posting for posting in watched["fujian"] if posting.notice_id == record.id] == []


@aio
async def test_only_the_leading_page_changes_the_notice(tmp_path: Path) -> None:
    async with watching(tmp_path) as world:
        world.ministry.publish(7, TITLE, BODY)
        world.province.publish(8, TITLE, BODY)
        await world.poll(world.ministry, world.province)
        asked = len(world.site.asked)
        world.province.publish(8, f"{TITLE}（转载）", BODY.replace("10月15日", "10月10日"))
        await world.poll(world.province, later=timedelta(days=1))
        assert [path for path in world.site.paths()[asked:] if "_8" in path] == []
        world.ministry.publish(7, TITLE, BODY.replace("10月15日", "10月31日"))
        await world.poll(world.ministry, world.province, later=timedelta(days=8))
        assert [change.kind for change in world.changes()] == [Kind.NEW, Kind.DEADLINE_MOVED]
        assert [change.source_id for change in world.changes()] == ["miit", "miit"]


@aio
async def test_one_document_twice_in_one_check_is_one_notice(tmp_path: Path) -> None:
    async with watching(tmp_path) as world:
        for number in (7, 8, 9):
            world.ministry.publish(number, TITLE, BODY)
        world.ministry.publish(10, f"《{TITLE}》解读", "一、起草背景。")
        assert await world.poll(world.ministry) == 2
        document, interpretation = sorted(
            world.changes(), key=lambda change: change.notice.title, reverse=True
        )
        assert (
            len(world.record(document.notice_id).postings)
            + len(world.record(interpretation.notice_id).postings)
            == 4
        )
        (link,) = world.record(document.notice_id).links
        assert link.relation is Relation.INTERPRETS
        assert world.store.notices.owed("miit", world.clock[0] + timedelta(days=9), 9) == ()


@pytest.mark.parametrize("documents", [1, 4])
@aio
async def test_two_sources_read_at_the_same_moment_tell_of_each_document_once(
    tmp_path: Path, documents: int
) -> None:
    async with watching(tmp_path) as world:
        for number in range(documents):
            title, body = f"{TITLE}（第{number}批）", BODY.replace("188号", f"{188 + number}号")
            for column in (world.ministry, world.province):
                column.publish(10 + number, title, body)
                _wait_for_both(world.site, column, number)
        sources = [world.ministry.source, world.province.source]
        checked = await check_all(sources, world.rooms, Wish(), done=lambda _: None)
        assert sum(one.new for one in checked) == len(world.changes()) == documents
        assert world.store.notices.counts().notices == 2 + documents
        assert world.store.notices.counts().owed == 0


_GATES: dict[int, asyncio.Barrier] = {}


def _wait_for_both(site: Site, column: Column, number: int) -> None:
    """The page is only given when both sources have asked for their copy."""
    gate = _GATES.setdefault(number, asyncio.Barrier(2)) if column.source.id == "miit" else _GATES.pop(number)
    path = f"/{column.path}{DAY:%Y%m}/t{DAY:%Y%m%d}_{10 + number}.html"
    answer = site.answers[path]
    assert isinstance(answer, bytes)

    async def together(writer: asyncio.StreamWriter) -> None:
        await gate.wait()
        writer.write(answer)
        await writer.drain()

    site.answers[path] = together


@aio
async def test_what_a_person_brings_may_be_a_posting_of_what_is_known(tmp_path: Path) -> None:
    async with watching(tmp_path) as world:
        world.ministry.publish(7, TITLE, BODY)
        await world.poll(world.ministry)
        text = f"{TITLE}\n{BODY}".encode()
        saved = Saved(data=text, name="", url="https://www.example.gov.cn/copy.html")
        brought = await bring(saved, world.rooms, [world.ministry.source], at=None)
        (change,) = world.changes()
        assert (brought.notice_id, brought.kind, brought.changed) == (change.notice_id, None, False)
        assert [posting.source_id for posting in world.record(change.notice_id).postings] == [
            "miit",
            "import",
        ]


@aio
async def test_a_notice_told_from_its_row_is_linked_when_its_page_can_be_read(tmp_path: Path) -> None:
    async with watching(tmp_path) as world:
        world.ministry.publish(7, TITLE, BODY)
        await world.poll(world.ministry)
        world.province.publish(8, "关于绿色制造名单推荐的通知", "")
        path = f"/{world.province.path}{DAY:%Y%m}/t{DAY:%Y%m%d}_8.html"
        world.site.answers[path] = reply(b"no", status="403 Forbidden")
        for _ in range(3):
            await world.poll(world.province, later=timedelta(hours=20))
        document, unread = world.changes()
        assert world.record(unread.notice_id).links == ()
        world.province.says(path.removeprefix("/ting/"), TITLE, BODY)
        await world.poll(world.province, later=timedelta(days=2))
        (link,) = world.record(unread.notice_id).links
        assert (link.to_id, link.relation) == (document.notice_id, Relation.RELATED)
        assert len(world.changes()) == 2
