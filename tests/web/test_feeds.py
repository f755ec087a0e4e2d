"""Feeds, the calendar and the page of deadlines, as programs and browsers ask for them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import feedparser
import httpx
import pytest
from fastapi import FastAPI
from icalendar import Calendar

from monitor.decide.workdays import OwnDays
from monitor.model import Decision, Kind, Level, Source
from monitor.store import Store
from monitor.web.routes import build
from tests.store.make import DAY, HOUR, NOW, apply, change_again, intent, owe, review, settlement, tell_of

MIIT = Source(id="miit", name="某部", url="https://a.cn/", family=None, level=Level.NATIONAL, region="全国")
HEBEI = replace(MIIT, id="hebei", name="某厅", level=Level.PROVINCIAL, region="河北")
EVIL = '"><img src=x onerror=alert(1)>{{ 7*7 }}]]>\r\nX-Evil: 1\ud800 联系13812345678'


@dataclass
class Reader:
    """A program that asks the application directly, at an instant of the story's choice."""

    store: Store
    app: FastAPI
    clock: list[datetime]

    def get(self, path: str, **headers: str) -> httpx.Response:
        async def one() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
                sent = {name.replace("_", "-"): value for name, value in headers.items()}
                return await client.get(path, headers=sent)

        return asyncio.run(one())

    def events(self, path: str = "/deadlines.ics") -> list[str]:
        """The states of the events in a calendar."""
        answer = self.get(path)
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        return [str(each["STATUS"]) for each in Calendar.from_ical(answer.content).walk("VEVENT")]

    def titles(self, path: str) -> list[str]:
        """The titles in a feed."""
        answer = self.get(path)
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        found = feedparser.parse(answer.content)
        assert not found.bozo
        return [each.title for each in found.entries]


@contextmanager
def _opened(folder: Path) -> Iterator[Reader]:
    with closing(Store.open("", folder=folder)) as store:
        clock = [NOW + HOUR]
        app = build(
            store,
            [MIIT, HEBEI],
            now=lambda: clock[0],
            works=OwnDays().works,
            open_pages=True,
            mark="【演示】",
        )
        yield Reader(store, app, clock)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with _opened(tmp_path) as opened:
        yield opened


FEEDS = ("/feeds/all.atom", "/feeds/section/申报通知.atom", "/feeds/source/miit.atom")


@pytest.mark.parametrize("path", FEEDS)
def test_a_notice_is_in_the_feeds_of_its_section_and_source_and_of_all(reader: Reader, path: str) -> None:
    tell_of(reader.store)
    tell_of(reader.store, Kind.BASELINE)
    assert reader.titles(path) == ["通知 n0"]


def test_and_in_no_other(reader: Reader) -> None:
    tell_of(reader.store)
    assert reader.titles("/feeds/section/政策文件.atom") == []
    assert reader.titles("/feeds/source/hebei.atom") == []
    assert reader.titles("/feeds/source/import.atom") == []
    assert reader.get("/feeds/source/nobody.atom").status_code == 404
    assert reader.get("/feeds/other.atom").status_code == 404


def test_withdrawn_is_gone_and_restored_is_there_again(reader: Reader) -> None:
    one = tell_of(reader.store)
    change_again(reader.store, one, Kind.WITHDRAWN, at=NOW + HOUR)
    assert reader.titles(FEEDS[0]) == []
    change_again(reader.store, one, Kind.RESTORED, at=NOW + DAY)
    assert reader.titles(FEEDS[0]) == ["新的题名"]


