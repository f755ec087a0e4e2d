"""Chat pieces: within the bytes, every notice once, in order, no address cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.digest import Reminder, compose
from monitor.digest.chat import TEXT as TEXT_DIALECT
from monitor.digest.chat import WECOM as WECOM_DIALECT
from monitor.digest.chat import Dialect
from monitor.digest.cut import size
from monitor.digest.gather import gather
from monitor.escape import link
from monitor.model import Address, ChangeRecord, Kind, Notice, Piece, UnreadSource
from tests.digest.make import (
    BROKEN,
    DAILY,
    MAIL,
    NOW,
    SECTIONS,
    SOURCES,
    TEXT,
    WECOM,
    a_change,
    a_deadline,
    a_notice,
)

FORMS = pytest.mark.parametrize(("address", "dialect"), [(WECOM, WECOM_DIALECT), (TEXT, TEXT_DIALECT)])
DESK = "http://desk.example/changes"


def pieces_for(
    address: Address,
    changes: Sequence[ChangeRecord],
    *,
    most: int = 0,
    troubles: Sequence[UnreadSource] = (),
    reminders: Sequence[Reminder] = (),
) -> tuple[Piece, ...]:
    return compose(
        replace(DAILY, pieces=most),
        changes,
        reminders=reminders,
        addresses=[address],
        sources=SOURCES,
        troubles=troubles,
        now=NOW,
        link=DESK,
    )


def ids(pieces: Sequence[Piece]) -> list[str]:
    return [found for piece in pieces for found in re.findall(r"/c(\d+)/content", piece.text)]


words = st.text(
    st.sampled_from("关于通知〔2019〕号👨\u200d👩\u200d👧🇨🇳e\u0301[](){}<@all>*_`#&\\\r\n ab"), max_size=40
)
long_words = st.builds(lambda text, times: text * times, words, st.sampled_from([0, 1, 1, 5, 60]))


@st.composite
def notices(draw: st.DrawFn, number: int) -> Notice:
    tail = draw(st.text(st.sampled_from("ab%？() 通"), max_size=8)) * draw(st.sampled_from([1, 1, 20, 400]))
    return a_notice(
        number,
        url=f"https://www.example.gov.cn/c{number}/content.html?{tail}",
        title=f"〖{number}〗" + draw(long_words),
        doc_number=draw(st.none() | long_words),
        issuers=tuple(draw(st.lists(long_words, max_size=4))),
        deadlines=tuple(draw(st.sampled_from([[], [a_deadline(date(2019, 9, 6), "24:00")]]))),
        unread=draw(st.booleans()),
        body=draw(long_words) + draw(st.sampled_from(["", "现将有关事项通知如下，请认真贯彻执行。"])),
    )


@st.composite
def change_sets(draw: st.DrawFn) -> list[ChangeRecord]:
    count = draw(st.integers(1, 12))
    return [
        replace(
            a_change(
                number,
                draw(st.sampled_from([Kind.NEW, Kind.REVISED, Kind.DEADLINE_MOVED, Kind.WITHDRAWN])),
                notice=draw(notices(number)),
                section=draw(st.sampled_from(SECTIONS)),
                source=draw(st.sampled_from([*SOURCES, "来" * 500])),
                summary=draw(long_words),
            ),
            sources=tuple(draw(st.lists(st.sampled_from([*SOURCES, "源" * 100]), max_size=9))),
        )
        for number in range(1, count + 1)
    ]


@st.composite
def reminder_sets(draw: st.DrawFn) -> list[Reminder]:
    """Of other notices than those that have changed."""
    deadline = a_deadline(date(2019, 9, 6))
    return [
        Reminder(
            last=a_change(number, notice=draw(notices(number))),
            deadline=replace(deadline, what=draw(long_words)),
            days=5,
            keys=(),
        )
        for number in range(101, 101 + draw(st.integers(0, 3)))
    ]


many_troubles = st.lists(st.builds(lambda name: replace(BROKEN, name=name), long_words), max_size=8)
slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def in_order(changes: Sequence[ChangeRecord], reminders: Sequence[Reminder]) -> list[int]:
    """The numbers of the notices as a digest says them before any form."""
    contents = gather(
        DAILY,
        changes,
        reminders=reminders,
        sources=SOURCES,
        troubles=(),
        now=NOW,
        link="",
        mark="",
    )
    return [int(item.title[1 : item.title.index("〗")]) for item in contents.items]


# What the services themselves accept; ours is less.
SERVICE = {WECOM_DIALECT: 4096, TEXT_DIALECT: 2048}


@FORMS
@slow
@given(changes=change_sets(), troubles=many_troubles, reminders=reminder_sets())
def test_every_piece_fits_and_every_notice_appears_exactly_once_in_order(
    address: Address,
    dialect: Dialect,
    changes: list[ChangeRecord],
    troubles: list[UnreadSource],
    reminders: list[Reminder],
) -> None:
    pieces = pieces_for(address, changes, troubles=troubles, reminders=reminders)
    assert all(size(piece.text) <= dialect.limit < SERVICE[dialect] for piece in pieces)
    told = [int(found) for piece in pieces for found in re.findall("〖(\\d+)〗", piece.text)]
    assert told == in_order(changes, reminders)
    assert len(told) == len(changes) + len(reminders)


@FORMS
@slow
@given(changes=change_sets(), troubles=many_troubles, reminders=reminder_sets(), most=st.integers(1, 3))
def test_at_most_so_many_pieces_and_the_rest_is_counted(
    address: Address,
    dialect: Dialect,
    changes: list[ChangeRecord],
    troubles: list[UnreadSource],
    reminders: list[Reminder],
    most: int,
) -> None:
    pieces = pieces_for(address, changes, most=most, troubles=troubles, reminders=reminders)
    assert len(pieces) <= most
    assert all(size(piece.text) <= dialect.limit for piece in pieces)
    told = [int(found) for piece in pieces for found in re.findall("〖(\\d+)〗", piece.text)]
    left = re.search(r"另有 (\d+) 条", pieces[-1].text)
    assert told
    assert told == in_order(changes, reminders)[: len(told)]
    assert len(told) + int(left[1] if left else 0) == len(changes) + len(reminders)


@slow
@given(changes=change_sets(), reminders=reminder_sets())
def test_a_mail_carries_every_notice_once_in_order_in_both_parts(
    changes: list[ChangeRecord], reminders: list[Reminder]
) -> None:
    (mail,) = pieces_for(MAIL, changes, most=1, reminders=reminders)
    for part in (mail.text, mail.html):
        assert [int(found) for found in re.findall("〖(\\d+)〗", part)] == in_order(changes, reminders)
    assert all(link(change.notice.url) in mail.text.split() for change in changes)


@FORMS
@slow
@given(changes=change_sets())
def test_an_address_is_whole_or_not_there(
    address: Address, dialect: Dialect, changes: list[ChangeRecord]
) -> None:
    text = "\n".join(piece.text for piece in pieces_for(address, changes))
    whole = {link(change.notice.url) for change in changes}
    shown = set(re.findall(r"https://www[^\s)]*", text))
    assert shown <= whole
    assert all(size(url) > dialect.address for url in whole - shown)


@FORMS
def test_order_is_kept_over_the_pieces(address: Address, dialect: Dialect) -> None:
    changes = [a_change(number, notice=a_notice(number, title="通知" * 40)) for number in range(1, 60)]
    pieces = pieces_for(address, changes)
    assert len(pieces) > 1
    assert [piece.number for piece in pieces] == list(range(1, len(pieces) + 1))
    assert ids(pieces) == [str(number) for number in range(1, 60)]
    assert all(f"（{piece.number}/{len(pieces)}）" in piece.text.splitlines()[0] for piece in pieces)
    assert all("政策文件" in piece.text for piece in pieces)
    assert min(size(piece.text) for piece in pieces[:-1]) > dialect.limit * 0.8


@FORMS
def test_a_title_too_long_is_shortened_and_number_address_and_deadline_stay(
    address: Address, dialect: Dialect
) -> None:
    notice = a_notice(
        1,
        title="关于" * 3000,
        doc_number="工信部联节〔2019〕188号",
        deadlines=(a_deadline(date(2019, 9, 13), "17:00"),),
    )
    (piece,) = pieces_for(address, [a_change(1, notice=notice)])
    assert re.search("关于关?…（全文见邮件或链接）", piece.text)
    assert notice.url in piece.text
    assert "工信部联节〔2019〕188号" in piece.text
    assert "申报截止 9月13日 17:00（还有 14 天）" in piece.text
    assert size(piece.text) > dialect.limit * 0.9


@FORMS
def test_an_absurd_address_is_left_out_and_that_is_said(address: Address, dialect: Dialect) -> None:
    notice = a_notice(1, url="https://www.example.gov.cn/?" + "a" * dialect.limit)
    (piece,) = pieces_for(address, [a_change(1, notice=notice)])
    assert "https://www" not in piece.text
    assert "关于第1号事项的通知（链接过长，见邮件或审核台）" in piece.text


@FORMS
def test_an_address_that_is_none_is_not_shown(address: Address, dialect: Dialect) -> None:
    (piece,) = pieces_for(address, [a_change(1, notice=a_notice(1, url="javascript:alert(1)"))])
    assert "\n关于第1号事项的通知\n" in piece.text
    assert "javascript" not in piece.text


@FORMS
def test_what_is_left_out_leads_to_the_desk(address: Address, dialect: Dialect) -> None:
    changes = [a_change(number) for number in range(1, 200)]
    pieces = pieces_for(address, changes, most=3)
    assert len(pieces) == 3
    assert f"另有 {199 - len(ids(pieces))} 条，见邮件或" in pieces[-1].text
    assert DESK in pieces[-1].text


@FORMS
@pytest.mark.parametrize("desk", ["", "http://desk.example/" + "a" * 1000])
def test_a_desk_without_a_usable_address_is_named_all_the_same(
    address: Address, dialect: Dialect, desk: str
) -> None:
    changes = [a_change(number) for number in range(1, 100)]
    (piece,) = compose(
        replace(DAILY, pieces=1),
        changes,
        addresses=[address],
        sources=SOURCES,
        troubles=[],
        now=NOW,
        link=desk,
    )
    assert "见邮件或审核台\n" in piece.text
    assert size(piece.text) <= dialect.limit


def test_a_wecom_piece_reads_like_this() -> None:
    notice = a_notice(
        2,
        title="[点我](http://evil) <@all>",
        doc_number="工信部节〔2019〕188号",
        deadlines=(a_deadline(date(2019, 9, 13)),),
    )
    changes = [
        a_change(1, source="beijing"),
        a_change(2, Kind.REVISED, notice=notice, fields=("title", "body")),
    ]
    (piece,) = pieces_for(WECOM, changes, troubles=[BROKEN])
    assert (
        piece.text
        == """\
