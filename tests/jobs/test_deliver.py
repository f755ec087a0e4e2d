"""Delivering: every piece reaches its recipient at least once, and exactly once if nothing crashed."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import DeliveryError
from monitor.jobs.deliver import AT_ONCE, LEASE, Delivered, backoff, deliver
from monitor.model import Channel, Delivery, DeliveryState, Form, Piece
from monitor.notify import OpenChannel, open_channels
from monitor.store import Store
from tests.notify import conftest as _apprise_is_imported  # noqa: F401
from tests.smtp_server import smtp_server
from tests.wecom_server import refusal, wecom_server

START = datetime(2019, 8, 30, 0, 30, tzinfo=UTC)
REFUSED = DeliveryError("93000 bad key", permanent=True)
BUSY = DeliveryError("-1 busy", permanent=False)


@dataclass(slots=True)
class Clock:
    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def pass_(self, time: timedelta) -> None:
        self.at += time


@dataclass(slots=True)
class Chat:
    """A channel that takes pieces, unless `script` or `judge` says otherwise."""

    arrived: list[str] = field(default_factory=list)
    seen: list[Delivery] = field(default_factory=list)
    script: list[Exception | None] = field(default_factory=list)
    judge: Callable[[Delivery], Exception | None] = lambda delivery: None

    async def send(self, delivery: Delivery) -> str:
        self.seen.append(delivery)
        trouble = self.script.pop(0) if self.script else self.judge(delivery)
        if trouble:
            raise trouble
        self.arrived.append(delivery.piece.text)
        return "ok"


def opened(notifier: Chat, *, name: str = "bot", per_minute: int | None = None) -> OpenChannel:
    return OpenChannel(
        name=name,
        form=Form.TEXT,
        recipients=("",),
        url="",
        notifier=notifier,
        bucket=name,
        per_minute=per_minute,
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened_store = Store.open("", folder=tmp_path / "storage", patience=timedelta(milliseconds=20))
    opened_store.outbox.begin(["daily"], START)
    yield opened_store
    opened_store.close()


def put(store: Store, *texts: str, channel: str = "bot", recipient: str = "", at: datetime = START) -> None:
    pieces = [
        Piece(
            channel=channel,
            recipient=recipient,
            number=number,
            of=len(texts),
            subject="快讯",
            text=text,
            html="",
        )
        for number, text in enumerate(texts, 1)
    ]
    store.outbox.tell("daily", [], pieces, at)


def run(store: Store, clock: Clock, *channels: OpenChannel) -> Delivered:
    named = {channel.name: channel for channel in channels}
    return asyncio.run(deliver(store=store, channels=named, now=clock.now))


def states(store: Store) -> list[DeliveryState]:
    return [each.state for each in reversed(store.outbox.deliveries(1000))]


def the_delivery(store: Store) -> Delivery:
    (delivery,) = store.outbox.deliveries(10)
    return delivery


def test_pieces_are_sent_in_order_and_once(store: Store, clock: Clock) -> None:
    texts = [str(number) for number in range(3 * AT_ONCE)]
    put(store, *texts)
    chat = Chat()
    assert run(store, clock, opened(chat)) == Delivered(sent=len(texts))
    assert chat.arrived == texts
    assert run(store, clock, opened(chat)) == Delivered()
    assert (the_newest := store.outbox.deliveries(1)[0]).answer == "ok"
    assert the_newest.sent_at == START


def test_a_permanent_refusal_is_a_dead_letter_with_the_answer(store: Store, clock: Clock) -> None:
    put(store, "一")
    chat = Chat(script=[REFUSED])
    assert run(store, clock, opened(chat)) == Delivered(dead=1)
    assert (the_delivery(store).state, the_delivery(store).answer) == (DeliveryState.DEAD, "93000 bad key")
    clock.pass_(timedelta(days=7))
    assert run(store, clock, opened(chat)) == Delivered()


def test_a_transient_failure_is_tried_again_after_a_minute(store: Store, clock: Clock) -> None:
    put(store, "一")
    chat = Chat(script=[BUSY])
    assert run(store, clock, opened(chat)) == Delivered(again=1)
    assert the_delivery(store).next_try_at == START + timedelta(minutes=1)
    clock.pass_(timedelta(seconds=59))
    assert run(store, clock, opened(chat)) == Delivered()
    clock.pass_(timedelta(seconds=1))
    assert run(store, clock, opened(chat)) == Delivered(sent=1)
    assert not the_delivery(store).perhaps_duplicate


def test_a_channel_that_never_takes_it_is_given_up_after_three_days(store: Store, clock: Clock) -> None:
    put(store, "一")
    chat = Chat(judge=lambda delivery: BUSY)
    waits: list[timedelta] = []
    while the_delivery(store).state is DeliveryState.DUE:
        due = the_delivery(store).next_try_at
        assert due is not None
        waits.append(due - clock.at)
        clock.at = due
        run(store, clock, opened(chat))
    assert [wait.total_seconds() / 60 for wait in waits] == [0, 1, 2, 4, 8, 16, 32, *[60] * 71]
    assert the_delivery(store).state is DeliveryState.DEAD
    assert timedelta(days=2.9) < clock.at - START < timedelta(days=3.1)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (77, 60), (78, None), (300, None)]
)
def test_backoff(attempts: int, minutes: int | None) -> None:
    assert backoff(attempts) == (None if minutes is None else timedelta(minutes=minutes))


def test_after_a_failure_later_pieces_of_that_digest_wait_so_that_order_is_kept(
    store: Store, clock: Clock
) -> None:
    texts = [f"{number}" for number in range(AT_ONCE + 5)]
    put(store, *texts)
    chat = Chat(script=[None, BUSY])
    assert run(store, clock, opened(chat)) == Delivered(sent=1, again=1)
    assert len(chat.seen) == 2
    clock.pass_(timedelta(minutes=1))
    run(store, clock, opened(chat))
    assert chat.arrived == texts


def test_one_channels_failure_neither_stops_nor_repeats_the_others(store: Store, clock: Clock) -> None:
    put(store, "1", "2", channel="good")
    put(store, "1", "2", channel="bad")
    good, bad = Chat(), Chat(script=[REFUSED, BUSY])
    channels = opened(good, name="good"), opened(bad, name="bad")
    assert run(store, clock, *channels) == Delivered(sent=2, again=1, dead=1)
    clock.pass_(timedelta(minutes=1))
    assert run(store, clock, *channels) == Delivered(sent=1)
    assert (good.arrived, bad.arrived) == (["1", "2"], ["2"])


def test_one_bad_recipient_does_not_stop_the_other(store: Store, clock: Clock) -> None:
    for recipient in ("a@x.cn", "b@x.cn", "c@x.cn"):
        put(store, f"for {recipient}", recipient=recipient)
    verdicts = {"a@x.cn": BUSY, "b@x.cn": REFUSED, "c@x.cn": None}
    chat = Chat(judge=lambda delivery: verdicts[delivery.piece.recipient])
    assert run(store, clock, opened(chat)) == Delivered(sent=1, again=1, dead=1)
    assert chat.arrived == ["for c@x.cn"]


def test_an_error_that_nobody_foresaw_is_worth_another_try(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    put(store, "一")
    put(store, "二", channel="other")
    chat, other = Chat(script=[ZeroDivisionError()]), Chat()
    channels = opened(chat), opened(other, name="other")
    assert run(store, clock, *channels) == Delivered(sent=1, again=1)
    assert "delivery.crashed" in caplog.text
    clock.pass_(timedelta(minutes=1))
    assert run(store, clock, *channels) == Delivered(sent=1)


def test_a_channel_that_is_no_longer_configured_is_a_dead_letter(store: Store, clock: Clock) -> None:
    put(store, "一", channel="gone")
    assert run(store, clock) == Delivered(dead=1)
    assert the_delivery(store).answer == "no channel named gone in sources.yaml"


def test_a_bot_gets_no_more_a_minute_than_it_takes_and_waiting_kills_nothing(
    store: Store, clock: Clock
) -> None:
    texts = [str(number) for number in range(200)]
    put(store, *texts)
    chat, sizes = Chat(), list[int]()
    while len(chat.arrived) < len(texts):
        before = len(chat.arrived)
        run(store, clock, opened(chat, per_minute=18))
        sizes.append(len(chat.arrived) - before)
        clock.pass_(timedelta(minutes=1))
    assert sizes == [18] * 11 + [2]
    assert chat.arrived == texts
    assert not any(delivery.perhaps_duplicate for delivery in chat.seen)


def test_the_limit_survives_a_restart_and_is_shared_by_channels_of_one_bot(
    store: Store, clock: Clock
) -> None:
    put(store, *"abcd")
    chat = Chat()
    run(store, clock, opened(chat, per_minute=3))
    clock.pass_(timedelta(seconds=30))
    put(store, "e", channel="twin")
    twin = OpenChannel(
        name="twin", form=Form.TEXT, recipients=("",), url="", notifier=chat, bucket="bot", per_minute=3
    )
    assert run(store, clock, opened(chat, per_minute=3), twin) == Delivered()
    clock.pass_(timedelta(seconds=60))
    run(store, clock, opened(chat, per_minute=3), twin)
    assert sorted(chat.arrived) == ["a", "b", "c", "d", "e"]


class Crash(BaseException):
    """The process dies."""


def test_a_crash_between_sending_and_the_answer_is_sent_again_and_marked(store: Store, clock: Clock) -> None:
    put(store, "一")
    chat = Chat()

    def die_after_sending(delivery: Delivery) -> Exception | None:
        chat.arrived.append(delivery.piece.text)
        raise Crash

    chat.judge = die_after_sending
    with pytest.raises(Crash):
        run(store, clock, opened(chat))
    chat.judge = lambda delivery: None
    assert run(store, clock, opened(chat)) == Delivered()
    clock.pass_(LEASE)
    assert run(store, clock, opened(chat)) == Delivered(sent=1)
    assert [delivery.perhaps_duplicate for delivery in chat.seen] == [False, True]
    assert chat.arrived == ["一", "一"]


def test_told_to_stop_it_finishes_the_piece_in_flight_and_leaves_the_rest_due(
    store: Store, clock: Clock
) -> None:
    put(store, "1", "2", "3")
    chat = Chat()

    async def story() -> None:
        begun, let_go = asyncio.Event(), asyncio.Event()

        class Slow:
            async def send(self, delivery: Delivery) -> str:
                begun.set()
                await let_go.wait()
                return await chat.send(delivery)

        channel = OpenChannel(
            name="bot",
            form=Form.TEXT,
            recipients=("",),
            url="",
            notifier=Slow(),
            bucket="bot",
            per_minute=None,
        )
        task = asyncio.create_task(deliver(store=store, channels={"bot": channel}, now=clock.now))
        await begun.wait()
        task.cancel()
        await asyncio.sleep(0)
        let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(story())
    assert states(store) == [DeliveryState.SENT, DeliveryState.DUE, DeliveryState.DUE]
    run(store, clock, opened(chat))
    assert chat.arrived == ["1", "2", "3"]
    assert not any(delivery.perhaps_duplicate for delivery in chat.seen)


def test_a_slow_channel_does_not_outlive_its_lease(store: Store, clock: Clock) -> None:
    put(store, *"abcdef")
    chat = Chat()

    def take_a_minute(delivery: Delivery) -> Exception | None:
        clock.pass_(timedelta(minutes=1))
        return None

    chat.judge = take_a_minute
    assert run(store, clock, opened(chat)) == Delivered(sent=6)
    assert not any(delivery.perhaps_duplicate for delivery in chat.seen)


def test_whatever_fails_everything_arrives_exactly_once(store: Store, clock: Clock) -> None:
    chance = random.Random(4)

    def now_and_then(_: Delivery) -> Exception | None:
        return BUSY if chance.random() < 0.1 else None

    chats = {f"c{number}": Chat(judge=now_and_then) for number in range(5)}
    channels = [opened(chat, name=name, per_minute=18) for name, chat in chats.items()]
    digests = [[f"{number}/{piece}" for piece in "abc"] for number in range(15)]
    for number, texts in enumerate(digests):
        for name in chats:
            put(store, *texts, channel=name, at=START + timedelta(seconds=number))
    for _ in range(60):
        clock.pass_(timedelta(minutes=1))
        run(store, clock, *channels)
    assert set(states(store)) == {DeliveryState.SENT}
    for chat in chats.values():
        assert sorted(chat.arrived) == sorted(text for texts in digests for text in texts)
        assert all([text for text in chat.arrived if text in texts] == texts for texts in digests)


def test_real_channels_each_with_its_own_trouble(store: Store, clock: Clock, tmp_path: Path) -> None:
    async def story(wecom_url: str) -> tuple[Sequence[Delivered], list[str]]:
        async with smtp_server() as mailbox:
            mailbox.refused = {"gone@x.cn": "550 no such user", "busy@x.cn": "450 try later"}
            urls = {
                "mail": mailbox.url("gone@x.cn", "busy@x.cn", "here@x.cn"),
                "bot": wecom_url,
                "files": "",
            }
            channels = open_channels(
                [Channel(name=name, url=url) for name, url in urls.items()], outbox=tmp_path / "outbox"
            )
            for name, channel in channels.items():
                for address in channel.addresses:
                    put(store, "文", channel=name, recipient=address.recipient)
            first = await deliver(store=store, channels=channels, now=clock.now)
            mailbox.refused.clear()
            clock.pass_(timedelta(minutes=1))
            second = await deliver(store=store, channels=channels, now=clock.now)
            return (first, second), [to for to, _ in mailbox.arrived]

    with wecom_server() as wecom:
        wecom.script = [refusal(45009, "api freq out of limit")]
        done, mailed = asyncio.run(story(wecom.url))
        assert wecom.received == ["文"]
    assert done == (Delivered(sent=2, again=2, dead=1), Delivered(sent=2))
    assert mailed == ["here@x.cn", "busy@x.cn"]
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1
    assert threading.active_count() < 20
