"""Sends what is due in the outbox: channel beside channel, within a channel piece after piece.

States and their arrows: due → sending (claimed, under a lease) → sent, or due again, or dead. A
crash in between leaves `sending`; when the lease has run out the piece is claimed again and marked
as a possible duplicate.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from tenacity import RetryCallState, Retrying, stop_after_attempt, wait_exponential

from monitor.dates import SHANGHAI
from monitor.errors import DeliveryError
from monitor.jobs.guard import guarded
from monitor.model import Address, Delivery, DeliveryState, Piece
from monitor.notify import OpenChannel
from monitor.store import Store

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
WINDOW = timedelta(seconds=60)
# Few at once: after a crash every piece claimed is marked as a possible duplicate, sent or not.
AT_ONCE = 20
# Policies as values: when to try again, and when to stop trying.
BACK_OFF = wait_exponential(multiplier=60, max=3600)
ATTEMPTS = 78  # some three days
GIVE_UP = stop_after_attempt(ATTEMPTS)
# After so many attempts, some two hours, operators hear of a piece, though it is tried further.
STUCK = 8


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the pieces that were due."""

    sent: int = 0
    again: int = 0
    dead: int = 0

    def __add__(self, other: Delivered) -> Delivered:
        return Delivered(self.sent + other.sent, self.again + other.again, self.dead + other.dead)


class _Reading(NamedTuple):
    """One digest for one recipient: its pieces are read in order."""

    channel: str
    recipient: str
    digest: str
    composed_at: datetime


class _Outcome(NamedTuple):
    """Of one attempt: what to add up, and when the piece is due again, None if it is not."""

    tally: Delivered
    again_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One claim: what it works with, when its leases began, who waits until when."""

    store: Store
    now: Callable[[], datetime]
    claimed_at: datetime
    waiting: dict[_Reading, datetime]

    @property
    def is_over(self) -> bool:
        """Whether too little of the lease is left to begin another piece."""
        return self.now() - self.claimed_at > LEASE / 2

    def until(self, to: _Reading) -> datetime | None:
        """How long these pieces still have to wait; None: no longer."""
        until = self.waiting.get(to)
        return until if until and until > self.now() else None

    async def put_back(self, delivery: Delivery, until: datetime) -> None:
        """Leave a piece that nobody began to send for later."""
        await self.store.run(self.store.outbox.put_back, delivery.id, until)


async def deliver(
    *, store: Store, channels: Mapping[str, OpenChannel], now: Callable[[], datetime]
) -> Delivered:
    """Send every piece that is due, once. A refusal is a state of its piece, never an exception.

    Told to stop, it finishes the pieces in flight and leaves the others due.
    """
    total, waiting = Delivered(), dict[_Reading, datetime]()
    while True:
        turn = _Turn(store=store, now=now, claimed_at=now(), waiting=waiting)
        batch = await store.run(store.outbox.claim, turn.claimed_at, lease=LEASE, limit=AT_ONCE)
        if not batch:
            break
        total += await _deliver_batch(batch, channels, turn)
    if total != Delivered():
        log.info("deliver.done sent=%d again=%d dead=%d", total.sent, total.again, total.dead)
    return total


def backoff(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts: 1 minute, doubled up to an hour; None: give up."""
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = attempts
    return None if GIVE_UP(state) else timedelta(seconds=BACK_OFF(state))


async def _deliver_batch(
    batch: Sequence[Delivery], channels: Mapping[str, OpenChannel], turn: _Turn
) -> Delivered:
    queues: dict[str, deque[Delivery]] = {}
    for delivery in batch:
        queues.setdefault(delivery.piece.channel, deque()).append(delivery)
    work = [_empty(queue, channels.get(name), turn) for name, queue in queues.items()]
    total = Delivered()
    for done in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(done, BaseException):
            raise done
        total += done
    return total


async def _empty(queue: deque[Delivery], channel: OpenChannel | None, turn: _Turn) -> Delivered:
    """Send the pieces of one channel in order; after a failure what is to be read after it waits with it."""
    total = Delivered()
    try:
        while queue and not turn.is_over:
            delivery = queue.popleft()
            to = _reading(delivery)
            until = turn.until(to) or await _room_at(channel, turn)
            if until:
                await turn.put_back(delivery, until)
            else:
                done, until = await _finished(_attempt(delivery, channel, turn))
                total += done
            if until:
                turn.waiting[to] = until
    finally:
        for delivery in queue:
            await turn.put_back(delivery, turn.now())
    return total


async def _room_at(channel: OpenChannel | None, turn: _Turn) -> datetime | None:
    """When the channel's rate limit lets the next piece through; None: at once."""
    if channel is None or channel.per_minute is None:
        return None
    now = turn.now()
    used = await turn.store.run(turn.store.outbox.rate, channel.bucket, now, WINDOW)
    return now + WINDOW if used >= channel.per_minute else None


async def _attempt(delivery: Delivery, channel: OpenChannel | None, turn: _Turn) -> _Outcome:
    if channel is None:
        reason = f"no channel named {delivery.piece.channel} in sources.yaml"
        return await _failed(delivery, DeliveryError(reason, permanent=True), turn)
    if channel.per_minute is not None:
        await turn.store.run(turn.store.outbox.note_attempt, channel.bucket, turn.now())
    answer = await _answer(delivery, channel)
    if isinstance(answer, DeliveryError):
        return await _failed(delivery, answer, turn)
    await turn.store.run(turn.store.outbox.sent, delivery.id, answer, turn.now())
    return _Outcome(Delivered(sent=1), None)


async def _answer(delivery: Delivery, channel: OpenChannel) -> str | DeliveryError:
    with guarded("delivery.crashed", log, delivery=delivery.id, channel=channel.name) as outcome:
        try:
            return await channel.notifier.send(delivery)
        except DeliveryError as error:
            return error
    return DeliveryError(f"unexpected {type(outcome.error).__name__}", permanent=False)


async def _failed(delivery: Delivery, error: DeliveryError, turn: _Turn) -> _Outcome:
    now, outbox, piece = turn.now(), turn.store.outbox, delivery.piece
    wait = None if error.permanent else backoff(delivery.attempts)
    if wait is None:
        await turn.store.run(outbox.dead, delivery.id, error.answer, now)
        log.error("delivery.dead id=%d channel=%s answer=%s", delivery.id, piece.channel, error.answer)
        return _Outcome(Delivered(dead=1), None)
    await turn.store.run(outbox.again, delivery.id, error.answer, now + wait)
    log.warning("delivery.again id=%d channel=%s answer=%s", delivery.id, piece.channel, error.answer)
    return _Outcome(Delivered(again=1), now + wait)


def _reading(delivery: Delivery) -> _Reading:
    piece = delivery.piece
    return _Reading(piece.channel, piece.recipient, delivery.digest, delivery.created_at)


async def _finished(work: Coroutine[None, None, _Outcome]) -> _Outcome:
    """The outcome of `work`, which is not left between sending and writing down the answer."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def test_piece(address: Address, now: datetime) -> Delivery:
    """A delivery that tells a channel's recipient that it works; it is in no outbox."""
    text = (
        f"【快讯】这是一条测试消息，{now.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S} 发出。收到即说明渠道可用。"
    )
    piece = Piece(
        channel=address.channel,
        recipient=address.recipient,
        number=1,
        of=1,
        subject="【快讯】测试",
        text=text,
    )
    return Delivery(
        id=0,
        digest="test",
        piece=piece,
        state=DeliveryState.SENDING,
        attempts=1,
        created_at=now,
        next_try_at=None,
        sent_at=None,
    )