**【快讯】8月30日** 新 1 · 修订 1

**【政策文件】**
全国
<font color="warning">【修订】</font>[［点我］（http://evil） ＜＠all＞](https://www.example.gov.cn/c2/content.html)
> 工业和信息化部 · 工信部节〔2019〕188号 · 2019-08-27
> 修订：标题、正文
> <font color="warning">申报截止 9月13日（还有 14 天）</font>
> <font color="comment">来源：全国 · miit</font>

北京
[关于第1号事项的通知](https://www.example.gov.cn/c1/content.html)
> 工业和信息化部 · 2019-08-27
> <font color="comment">来源：北京 · beijing</font>

> <font color="comment">1 个信息源异常：河北 · 通知</font>
"""
    )


def test_a_text_piece_has_bare_addresses_alone_on_their_lines() -> None:
    (piece,) = pieces_for(TEXT, [a_change(1, Kind.WITHDRAWN)])
    assert "【撤回】关于第1号事项的通知\nhttps://www.example.gov.cn/c1/content.html\n" in piece.text


@FORMS
def test_all_places_are_named_and_what_there_is_no_room_for_is_counted(
    address: Address, dialect: Dialect
) -> None:
    change = replace(a_change(1), sources=("beijing", "tianjin"))
    (piece,) = pieces_for(address, [change])
    assert "来源：全国 · miit、北京 · beijing、天津 · tianjin" in piece.text
    (crowded,) = pieces_for(
        address, [replace(change, sources=tuple(f"某地某局的信息源{n}" for n in range(40)))]
    )
    assert re.search(r"来源：全国 · miit、某.+ 等 41 处", crowded.text)


@FORMS
def test_a_heartbeat_is_one_short_piece(address: Address, dialect: Dialect) -> None:
    (piece,) = compose(
        replace(DAILY, heartbeat=True),
        [],
        addresses=[address],
        sources=SOURCES,
        troubles=[BROKEN],
        now=NOW,
        link=DESK,
    )
    assert "今日无新变更，2 个信息源正常" in piece.text
    assert "1 个信息源异常：河北 · 通知" in piece.text
    assert piece.subject == "【快讯】8月30日 今日无新变更，2 个信息源正常"
