"""Whatever a page said arrives literally in every output: chat, both parts of a mail, subject, page, log."""

from __future__ import annotations

import logging
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from monitor.cli.context import _Line
from monitor.digest import Reminder, compose
from monitor.digest.page import as_page
from monitor.model import Address, ChangeRecord, Kind, Piece
from tests.digest.make import DAILY, MAIL, NOW, SOURCES, TEXT, WECOM, a_change, a_deadline, a_notice

HOSTILE = [
    ("[点我](http://evil)", "［点我］（http://evil）"),
    ("<@all>", "＜＠all＞"),
    ("@all 请看", "＠all 请看"),
    ('&lt;a href="http://evil"&gt;', '＆lt;a href="http://evil"＆gt;'),
    ("<a href='http://evil'>点</a>", "＜a href='http://evil'＞点＜/a＞"),
    ("{{ 7*7 }}", "{{ 7＊7 }}"),
    ("${HOME} %s {0}", "${HOME} %s {0}"),
    ("题名\r\nBcc: x@y.cn", "题名 Bcc: x＠y.cn"),
    ("**粗** `码` ~删~ # 题", "＊＊粗＊＊ ｀码｀ ～删～ ＃ 题"),
    ("\u202e颠倒\u2066", "颠倒"),
    ('" onmouseover="alert(1)', '" onmouseover="alert（1）'),
]
TABLE = pytest.mark.parametrize(("said", "twin"), HOSTILE)


class Seen(HTMLParser):
    """The text, the tags and the addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.links = "", list[str](), list[str]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [
            value or "" for name, value in attrs if name in ("href", "src") or name.startswith("on")
        ]

    def handle_data(self, data: str) -> None:
        self.text += data


def everywhere(said: str) -> list[ChangeRecord]:
    """A notice that says it in every field that is shown."""
    notice = a_notice(
        1,
        title=said,
        issuers=(said, said),
        doc_number=said,
        body=f"为推动绿色发展，{' '.join(said.split())}，现将有关事项通知如下。",
        deadlines=(replace(a_deadline(NOW.date()), what=said),),
    )
    return [a_change(1, notice=notice), a_change(2, Kind.REVISED, notice=notice, summary=said)]


def piece(said: str, to: Address) -> Piece:
    changes = everywhere(said)
    reminder = Reminder(
        last=replace(changes[0], notice_id=9), deadline=changes[0].notice.deadlines[0], days=1, keys=()
    )
    sources = {key: replace(source, name=said) for key, source in SOURCES.items()}
    (found,) = compose(
        DAILY, changes, reminders=[reminder], addresses=[to], sources=sources, troubles=[], now=NOW, link=""
    )
    return found


@TABLE
@pytest.mark.parametrize("to", [WECOM, TEXT])
def test_in_a_chat_as_twins(said: str, twin: str, to: Address) -> None:
    text = piece(said, to).text
    assert text.count(twin) >= 8
    allowed = (
        text.replace('<font color="warning">', "")
        .replace('<font color="comment">', "")
        .replace("</font>", "")
    )
    assert "<" not in allowed
    assert "@" not in text
    assert "evil)" not in text


@TABLE
def test_in_both_parts_of_a_mail_as_it_was_written(said: str, twin: str) -> None:
    hostile, plain = piece(said, MAIL), piece("题名", MAIL)
    shown = " ".join(said.replace("\u202e", "").replace("\u2066", "").split())
    seen, harmless = Seen(hostile.html), Seen(plain.html)
    assert (seen.tags, seen.links) == (harmless.tags, harmless.links)
    assert " ".join(seen.text.split()).count(shown) >= 8
    assert hostile.text.count(shown) >= 8
    assert len(hostile.text.splitlines()) == len(plain.text.splitlines())


@TABLE
def test_in_a_subject_on_one_line(said: str, twin: str) -> None:
    for to in (MAIL, WECOM, TEXT):
        subject = piece(said, to).subject
        assert len(subject.splitlines()) == 1
        assert subject.isprintable()


@TABLE
def test_on_a_page_to_look_at(said: str, twin: str) -> None:
    seen = Seen(as_page([piece(said, WECOM)]))
    assert seen.tags.count("pre") == 1
    assert seen.links == []
    assert seen.text.count(twin) >= 8


@TABLE
def test_in_a_log_on_one_line(said: str, twin: str) -> None:
    record = logging.makeLogRecord({"msg": "digest.told", "title": piece(said, MAIL).subject})
    assert len(_Line("%(message)s").format(record).splitlines()) == 1
