"""What operators read when a source breaks, and when it is well again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.digest.alarm import compose_alarm
from monitor.model import Address, Alarm, Condition, Form, Level, Piece, Source

AT = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
SOURCE = Source(
    id="a-tongzhi",
    name="某局 · 通知",
    url="http://a.gov.cn/tzgg/",
    family=None,
    level=Level.NATIONAL,
    region="全国",
)
ALARM = Alarm(
    id=1, source_id="a-tongzhi", condition=Condition.FAILING, reason="网站出错（HTTP 502）", since=AT
)
MAIL = Address(channel="ops", form=Form.MAIL, recipient="a@b.cn")
BOT = Address(channel="bot", form=Form.WECOM, recipient="")
LINK = "http://127.0.0.1:8000/sources"


def told(*began: Alarm, ended: tuple[Alarm, ...] = (), to: Address = MAIL) -> Piece:
    (piece,) = compose_alarm(
        began, ended, addresses=[to], sources={SOURCE.id: SOURCE}, link=LINK, mark="【演示】"
    )
    return piece


def test_nothing_to_say_is_no_message() -> None:
    assert compose_alarm([], [], addresses=[MAIL], sources={}, link="", mark="") == ()


def test_a_broken_source_as_a_mail() -> None:
    piece = told(ALARM)
    assert piece.subject == "【演示】【快讯】1 个信息源异常"
    assert piece.text == (
        "【演示】【快讯】1 个信息源异常\n\n"
        "某局 · 通知（a-tongzhi）：读取失败\n"
        "   自 2026年9月16日 09:00 起\n"
        "   原因：网站出错（HTTP 502）\n"
        "   怎么办：打开原网页看网站是否正常；地址变了就改 sources.yaml\n"
        "   http://a.gov.cn/tzgg/\n\n"
        "信息源状况：http://127.0.0.1:8000/sources\n"
    )
    assert "<h3>某局 · 通知（a-tongzhi）：读取失败</h3>" in piece.html


def test_one_broken_and_one_well_again_are_one_message() -> None:
    over = replace(ALARM, id=2, until=AT + timedelta(hours=5))
    piece = told(ALARM, ended=(over,))
    assert piece.subject == "【演示】【快讯】1 个信息源异常，1 个信息源已恢复"
    assert "已恢复正常\n   读取失败，2026年9月16日 09:00 至 2026年9月16日 14:00" in piece.text


def test_a_source_that_is_no_longer_configured_is_called_by_its_id() -> None:
    assert "gone-away：读取失败" in told(replace(ALARM, source_id="gone-away")).text


@pytest.mark.parametrize("form", [Form.WECOM, Form.TEXT])
def test_a_hundred_broken_sources_fit_into_one_chat_message(form: Form) -> None:
    piece = told(*[replace(ALARM, id=n) for n in range(100)], to=replace(BOT, form=form))
    assert len(piece.text.encode()) <= (3800 if form is Form.WECOM else 1900)
    assert "另有 " in piece.text
    assert LINK in piece.text


def test_what_a_site_said_arrives_literally() -> None:
    bad = replace(ALARM, reason="<b>[点我](http://evil)</b>\r\nBcc: x@y.cn")
    assert "［点我］（http://evil）" in told(bad, to=BOT).text
    assert "&lt;b&gt;[点我]" in told(bad).html
    assert "\nBcc" not in told(bad).text
