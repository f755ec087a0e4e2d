"""A better reader corrects what we have and tells nobody; a change is told only where the site changed."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.decide.correction import corrected
from monitor.jobs.bring import Saved, bring
from monitor.jobs.reparse import BATCH, Reread, reparse
from monitor.jobs.rooms import Study, Wish
from monitor.model import Deadline, Decision, Kind, Notice, Review, Version
from monitor.store import Correction
from tests.fetch.doing import aio
from tests.fetch.site import reply
from tests.jobs.world import START, Monitor, monitoring

DAY = date(2026, 9, 10)
TITLE = "关于组织申报绿色工厂的通知"
BODY = "演示函〔2026〕7号\n各有关单位：\n请于2026年10月8日前报送申报材料，逾期不予受理。"
MOVED = BODY.replace("10月8日", "10月31日")
ALL_AGAIN = Wish(reread=True)


async def told(monitor: Monitor) -> int:
    """A notice that readers have been told; its id."""
    monitor.publish("关于开展统计工作的通知", DAY - timedelta(days=1), 1)
    await monitor.poll()
    monitor.publish(TITLE, DAY, 7, BODY)
    await monitor.poll()
    (change,) = monitor.changes()
    assert (change.kind, change.notice.doc_number) == (Kind.NEW, "演示函〔2026〕7号")
    return change.notice_id


def latest(monitor: Monitor, notice_id: int) -> Version:
    version = monitor.store.notices.latest(notice_id)
    assert version is not None
    return version


def read_worse(monitor: Monitor, notice_id: int, **worse: object) -> Notice:
    """An older reader has made this of the page; what today's makes of it."""
    version = latest(monitor, notice_id)
    old = replace(version.notice, **worse)  # type: ignore[arg-type]
    correction = Correction(notice_id=notice_id, version=corrected(version, old), verdict=None)
    monitor.store.notices.correct([correction], START)
    return version.notice


async def again(monitor: Monitor, *, after: int = 0, dry_run: bool = False) -> list[Reread]:
    """Reparse everything."""
    said: list[Reread] = []
    await reparse(
        {monitor.source.id: monitor.source}, monitor.rooms.study, after=after, dry_run=dry_run, done=said.append
    )  # fmt: skip
    return said


def lose_page(monitor: Monitor, notice_id: int, *, damaged: bool = False) -> None:
    """The archived page is gone, or no longer what it was."""
    key = latest(monitor, notice_id).raw
    assert key is not None
    (file,) = monitor.store.archive._folder.glob(f"*/{key}")
    file.write_bytes(b"rotten") if damaged else file.unlink()


