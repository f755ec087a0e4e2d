"""The mail of a digest: everything in both parts, page text literal."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from monitor.digest import compose
from monitor.model import Kind, Piece
from tests.digest.make import BROKEN, DAILY, MAIL, NOW, SOURCES, a_change, a_deadline, a_notice
from tests.test_escape import HOSTILE


class Reader(HTMLParser):
    """What a person sees of a mail, and where its links lead."""

    def __init__(self, piece: Piece) -> None:
        super().__init__()
        self.shown, self.links, self.tags = "", list[str](), set[str]()
        self.feed(piece.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.shown += data


def the_mail(*changes: object, **given: object) -> Piece:
    said: dict[str, object] = {
        "addresses": [MAIL],
        "sources": SOURCES,
        "troubles": [],
        "now": NOW,
        "link": "http://desk.example/",
    }
    (piece,) = compose(DAILY, changes, **(said | given))  # type: ignore[arg-type]
    return piece


FULL = a_notice(
    1,
    title="关于开展绿色制造名单推荐工作的通知",
    doc_number="工信部节〔2019〕188号",
    deadlines=(a_deadline(date(2019, 9, 13), "17:00"),),
)


def test_both_parts_say_all_there_is_to_know() -> None:
    piece = the_mail(a_change(1, Kind.REVISED, notice=FULL, fields=("title",)), troubles=[BROKEN])
    reader = Reader(piece)
    for said in (
        "8月30日",
        "修订 1",
        "政策文件",
        "全国",
        "关于开展绿色制造名单推荐工作的通知",
        "工业和信息化部 · 工信部节〔2019〕188号 · 2019-08-27",
        "修订：标题",
        "申报截止 9月13日 17:00（还有 14 天）",
        "来源：全国 · miit",
        "1 个信息源异常",
        "河北 · 通知",
    ):
        assert said in reader.shown
        assert said in piece.text
    assert reader.links == [FULL.url, "http://desk.example/"]
    assert all(url in piece.text.split() for url in reader.links)


@pytest.mark.parametrize("title", HOSTILE)
def test_page_text_arrives_literally(title: str) -> None:
    plain, hostile = Reader(the_mail(a_change(1))), the_mail(a_change(1, notice=a_notice(1, title=title)))
    reader = Reader(hostile)
    assert "".join(title.split()) in "".join(reader.shown.split())
    assert (reader.tags, reader.links) == (plain.tags, plain.links)
    assert " ".join(title.split()) in hostile.text
    assert "\n" not in hostile.subject


def test_an_address_that_is_none_is_shown_without_a_link() -> None:
    piece = the_mail(a_change(1, notice=a_notice(1, url="javascript:alert(1)")), link="")
    assert Reader(piece).links == []
    assert "javascript" not in piece.html + piece.text


def test_one_message_a_recipient_with_the_same_content() -> None:
    other = MAIL.__class__(channel="editors", form=MAIL.form, recipient="b@example.org")
    pieces = compose(
        DAILY, [a_change(1)], addresses=[MAIL, other], sources=SOURCES, troubles=[], now=NOW, link=""
    )
    assert [piece.recipient for piece in pieces] == ["editor@example.org", "b@example.org"]
    assert pieces[0].html == pieces[1].html


def test_the_mail_carries_everything_whatever_the_limit_of_chats() -> None:
    changes = [a_change(number) for number in range(1, 301)]
    reader = Reader(the_mail(*changes))
    assert len(reader.links) == 301


def test_a_mark_stands_in_front_of_subject_and_heading() -> None:
    piece = the_mail(a_change(1), mark="【演示文本，非官方文件】")
    assert piece.subject.startswith("【演示文本，非官方文件】【快讯】8月30日")
    assert "【演示文本，非官方文件】" in Reader(piece).shown
    assert piece.text.startswith("【演示文本，非官方文件】")


def test_nothing_to_tell_is_no_message() -> None:
    assert compose(DAILY, [], addresses=[MAIL], sources={}, troubles=[BROKEN], now=NOW, link="") == ()


def test_a_heartbeat_says_that_all_is_well() -> None:
    (piece,) = compose(
        replace(DAILY, heartbeat=True), [], addresses=[MAIL], sources=SOURCES, troubles=[], now=NOW, link=""
    )
    assert "今日无新变更，3 个信息源正常" in piece.text
    assert "今日无新变更，3 个信息源正常" in Reader(piece).shown


def test_two_hundred_notices_are_rendered_in_a_moment() -> None:
    changes = [
        a_change(number, notice=replace(FULL, body="为推动绿色发展" * 500)) for number in range(1, 201)
    ]
    began = time.process_time()
    compose(DAILY, changes, addresses=[MAIL], sources=SOURCES, troubles=[BROKEN], now=NOW, link="")
    # `make bench` has the bar (0.2 s); here a slow machine may take five times as long.
    assert time.process_time() - began < 1
