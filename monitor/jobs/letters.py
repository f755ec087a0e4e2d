"""Pieces that do not arrive: operators are called, by another way; what died is told anew where it can be.

A piece is tried for three days. Operators hear of it after two hours, or at once if it was refused for good:
once per channel and day. When the recipient takes pieces again, what died in between comes as one digest.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from monitor.digest import compose, owed
from monitor.digest.note import Note, compose_notes
from monitor.jobs.deliver import ATTEMPTS, STUCK
from monitor.model import Address, Digest, Letter, Piece, Source
from monitor.notify import OpenChannel
from monitor.store import Lapsed, Store

log = logging.getLogger(__name__)

DAY = timedelta(days=1)
KEPT = timedelta(days=30)  # older news are no news
ANEW = "【补发】"
_CLOSING = "网络或服务方恢复后会补发；地址、密钥有误请改 sources.yaml，再用 kuaixun channels test {} 试发。"


async def call_letters(
    store: Store,
    *,
    operators: Sequence[OpenChannel],
    last_resort: OpenChannel,
    now: datetime,
    mark: str = "",
) -> tuple[str, ...]:
    """Tell operators of channels that fail, never through the one that fails; the names of those channels."""
    failing = await store.run(store.letters.failing, now - KEPT, attempts=STUCK)
    called = await store.run(store.letters.called, now - DAY)
    fresh = {letter.channel for letter in failing if letter.called_at is None} - called
    told = []
    for name in sorted(fresh):
        letters = [letter for letter in failing if letter.channel == name and letter.called_at is None]
        addresses = _ways(name, failing, operators, now) or last_resort.addresses
        pieces = _compose(name, letters, addresses=addresses, mark=mark)
        if await store.run(store.letters.call, [letter.id for letter in letters], pieces, now):
            log.error("channel.failing", extra={"channel": name, "pieces": len(letters)})
            told.append(name)
    return tuple(told)


async def tell_anew(
    store: Store,
    digests: Sequence[Digest],
    *,
    channels: Mapping[str, OpenChannel],
    sources: Mapping[str, Source],
    now: datetime,
    link: str,
    mark: str = "",
) -> int:
    """Compose anew, into the outbox, what died for recipients that take pieces again; how many pieces."""
    by_name, count = {digest.name: digest for digest in digests}, 0
    for lapsed in await store.run(store.letters.lapsed, now - KEPT, attempts=ATTEMPTS):
        digest, channel = by_name.get(lapsed.digest), channels.get(lapsed.channel)
        if digest is None or channel is None:
            continue
        pieces = _again(lapsed, digest, channel, sources=sources, now=now, link=link, mark=mark)
        if await store.run(store.letters.tell_anew, lapsed, pieces, now):
            count += len(pieces)
            log.info("digest.anew", extra={"digest": digest.name, "changes": len(lapsed.changes)})
    return count


def _again(
    lapsed: Lapsed,
    digest: Digest,
    channel: OpenChannel,
    *,
    sources: Mapping[str, Source],
    now: datetime,
    link: str,
    mark: str,
) -> tuple[Piece, ...]:
    """What is still to be told: an editor may have dropped some of it, a site have taken it back."""
    addresses = [each for each in channel.addresses if each.recipient == lapsed.recipient]
    changes = owed(digest, lapsed.changes, sources=sources, now=now)
    if not changes:
        return ()
    return compose(
        digest,
        changes,
        addresses=addresses,
        sources=sources,
        troubles=(),
        now=now,
        link=link,
        mark=f"{mark}{ANEW}",
    )


def _ways(
    failing_channel: str, letters: Sequence[Letter], operators: Sequence[OpenChannel], now: datetime
) -> list[Address]:
    """Where operators can be reached: not by this channel, nor where something lately did not arrive."""
    deaf = {
        (each.channel, each.recipient) for each in letters if not each.died_at or each.died_at > now - DAY
    }
    return [
        address
        for channel in operators
        if channel.name != failing_channel
        for address in channel.addresses
        if (address.channel, address.recipient) not in deaf
    ]


def _compose(
    name: str, letters: Sequence[Letter], *, addresses: Sequence[Address], mark: str
) -> tuple[Piece, ...]:
    groups: dict[tuple[str, str], list[Letter]] = {}
    for letter in letters:
        groups.setdefault((letter.recipient, letter.digest), []).append(letter)
    notes = [_note(recipient, digest, group) for (recipient, digest), group in groups.items()]
    subject = f"{mark}【快讯】渠道 {name}：{len(letters)} 件未送达"
    return compose_notes(subject, notes, addresses=addresses, closing=_CLOSING.format(name))


def _note(recipient: str, digest: str, letters: Sequence[Letter]) -> Note:
    dead = sum(letter.died_at is not None for letter in letters)
    counts = [
        f"{dead} 件投递失败" if dead else "",
        f"{len(letters) - dead} 件仍在重试" if dead < len(letters) else "",
    ]
    to = f"（{recipient}）" if recipient else ""
    return Note(
        heading=f"{digest}{to}：{'，'.join(filter(None, counts))}",
        lines=(f"服务方的回答：{letters[-1].answer}" if letters[-1].answer else "",),
    )
