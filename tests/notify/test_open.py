"""Opening channels: which sender stands behind which URL, what is refused, what is never shown."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from monitor.errors import ConfigError, DeliveryError
from monitor.model import Channel, Form
from monitor.notify import open_channels, redact
from tests.notify.make import a_delivery, opened

SECRET = "s3cret-t0ken-0123456789"


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        f"nonsense {SECRET}",
        f"nosuch://{SECRET}",
        "wecombot://",
        f"wecombot://{SECRET}!?",
        f"wecombot://{SECRET}?base=file:///etc",
        f"wecombot://{SECRET}?base=gateway",
        f"mailto://user:{SECRET}@",
        f"mailtos://user:{SECRET}@x.cn?mode=none",
    ],
)
def test_a_url_that_cannot_be_used_is_an_error_without_the_secret(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(1)
    with pytest.raises(ConfigError) as caught:
        opened(url)
    assert caught.value.where == "channels.editors.url"
    assert SECRET not in str(caught.value)
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        f"wecombot://{SECRET}",
        f"mailtos://user:{SECRET}@qq.com",
        f"json://user:{SECRET}@localhost/path",
        f"json://localhost/{SECRET}",
    ],
)
def test_an_open_channel_shows_no_secret(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)
    channel = opened(url)
    assert channel.url.startswith(url.partition("://")[0])
    assert SECRET not in repr(channel)
    assert SECRET not in caplog.text


def test_any_other_apprise_url_gets_plain_text(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_json({})
    channel = opened(f"json://127.0.0.1:{httpserver.port}/hook")
    assert (channel.form, channel.recipients, channel.per_minute) == (Form.TEXT, ("",), None)
    assert asyncio.run(channel.notifier.send(a_delivery("一 <b> & ［二］"))) == "apprise: SUCCESS"
    ((request, _),) = httpserver.log
    assert json.loads(request.data)["message"] == "一 <b> & ［二］"


def test_a_service_that_says_no_is_worth_another_try(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("no", status=500)
    channel = opened(f"json://127.0.0.1:{httpserver.port}/hook")
    with pytest.raises(DeliveryError, match="apprise: FAILURE") as caught:
        asyncio.run(channel.notifier.send(a_delivery()))
    assert not caught.value.permanent
    assert len(httpserver.log) == 1


def test_channels_by_name(tmp_path: Path) -> None:
    channels = [Channel(name="a", url=""), Channel(name="b", url=f"wecombot://{SECRET}")]
    assert {name: each.form for name, each in open_channels(channels, outbox=tmp_path).items()} == {
        "a": Form.MAIL,
        "b": Form.WECOM,
    }


def test_apprise_is_not_imported_before_a_channel_needs_it() -> None:
    code = (
        "import sys; from pathlib import Path; from monitor.notify import open_notifier;"
        "from monitor.model import Channel; open_notifier(Channel(name='a', url=''), outbox=Path('x'));"
        "sys.exit('apprise' in sys.modules or 'requests' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"token is {SECRET}", "token is ***"),
        ("GET /send?key=abc&x=1", "GET /send?key=***&x=1"),
        ("https://user:pw@host/path", "https://***@host/path"),
        ("access_token=abc 'password=def'", "access_token=*** 'password=***'"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_redact(text: str, shown: str) -> None:
    assert redact(text, [SECRET, ""]) == shown


@pytest.mark.parametrize("name", ["apprise", "urllib3.connectionpool", "requests"])
def test_libraries_log_no_secret_not_even_in_a_traceback(name: str, caplog: pytest.LogCaptureFixture) -> None:
    opened(f"wecombot://{SECRET}")
    caplog.set_level(1)
    logger = logging.getLogger(name)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logger.exception("failed with %s", {"url": f"x?key={SECRET}"})
    assert "failed with" in caplog.text
    assert "Traceback" in caplog.text
    assert SECRET not in caplog.text
