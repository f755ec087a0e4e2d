"""钉钉, 飞书 and Lark: a 200 that is a refusal is a refusal, and what can be tried again is told apart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest
from apprise import Apprise
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.lark import NotifyLark
from werkzeug import Response

from monitor.errors import ConfigError, DeliveryError
from monitor.model import Form
from tests.bot_server import SECRET, TOKEN, Bots, bot_server, said
from tests.notify.make import a_delivery, opened

TEXT = "【快讯】8月30日\n1、通知 👍🏽\nhttps://a.cn/1.html"
KINDS = ["dingtalk", "feishu", "lark"]


@pytest.fixture
def bots() -> Iterator[Bots]:
    with bot_server() as server:
        yield server


def url(kind: str, bots: Bots, *, token: str = TOKEN, secret: str = "") -> str:
    return f"{kind}://{secret}{'@' if secret else ''}{token}?base={bots.base}"


def send(address: str, text: str = TEXT, *, perhaps_duplicate: bool = False) -> str:
    delivery = a_delivery(text, perhaps_duplicate=perhaps_duplicate)
    return asyncio.run(opened(address).notifier.send(delivery))


def refused(address: str, text: str = TEXT) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(address, text)
    return caught.value


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("dingtalk", "errcode=0 ok"), ("feishu", "code=0 success"), ("lark", "code=0 success")],
)
def test_a_text_arrives_as_it_was_composed(bots: Bots, kind: str, answer: str) -> None:
    assert send(url(kind, bots)) == answer
    assert bots.texts == [TEXT]


@pytest.mark.parametrize(
    ("code", "message", "permanent"),
    [
        (310000, "keywords not in content", True),
        (310000, "sign not match", True),
        (310000, "ip 1.2.3.4 not in whitelist", True),
        (300001, "token is not exist", True),
        (400013, "群已被解散", True),
        (400101, "access_token不存在", True),
        (400102, "机器人已停用", True),
        (400105, "不支持的消息类型", True),
        (430102, "含有不合适的文本", True),
        (40035, "不合法的参数", True),
        (410100, "发送速度太快而限流", False),
        (130101, "send too fast, exceed 20 times per minute", False),
        (-1, "系统繁忙", False),
        (88, "unknown", False),
    ],
)
def test_what_dingtalk_refuses(bots: Bots, code: int, message: str, permanent: bool) -> None:
    bots.script = [said(errcode=code, errmsg=message)]
    error = refused(url("dingtalk", bots))
    assert (error.answer, error.permanent) == (f"errcode={code} {message}", permanent)


@pytest.mark.parametrize("kind", ["feishu", "lark"])
@pytest.mark.parametrize(
    ("status", "code", "message", "permanent"),
    [
        (200, 19001, "param invalid: incoming webhook access token invalid", True),
        (200, 19021, "sign match fail or timestamp is not within one hour", True),
        (200, 19022, "Ip Not Allowed", True),
        (200, 19024, "Key Words Not Found", True),
        (200, 9499, "Bad Request", True),
        (400, 9499, "Bad Request", True),
        (200, 11232, "frequency limited", False),
        (429, 99991400, "request trigger frequency limit", False),
        (500, 2200, "Internal Error", False),
    ],
)
def test_what_feishu_refuses(
    bots: Bots, kind: str, status: int, code: int, message: str, permanent: bool
) -> None:
    bots.script = [said(status, code=code, msg=message, data={})]
    error = refused(url(kind, bots))
    assert (error.answer, error.permanent) == (f"code={code} {message}", permanent)


def test_feishu_of_old_says_it_in_another_field(bots: Bots) -> None:
    bots.script = [
        said(StatusCode=0, StatusMessage="success"),
        said(StatusCode=19001, StatusMessage="no"),
        said(code=0, StatusCode=11232, StatusMessage="too often"),
    ]
    assert send(url("feishu", bots)) == "StatusCode=0 success"
    assert refused(url("feishu", bots)).answer == "StatusCode=19001 no"
    assert refused(url("feishu", bots)).answer == "StatusCode=11232 too often"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "reply",
    [
        Response("<html>login</html>"),
        Response("", status=502),
        Response("[]"),
        Response('{"errcode": null, "code": "x"}'),
        Response('{"errcode": 0, "code": 0}', status=500),
        Response("", status=302, headers={"Location": "/elsewhere"}),
    ],
)
def test_anything_but_a_yes_is_worth_another_try(bots: Bots, kind: str, reply: Response) -> None:
    bots.script = [reply]
    assert not refused(url(kind, bots)).permanent
    assert len(bots.asked) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_token_that_nobody_knows_is_permanent(bots: Bots, kind: str) -> None:
    token = "another-token-0123456789" if kind != "dingtalk" else "another0token"
    error = refused(url(kind, bots, token=token))
    assert error.permanent
    assert token not in str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_service_that_is_not_there_is_worth_another_try(kind: str) -> None:
    error = refused(f"{kind}://{TOKEN}?base=http://127.0.0.1:9")
    assert (error.answer, error.permanent) == ("no answer: ConnectionError", False)
    assert error.__cause__ is error.__context__ is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_too_long_is_not_even_sent(bots: Bots, kind: str) -> None:
    assert refused(url(kind, bots), "快" * 7000).permanent
    assert bots.asked == []


def test_dingtalk_signs_as_its_documentation_says(bots: Bots) -> None:
    bots.secret = SECRET
    assert send(url("dingtalk", bots, secret=SECRET)) == "errcode=0 ok"
    assert refused(url("dingtalk", bots)).permanent is False  # the stub met no timestamp: a 500
    assert "sign not match" in refused(url("dingtalk", bots, secret="SECwrong")).answer


def test_dingtalk_calls_those_who_are_named(bots: Bots) -> None:
    send(f"dingtalk://{TOKEN}/13900000000?base={bots.base}")
    assert bots.received[0]["at"] == {"atMobiles": ["13900000000"], "isAtAll": False}


def test_dingtalk_without_its_keyword_says_so(bots: Bots) -> None:
    assert refused(url("dingtalk", bots), "通知").answer.startswith("errcode=310000 keywords not in content")


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_crash_the_piece_says_that_it_may_come_twice(bots: Bots, kind: str) -> None:
    send(url(kind, bots), perhaps_duplicate=True)
    assert bots.texts == [f"（可能重复）\n{TEXT}"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_secrets_are_never_seen(bots: Bots, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "werkzeug")  # the stub's own
    caplog.set_level(1)
    address = url(kind, bots, secret=SECRET if kind == "dingtalk" else "")
    bots.script = [said(errcode=310000, code=19001, errmsg=f"{TOKEN} {SECRET}", msg=f"no {TOKEN}")]
    assert TOKEN not in str(refused(address))
    assert SECRET not in str(refused(f"{address}x"))
    send(address)
    channel = opened(address)
    for shown in (caplog.text, repr(channel), channel.url, channel.bucket):
        assert TOKEN not in shown
        assert SECRET not in shown
    assert any(record.name == "urllib3.connectionpool" for record in caplog.records)


@pytest.mark.parametrize(("kind", "per_minute"), [("dingtalk", 18), ("feishu", 60), ("lark", 60)])
def test_the_open_channel_knows_its_form_and_its_limit(bots: Bots, kind: str, per_minute: int) -> None:
    one, other = opened(url(kind, bots)), opened(url(kind, bots, token="other0token0123456789"))
    assert (one.form, one.recipients, one.per_minute) == (Form.TEXT, ("",), per_minute)
    assert one.bucket != other.bucket
    assert one.bucket.startswith(f"{kind}:")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}", "dingtalk"),
        (f"https://open.feishu.cn/open-apis/bot/v2/hook/{TOKEN}", "feishu"),
        (f"https://open.larksuite.com/open-apis/bot/v2/hook/{TOKEN}", "lark"),
    ],
)
def test_the_address_that_the_service_shows_is_understood_too(address: str, kind: str) -> None:
    channel = opened(address)
    assert channel.bucket.startswith(f"{kind}:")
    assert TOKEN not in channel.url


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rest", ["", f"{TOKEN}?base=file:///etc", f"{TOKEN}?base=gateway", "to!ken?base=x"])
def test_a_url_that_cannot_be_used_is_an_error_at_the_start(kind: str, rest: str) -> None:
    with pytest.raises(ConfigError, match=r"channels\.editors\.url") as caught:
        opened(f"{kind}://{rest}")
    assert TOKEN not in str(caught.value)


def test_apprise_itself_uses_our_plugins_and_hears_of_a_refusal(bots: Bots) -> None:
    for kind in KINDS:
        opened(url(kind, bots))
        service = Apprise()
        assert service.add(url(kind, bots))
        bots.script = [said(errcode=310000, code=19024)]
        assert not service.notify(body="快讯 一")
        assert service.notify(body="快讯 二", title="题")
    assert [str(text).split() for text in bots.texts] == [["题", "快讯", "二"]] * 3


def test_what_we_replace_is_still_what_we_know() -> None:
    """An upgrade of Apprise that changes the stock plugins should be looked at."""
    for stock in (NotifyDingTalk, NotifyFeishu, NotifyLark):
        assert stock.body_maxlen == 19985
