"""WeCom bots: the answer is read, the bytes are counted, the key is never seen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest
from apprise import Apprise
from apprise.plugins.wecombot import NotifyWeComBot

from monitor.errors import DeliveryError
from monitor.model import Form
from tests.notify.make import a_delivery, opened
from tests.wecom_server import KEY, LIMIT, Reply, WeCom, refusal, wecom_server


@pytest.fixture
def wecom() -> Iterator[WeCom]:
    with wecom_server() as server:
        yield server


def send(wecom: WeCom, text: str = "**快讯**", *, perhaps_duplicate: bool = False) -> str:
    delivery = a_delivery(text, perhaps_duplicate=perhaps_duplicate)
    return asyncio.run(opened(wecom.url).notifier.send(delivery))


def refused(wecom: WeCom, text: str = "**快讯**") -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(wecom, text)
    return caught.value


def test_markdown_arrives_as_it_was_composed(wecom: WeCom) -> None:
    text = '**【快讯】8月30日**\n[标题](https://a.cn/)\n> <font color="warning">“截止”</font> 👍🏽'
    assert send(wecom, text) == "errcode=0 ok"
    assert wecom.received == [text]


@pytest.mark.parametrize(
    ("code", "permanent"),
    [(93000, True), (93004, True), (40058, True), (40008, True), (45009, False), (-1, False), (50001, False)],
)
def test_errcode_in_a_200_is_a_failure(wecom: WeCom, code: int, permanent: bool) -> None:
    wecom.script = [refusal(code, "no")]
    error = refused(wecom)
    assert (error.answer, error.permanent) == (f"errcode={code} no", permanent)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<html>login</html>"),
        Reply(b"", status=502),
        Reply(b"[]"),
        Reply(b'"ok"'),
        Reply(b'{"errcode": null}'),
        Reply(b'{"errmsg": "ok"}'),
        Reply(b'{"errcode": 0}', status=500),
    ],
)
def test_anything_but_a_yes_in_json_is_worth_another_try(wecom: WeCom, reply: Reply) -> None:
    wecom.script = [reply]
    assert not refused(wecom).permanent


def test_a_redirect_is_not_followed(wecom: WeCom) -> None:
    wecom.script = [Reply(b"", status=307, headers=(("Location", f"{wecom.base}/elsewhere"),))]
    assert refused(wecom).answer == "HTTP 307 without errcode"
    assert len(wecom.asked) == 1


def test_what_is_too_long_is_not_even_sent(wecom: WeCom) -> None:
    error = refused(wecom, "通" * (LIMIT // 3 + 1))
    assert error.permanent
    assert wecom.asked == []
    send(wecom, "通" * (LIMIT // 3))


def test_the_bot_may_stand_behind_a_gateway_and_a_wrong_key_is_permanent(wecom: WeCom) -> None:
    channel = opened(f"wecombot://another-key-0123456789?base={wecom.base}/")
    with pytest.raises(DeliveryError, match="errcode=93000") as caught:
        asyncio.run(channel.notifier.send(a_delivery()))
    assert caught.value.permanent


def test_the_key_is_never_logged(wecom: WeCom, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)
    channel = opened(wecom.url)
    wecom.script = [refusal(45009, f"key {KEY} too fast")]
    assert KEY not in str(refused(wecom))
    send(wecom)
    assert any(record.name == "urllib3.connectionpool" for record in caplog.records)
    assert KEY not in caplog.text
    assert KEY not in repr(channel)


def test_the_key_is_not_in_the_exception_when_nobody_listens(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)
    channel = opened(f"wecombot://{KEY}?base=http://127.0.0.1:9")
    with pytest.raises(DeliveryError) as caught:
        asyncio.run(channel.notifier.send(a_delivery()))
    error: BaseException | None = caught.value
    assert not caught.value.permanent
    logging.getLogger("test").error("x", exc_info=caught.value)
    assert KEY not in caplog.text
    while error:
        assert KEY not in str(error)
        error = error.__cause__ or error.__context__


def test_after_a_crash_the_piece_says_that_it_may_come_twice(wecom: WeCom) -> None:
    send(wecom, perhaps_duplicate=True)
    assert wecom.received == ["（可能重复）\n**快讯**"]


def test_the_open_channel_knows_its_form_and_its_limit(wecom: WeCom) -> None:
    one, same, other = opened(wecom.url), opened(wecom.url), opened("wecombot://other-key-012345")
    assert (one.form, one.recipients, one.per_minute) == (Form.WECOM, ("",), 18)
    assert one.bucket == same.bucket != other.bucket
    assert KEY not in one.bucket


@pytest.mark.parametrize("url", [f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"])
def test_the_address_that_wecom_shows_is_understood_too(url: str) -> None:
    assert opened(url).form is Form.WECOM


def test_apprise_itself_uses_our_plugin_and_hears_of_a_refusal(wecom: WeCom) -> None:
    opened(wecom.url)
    service = Apprise()
    assert service.add(wecom.url)
    wecom.script = [refusal(93000)]
    assert not service.notify(body="一")
    assert service.notify(body="二", title="题")
    assert wecom.received[0].split() == ["题", "二"]


def test_what_we_replace_is_still_what_we_know() -> None:
    """An upgrade of Apprise that changes the stock plugin should be looked at."""
    assert (NotifyWeComBot.body_maxlen, NotifyWeComBot.title_maxlen) == (2048, 0)
    assert NotifyWeComBot.secure_protocol == "wecombot"