def test_the_number_of_entries_is_bounded(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.feeds.MOST_ENTRIES", 2)
    for _ in range(3):
        tell_of(reader.store)
    assert reader.titles(FEEDS[0]) == ["通知 n2", "通知 n1"]


@pytest.mark.parametrize("path", FEEDS)
def test_who_has_the_feed_is_sent_nothing_until_something_changes(reader: Reader, path: str) -> None:
    one = tell_of(reader.store)
    first = reader.get(path)
    etag, date_ = first.headers["etag"], first.headers["last-modified"]
    assert date_ == "Wed, 16 Sep 2026 01:00:00 GMT"
    assert first.headers["cache-control"] == "private, no-cache"
    known = (
        {"if_none_match": etag},
        {"if_none_match": f'"x", W/{etag}'},
        {"if_none_match": "*"},
        {"if_modified_since": date_},
        {"if_none_match": etag, "if_modified_since": "Tue, 01 Jan 2019 00:00:00 GMT"},
    )
    for headers in known:
        answer = reader.get(path, **headers)
        assert (answer.status_code, answer.content) == (304, b"")
        assert (answer.headers["etag"], answer.headers["last-modified"]) == (etag, date_)
    change_again(reader.store, one, Kind.REVISED, at=NOW + 30 * timedelta(minutes=1))
    for headers in (*known[:2], *known[3:]):
        assert reader.get(path, **headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"if_none_match": '"x"'},
        {"if_none_match": '"x"', "if_modified_since": "Wed, 16 Sep 2026 09:00:00 GMT"},
        {"if_modified_since": "Wed, 16 Sep 2026 00:59:59 GMT"},
        {"if_modified_since": "yesterday"},
        {"if_modified_since": "Wed, 99 Sep 2026 00:59:59 GMT"},
        {"if_none_match": ""},
    ],
)
def test_who_has_another_or_asks_nonsense_is_sent_it(reader: Reader, headers: dict[str, str]) -> None:
    tell_of(reader.store)
    assert reader.get(FEEDS[0], **headers).status_code == 200


def test_a_second_that_is_not_over_is_no_last_modified(reader: Reader) -> None:
    tell_of(reader.store)
    reader.clock[0] = NOW + timedelta(milliseconds=900)
    assert "last-modified" not in reader.get(FEEDS[0]).headers
    reader.clock[0] = NOW + timedelta(seconds=1)
    assert "last-modified" in reader.get(FEEDS[0]).headers


def test_an_empty_house_has_feeds_and_a_calendar(reader: Reader) -> None:
    for path in FEEDS:
        assert reader.titles(path) == []
        assert "last-modified" not in reader.get(path).headers
    assert reader.events() == []
    assert "没有尚未截止的事项" in reader.get("/deadlines").text


def test_the_calendar_has_the_open_deadlines_of_baseline_notices_from_the_first_day(reader: Reader) -> None:
    tell_of(reader.store, Kind.BASELINE)
    assert reader.events() == ["CONFIRMED", "CONFIRMED"]
    reader.clock[0] = datetime(2026, 9, 30, 15, 59, tzinfo=UTC)
    assert len(reader.events()) == 2
    reader.clock[0] = datetime(2026, 9, 30, 16, 0, tzinfo=UTC)
    assert len(reader.events()) == 1


def test_withdrawn_is_cancelled_in_the_calendar_and_gone_from_the_page(reader: Reader) -> None:
    one = tell_of(reader.store)
    assert "通知 n0" in reader.get("/deadlines").text
    change_again(reader.store, one, Kind.WITHDRAWN, at=NOW + HOUR)
    assert reader.events() == ["CANCELLED", "CANCELLED"]
    assert "0 个尚未截止" in reader.get("/deadlines").text


@pytest.mark.parametrize(
    ("query", "count"),
    [("section=申报通知", 2), ("section=政策文件", 0), ("region=全国", 2), ("region=河北", 0)],
)
def test_calendar_and_page_are_of_a_section_or_region(reader: Reader, query: str, count: int) -> None:
    tell_of(reader.store)
    assert len(reader.events(f"/deadlines.ics?{query}")) == count
    assert f"{count} 个尚未截止" in reader.get(f"/deadlines?{query}").text


