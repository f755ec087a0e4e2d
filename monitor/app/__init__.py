"""Wiring: builds doors, jobs, schedule and web from settings, once. Nothing else."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from monitor.dates import local_date
from monitor.decide.owner import IMPORT
from monitor.errors import ConfigError, DeliveryError, StoreError
from monitor.fetch import Fetcher
from monitor.jobs.budget import Budget
from monitor.jobs.learn import Learning, refresh
from monitor.jobs.rooms import Rooms
from monitor.model import Address, Channel, Digest, File, Source
from monitor.reader import Reader
from monitor.settings import STORAGE_CHANNEL, Settings, locate
from monitor.store import Store

if TYPE_CHECKING:
    from monitor.digest import Reminder
    from monitor.jobs.deliver import Delivered
    from monitor.jobs.digest import Told
    from monitor.jobs.watch import Called
    from monitor.notify import OpenChannel

log = logging.getLogger(__name__)

OUTBOX = "outbox"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The rooms of a running program. `link` is where people find the desk, "" when there is none.

    `mark` stands in front of everything that is told (the demo says that it is one).
    """

    settings: Settings
    rooms: Rooms
    budget: Budget
    channels: Mapping[str, OpenChannel]
    link: str = ""
    mark: str = ""

    @property
    def store(self) -> Store:
        """The door to the database."""
        return self.rooms.store

    @property
    def by_id(self) -> dict[str, Source]:
        """Every configured source, and the one of notices brought by hand."""
        return {source.id: source for source in self.settings.sources} | {IMPORT.id: IMPORT}

    def channels_of(self, digest: Digest) -> dict[str, OpenChannel]:
        """The channels of a digest. Those that are not set are one, the storage folder: all can be seen."""
        ready = {name: self.channels[name] for name in digest.to if name in self.channels}
        if len(ready) < len(digest.to) or not ready:
            ready[STORAGE_CHANNEL] = self.channels[STORAGE_CHANNEL]
        return ready


def open_store(settings: Settings, now: datetime) -> Store:
    """The database of these settings, migrated, with a row for every configured source and digest."""
    store = Store.open(settings.places.database, folder=settings.places.storage)
    store.sources.ensure(settings.sources, now)
    store.outbox.begin([each.name for each in (*settings.digests, *settings.alerts)], now)
    return store


@asynccontextmanager
async def open_app(
    settings: Settings, now: Clock, *, telling: bool, link: str = "", mark: str = ""
) -> AsyncIterator[App]:
    """Open every door, close every door. Channels are opened only where something will be told."""
    if not settings.limits.contact:
        log.warning("config.no_contact expected=fetch.contact")
    store = open_store(settings, now())
    try:
        day = local_date(now())
        spent = store.sources.spent(day)
        async with Fetcher(settings.limits, now=now, spent=spent) as fetcher, Reader() as reader:
            learning = Learning()
            await learning.look(store, settings.sections)
            rooms = Rooms(
                fetcher=fetcher,
                reader=reader,
                store=store,
                sections=settings.sections,
                learning=learning,
                bodies=settings.bodies,
                now=now,
                chance=Random().random,  # noqa: S311 - spreads polls, keeps no secret
            )
            budget = Budget(rooms=rooms, day=day, saved=spent)
            channels = _channels(settings) if telling else {}
            remembers = True
            try:
                yield App(
                    settings=settings, rooms=rooms, budget=budget, channels=channels, link=link, mark=mark
                )
            except StoreError:
                remembers = False  # and to wait for a lock once more helps nobody
                raise
            finally:
                if remembers:
                    await budget.save()  # what was asked was asked, even if somebody interrupted
    finally:
        store.close()


def _channels(settings: Settings) -> dict[str, OpenChannel]:
    from monitor.notify import open_notifier

    outbox = settings.places.storage / OUTBOX
    found = {STORAGE_CHANNEL: open_notifier(Channel(name=STORAGE_CHANNEL, url=""), outbox=outbox)}
    for place, channel in enumerate(settings.channels):
        if channel.url:
            try:
                found[channel.name] = open_notifier(channel, outbox=outbox)
            except ConfigError as error:
                where = locate(settings.places, ("channels", place, "url"))
                raise ConfigError(where, error.expected) from error
    return found


