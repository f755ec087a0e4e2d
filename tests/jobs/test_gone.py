"""Stories of pages that are gone: what is told as withdrawn, what never is, and what comes back."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.jobs.rooms import Wish
from monitor.model import Kind, Posting
from tests.fetch.doing import aio
from tests.fetch.site import reply
from tests.jobs.test_identity import BODY, TITLE, World, watching
from tests.jobs.world import Monitor, monitoring

DAY = date(2026, 9, 10)
HOUR = timedelta(hours=1)
AGAIN = Wish(reread=True)
SUBJECT = "关于组织申报绿色工厂的通知"
TEXT = "现将绿色工厂申报有关事项通知如下，请各有关单位认真组织。\n请于2026年10月8日前报送申报材料。"
NOT_FOUND = reply(b"<h1>404</h1>" * 9, status="404 Not Found")
DELETED = "<html><head><title>提示</title></head><body><p>对不起，该信息已被删除。</p></body></html>"
GONE = {
    "404": NOT_FOUND,
    "410": reply(b"gone " * 30, status="410 Gone"),
    "says so": reply(DELETED.encode(), Content_Type="text/html"),
    "says so in GBK": reply(DELETED.encode("gb18030"), Content_Type="text/html"),
    "a stub": reply(b"<html><head><meta http-equiv='refresh' content='0;URL=../'></head></html>" + b" " * 64),
    "sent home": reply(status="302 Found", Location="/index.html"),
}
SICK = {
    "403": reply(b"no" * 99, status="403 Forbidden"),
    "500": reply(b"oops" * 99, status="500 Oops"),
    "a challenge": reply(b"<script>document.cookie='__jsl_clearance=1'</script>" * 3, status="521 X"),
    "a list": reply(b"<html><title>t</title><body><ul class='list'></ul><p>" + b"." * 99 + b"</body>"),
}


@asynccontextmanager
async def with_a_notice(folder: Path, others: int = 8) -> AsyncIterator[Monitor]:
    """A column with some old notices, and one that was told as new."""
    async with monitoring(folder) as monitor:
        for number in range(others):
            monitor.publish(f"关于第{number}件事项的通知", DAY - timedelta(days=9 - number), 100 + number)
        await monitor.poll()
        monitor.publish(SUBJECT, DAY, 200, TEXT)
        await monitor.poll()
        yield monitor


def told(monitor: Monitor) -> list[Kind]:
    """What was told of the notice after it was new."""
    kinds = [change.kind for change in monitor.changes() if change.notice.title.startswith(SUBJECT)]
    assert kinds[0] is Kind.NEW
    return kinds[1:]


def take_away(monitor: Monitor, answer: bytes = NOT_FOUND) -> None:
    """The notice leaves the list, and its page answers this."""
    monitor.rows = [row for row in monitor.rows if row[2] != 200]
    monitor.page(DAY, 200, answer)
    monitor.site.answers["/index.html"] = reply("<h1>某部</h1><p>欢迎访问</p>".encode() * 20)


def put_back(monitor: Monitor, body: str = TEXT, *, title: str = SUBJECT) -> None:
    monitor.rows = [(title, DAY, 200), *(row for row in monitor.rows if row[2] != 200)]
    monitor.write(title, DAY, 200, body)


def posting(monitor: Monitor) -> Posting:
    record = monitor.store.notices.record(monitor.changes(Kind.NEW)[0].notice_id)
    assert record is not None
    return record.postings[0]


@pytest.mark.parametrize("answer", GONE.values(), ids=GONE)
def test_a_page_gone_at_two_answers_a_day_apart_is_withdrawn_once(tmp_path: Path, answer: bytes) -> None:
    @aio
    async def story() -> None:
        async with with_a_notice(tmp_path) as monitor:
            take_away(monitor, answer)
            await monitor.poll(AGAIN)
            assert told(monitor) == []
            await monitor.poll(later=timedelta(hours=25))
            assert told(monitor) == [Kind.WITHDRAWN]
            (change,) = monitor.changes(Kind.WITHDRAWN)
            assert (change.notice.title, change.notice.body) == (SUBJECT, TEXT)
            assert change.summary == "原网页自9月16日起已不存在"
            for _ in range(4):
                await monitor.poll(AGAIN, later=timedelta(days=3))
            assert told(monitor) == [Kind.WITHDRAWN]
            assert len(monitor.changes()) == 2

    story()


@aio
async def test_the_second_look_is_a_day_later_and_not_before(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        take_away(monitor)
        await monitor.poll(AGAIN)
        path = "/tzgg/202609/t20260910_200.html"
        asked = monitor.site.paths().count(path)
        for _ in range(11):
            await monitor.poll()
        assert monitor.site.paths().count(path) == asked
        await monitor.poll(AGAIN, later=timedelta(hours=1.5))
        assert told(monitor) == []
        await monitor.poll(later=HOUR)
        assert told(monitor) == [Kind.WITHDRAWN]
        assert monitor.site.paths().count(path) == asked + 2


@pytest.mark.parametrize("answer", SICK.values(), ids=SICK)
def test_what_is_no_answer_of_the_page_proves_nothing(tmp_path: Path, answer: bytes) -> None:
    @aio
    async def story() -> None:
        async with with_a_notice(tmp_path) as monitor:
            take_away(monitor, answer)
            for _ in range(8):
                await monitor.poll(AGAIN, later=timedelta(hours=13))
            assert told(monitor) == []
            assert posting(monitor).gone_at is None

    story()


@aio
async def test_a_good_answer_in_between_begins_the_proof_anew(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        for _ in range(3):
            take_away(monitor)
            await monitor.poll(AGAIN, later=timedelta(hours=20))
            assert posting(monitor).gone_at == monitor.clock[0]
            put_back(monitor)
            await monitor.poll(AGAIN, later=timedelta(hours=4))
            assert posting(monitor).gone_at is None
        take_away(monitor)
        await monitor.poll(AGAIN, later=timedelta(hours=20))
        assert told(monitor) == []


@aio
async def test_a_site_whose_pages_are_all_gone_withdraws_nothing(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        kept = dict(monitor.site.answers)
        for _, on, number in monitor.rows:
            monitor.page(on, number, NOT_FOUND)
        for hours in (2, 25, 25, 49):
            await monitor.poll(later=timedelta(hours=hours))
            await monitor.poll(AGAIN)
        monitor.site.answers |= kept
        await monitor.poll(AGAIN, later=timedelta(days=2))
        assert monitor.changes(Kind.WITHDRAWN, Kind.RESTORED) == []
        assert posting(monitor).gone_at is None


@aio
async def test_an_outage_that_is_met_page_by_page_withdraws_nothing(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        for _, on, number in monitor.rows:
            monitor.page(on, number, NOT_FOUND)
        for _ in range(60):
            assert (await monitor.poll(later=timedelta(hours=3))).error == ""
        assert monitor.changes(Kind.WITHDRAWN) == []


@aio
async def test_a_list_that_cannot_be_read_or_is_empty_proves_nothing(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        take_away(monitor)
        await monitor.poll(AGAIN)
        rows, monitor.rows = monitor.rows, []
        monitor.source = replace(monitor.source, may_be_empty=True)
        await monitor.poll(later=timedelta(hours=25))
        monitor.answers(reply(b"x" * 99, status="502 Bad Gateway"))
        await monitor.poll(later=timedelta(hours=25))
        assert told(monitor) == []
        del monitor.site.answers["/tzgg/"]
        monitor.rows = rows
        await monitor.poll(AGAIN, later=timedelta(hours=25))
        assert told(monitor) == [Kind.WITHDRAWN]


@aio
async def test_three_notices_taken_back_together_are_three_withdrawals(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        for _, on, number in monitor.rows[:3]:
            monitor.page(on, number, NOT_FOUND)
        monitor.rows = monitor.rows[3:]
        await monitor.poll(AGAIN)
        for _ in range(3):
            await monitor.poll(AGAIN, later=timedelta(hours=25))
        assert len(monitor.changes(Kind.WITHDRAWN)) == 3


@aio
async def test_a_column_of_one_notice_can_take_it_back(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于旧事的通知", date(2020, 1, 1), 100)
        await monitor.poll()
        monitor.publish(SUBJECT, DAY, 200, TEXT)
        await monitor.poll()
        take_away(monitor)
        await monitor.poll(AGAIN)
        await monitor.poll(later=timedelta(hours=25))
        assert told(monitor) == [Kind.WITHDRAWN]


@aio
async def test_pages_that_are_missed_already_speak_against_their_site(tmp_path: Path) -> None:
    """Three are gone; a little later, so are their neighbours: that is no longer the notices."""
    async with with_a_notice(tmp_path) as monitor:
        ids = {each.item.url[-8:-5]: each.id for each in monitor.store.notices.watched("site")}

        async def gone(*numbers: int) -> list[bool]:
            for number in numbers:
                monitor.page(DAY - timedelta(days=109 - number), number, NOT_FOUND)
            called = [ids[str(number)] for number in numbers]
            monitor.store.notices.call(called, monitor.clock[0])
            await monitor.poll()
            watched = {each.id: each for each in monitor.store.notices.watched("site")}
            return [watched[id_].gone_at is not None for id_ in called]

        assert await gone(104, 105, 106) == [True, True, True]
        assert await gone(103) == [False]


@aio
async def test_rows_that_came_later_do_not_speak_for_a_page(tmp_path: Path) -> None:
    """They may be old ones under new addresses: then every old page is gone, and no notice is."""
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于旧事的通知", date(2020, 1, 1), 100)
        await monitor.poll()
        monitor.publish(SUBJECT, DAY, 200, TEXT)
        await monitor.poll()
        take_away(monitor)
        for number in range(3):
            monitor.publish(f"关于第{number}件新事项的通知", DAY, 300 + number)
        for _ in range(4):
            await monitor.poll(AGAIN, later=timedelta(hours=25))
        assert told(monitor) == []


@pytest.mark.parametrize("body", [TEXT, TEXT.replace("10月8日", "10月31日")])
def test_what_comes_back_is_restored_in_one_change_that_says_what_differs(tmp_path: Path, body: str) -> None:
    @aio
    async def story() -> None:
        async with with_a_notice(tmp_path) as monitor:
            take_away(monitor)
            await monitor.poll(AGAIN)
            await monitor.poll(later=timedelta(hours=25))
            put_back(monitor, body)
            await monitor.poll(later=timedelta(days=3))
            assert told(monitor) == [Kind.WITHDRAWN]
            await monitor.poll(later=timedelta(days=4, hours=1))
            assert told(monitor) == [Kind.WITHDRAWN, Kind.RESTORED]
            (change,) = monitor.changes(Kind.RESTORED)
            assert change.notice.body == body
            assert ("deadlines" in change.fields) is (body != TEXT)
            assert ("10月31日" in change.summary) is (body != TEXT)
            await monitor.poll(AGAIN, later=timedelta(days=1))
            assert told(monitor) == [Kind.WITHDRAWN, Kind.RESTORED]
            assert posting(monitor).gone_at is None

    story()


@aio
async def test_what_was_restored_can_be_withdrawn_and_restored_again(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        for _ in range(2):
            take_away(monitor)
            await monitor.poll(AGAIN)
            await monitor.poll(AGAIN, later=timedelta(hours=25))
            put_back(monitor)
            await monitor.poll(AGAIN, later=timedelta(hours=25))
        assert told(monitor) == [Kind.WITHDRAWN, Kind.RESTORED] * 2


@aio
async def test_a_withdrawn_notice_is_looked_at_weekly_as_long_as_it_would_be_watched(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        take_away(monitor)
        await monitor.poll(AGAIN)
        await monitor.poll(later=timedelta(hours=25))
        asked = len([path for path in monitor.site.paths() if "_200" in path])
        for _ in range(120):
            await monitor.poll(later=timedelta(hours=12))
        looks = len([path for path in monitor.site.paths() if "_200" in path]) - asked
        assert 5 <= looks <= 8  # until 30 days after its deadline, the 8th of October
        put_back(monitor)
        await monitor.poll(AGAIN, later=timedelta(days=30))
        assert told(monitor) == [Kind.WITHDRAWN]


@aio
async def test_a_notice_told_from_its_row_alone_is_never_withdrawn(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        monitor.publish("关于征集典型案例的通知", DAY, 300)
        monitor.page(DAY, 300, NOT_FOUND)
        for _ in range(12):
            await monitor.poll(later=timedelta(hours=9))
        (_, change) = monitor.changes()
        assert (change.kind, change.notice.unread) == (Kind.NEW, True)


@aio
async def test_a_row_that_left_the_list_before_its_page_was_ever_there_is_never_told(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        monitor.publish("关于征集典型案例的通知", DAY, 300)
        monitor.page(DAY, 300, NOT_FOUND)
        await monitor.poll()
        monitor.rows.pop(0)
        for _ in range(9):
            await monitor.poll(later=timedelta(hours=13))
        monitor.stands()
        for _ in range(5):
            await monitor.poll(later=timedelta(hours=13))
        assert monitor.titles() == [SUBJECT]
        assert monitor.store.notices.counts().owed == 0


@aio
async def test_nor_is_it_told_when_the_list_then_says_that_it_is_as_it_was(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        monitor.publish("关于征集典型案例的通知", DAY, 300)
        monitor.page(DAY, 300, NOT_FOUND)
        await monitor.poll()
        monitor.rows.pop(0)
        monitor.stands()
        whole = monitor.site.answers["/tzgg/"]
        assert isinstance(whole, bytes)
        tagged = whole.replace(b"Content-Length", b'ETag: "1"\r\nContent-Length', 1)
        monitor.answers([tagged, reply(status="304 Not Modified")])
        for _ in range(6):
            await monitor.poll(later=timedelta(hours=13))
        assert monitor.titles() == [SUBJECT]


@aio
async def test_should_its_page_come_after_all_it_is_told_as_new(tmp_path: Path) -> None:
    async with with_a_notice(tmp_path) as monitor:
        monitor.publish("关于征集典型案例的通知", DAY, 300)
        monitor.page(DAY, 300, NOT_FOUND)
        await monitor.poll()
        rows, monitor.rows = monitor.rows, monitor.rows[1:]
        for _ in range(5):
            await monitor.poll(later=timedelta(hours=13))
        monitor.rows = rows
        monitor.write("关于征集典型案例的通知", DAY, 300)
        await monitor.poll(later=timedelta(days=8))
        assert monitor.titles() == [SUBJECT, "关于征集典型案例的通知"]
        assert monitor.changes()[-1].kind is Kind.NEW


# One document at two places: the notice stands as long as one of them does.


def gone_from(world: World, url: str) -> None:
    world.site.answers["/" + url.split("/", 3)[3]] = NOT_FOUND


async def over(world: World, hours: int) -> None:
    """Both columns are polled every few hours."""
    for _ in range(hours // 5):
        await world.poll(world.ministry, world.province, later=timedelta(hours=5))


def kinds(world: World) -> list[Kind]:
    return [change.kind for change in world.changes()]


@aio
async def test_a_repost_that_goes_only_drops_a_posting(tmp_path: Path) -> None:
    async with watching(tmp_path) as world:
        world.ministry.publish(7, TITLE, BODY)
        copy = world.province.publish(8, TITLE, BODY)
        await world.poll(world.ministry, world.province)
        gone_from(world, copy)
        await over(world, 240)
        assert kinds(world) == [Kind.NEW]


@aio
async def test_the_lead_passes_to_a_repost_when_the_leading_page_goes_and_nothing_is_told(
    tmp_path: Path,
) -> None:
    async with watching(tmp_path) as world:
        for column in (world.ministry, world.province):
            for number in range(20, 26):
                column.publish(
                    number, f"关于第{number}件事项的通知", f"第{number}件事项的正文，请各单位知悉。"
                )
        await world.poll(world.ministry, world.province)
        known = len(world.changes())
        own = world.ministry.publish(7, TITLE, BODY)
        copy = world.province.publish(8, TITLE, BODY)
        await world.poll(world.ministry, world.province)
        gone_from(world, own)
        await over(world, 120)
        assert [change.kind for change in world.changes()[known:]] == [Kind.NEW]
        record = world.record(world.changes()[-1].notice_id)
        assert record.notice.url == copy
        world.province.says(copy.split("/ting/")[1], TITLE, BODY.replace("10月15日", "10月31日"))
        await over(world, 120)
        assert world.changes()[-1].kind is Kind.DEADLINE_MOVED
        gone_from(world, copy)
        await over(world, 240)
        assert [change.kind for change in world.changes()[known:]] == [
            Kind.NEW,
            Kind.DEADLINE_MOVED,
            Kind.WITHDRAWN,
        ]
        world.ministry.says(own.split("/bu/")[1], TITLE, BODY)
        world.province.publish(9, TITLE, BODY.replace("10月15日", "10月31日"))
        await world.poll(world.province)
        assert world.changes()[-1].kind is Kind.RESTORED
        assert world.changes()[-1].notice_id == record.id


@aio
async def test_a_repost_with_another_text_does_not_stand_for_the_notice(tmp_path: Path) -> None:
    async with watching(tmp_path) as world:
        for number in range(20, 26):
            world.ministry.publish(number, f"关于第{number}件事项的通知", f"第{number}件事项的正文，请知悉。")
        own = world.ministry.publish(7, TITLE, BODY)
        copy = world.province.publish(8, TITLE, BODY)
        await world.poll(world.ministry, world.province)
        world.province.says(copy.split("/ting/")[1], TITLE, BODY.replace("10月15日", "10月10日"))
        gone_from(world, own)
        await over(world, 240)
        assert kinds(world)[-1] is Kind.WITHDRAWN
        assert kinds(world).count(Kind.WITHDRAWN) == 1
        assert Kind.DEADLINE_MOVED not in kinds(world)


@aio
async def test_a_repost_that_could_not_answer_in_time_restores_the_notice_when_it_can(tmp_path: Path) -> None:
    async with watching(tmp_path) as world:
        for number in range(20, 26):
            world.ministry.publish(number, f"关于第{number}件事项的通知", f"第{number}件事项的正文，请知悉。")
        own = world.ministry.publish(7, TITLE, BODY)
        copy = world.province.publish(8, TITLE, BODY)
        await world.poll(world.ministry, world.province)
        gone_from(world, own)
        path = "/" + copy.split("/", 3)[3]
        page, world.site.answers[path] = world.site.answers[path], SICK["403"]
        await over(world, 90)
        assert kinds(world)[-1] is Kind.NEW
        await over(world, 120)
        assert kinds(world)[-1] is Kind.WITHDRAWN
        world.site.answers[path] = page
        await over(world, 60)
        assert kinds(world)[-1] is Kind.RESTORED
        assert world.changes()[-1].notice.url == copy


ANSWERS = {"there": None, "gone": NOT_FOUND, "sick": SICK["500"], "a challenge": SICK["a challenge"]}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(sorted(ANSWERS)), st.booleans(), st.integers(3, 40)), max_size=10))
def test_whatever_happens_only_proof_withdraws(happening: list[tuple[str, bool, int]]) -> None:
    """`well` says whether the list could be read in that check: without it no page is asked for."""

    async def story(folder: Path) -> None:
        async with with_a_notice(folder, others=3) as monitor:
            gone, is_gone, expected = list[float](), False, list[Kind]()
            for said, well, hours in happening:
                answer = ANSWERS[said]
                put_back(monitor) if answer is None else monitor.page(DAY, 200, answer)
                if not well:
                    monitor.answers(reply(b"x" * 99, status="502 Bad Gateway"))
                await monitor.poll(AGAIN, later=hours * HOUR)
                monitor.site.answers.pop("/tzgg/", None)
                now = monitor.clock[0].timestamp()
                if well and said == "there":
                    expected += [Kind.RESTORED] if is_gone else []
                    gone, is_gone = [], False
                elif well and said == "gone":
                    gone.append(now)
                    if not is_gone and gone[-1] - gone[0] >= 24 * 3600:
                        is_gone = True
                        expected.append(Kind.WITHDRAWN)
                assert told(monitor) == expected

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(story(Path(folder)))
