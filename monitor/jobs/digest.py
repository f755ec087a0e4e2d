"""A digest told: what it owes is composed and put into the outbox, in one transaction. Sends nothing.

What it passes over (another section, another region, an editor's 不采用) is set aside in the same
transaction: it is looked at again only when a person has spoken of the notice since.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.digest import Reminder, compose, owed
from monitor.jobs.agenda import enclosing
from monitor.model import ChangeRecord, Digest, File, Piece, Source, SourceState, UnreadSource
from monitor.notify import OpenChannel
from monitor.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A digest as composed: what it tells and the pieces that tell it, both perhaps none.

    `aside` are the changes that it passes over.
    """

    digest: str
    changes: tuple[ChangeRecord, ...]
    pieces: tuple[Piece, ...]
    reminders: tuple[Reminder, ...] = ()
    aside: tuple[int, ...] = ()

    @property
    def keys(self) -> dict[str, int]:
        """Every reminder by its key, with the change that it shows."""
        return {key: reminder.last.id for reminder in self.reminders for key in reminder.keys}


async def tell(
    digest: Digest,
    *,
    store: Store,
    channels: Mapping[str, OpenChannel],
    sources: Mapping[str, Source],
    now: datetime,
    link: str,
    mark: str = "",
    reminders: Sequence[Reminder] = (),
    calendar: File | None = None,
) -> Told:
    """Put what `digest` owes its readers into the outbox; those changes are told from then on."""
    while True:
        draft = await preview(
            digest,
            store=store,
            channels=channels,
            sources=sources,
            now=now,
            link=link,
            mark=mark,
            reminders=reminders,
            calendar=calendar,
        )
        # Fewer written than composed: another process has told some of these meanwhile; compose anew.
        if await _write(digest, draft, store, now) == len(draft.pieces):
            break
    if draft.pieces or not digest.is_alert:
        counts = len(draft.changes), len(draft.reminders), len(draft.pieces)
        log.info("digest.told digest=%s changes=%d reminders=%d pieces=%d", digest.name, *counts)
    return draft


async def _write(digest: Digest, draft: Told, store: Store, now: datetime) -> int:
    """A digest's composition is remembered even if it tells nothing; an alert is composed all the time."""
    if digest.is_alert and not draft.pieces and not draft.aside:
        return 0
    told = [change.id for change in draft.changes] if draft.pieces else []
    keys = draft.keys if draft.pieces else {}
    return await store.run(
        store.outbox.tell, digest.name, told, draft.pieces, now, aside=draft.aside, reminders=keys
    )


async def preview(
    digest: Digest,
    *,
    store: Store,
    channels: Mapping[str, OpenChannel],
    sources: Mapping[str, Source],
    now: datetime,
    link: str,
    mark: str = "",
    reminders: Sequence[Reminder] = (),
    calendar: File | None = None,
) -> Told:
    """What `tell` would put into the outbox at this instant; nothing is written."""
    untold = await store.run(store.outbox.untold, digest.name)
    changes = owed(digest, untold, sources=sources, now=now)
    due = await _untold(reminders, store)
    states = await store.run(store.sources.states)
    pieces = compose(
        digest,
        changes,
        reminders=due,
        addresses=[address for name in digest.to for address in channels[name].addresses],
        sources=sources,
        troubles=_troubles(sources, states),
        now=now,
        link=link,
        mark=mark,
    )
    owing = {change.id for change in changes}
    aside = tuple(change.id for change in untold if change.id not in owing)
    return Told(
        digest=digest.name,
        changes=changes,
        pieces=enclosing(pieces, calendar),
        reminders=due,
        aside=aside,
    )


async def _untold(reminders: Sequence[Reminder], store: Store) -> tuple[Reminder, ...]:
    """Those of which a distance is new: of one that was missed the next one speaks too."""
    if not reminders:
        return ()
    told = await store.run(store.outbox.reminded, [key for each in reminders for key in each.keys])
    left = [(each, tuple(key for key in each.keys if key not in told)) for each in reminders]
    return tuple(replace(each, keys=keys) for each, keys in left if keys)


def _troubles(sources: Mapping[str, Source], states: Mapping[str, SourceState]) -> list[UnreadSource]:
    """Sources that cannot be read at present."""
    return [
        UnreadSource(id=source.id, name=source.name, url=source.url, reason=state.reason, since=state.since)
        for source in sources.values()
        if source.enabled and (state := states.get(source.id)) and state.status and state.status.is_trouble
    ]
