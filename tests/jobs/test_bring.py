"""A notice brought by hand takes the way of a fetched one, and is told the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.decide.owner import IMPORT
from monitor.errors import Blocked, FetchError, ParseError, SourceError
from monitor.jobs.bring import Brought, Saved, bring
from monitor.model import Kind, Source
from monitor.store import Counts
from tests.fetch.doing import aio
from tests.fetch.site import reply
from tests.files import make
from tests.jobs.world import Monitor, monitoring

DAY = date(2026, 9, 10)
TITLE = "关于组织申报绿色工厂的通知"
ELSEWHERE = "https://www.example.gov.cn/tzgg/202609/t20260910_7.html"


def saved_page(title: str = TITLE, body: str = "请于2026年10月8日前报送申报材料，逾期不予受理。") -> bytes:
    """A page as a browser saves it."""
    return (
        f"<html><head><meta name='ArticleTitle' content='{title}'><meta name='PubDate' content='{DAY} 09:00'></head>"
        f"<body><h1>{title}</h1><div class='TRS_Editor'><p>各有关单位：</p><p>{body}</p></div></body></html>"
    ).encode()


async def take(
    monitor: Monitor, data: bytes, *, url: str = ELSEWHERE, name: str = "a.html", at: Source | None = None
) -> Brought:
    """A person brings a file."""
    return await bring(Saved(data=data, name=name, url=url), monitor.rooms, [monitor.source], at=at)


def address(monitor: Monitor, number: int) -> str:
    return f"{monitor.source.url}{DAY:%Y%m}/t{DAY:%Y%m%d}_{number}.html"


def raw_of(monitor: Monitor, brought: Brought) -> bytes:
    """The bytes that the notice's newest version was read from."""
    version = monitor.store.notices.latest(brought.notice_id)
    assert version is not None
    assert version.raw is not None
    return monitor.store.archive.get(version.raw)


