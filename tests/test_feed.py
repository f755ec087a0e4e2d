"""Feeds: what RFC 4287 asks for, what readers read without complaint, and nothing of a page alive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feed import LONGEST_CONTENT, Entry, Feed, write
from monitor.model import ChangeRecord, Deadline, Kind, Notice, Verdict

NOW = datetime(2026, 9, 16, 1, 0, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = Feed(
    name="section/政策文件", title="快讯 · 政策文件", url="http://127.0.0.1:8000/feeds/x.atom?a=1&b=2"
)
ATOM = "{http://www.w3.org/2005/Atom}"
NOTICE = Notice(
    url="https://miit.example/1?a=1&b=2",
    title="关于组织申报的通知",
    doc_number="演示函〔2026〕1号",
    issuers=("演示部门", "演示办公室"),
    published_on=date(2026, 9, 15),
    deadlines=(Deadline(date=date(2026, 9, 30), time="17:00", what="申报", kind="申报"),),
    body="各有关单位：\n  请按要求申报。",
)


def entry(
    number: int = 1, kind: Kind = Kind.NEW, notice: Notice = NOTICE, *, at: datetime = NOW, news: str = ""
) -> Entry:
    last = ChangeRecord(
        id=number,
        kind=kind,
        at=at,
        source_id="miit",
        notice_id=number,
        notice=notice,
        section="政策文件",
        verdict=Verdict(section="政策文件", confidence=1.0),
        summary=news,
    )
    return Entry(last=last, told_at=NOW - HOUR, created_at=NOW - 2 * HOUR)


def read(*entries: Entry) -> feedparser.FeedParserDict:
    found = feedparser.parse(write(FEED, entries))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_what_an_entry_says() -> None:
    (found,) = read(entry()).entries
    assert found.title == "关于组织申报的通知"
    assert found.id == "tag:kuaixun.invalid,2026-09-15:notice/1/230005"
    assert found.link == "https://miit.example/1?a=1&b=2"
    assert (
        found.summary == "演示部门、演示办公室 · 演示函〔2026〕1号 · 2026-09-15 · 申报截止 2026-09-30 17:00"
    )
    assert (found.published, found.updated) == ("2026-09-16T00:00:05Z", "2026-09-16T01:00:05Z")
    assert [tag.term for tag in found.tags] == ["政策文件"]
    assert found.author == "演示部门、演示办公室"
    assert [(each.type, each.value) for each in found.content] == [
        ("text/plain", "各有关单位：\n请按要求申报。")
    ]


def test_what_a_feed_says() -> None:
    found = read(entry()).feed
    assert found.title == "快讯 · 政策文件"
    assert found.id == "tag:kuaixun.invalid,2026:feed/section/%E6%94%BF%E7%AD%96%E6%96%87%E4%BB%B6"
    assert [(link.rel, link.href) for link in found.links] == [("self", FEED.url)]
    assert found.updated == "2026-09-16T01:00:05Z"


def test_a_revised_entry_keeps_its_id_is_updated_and_says_what_changed() -> None:
    (before,), (after,) = (
        read(each).entries
        for each in (
            entry(),
            entry(1, Kind.DEADLINE_MOVED, at=NOW + HOUR, news="截止时间由 9月30日 改为 10月15日"),
        )
    )
    assert (before.id, before.published) == (after.id, after.published)
    assert after.updated > before.updated
    assert after.summary.endswith(" · 改期：截止时间由 9月30日 改为 10月15日")


def test_what_was_withdrawn_is_gone_and_moves_the_feed() -> None:
    found = read(entry(2, Kind.WITHDRAWN, at=NOW + HOUR), entry(1), entry(3, Kind.BASELINE))
    assert [each.id.split("/")[1] for each in found.entries] == ["1"]
    assert found.feed.updated == "2026-09-16T02:00:05Z"


def test_a_feed_of_nothing_is_a_feed() -> None:
    assert read().feed.updated == "1970-01-01T00:00:00Z"


def test_content_is_bounded_and_says_that_it_is_cut() -> None:
    (found,) = read(entry(notice=replace(NOTICE, body="长" * 9000))).entries
    assert found.content[0].value == "长" * LONGEST_CONTENT + "…\n（全文见原网页）"


def test_what_is_not_known_is_left_out() -> None:
    (found,) = read(entry(notice=Notice(url="javascript:alert(1)", title=" ", unread=True))).entries
    assert (found.title, found.summary) == ("（无标题）", "正文未能读取")
    assert found.link == found.id  # feedparser's stand-in where no link is given
    assert "content" not in found


def test_telephones_of_people_are_masked() -> None:
    called = "联系人 138\u200b1234 5678"
    notice = replace(NOTICE, title=called, body=called, issuers=(called,))
    written = write(FEED, [entry(1, Kind.REVISED, notice, news=called)]).decode()
    assert "1234 5678" not in written
    assert written.count("138**** 5678") == 5


EVIL = "<b>&lt;i&gt;&amp;]]><![CDATA[ [点我](http://evil) <@all> {{ 7*7 }}\r\nX: y\x00\x08\x1b\x85\ufffe\ud800\u202e😀"
LITERAL = "<b>&lt;i&gt;&amp;]]><![CDATA[ [点我](http://evil) <@all> {{ 7*7 }} X: y 😀"


def test_what_a_page_said_arrives_literally() -> None:
    notice = replace(NOTICE, title=EVIL, body=EVIL, issuers=(EVIL,), doc_number=EVIL)
    written = write(replace(FEED, title=EVIL), [entry(1, Kind.REVISED, notice, news=EVIL)])
    root = ET.fromstring(written)
    (found,) = root.findall(f"{ATOM}entry")
    for parent, name in ((root, "title"), (found, "title"), (found, f"author/{ATOM}name")):
        assert parent.findtext(ATOM + name) == LITERAL
    assert found.findtext(f"{ATOM}content") == LITERAL.replace(" X: y ", "\nX: y\n")
    assert (found.findtext(f"{ATOM}summary") or "").count(LITERAL) == 3
    assert {each.get("type", "text") for each in found if each.tag != f"{ATOM}link"} == {"text"}


def _valid(document: bytes) -> None:
    """What RFC 4287 requires of a feed (4.1.1) and an entry (4.1.2), of dates, links and texts."""
    root = ET.fromstring(document)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(ATOM + name)
            assert (found.text or "").strip()
        assert len(element.findall(f"{ATOM}published")) <= 1
        for name in ("updated", "published"):
            for at in element.findall(ATOM + name):
                datetime.strptime(at.text or "", "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        for link in element.findall(f"{ATOM}link"):
            assert link.get("href")
        for author in element.findall(f"{ATOM}author"):
            assert author.findtext(f"{ATOM}name")
    assert root.find(f"{ATOM}author") is not None
    for each in entries:
        alternates = [link for link in each.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) <= 1
        assert (
            alternates or each.find(f"{ATOM}content") is not None or each.find(f"{ATOM}summary") is not None
        )
        assert all(category.get("term") for category in each.findall(f"{ATOM}category"))
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    assert len(set(ids)) == len(ids)


@given(texts=st.lists(st.text(), max_size=3))
def test_whatever_pages_say_the_feed_is_valid_and_read_without_complaint(texts: list[str]) -> None:
    notices = [
        replace(NOTICE, title=each, body=each, issuers=(each,), doc_number=each, url=f"http://a.cn/{each}")
        for each in texts
    ]
    entries = [
        entry(number, Kind.REVISED, notice, news=notice.title) for number, notice in enumerate(notices)
    ]
    document = write(FEED, entries)
    _valid(document)
    assert len(read(*entries).entries) == len(texts)


@pytest.mark.parametrize("entries", [[], [entry()], [entry(1), entry(2, Kind.WITHDRAWN)]])
def test_the_rfc_is_kept_and_the_same_entries_give_the_same_bytes(entries: Sequence[Entry]) -> None:
    document = write(FEED, entries)
    _valid(document)
    assert document == write(FEED, entries)
