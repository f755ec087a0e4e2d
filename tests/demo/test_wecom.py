"""The loopback bot is as strict as the real one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from monitor.demo.exchange import Answer, Ask
from monitor.demo.wecom import PATH, WeCom

NOON = datetime(2019, 9, 2, 4, 0, tzinfo=UTC)


def test_a_message_is_taken_and_kept() -> None:
    bot = _bot()
    assert _code(bot.answer(_post("快讯"))) == 0
    assert [(message.kind, message.content, message.at) for message in bot.taken] == [
        ("markdown", "快讯", NOON)
    ]


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        pytest.param(lambda: _post("快讯", key="wrong"), 93000, id="wrong key"),
        pytest.param(lambda: _post("讯" * 1366), 40058, id="4098 bytes of markdown"),
        pytest.param(lambda: _post("讯" * 683, kind="text"), 40058, id="2049 bytes of text"),
        pytest.param(lambda: _post("快讯", kind="news"), 40008, id="a kind it does not know"),
        pytest.param(lambda: _post(""), 44004, id="nothing"),
        pytest.param(
            lambda: Ask(host="127.0.0.1", path=PATH, method="POST", query={"key": "k"}, body=b"{"),
            40008,
            id="no JSON",
        ),
    ],
)
def test_what_it_does_not_take_it_says_in_errcode(ask: object, code: int) -> None:
    bot = _bot()
    assert callable(ask)
    answer = bot.answer(ask())
    assert (answer.status, _code(answer)) == (200, code)
    assert (bot.taken, bot.refused) == ([], 1)


def test_4095_bytes_are_not_too_long() -> None:
    assert _code(_bot().answer(_post("讯" * 1365))) == 0


def test_the_twenty_first_message_within_a_minute_is_refused_and_a_minute_later_taken() -> None:
    now = NOON
    bot = WeCom("k", clock=lambda: now)
    assert [_code(bot.answer(_post(str(n)))) for n in range(21)] == [0] * 20 + [45009]
    now += timedelta(minutes=1)
    assert _code(bot.answer(_post("later"))) == 0


def test_its_address_is_an_apprise_address_that_leads_to_loopback() -> None:
    assert _bot().url(8099) == "wecombot://k?base=http://127.0.0.1:8099"


def _bot() -> WeCom:
    return WeCom("k", clock=lambda: NOON)


def _post(content: str, *, key: str = "k", kind: str = "markdown") -> Ask:
    body = json.dumps({"msgtype": kind, kind: {"content": content}}).encode()
    return Ask(host="127.0.0.1", path=PATH, method="POST", query={"key": key}, body=body)


def _code(answer: Answer) -> int:
    code = json.loads(answer.body)["errcode"]
    assert isinstance(code, int)
    return code