@aio
async def test_a_saved_page_is_told_as_new_and_its_bytes_are_kept(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        brought = await take(monitor, saved_page())
        (change,) = monitor.changes()
        assert (change.kind, change.section, change.source_id) == (Kind.NEW, "绿色制造", "import")
        assert (change.notice.title, change.notice.published_on) == (TITLE, DAY)
        assert [str(due.date) for due in change.notice.deadlines] == ["2026-10-08"]
        assert raw_of(monitor, brought) == saved_page()
        assert monitor.site.asked == []


@aio
async def test_the_same_again_is_nothing_and_an_edit_is_a_revision(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        first = await take(monitor, saved_page())
        again = await take(monitor, saved_page(), url=ELSEWHERE.replace("https", "http") + "?t=1789000000000")
        assert (again.notice_id, again.kind, again.changed) == (first.notice_id, None, False)
        moved = await take(monitor, saved_page(body="请于2026年10月31日前报送申报材料，逾期不予受理。"))
        assert (moved.notice_id, moved.kind) == (first.notice_id, Kind.DEADLINE_MOVED)
        assert [change.kind for change in monitor.changes()] == [Kind.NEW, Kind.DEADLINE_MOVED]
        assert monitor.store.notices.counts() == Counts(notices=1, versions=2, changes=2, postings=1, owed=0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", saved_page()),
        ("a.docx", make.docx(TITLE, "各有关单位：", "请于2026年10月8日前报送申报材料。")),
        ("", f"{TITLE}\n\n各有关单位：\n请于2026年10月8日前报送申报材料。\n".encode("gb18030")),
    ],
)
@aio
async def test_every_kind_of_file_says_the_same(tmp_path: Path, name: str, data: bytes) -> None:
    async with monitoring(tmp_path) as monitor:
        brought = await take(monitor, data, name=name)
        (change,) = monitor.changes()
        assert (change.notice.title, change.section) == (TITLE, "绿色制造")
        assert [str(due.date) for due in change.notice.deadlines] == ["2026-10-08"]
        assert change.notice.issuers == ()
        assert raw_of(monitor, brought) == data


@aio
async def test_of_a_web_archive_the_page_in_it_is_kept(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        brought = await take(monitor, make.mht(saved_page().decode(), ELSEWHERE), name="a.mht")
        assert raw_of(monitor, brought).splitlines() == saved_page().splitlines()


@aio
async def test_of_a_site_that_is_watched_it_belongs_to_its_source_and_is_not_new_again(
    tmp_path: Path,
) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于开展统计工作的通知", DAY - timedelta(days=1), 1)
        await monitor.poll()
        brought = await take(monitor, saved_page(), url=address(monitor, 7))
        assert (brought.source.id, brought.kind) == ("site", Kind.NEW)
        monitor.publish(TITLE, DAY, 7, "各有关单位：\n请于2026年10月8日前报送申报材料，逾期不予受理。")
        await monitor.poll()
        assert monitor.titles() == [TITLE]


@aio
async def test_what_was_polled_is_revised_where_it_stands(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish(TITLE, DAY, 7)
        await monitor.poll()
        brought = await take(monitor, saved_page(), url=address(monitor, 7))
        assert (brought.source.id, brought.kind) == ("site", Kind.REVISED)
        assert monitor.store.notices.counts().notices == 1
        assert len(monitor.store.notices.watched("site")) == 1


@aio
async def test_a_page_that_could_not_be_read_is_owed_until_somebody_brings_it(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于开展统计工作的通知", DAY - timedelta(days=1), 1)
        await monitor.poll()
        monitor.publish(TITLE, DAY, 7)
        monitor.page(DAY, 7, reply(b"no", status="403 Forbidden"))
        await monitor.poll()
        assert monitor.store.notices.counts().owed == 1
        brought = await take(monitor, saved_page(), url=address(monitor, 7))
        assert brought.kind is Kind.NEW
        assert monitor.store.notices.counts().owed == 0
        assert monitor.titles() == [TITLE]


@aio
async def test_a_notice_told_from_its_row_is_completed_without_a_second_word(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于开展统计工作的通知", DAY - timedelta(days=1), 1)
        await monitor.poll()
        monitor.publish(TITLE, DAY, 7)
        monitor.page(DAY, 7, reply(b"no", status="403 Forbidden"))
        for _ in range(3):
            await monitor.poll(later=timedelta(hours=20))
        assert [change.notice.unread for change in monitor.changes()] == [True]
        brought = await take(monitor, saved_page(), url=address(monitor, 7))
        assert (brought.kind, brought.changed) == (None, True)
        assert [(change.kind, change.notice.unread) for change in monitor.changes()] == [(Kind.NEW, False)]


@aio
async def test_a_named_source_gets_a_posting_of_the_notice_that_stands_elsewhere(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        first = await take(monitor, saved_page())
        second = await take(monitor, saved_page(), at=monitor.source)
        assert (second.notice_id, second.kind, second.source) == (first.notice_id, None, monitor.source)
        record = monitor.store.notices.record(first.notice_id)
        assert record is not None
        assert [posting.source_id for posting in record.postings] == ["import", "site"]
        assert len(monitor.changes()) == 1


@aio
async def test_text_is_not_compared_with_a_page_that_was_never_read(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        text = f"{TITLE}\n各有关单位：\n请报送申报材料。".encode()
        await take(monitor, text, name="", url=address(monitor, 7))
        assert monitor.store.notices.watched("site") == ()
        await take(monitor, text + "\n联系人另行通知。".encode(), name="", url=address(monitor, 7))
        assert monitor.store.notices.watched("site") == ()
        await take(monitor, saved_page(), name="a.html", url=address(monitor, 8))
        assert [posting.item.url for posting in monitor.store.notices.watched("site")] == [
            address(monitor, 8)
        ]


@aio
async def test_a_page_that_its_source_cannot_read_is_read_by_the_family_that_knows_it(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = {"rows": "list", "title": "title", "link": "url"}
        json = replace(monitor.source, family="json", options=rows)
        brought = await take(monitor, saved_page(), at=json)
        assert brought.kind is Kind.NEW


@pytest.mark.parametrize(
    ("data", "name", "error", "kind"),
    [
        (b"<html><script>var a='__jsl_clearance=x';document.cookie=a;location.reload()</script></html>", "a.html", Blocked, "blocked"),
        (b"<html><body>1</body></html>", "a.html", Blocked, "blocked"),
        (b"<html><head><title>404</title></head><body><h1>404 Not Found</h1><hr><center>nginx</center></body></html>", "a.html", ParseError, "parse"),
        ("<html><title>提示</title><body><p>您访问的页面不存在或已经被删除！</p><a href='/'>返回首页</a>……………………</body></html>".encode(), "a.html", ParseError, "parse"),
        (b"<html><head><meta http-equiv='refresh' content='0;url=/404/index.html'><title>moved</title></head><body></body></html>", "a.html", FetchError, "failed"),
        (b"<html><title>x", "a.html", SourceError, "blocked"),
        (b"PK\x03\x04", "a.docx", ParseError, "parse"),
    ],
)  # fmt: skip
@aio
async def test_what_is_no_notice_is_refused_and_leaves_nothing(
    tmp_path: Path, data: bytes, name: str, error: type[SourceError], kind: str
) -> None:
    async with monitoring(tmp_path) as monitor:
        with pytest.raises(error) as caught:
            await take(monitor, data, name=name)
        assert caught.value.kind == kind
        assert monitor.store.notices.counts().postings == 0
        assert IMPORT.id not in monitor.store.sources.states()
