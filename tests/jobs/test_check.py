"""Stories of a source that is polled: what is told, what is not, and that nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.jobs.rooms import Wish
from monitor.model import Kind, Status
from tests.fetch.doing import aio
from tests.fetch.site import reply
from tests.jobs.world import Monitor, also, monitoring

DAY = date(2026, 9, 10)


def some_rows(monitor: Monitor, count: int = 6) -> None:
    for number in range(count):
        monitor.publish(f"关于第{number}件事项的通知", DAY - timedelta(days=count - number), 100 + number)


@aio
async def test_first_check_is_a_baseline_and_tells_nobody(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        checked = await monitor.poll()
        assert (checked.status, checked.items, checked.new) == (Status.BASELINE, 6, 0)
        assert monitor.changes() == []
        assert len(monitor.changes(Kind.BASELINE)) == 6
        assert all("正文" in record.notice.body for record in monitor.changes(Kind.BASELINE))


@aio
async def test_a_new_row_is_told_once(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        await monitor.poll()
        monitor.publish("关于组织申报绿色工厂的通知", DAY, 200)
        checked = await monitor.poll()
        assert (checked.status, checked.new) == (Status.OK, 1)
        assert (await monitor.poll()).status is Status.UNCHANGED
        assert monitor.titles() == ["关于组织申报绿色工厂的通知"]
        assert monitor.changes()[0].section == "绿色制造"


@aio
async def test_noise_and_reordering_are_nothing(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        await monitor.poll()
        monitor.rows.reverse()
        assert (await monitor.poll()).status is Status.UNCHANGED
        assert monitor.changes() == []


@aio
async def test_an_edit_of_the_text_is_found_when_the_page_is_read_again(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        await monitor.poll()
        monitor.write(
            "关于第5件事项的通知",
            DAY - timedelta(days=1),
            105,
            "正文改过了，原来不是这样写的，请以本文为准。",
        )
        await monitor.poll(Wish(reread=True))
        (record,) = monitor.changes()
        assert (record.kind, record.fields) == (Kind.REVISED, ("body",))
        await monitor.poll(Wish(reread=True))
        assert len(monitor.changes()) == 1


@aio
async def test_a_title_corrected_in_the_list_makes_the_page_be_read_again_at_once(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        await monitor.poll()
        title, on, number = monitor.rows[0]
        monitor.rows[0] = (title.replace("事项", "重要事项"), on, number)
        monitor.write(
            title.replace("事项", "重要事项"), on, number, "同一篇正文，只有标题改了一个词，其余照旧不变。"
        )
        await monitor.poll()
        (record,) = monitor.changes()
        assert record.kind is Kind.REVISED
        assert "title" in record.fields


@aio
async def test_pages_are_read_again_in_a_slowing_rhythm(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        await monitor.poll()
        monitor.publish("关于新事项的通知", date(2026, 9, 16), 300)
        await monitor.poll()
        reads = []
        for _ in range(40):
            before = len(monitor.site.asked)
            await monitor.poll(later=timedelta(hours=6))
            reads.append(sum("_300" in asked.path for asked in monitor.site.asked[before:]))
        assert sum(reads[:8]) > sum(reads[20:28]) >= 1


@aio
async def test_a_row_that_slides_up_from_page_two_is_no_news(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        oldest = monitor.rows.pop()
        await monitor.poll()
        monitor.rows.pop(0)
        monitor.rows.append(oldest)
        await monitor.poll()
        assert monitor.changes() == []
        assert len(monitor.changes(Kind.BASELINE)) == 6


@aio
async def test_a_row_gone_from_the_list_is_not_withdrawn(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        await monitor.poll()
        monitor.rows.pop(2)
        checked = await monitor.poll()
        assert checked.status is Status.OK
        assert monitor.changes() == []


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (reply(b"x" * 500, status="404 Not Found"), Status.FAILED, "404"),
        (reply(b"x" * 500, status="500 Oops"), Status.FAILED, "500"),
        (reply(b"<html><script>document.cookie='__jsl_clearance=1'</script></html>", status="521 X"), Status.BLOCKED, ""),
        (reply("<html><title>t</title><body>维护中，请稍后再来。</body></html>".encode() * 9), Status.FAILED, ""),
        (reply(b"<html><title>t</title><body><ul class='list'></ul><p>" + b"." * 99 + b"</body>"), Status.EMPTY, ""),
        (reply(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, Content_Type="image/png"), Status.FAILED, ""),
        (reply(b"short", length=5000), Status.FAILED, ""),
        (reply(b"\x1f\x8b\x08\x00cut off in the middle", Content_Encoding="gzip"), Status.FAILED, ""),
    ],
)  # fmt: skip
def test_trouble_is_a_status_with_a_reason_and_never_content(
    tmp_path: Path, answer: bytes, status: Status, words: str
) -> None:
    @aio
    async def story() -> None:
        async with monitoring(tmp_path) as monitor:
            some_rows(monitor)
            await monitor.poll()
            monitor.answers(answer)
            for _ in range(2):
                checked = await monitor.poll()
                assert checked.status is status
                assert checked.error
                assert words in checked.error
            del monitor.site.answers["/tzgg/"]
            assert (await monitor.poll()).status is Status.UNCHANGED
            assert monitor.changes() == []
            (trouble,) = monitor.store.sources.troubles(None, monitor.clock[0])
            assert trouble.status is status

    story()


@aio
async def test_a_first_check_that_half_failed_floods_nobody(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        for _, on, number in monitor.rows[:3]:
            monitor.page(on, number, reply(b"x" * 300, status="502 Bad Gateway"))
        await monitor.poll()
        assert len(monitor.changes(Kind.BASELINE)) == 3
        for title, on, number in monitor.rows:
            monitor.write(title, on, number)
        await monitor.poll(later=timedelta(hours=12))
        assert monitor.changes() == []
        assert len(monitor.changes(Kind.BASELINE)) == 6


@aio
async def test_a_notice_whose_page_cannot_be_read_for_a_day_is_told_from_its_row_and_completed_in_silence(
    tmp_path: Path,
) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        await monitor.poll()
        monitor.publish("关于征集典型案例的通知", DAY, 200)
        monitor.page(DAY, 200, reply(b"x" * 300, status="403 Forbidden"))
        for _ in range(6):
            await monitor.poll(later=timedelta(hours=3))
        assert monitor.changes() == []
        for _ in range(6):
            await monitor.poll(later=timedelta(hours=6))
        (record,) = monitor.changes()
        assert (record.kind, record.notice.unread, record.notice.title) == (
            Kind.NEW,
            True,
            "关于征集典型案例的通知",
        )
        monitor.write("关于征集典型案例的通知", DAY, 200)
        for _ in range(6):
            await monitor.poll(later=timedelta(hours=12))
        (record,) = monitor.changes()
        assert (record.kind, record.notice.unread) == (Kind.NEW, False)
        assert "正文" in record.notice.body


@aio
async def test_one_notice_in_two_columns_is_one_notice(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        other = also(monitor, "other")
        await monitor.poll()
        await other.poll()
        monitor.publish("关于组织申报的通知", DAY, 200)
        other.rows = monitor.rows
        await monitor.poll()
        await other.poll()
        assert monitor.titles() == ["关于组织申报的通知"]
        record = monitor.store.notices.record(monitor.changes()[0].notice_id)
        assert record is not None
        assert {posting.source_id for posting in record.postings} == {"site", "other"}


@aio
async def test_when_a_whole_page_is_new_the_next_page_is_read_too(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor, 4)
        await monitor.poll()
        known = monitor.rows
        monitor.rows = []
        for number in range(8):
            monitor.publish(f"停机期间发布的第{number}个通知", DAY + timedelta(days=number), 200 + number)
        page_one, page_two = monitor.rows[:4], monitor.rows[4:] + known
        await monitor.poll_pages(page_one, page_two)
        assert len(monitor.titles(Kind.NEW)) == 8


@aio
async def test_a_backfill_reads_back_to_its_day_as_baseline(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor, 8)
        page_one, page_two = monitor.rows[:4], monitor.rows[4:]
        monitor.rows = page_one
        await monitor.poll()
        since = page_two[1][1]
        await monitor.poll_pages(page_one, page_two, Wish(backfill_since=since))
        assert monitor.changes() == []
        assert len(monitor.changes(Kind.BASELINE)) == 6


@aio
async def test_nothing_is_fetched_twice_in_one_check(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        await monitor.poll()
        paths = monitor.site.paths()
        assert len(paths) == len(set(paths)) == 7


@aio
async def test_a_store_that_refuses_ends_the_check_and_not_in_a_status(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        some_rows(monitor)
        (tmp_path / "pages").rmdir() if (tmp_path / "pages").is_dir() else None
        (tmp_path / "pages").write_bytes(b"in the way")
        with pytest.raises(StoreError):
            await monitor.poll()
        (tmp_path / "pages").unlink()
        assert (await monitor.poll()).status is Status.BASELINE
        assert len(monitor.changes(Kind.BASELINE)) == 6