def test_a_region_that_nobody_watches_is_not_found(reader: Reader) -> None:
    assert reader.get("/deadlines.ics?region=火星").status_code == 404
    assert reader.get("/deadlines?region=火星").status_code == 404


def test_the_calendar_is_conditional_too(reader: Reader) -> None:
    tell_of(reader.store)
    etag = reader.get("/deadlines.ics").headers["etag"]
    assert reader.get("/deadlines.ics", if_none_match=etag).status_code == 304
    reader.clock[0] += 20 * DAY  # the first deadline has passed, nothing else has happened
    assert reader.get("/deadlines.ics", if_none_match=etag).status_code == 200


def test_what_an_editor_dropped_is_nowhere(reader: Reader) -> None:
    reader.store.reviews.add(review(tell_of(reader.store), Decision.DROP))
    assert (reader.titles(FEEDS[0]), reader.events()) == ([], [])


def test_the_page_says_how_long_there_is_and_what_was_moved(reader: Reader) -> None:
    (posting,) = owe(reader.store, "1")
    (one,) = apply(reader.store, settlement(posting.id))
    told = intent(Kind.DEADLINE_MOVED)
    first, second = told.notice.deadlines
    moved = replace(told.notice, deadlines=(replace(first, date=date(2026, 10, 15)), second))
    decided = replace(told, notice=moved, fingerprint="2")
    apply(reader.store, settlement(posting.id, notice_id=one, decided=decided), at=NOW + HOUR)
    page = reader.get("/deadlines").text
    assert "申报截止 10月15日 24:00（还有 29 天）" in page
    assert "原定 2026-09-30" in page
    assert page.index("2026-10-08") < page.index("2026-10-15")
    assert 'href="/deadlines.ics"' in page
    page = reader.get("/deadlines?section=申报通知&region=全国").text
    assert "/deadlines.ics?section=%E7%94%B3%E6%8A%A5%E9%80%9A%E7%9F%A5&amp;region=%E5%85%A8%E5%9B%BD" in page


def test_what_a_page_said_arrives_literally(reader: Reader) -> None:
    (posting,) = owe(reader.store, "1")
    told = intent()
    (deadline, _) = told.notice.deadlines
    notice = replace(
        told.notice, title=EVIL, body=EVIL, deadlines=(replace(deadline, what=EVIL, raw=EVIL, place=EVIL),)
    )
    apply(reader.store, settlement(posting.id, decided=replace(told, notice=notice)))
    literal = '"><img src=x onerror=alert(1)>{{ 7*7 }}]]> X-Evil: 1\ufffd 联系138****5678'  # the store has no half pairs
    answers = [reader.get(path) for path in (*FEEDS, "/deadlines.ics", "/deadlines")]
    assert all("x-evil" not in answer.headers for answer in answers)
    assert [reader.titles(path) for path in FEEDS] == [[literal]] * 3
    (event,) = Calendar.from_ical(answers[3].content).walk("VEVENT")
    assert event["SUMMARY"] == f"【申报截止】{literal}"
    assert "13812345678" not in "".join(answer.text for answer in answers[:4])
    assert "<img src=x" not in answers[4].text
    assert "&lt;img src=x" in answers[4].text


def test_all_of_it_is_served_on_loopback_alone(tmp_path: Path) -> None:
    with closing(Store.open("", folder=tmp_path)) as store:
        app = build(store, [MIIT], now=lambda: NOW, works=OwnDays().works, open_pages=False, mark="")
        reader = Reader(store, app, [NOW])
        for path in (*FEEDS, "/deadlines.ics", "/deadlines"):
            assert reader.get(path).status_code == 404


def test_asking_changes_nothing(reader: Reader) -> None:
    tell_of(reader.store)
    before = reader.store.stats()
    for path in (*FEEDS, "/deadlines.ics", "/deadlines"):
        assert reader.get(path).status_code == 200
    assert reader.store.stats() == before
