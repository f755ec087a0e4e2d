"""Stories of the files behind a notice: a silent replacement is found, trouble with a file is nobody's news."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from monitor.errors import ReaderError
from monitor.fetch import Fetcher, Limits
from monitor.jobs.attached import MOST_SILENT
from monitor.jobs.rooms import Wish
from monitor.model import ChangeRecord, Http, Kind, Notice, Page
from monitor.reader import Reader
from monitor.urls import canonical
from tests.fetch.doing import aio
from tests.fetch.site import reply, serving
from tests.files import make
from tests.jobs.world import Monitor, monitoring

DAY = date(2026, 9, 10)
TITLE = "关于组织申报绿色工厂的通知"
FILE = "/tzgg/202609/P1.docx"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AGAIN = Wish(reread=True)


@cache  # a zip holds the time at which it was made
def guide(day: str = "9月30日") -> bytes:
    """An invented guide with one deadline in it."""
    return make.docx("绿色工厂申报指南", f"请各申报单位于2026年{day}前将申报材料报送至本中心。")


def body(*links: str, words: str = "现组织开展有关工作，具体要求见附件，请遵照执行，并做好相关工作。") -> str:
    """The text of a notice that links these files."""
    return "\n".join((words, *links))


def link(path: str = FILE, name: str = "绿色工厂申报指南") -> str:
    return f'<a href="{path}">{name}</a>'


def reaching(monitor: Monitor, *places: str, per_day: int = 10_000) -> Fetcher:
    """Another door for the monitor, to be opened: to these hosts, so often a day."""

    async def no_pause(_seconds: float) -> None:
        return

    limits = Limits(delay=0, per_day=per_day, timeout=5, allow_hosts=frozenset(places))
    return Fetcher(limits, now=lambda: monitor.clock[0], spent={}, sleep=no_pause)


def numbered(paths: list[str]) -> list[str]:
    return [link(path, f"第{number}号申报指南") for number, path in enumerate(paths)]


def serve(monitor: Monitor, data: bytes, path: str = FILE, **headers: str) -> None:
    monitor.site.answers[path] = reply(data, length=None, Content_Type=WORD, **headers)


def asked(monitor: Monitor, path: str = FILE) -> int:
    return monitor.site.paths().count(path)


def told(monitor: Monitor) -> list[tuple[Kind, tuple[str, ...]]]:
    return [(record.kind, record.fields) for record in monitor.changes()]


def latest(monitor: Monitor) -> Notice:
    """The newest notice as it is shown today."""
    record = monitor.store.notices.record(monitor.changes(*Kind)[-1].notice_id)
    assert record is not None
    return record.notice


@asynccontextmanager
async def with_a_notice(folder: Path, *links: str) -> AsyncIterator[Monitor]:
    """A column whose newest notice, told as new, links these files; the guide stands at its address."""
    pytest.importorskip("openpyxl")
    pytest.importorskip("pypdfium2")
    async with monitoring(folder) as monitor:
        for number in range(5):
            monitor.publish(f"关于第{number}件事项的通知", DAY - timedelta(days=9), 100 + number)
        await monitor.poll()
        serve(monitor, guide())
        monitor.publish(TITLE, DAY, 200, body(*(links or (link(),))))
        await monitor.poll()
        yield monitor


def only(monitor: Monitor) -> ChangeRecord:
    (record,) = monitor.changes()
    return record


@aio
async def test_a_deadline_that_stands_only_in_a_file_is_told_with_the_notice(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        (due,) = only(monitor).notice.deadlines
        assert (due.date, due.place) == (date(2026, 9, 30), "绿色工厂申报指南")
        (file,) = only(monitor).notice.attachments
        assert monitor.store.archive.get(file.digest) == guide()
        said = monitor.store.attachments.files([file.digest])[file.digest]
        assert said.text.startswith("绿色工厂申报指南\n")
        assert (said.size, said.reason) == (len(guide()), "")


@aio
async def test_a_file_replaced_behind_its_link_is_one_change_and_told_once(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        serve(monitor, make.docx("绿色工厂申报指南", "请各申报单位于2026年9月30日前报送申报材料，一式三份。"))
        await monitor.poll(AGAIN)
        assert told(monitor)[1:] == [(Kind.REVISED, ("attachments",))]
        await monitor.poll(AGAIN)
        assert len(told(monitor)) == 2


@aio
async def test_a_deadline_moved_in_a_replaced_file_is_a_moved_deadline(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        serve(monitor, guide("10月20日"))
        await monitor.poll(AGAIN)
        assert told(monitor)[1:] == [(Kind.DEADLINE_MOVED, ("deadlines", "attachments"))]
        assert [due.date for due in latest(monitor).deadlines] == [date(2026, 10, 20)]


@aio
async def test_a_file_replaced_behind_a_page_that_answers_304_is_found_too(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        on, number = DAY, 200
        path = f"/tzgg/{on:%Y%m}/t{on:%Y%m%d}_{number}.html"
        page = monitor.site.answers[path]
        assert isinstance(page, bytes)
        monitor.page(on, number, page.replace(b"\r\n\r\n", b'\r\nETag: "1"\r\n\r\n', 1))
        await monitor.poll(AGAIN)
        monitor.page(on, number, reply(status="304 Not Modified", ETag='"1"'))
        await monitor.poll(AGAIN)
        assert len(told(monitor)) == 1
        serve(monitor, guide("10月20日"))
        await monitor.poll(AGAIN)
        assert told(monitor)[1:] == [(Kind.DEADLINE_MOVED, ("deadlines", "attachments"))]
        await monitor.poll(AGAIN)
        assert len(told(monitor)) == 2
        record = monitor.store.notices.record(monitor.changes()[-1].notice_id)
        assert record is not None
        assert len({version.raw for version in record.versions}) == 1  # still proved by its page


@aio
async def test_a_file_that_is_as_it_was_is_nothing_and_is_asked_for_with_its_validators(
    tmp_path: Path,
) -> None:
    async with with_a_notice(tmp_path) as monitor:
        serve(monitor, guide(), ETag='"a"', Last_Modified="Tue, 01 Sep 2026 00:00:00 GMT")
        await monitor.poll(AGAIN)
        monitor.site.answers[FILE] = reply(status="304 Not Modified")
        await monitor.poll(AGAIN)
        assert monitor.site.asked[-1].headers["if-none-match"] == '"a"'
        assert len(told(monitor)) == 1
        assert latest(monitor).attachments[0].digest


@aio
async def test_a_file_is_not_asked_for_more_often_than_its_page(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        await monitor.poll(later=timedelta(minutes=10))
        assert asked(monitor) == 1
        await monitor.poll(AGAIN, later=timedelta(minutes=10))  # by hand, too soon after the last time
        assert asked(monitor) == 1


@aio
async def test_a_file_of_two_notices_is_asked_for_once(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        monitor.publish("关于同一指南的补充通知", DAY, 201, body(link()))
        await monitor.poll(later=timedelta(minutes=10))
        assert asked(monitor) == 1
        assert latest(monitor).attachments[0].digest


@aio
async def test_without_the_extra_nothing_is_fetched_and_the_first_reading_after_it_is_no_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    async with with_a_notice_unread(tmp_path) as monitor:
        assert asked(monitor) == 0
        assert only(monitor).notice.attachments[0].digest == ""
        monkeypatch.setitem(sys.modules, "openpyxl", openpyxl)
        await monitor.poll(AGAIN)
        assert asked(monitor) == 1
        assert len(told(monitor)) == 1
        assert latest(monitor).attachments[0].digest
        assert [due.date for due in latest(monitor).deadlines] == [date(2026, 9, 30)]
        monkeypatch.setitem(sys.modules, "openpyxl", None)  # taken away again: what was known stays known
        await monitor.poll(AGAIN)
        assert len(told(monitor)) == 1
        assert latest(monitor).attachments[0].digest


@asynccontextmanager
async def with_a_notice_unread(folder: Path) -> AsyncIterator[Monitor]:
    async with monitoring(folder) as monitor:
        for number in range(5):
            monitor.publish(f"关于第{number}件事项的通知", DAY - timedelta(days=9), 100 + number)
        await monitor.poll()
        serve(monitor, guide())
        monitor.publish(TITLE, DAY, 200, body(link()))
        await monitor.poll()
        yield monitor


TROUBLE = {
    "gone": reply(b"x" * 300, status="404 Not Found"),
    "a page": reply("<html><body>文件不存在</body></html>".encode() * 9, Content_Type="text/html"),
    "a page that says it is Word": reply(b"<!DOCTYPE html><html>" + b"x" * 300, Content_Type=WORD),
    "an error as JSON": reply(b'{"success": false, "msg": "' + b"x" * 99 + b'"}', Content_Type=WORD),
    "a challenge": reply(
        b"<html><script>document.cookie='__jsl_clearance=1'</script></html>", status="521 X"
    ),
    "an empty answer": reply(b"", Content_Type=WORD),
    "cut off": reply(guide(), length=99_999, Content_Type=WORD),
    "a redirect into the house": reply(status="302 Found", Location="http://127.0.0.2:1/secret.docx"),
}


@pytest.mark.parametrize("answer", TROUBLE.values(), ids=TROUBLE)
def test_trouble_with_a_file_leaves_the_notice_and_its_last_bytes_as_they_were(
    tmp_path: Path, answer: bytes
) -> None:
    @aio
    async def story() -> None:
        async with with_a_notice(tmp_path) as monitor:
            before = latest(monitor)
            monitor.site.answers[FILE] = answer
            await monitor.poll(AGAIN)
            assert len(told(monitor)) == 1
            assert latest(monitor) == before
            key = canonical(monitor.site.url + FILE)
            kept = monitor.store.attachments.known([key])[key]
            assert kept.reason
            assert kept.failures == 1
            assert kept.digest == before.attachments[0].digest
            serve(monitor, guide("10月20日"))
            await monitor.poll(AGAIN)
            assert told(monitor)[1:] == [(Kind.DEADLINE_MOVED, ("deadlines", "attachments"))]

    story()


@aio
async def test_a_file_that_failed_is_left_alone_until_its_time(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        monitor.site.answers[FILE] = reply(b"x" * 300, status="404 Not Found")
        await monitor.poll(AGAIN)
        await monitor.poll(AGAIN, later=timedelta(minutes=5))
        assert asked(monitor) == 2
        await monitor.poll(AGAIN, later=timedelta(minutes=10))
        assert asked(monitor) == 3


@aio
async def test_a_site_that_says_nothing_to_files_is_not_asked_for_all_of_them(tmp_path: Path) -> None:
    paths = [f"/tzgg/202609/Q{number}.docx" for number in range(10)]
    async with with_a_notice(tmp_path) as monitor:
        for path in paths:
            monitor.site.answers[path] = reply(b"x" * 300, status="503 Unavailable")
        monitor.publish("关于另一事项的通知", DAY, 201, body(*numbered(paths)))
        await monitor.poll()
        assert len({path for path in monitor.site.paths() if path in paths}) == MOST_SILENT
        assert monitor.titles()[-1] == "关于另一事项的通知"


@aio
async def test_only_so_many_files_of_a_notice_are_fetched(tmp_path: Path) -> None:
    paths = [f"/tzgg/202609/Q{number}.docx" for number in range(25)]
    async with with_a_notice(tmp_path) as monitor:
        for path in paths:
            serve(monitor, guide(), path)
        monitor.publish("关于另一事项的通知", DAY, 201, body(*numbered(paths)))
        await monitor.poll()
        assert sum(path in paths for path in monitor.site.paths()) == 20


@aio
async def test_files_leave_half_of_a_hosts_day_to_pages(tmp_path: Path) -> None:
    paths = [f"/tzgg/202609/Q{number}.docx" for number in range(9)]
    async with (
        with_a_notice(tmp_path) as monitor,
        reaching(monitor, monitor.site.place, per_day=12) as fetcher,
    ):
        monitor.rooms = replace(monitor.rooms, fetcher=fetcher)
        for path in paths:
            serve(monitor, guide(), path)
        monitor.publish("关于另一事项的通知", DAY, 201, body(*numbered(paths)))
        monitor.publish("关于第三件事项的通知", DAY, 202)
        await monitor.poll()
        # robots.txt, the list and a page came first; the second page did not have to wait for tomorrow.
        assert sum(path in paths for path in monitor.site.paths()) in (2, 3)
        assert sorted(monitor.titles()[-2:]) == ["关于另一事项的通知", "关于第三件事项的通知"]


@aio
async def test_the_files_of_what_is_no_longer_watched_are_not_fetched(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        serve(monitor, guide(), "/tzgg/202601/P9.docx")
        old = date(2026, 1, 5)
        monitor.rows.append(("关于一件旧事的通知", old, 300))
        monitor.write("关于一件旧事的通知", old, 300, body(link("/tzgg/202601/P9.docx")))
        await monitor.poll()
        assert "/tzgg/202601/t20260105_300.html" in monitor.site.paths()
        assert asked(monitor, "/tzgg/202601/P9.docx") == 0


@aio
async def test_a_sources_cookie_is_shown_to_its_own_host_alone(tmp_path: Path) -> None:
    async with (
        with_a_notice(tmp_path) as monitor,
        serving({FILE: reply(guide(), Content_Type=WORD)}) as other,
        reaching(monitor, monitor.site.place, f"localhost:{other.port}") as fetcher,
    ):
        elsewhere = other.url.replace("127.0.0.1", "localhost") + FILE
        monitor.rooms = replace(monitor.rooms, fetcher=fetcher)
        http = Http(headers={"Cookie": "of=us", "X-Site": "1"}, ignore_robots="one request is looked at")
        monitor.source = replace(monitor.source, http=http)
        here = "/tzgg/202609/P2.docx"
        serve(monitor, guide(), here)
        monitor.publish("关于另一事项的通知", DAY, 201, body(link(here, "甲指南"), link(elsewhere, "乙指南")))
        await monitor.poll()
        headers = next(each.headers for each in monitor.site.asked if each.path == here)
        assert (headers.get("cookie"), headers.get("x-site")) == ("of=us", "1")
        (seen,) = other.asked
        assert (seen.headers.get("cookie"), seen.headers.get("x-site")) == (None, "1")


@aio
async def test_a_file_that_nobody_can_read_has_its_digest_and_a_named_reason(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path, link("/tzgg/202609/P2.doc", "申报指南")) as monitor:
        serve(monitor, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "/tzgg/202609/P2.doc")
        await monitor.poll(AGAIN)
        (file,) = latest(monitor).attachments
        assert "旧版" in monitor.store.attachments.files([file.digest])[file.digest].reason
        assert latest(monitor).deadlines == ()
        assert len(told(monitor)) == 1


@aio
async def test_what_a_better_reader_finds_in_the_same_bytes_is_no_news(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        (file,) = latest(monitor).attachments
        said = monitor.store.attachments.files([file.digest])[file.digest]
        worse = "绿色工厂申报指南\n请各申报单位于2026年9月29日前将申报材料报送至本中心。"
        monitor.store.attachments.read(replace(said, text=worse))
        await monitor.poll(AGAIN)
        assert len(told(monitor)) == 1
        monitor.store.attachments.read(replace(said, reader="0"))  # of another version: read again
        await monitor.poll(AGAIN)
        assert monitor.store.attachments.files([file.digest])[file.digest] == said
        assert [due.date for due in latest(monitor).deadlines] == [date(2026, 9, 30)]
        assert len(told(monitor)) == 1


@aio
async def test_a_reader_of_ours_that_fails_costs_the_notice_nothing_and_is_made_up_for_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_reader: Reader, _file: Page) -> str:
        raise ReaderError("the parsing worker does not start")

    with monkeypatch.context() as broken:
        broken.setattr(Reader, "text", fails)
        async with with_a_notice(tmp_path) as monitor:
            assert only(monitor).notice.deadlines == ()
            assert only(monitor).notice.attachments[0].digest
            broken.undo()
            await monitor.poll(AGAIN)
            assert len(told(monitor)) == 1
            assert [due.date for due in latest(monitor).deadlines] == [date(2026, 9, 30)]


@aio
async def test_bytes_lost_from_the_archive_take_nothing_back(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        before = latest(monitor)
        digest = before.attachments[0].digest
        said = monitor.store.attachments.files([digest])[digest]
        monitor.store.attachments.read(replace(said, reader="0"))
        (tmp_path / "pages" / digest[:2] / digest).unlink()
        monitor.site.answers[FILE] = reply(status="304 Not Modified")
        await monitor.poll(AGAIN)
        assert latest(monitor) == before
