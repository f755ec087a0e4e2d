"""Nothing that opens a channel is seen anywhere: no log at any level, no answer, no row, no exception."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.errors import DeliveryError
from monitor.jobs.deliver import deliver
from monitor.model import Channel, Delivery, Piece
from monitor.notify import OpenChannel, open_notifier
from monitor.store import Store
from tests.notify.make import NOW, a_delivery

KEY = "s3cret0key0123456789"
OTHER = "s3cret0sign9876543210"
CLOSED = "127.0.0.1:9"


@pytest.fixture
def echo(httpserver: HTTPServer, caplog: pytest.LogCaptureFixture) -> str:
    """A service that refuses everything and quotes all that it was told."""

    def quote(request: Request) -> Response:
        said = f"no: {request.full_path} {request.headers} {request.data!r}"
        return Response(json.dumps({"errcode": 1, "code": 1, "errmsg": said, "msg": said}), status=500)

    httpserver.expect_request(re.compile(".*")).respond_with_handler(quote)
    caplog.set_level(logging.CRITICAL, "werkzeug")  # the stub's own
    caplog.set_level(1)
    return f"127.0.0.1:{httpserver.port}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open("", folder=tmp_path / "storage")
    opened.outbox.begin(["daily"], NOW)
    yield opened
    opened.close()


def now() -> datetime:
    return NOW


def send(store: Store, channel: OpenChannel) -> Delivery:
    pieces = [
        Piece(channel=channel.name, recipient=each, number=1, of=1, subject="快讯", text="快讯 正文")
        for each in channel.recipients[:1]
    ]
    store.outbox.tell("daily", [], pieces, NOW)
    asyncio.run(deliver(store=store, channels={channel.name: channel}, now=now))
    return store.outbox.deliveries(1)[0]


URLS = {
    "wecom": "wecombot://{key}?base=http://{host}",
    "dingtalk": "dingtalk://{other}@{key}?base=http://{host}",
    "feishu": "feishu://{key}?base=http://{host}",
    "lark": "lark://{key}?base=http://{host}",
    "mail": "mailto://kuaixun:{key}@{host}?from=a@x.cn&to=b@x.cn",
    "mail over ssl": "mailtos://kuaixun:{key}@{host}?mode=ssl&from=a@x.cn&to=b@x.cn",
    "webhook": "json://user:{other}@{host}/{key}?+X-Token={other}",
    "form": "form://{host}/hook/{key}",
    "gotify": "gotify://{host}/{key}",
}


@pytest.mark.parametrize("kind", URLS)
@pytest.mark.parametrize("there", [True, False])
def test_a_channel_that_fails_betrays_nothing(
    store: Store, tmp_path: Path, echo: str, caplog: pytest.LogCaptureFixture, kind: str, there: bool
) -> None:
    url = URLS[kind].format(key=KEY, other=OTHER, host=echo if there else CLOSED)
    channel = open_notifier(Channel(name="editors", url=url), outbox=tmp_path)
    notifier = channel.notifier
    if there and kind.startswith("mail"):
        # A web server is no mail server: it waits for more, and so do we, but not for long.
        notifier = replace(notifier, timeout=0.1)  # type: ignore[type-var]
    delivery = send(store, replace(channel, notifier=notifier))
    assert delivery.answer
    rows = dump(tmp_path / "storage" / "monitor.db")
    assert "delivery.again" in caplog.text or "delivery.dead" in caplog.text
    for shown in (caplog.text, repr(channel), repr(delivery), channel.url, channel.bucket, rows):
        assert KEY not in shown
        assert OTHER not in shown


def dump(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump())


@dataclass(frozen=True, slots=True)
class Broken:
    """A library with a mistake, whose exception says what it was given."""

    async def send(self, delivery: Delivery) -> str:
        try:
            raise ValueError(f"cannot parse https://x.cn/?key={KEY}")
        except ValueError as error:
            raise RuntimeError(f"while posting with {KEY}") from error


def test_an_exception_that_nobody_foresaw_is_logged_without_what_it_carries(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(1)
    channel = open_notifier(Channel(name="editors", url=f"wecombot://{KEY}"), outbox=tmp_path)
    delivery = send(store, replace(channel, notifier=Broken()))
    assert delivery.answer == "unexpected RuntimeError"
    assert "delivery.crashed" in caplog.text
    assert "Traceback" in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize("kind", URLS)
def test_the_exception_of_a_refusal_carries_no_other(tmp_path: Path, kind: str) -> None:
    url = URLS[kind].format(key=KEY, other=OTHER, host=CLOSED)
    channel = open_notifier(Channel(name="editors", url=url), outbox=tmp_path)
    piece = Piece(channel="editors", recipient="b@x.cn", number=1, of=1, subject="", text="快讯")
    with pytest.raises(DeliveryError) as caught:
        asyncio.run(channel.notifier.send(replace(a_delivery(), piece=piece)))
    error: BaseException | None = caught.value
    while error is not None:
        assert KEY not in str(error)
        error = error.__cause__ or error.__context__
