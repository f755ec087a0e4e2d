"""500 changes to five recipients through real channels that fail one time in ten, and a restart in the middle."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.jobs.deliver import LEASE, deliver
from monitor.jobs.digest import tell
from monitor.model import Channel, Delivery, DeliveryState, Digest
from monitor.notify import OpenChannel, open_channels
from monitor.notify.channel import Notifier
from monitor.store import Store
from tests.notify import conftest as _apprise_is_imported  # noqa: F401
from tests.smtp_server import Mailbox, smtp_server
from tests.store.make import NOW, apply, intent, row, see, settlement, source, watch
from tests.wecom_server import Reply, WeCom, refusal, wecom_server

CHANGES, AT_A_TIME = 500, 20
DAILY = Digest(
    name="daily",
    to=("bot-a", "bot-b", "mail", "hook"),
    at="30 8 * * *",
    sections=("申报通知",),
    pieces=0,
)
READERS = ("a@example.org", "b@example.org")
SOURCES = {"miit": source("miit")}
MARK = "（可能重复）"


class Crash(BaseException):
    """The process dies."""


@dataclass(slots=True)
class Weather:
    """One time in ten something fails that passes."""

    chance: random.Random = field(default_factory=lambda: random.Random(20))
    failures: int = 0

    def is_bad(self) -> bool:
        bad = self.chance.random() < 0.1
        self.failures += bad
        return bad

    def bot(self) -> Reply | None:
        kinds = [refusal(45009, "api freq out of limit"), refusal(-1, "busy"), Reply(b"", status=502)]
        return self.chance.choice(kinds) if self.is_bad() else None

    def mail(self) -> str:
        return "451 4.3.0 try later" if self.is_bad() else ""


@dataclass(slots=True)
class Hook:
    """A webhook of somebody's own."""

    weather: Weather
    received: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        if self.weather.is_bad():
            return Response(status=503)
        self.received.append(json.loads(request.data)["message"])
        return Response("{}")


@dataclass(frozen=True, slots=True)
class Fatal:
    """Sends, and then the process dies before the answer is written down; at the n-th piece."""

    inner: Notifier
    left: list[None]

    async def send(self, delivery: Delivery) -> str:
        answer = await self.inner.send(delivery)
        if self.left:
            self.left.pop()
            if not self.left:
                raise Crash
        return answer


@dataclass(slots=True)
class Town:
    """Five recipients and what they got, the clock, and a program that can be started again."""

    folder: Path
    bots: Mapping[str, WeCom]
    mailbox: Mailbox
    hook: Hook
    urls: Mapping[str, str]
    at: datetime = NOW
    published: int = 0

    @contextmanager
    def store(self) -> Iterator[Store]:
        opened = Store.open("", folder=self.folder / "storage")
        opened.outbox.begin([DAILY.name], self.at)
        watch(opened, "miit")
        yield opened
        opened.close()

    def channels(self, *, fatal: int = 0) -> dict[str, OpenChannel]:
        found = open_channels(
            [Channel(name=name, url=url) for name, url in self.urls.items()], outbox=self.folder / "outbox"
        )
        left: list[None] = [None] * fatal
        return {
            name: replace(channel, notifier=Fatal(channel.notifier, left)) for name, channel in found.items()
        }

    def now(self) -> datetime:
        return self.at

    async def live(self, store: Store, *, until: int, fatal: int = 0) -> None:
        """Publish, tell and deliver, minute after minute, until so much is published and all is sent."""
        channels = self.channels(fatal=fatal)
        while self.published < until or waiting(store):
            if self.published < until:
                self._publish(store)
                await tell(DAILY, store=store, channels=channels, sources=SOURCES, now=self.at, link="")
            await deliver(store=store, channels=channels, now=self.now)
            self.at += timedelta(minutes=1)

    def got(self) -> dict[str, list[str]]:
        mails: dict[str, list[str]] = {reader: [] for reader in READERS}
        for reader, mail in self.mailbox.arrived:
            marked = MARK if mail["X-Kuaixun-Perhaps-Duplicate"] else ""
            mails[reader].append(marked + plain(mail))
        return {name: bot.received for name, bot in self.bots.items()} | mails | {"hook": self.hook.received}

    def _publish(self, store: Store) -> None:
        names = [f"n{number}" for number in range(self.published, self.published + AT_A_TIME)]
        see(store, *(row(name) for name in reversed(names)), at=self.at)
        owed = store.notices.owed("miit", self.at, AT_A_TIME)
        settled = [
            settlement(
                posting.id, decided=intent(title=f"关于第{self.published + place:04d}号事项的通知 👍🏽")
            )
            for place, posting in enumerate(owed)
        ]
        apply(store, *settled, at=self.at)
        self.published += AT_A_TIME


def waiting(store: Store) -> bool:
    return any(
        each.state in (DeliveryState.DUE, DeliveryState.SENDING) for each in store.outbox.deliveries(5000)
    )


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def numbers(texts: list[str]) -> Counter[int]:
    return Counter(int(found) for text in texts for found in re.findall(r"第(\d{4})号事项", text))


def test_all_is_delivered_nothing_is_lost_and_what_came_twice_says_so(tmp_path: Path) -> None:
    weather = Weather()

    async def story(bots: Mapping[str, WeCom], server: HTTPServer) -> tuple[Town, list[Delivery]]:
        hook = Hook(weather)
        server.expect_request("/hook", method="POST").respond_with_handler(hook)
        async with smtp_server() as mailbox:
            mailbox.trouble = weather.mail
            urls = {name: bot.url for name, bot in bots.items()}
            urls |= {"mail": mailbox.url(*READERS), "hook": f"json://127.0.0.1:{server.port}/hook"}
            town = Town(tmp_path, bots, mailbox, hook, urls)
            for bot in bots.values():
                bot.now, bot.per_minute, bot.trouble = town.now, 20, weather.bot
            with town.store() as store:
                try:
                    await town.live(store, until=CHANGES // 2, fatal=60)
                except Crash:
                    pass
                else:
                    raise AssertionError("it was to die")
            town.at += LEASE
            with town.store() as store:
                await town.live(store, until=CHANGES)
                return town, list(store.outbox.deliveries(5000))

    with bot_pair() as bots, HTTPServer(host="127.0.0.1") as server:
        town, deliveries = asyncio.run(story(bots, server))
    assert {each.state for each in deliveries} == {DeliveryState.SENT}
    assert weather.failures > 20
    marked = [each for each in deliveries if each.perhaps_duplicate]
    assert len(marked) == 1
    for texts in town.got().values():
        found = numbers(texts)
        assert set(found) == set(range(CHANGES))
        again = numbers([text for text in texts if text.startswith(MARK)])
        assert all(count == 1 + again[number] for number, count in found.items())
    twice = [text for texts in town.got().values() for text in texts if text.startswith(MARK)]
    assert len(twice) == 1
    assert not any(reply_was_a_refusal_for_good(town))


@contextmanager
def bot_pair() -> Iterator[Mapping[str, WeCom]]:
    with wecom_server() as one, wecom_server() as other:
        yield {"bot-a": one, "bot-b": other}


def reply_was_a_refusal_for_good(town: Town) -> Iterator[bool]:
    for bot in town.bots.values():
        for text in bot.received:
            yield len(text.encode()) > 4096
