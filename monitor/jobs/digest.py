"""A digest told: what it owes is composed and put into the outbox, in one transaction. Sends nothing."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.digest import compose, owed
from monitor.model import ChangeRecord, Digest, Piece, Source, SourceState, UnreadSource
from monitor.notify import OpenChannel
from monitor.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A digest as composed: the changes that it tells and the pieces that tell them, both perhaps none."""

    digest: str
    changes: tuple[ChangeRecord, ...]
    pieces: tuple[Piece, ...]


async def tell(
    digest: Digest,
    *,
    store: Store,
    channels: Mapping[str, OpenChannel],
    sources: Mapping[str, Source],
    now: datetime,
    link: str,
    mark: str = "",
) -> Told:
    """Put what `digest` owes its readers into the outbox; those changes are told from then on."""
    while True:
        draft = await preview(
            digest, store=store, channels=channels, sources=sources, now=now, link=link, mark=mark
        )
        told = [change.id for change in draft.changes]
        written = 0
        if draft.pieces:
            written = await store.run(store.outbox.tell, digest.name, told, draft.pieces, now)
        # Fewer written than composed: another process has told some of these meanwhile; compose anew.
        if written == len(draft.pieces):
            break
    log.info("digest.told digest=%s changes=%d pieces=%d", digest.name, len(draft.changes), len(draft.pieces))
    return draft


async def preview(
    digest: Digest,
    *,
    store: Store,
    channels: Mapping[str, OpenChannel],
    sources: Mapping[str, Source],
    now: datetime,
    link: str,
    mark: str = "",
) -> Told:
    """What `tell` would put into the outbox at this instant; nothing is written."""
    changes = owed(digest, await store.run(store.outbox.untold, digest.name))
    states = await store.run(store.sources.states)
    pieces = compose(
        digest,
        changes,
        addresses=[address for name in digest.to for address in channels[name].addresses],
        sources=sources,
        troubles=_troubles(sources, states),
        now=now,
        link=link,
        mark=mark,
    )
    return Told(digest=digest.name, changes=changes, pieces=pieces)


def _troubles(sources: Mapping[str, Source], states: Mapping[str, SourceState]) -> list[UnreadSource]:
    """Sources that cannot be read at present."""
    return [
        UnreadSource(id=source.id, name=source.name, url=source.url, reason=state.reason, since=state.since)
        for source in sources.values()
        if source.enabled and (state := states.get(source.id)) and state.status and state.status.is_trouble
    ]