@aio
async def test_what_is_read_better_is_a_correction_and_tells_nobody(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        better = read_worse(monitor, notice_id, doc_number=None, contacts=("12345678",), deadlines=())
        before = monitor.store.notices.counts()
        said = {one.notice_id: one for one in await again(monitor)}
        assert [each.name for each in said[notice_id].differences] == ["doc_number", "deadlines", "contacts"]
        assert latest(monitor, notice_id).notice == better
        assert monitor.store.notices.counts() == before
        (change,) = monitor.changes()
        assert (change.kind, change.notice) == (Kind.NEW, better)


@aio
async def test_a_second_reparse_finds_nothing(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        read_worse(monitor, await told(monitor), doc_number=None)
        assert any(one.differences for one in await again(monitor))
        rest = await again(monitor)
        assert [(one.is_read, one.differences, one.trouble) for one in rest] == [(True, (), "")] * 2


@aio
async def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        read_worse(monitor, notice_id, doc_number=None)
        tried = await again(monitor, dry_run=True)
        assert latest(monitor, notice_id).notice.doc_number is None
        assert tried == await again(monitor)


@aio
async def test_the_web_is_not_asked(tmp_path: Path) -> None:
    assert not [field.name for field in fields(Study) if "Fetcher" in str(field.type)]
    async with monitoring(tmp_path) as monitor:
        read_worse(monitor, await told(monitor), doc_number=None)
        asked = len(monitor.site.asked)
        await again(monitor)
        assert len(monitor.site.asked) == asked


@aio
async def test_what_attachments_told_is_kept(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        link = "<a href='/form.docx'>申报表.docx</a>"
        monitor.publish(TITLE, DAY, 7, f"{BODY}\n附件：{link}")
        await monitor.poll()
        (change,) = monitor.changes(Kind.BASELINE)
        (file,) = latest(monitor, change.notice_id).notice.attachments
        due = Deadline(date=date(2026, 11, 1), time=None, what="盖章", kind="申报", place=file.name)
        known = replace(file, digest="ab" * 20)
        deadlines = (*change.notice.deadlines, due)
        read_worse(monitor, change.notice_id, attachments=(known,), deadlines=deadlines, doc_number=None)
        await again(monitor)
        notice = latest(monitor, change.notice_id).notice
        assert notice.doc_number == "演示函〔2026〕7号"
        assert (notice.attachments, notice.deadlines) == ((known,), deadlines)


@pytest.mark.parametrize("damaged", [True, False])
@aio
async def test_a_page_that_is_lost_or_damaged_keeps_what_we_had_and_is_named(
    tmp_path: Path, damaged: bool
) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        read_worse(monitor, notice_id, doc_number=None)
        lose_page(monitor, notice_id, damaged=damaged)
        said = {one.notice_id: one for one in await again(monitor)}
        assert ("damaged" if damaged else "was not read") in said[notice_id].trouble
        assert latest(monitor, notice_id).notice.doc_number is None
        assert [one.trouble for one in said.values()].count("") == 1


@aio
async def test_a_page_that_todays_reader_cannot_read_keeps_what_we_had_and_is_named(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        version = latest(monitor, notice_id)
        _point_at(
            monitor, version, monitor.store.archive.put(b"<html><title>x</title><body>404</body></html>")
        )
        said = {one.notice_id: one for one in await again(monitor)}
        assert said[notice_id].trouble
        assert latest(monitor, notice_id).notice == version.notice


def _point_at(monitor: Monitor, version: Version, key: str) -> None:
    """The bytes of a version are these now."""
    with monitor.store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE version SET raw = ? WHERE id = ?", (key, version.id))


@aio
async def test_a_reading_that_has_lost_the_text_is_no_correction(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        version = latest(monitor, notice_id)
        shell = (
            f"<html><head><meta name='ArticleTitle' content='{TITLE}'></head><body><h1>{TITLE}</h1>"
            "<div class='TRS_Editor'></div></body></html>"
        )
        _point_at(monitor, version, monitor.store.archive.put(shell.encode()))
        said = {one.notice_id: one for one in await again(monitor)}
        assert said[notice_id].trouble
        assert latest(monitor, notice_id).notice == version.notice


@aio
async def test_a_page_from_before_a_rebuild_is_read_by_the_family_that_made_it(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        better = read_worse(monitor, notice_id, doc_number=None)
        monitor.source = replace(monitor.source, family="json", options={"api": "/x"})
        assert all(one.is_read for one in await again(monitor))
        assert latest(monitor, notice_id).notice == better


@aio
async def test_a_notice_told_from_its_row_or_from_pasted_text_has_no_page(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        monitor.publish("关于征集典型案例的通知", DAY, 8)
        monitor.page(DAY, 8, reply(b"no", status="403 Forbidden"))
        for _ in range(3):
            await monitor.poll(later=timedelta(hours=20))
        text = "关于开展问卷调查的通知\n\n请各有关单位如实填写问卷。"
        pasted = Saved(data=text.encode(), name="", url="https://www.example.gov.cn/a")
        await bring(pasted, monitor.rooms, [monitor.source], at=monitor.source)
        assert [(one.is_read, one.trouble) for one in await again(monitor)][2:] == [(False, "")] * 2


@aio
async def test_the_section_is_guessed_again_unless_a_person_has_spoken(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        better = read_worse(monitor, notice_id, title="演示")
        _file_as(monitor, notice_id, "其他")
        said = {one.notice_id: one for one in await again(monitor)}
        assert said[notice_id].filed == ("其他", "绿色制造")
        assert monitor.changes()[0].section == "绿色制造"
        read_worse(monitor, notice_id, title="演示")
        _file_as(monitor, notice_id, "其他")
        word = Review(notice_id=notice_id, decision=Decision.KEEP, section=None, why="", who="编辑", at=START)
        monitor.store.reviews.add(word)
        assert [one.filed for one in await again(monitor)] == [None, None]
        assert latest(monitor, notice_id).notice == better
        assert monitor.changes()[0].section == "其他"


def _file_as(monitor: Monitor, notice_id: int, section: str) -> None:
    """Yesterday's rules have put it here."""
    record = monitor.store.notices.record(notice_id)
    assert record is not None
    verdict = replace(record.verdict, section=section)
    monitor.store.notices.correct([Correction(notice_id=notice_id, version=None, verdict=verdict)], START)


@aio
async def test_who_stops_in_the_middle_keeps_what_was_done_and_goes_on_from_there(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        for number in range(BATCH + 5):
            monitor.publish(f"关于第{number}件事项的通知", DAY, 100 + number)
        await monitor.poll()
        ids = [change.notice_id for change in monitor.changes(Kind.BASELINE)]
        for notice_id in ids:
            read_worse(monitor, notice_id, title="读错的题名")
        said: list[Reread] = []

        def stop(one: Reread) -> None:
            said.append(one)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            await reparse(
                {monitor.source.id: monitor.source}, monitor.rooms.study, after=0, dry_run=False, done=stop
            )
        wrong = [each for each in ids if latest(monitor, each).notice.title == "读错的题名"]
        assert wrong == sorted(ids)[BATCH:]
        rest = await again(monitor, after=said[0].notice_id)
        assert len(rest) == len(ids) - 1
        assert [one.notice_id for one in rest if one.differences] == wrong


@aio
async def test_only_the_notices_of_the_named_sources_are_read(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        other = replace(monitor.source, id="other")
        monitor.store.sources.ensure([other], START)
        said: list[Reread] = []
        await reparse({"other": other}, monitor.rooms.study, after=0, dry_run=False, done=said.append)
        assert said == []


# Like with like: what a check makes of a page after the reader has learnt something.


@aio
async def test_after_an_upgrade_an_untouched_page_is_no_change(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        better = read_worse(monitor, notice_id, title="读错的题名", issuers=("某局",), deadlines=())
        counts = monitor.store.notices.counts()
        await monitor.poll(ALL_AGAIN)
        assert latest(monitor, notice_id).notice == better
        assert monitor.store.notices.counts() == counts
        assert [change.kind for change in monitor.changes()] == [Kind.NEW]


@aio
async def test_after_an_upgrade_only_the_real_edit_is_told(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        better = read_worse(monitor, notice_id, title="读错的题名", doc_number=None, deadlines=())
        monitor.write(TITLE, DAY, 7, MOVED)
        await monitor.poll(ALL_AGAIN)
        _, change = monitor.changes()
        assert (change.kind, set(change.fields)) == (Kind.DEADLINE_MOVED, {"deadlines", "body"})
        assert "标题" not in change.summary
        record = monitor.store.notices.record(notice_id)
        assert record is not None
        assert [len(version.notice.deadlines) for version in record.versions] == [1, 1]
        assert record.versions[1].notice == better


@aio
async def test_noise_of_the_page_after_an_upgrade_is_no_change(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        read_worse(monitor, notice_id, title="读错的题名")
        monitor.write(TITLE, DAY, 7, BODY + "<!-- 第100次访问 -->")
        await monitor.poll(ALL_AGAIN)
        assert len(monitor.changes()) == 1
        assert latest(monitor, notice_id).notice.title == TITLE


@pytest.mark.parametrize("damaged", [True, False])
@aio
async def test_without_its_page_a_notice_is_compared_as_it_is_stored(tmp_path: Path, damaged: bool) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        read_worse(monitor, notice_id, title="读错的题名")
        lose_page(monitor, notice_id, damaged=damaged)
        await monitor.poll(ALL_AGAIN)
        _, change = monitor.changes()
        assert (change.kind, change.fields) == (Kind.REVISED, ("title",))
        assert latest(monitor, notice_id).notice.title == TITLE


@aio
async def test_a_version_that_nobody_remembers_reading_is_compared_as_it_is_stored(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        notice_id = await told(monitor)
        read_worse(monitor, notice_id, title="读错的题名")
        with monitor.store._database.writing() as connection:
            connection.exec_driver_sql("UPDATE version SET posting_id = NULL, reading = NULL")
        assert [one.is_read for one in await again(monitor)] == [False, False]
        await monitor.poll(ALL_AGAIN)
        assert [change.kind for change in monitor.changes()] == [Kind.NEW, Kind.REVISED]


@aio
async def test_a_title_that_the_list_has_corrected_is_a_real_edit(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        renamed = TITLE.replace("绿色工厂", "绿色园区")
        monitor.rows[0] = (renamed, DAY, 7)
        monitor.write(renamed, DAY, 7, BODY)
        await monitor.poll()
        assert monitor.changes()[-1].fields == ("title",)


@aio
async def test_in_the_usual_case_nothing_is_read_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with monitoring(tmp_path) as monitor:
        await told(monitor)
        monkeypatch.setattr(type(monitor.store.archive), "get", _never)
        await monitor.poll(ALL_AGAIN)
        assert len(monitor.changes()) == 1


def _never(*_: object) -> bytes:
    raise AssertionError("the archive was asked")