async def tell_digest(app: App, digest: Digest, *, remind: bool = True) -> Told:
    """Compose what a digest has not told yet and put its pieces into the outbox.

    Without `remind` deadlines are not looked at: an alert need not do so all the time.
    """
    from monitor.jobs.digest import tell

    channels = app.channels_of(digest)
    return await tell(
        replace(digest, to=tuple(channels)),
        store=app.store,
        channels=channels,
        sources=app.by_id,
        now=app.rooms.now(),
        link=app.link,
        mark=app.mark,
        reminders=await _reminders(app, digest) if remind else (),
        calendar=await _calendar(app, digest),
    )


async def preview_digest(app: App, digest: Digest) -> Told:
    """What a digest would say now; nothing is written."""
    from monitor.jobs.digest import preview

    channels = app.channels_of(digest)
    return await preview(
        replace(digest, to=tuple(channels)),
        store=app.store,
        channels=channels,
        sources=app.by_id,
        now=app.rooms.now(),
        link=app.link,
        mark=app.mark,
        reminders=await _reminders(app, digest),
        calendar=await _calendar(app, digest),
    )


async def _reminders(app: App, digest: Digest) -> tuple[Reminder, ...]:
    from monitor.jobs.reminders import reminders_of

    works = app.settings.calendar.works
    return await reminders_of(digest, store=app.store, sources=app.by_id, now=app.rooms.now(), works=works)


async def _calendar(app: App, digest: Digest) -> File | None:
    from monitor.jobs.agenda import calendar_of

    works = app.settings.calendar.works
    return await calendar_of(digest, store=app.store, sources=app.by_id, now=app.rooms.now(), works=works)


async def learn_anew(app: App) -> None:
    """Learn from what was decided since and file the newest notices by it, once for each decision."""
    rooms, learning = app.rooms, app.rooms.learning
    await learning.look(rooms.store, rooms.sections)
    if learning.filed == learning.last:
        return
    learning.filed = learning.last
    moved = await refresh(
        rooms.store, rooms.sections, sources=tuple(app.by_id), learnt=rooms.learnt, now=rooms.now
    )
    log.info("learn.done", extra={"decisions": len(rooms.learnt.lessons), "moved": moved})


async def pump(app: App) -> Delivered:
    """Send what is due in the outbox."""
    from monitor.jobs.deliver import deliver

    return await deliver(store=app.store, channels=app.channels, now=app.rooms.now)


async def call_operators(app: App) -> Called:
    """Tell operators, into the outbox, which sources have broken and which are well again."""
    from monitor.jobs.watch import call

    names = [name for name in app.settings.operators if name in app.channels] or [STORAGE_CHANNEL]
    return await call(
        app.settings.enabled,
        app.store,
        addresses=[address for name in names for address in app.channels[name].addresses],
        now=app.rooms.now(),
        link=f"{app.link}/sources" if app.link else "",
        mark=app.mark,
        works=app.settings.calendar.works,
    )


async def send_digests(app: App, digests: Sequence[Digest]) -> Delivered:
    """Compose and send now."""
    for digest in digests:
        await tell_digest(app, digest)
    return await pump(app)


async def test_channel(app: App, name: str) -> list[tuple[str, str | DeliveryError]]:
    """Send one real piece to every recipient of a channel; who, and the provider's answer or its refusal.

    A channel without an address is tested as what stands for it: the storage folder.
    """
    channel = app.channels.get(name) or app.channels[STORAGE_CHANNEL]
    return [(address.recipient, await _try(channel, address, app)) for address in channel.addresses]


async def _try(channel: OpenChannel, address: Address, app: App) -> str | DeliveryError:
    from monitor.jobs.deliver import test_piece

    try:
        return await channel.notifier.send(test_piece(address, app.rooms.now()))
    except DeliveryError as error:
        return error
