"""How the running program looks after what does not arrive: dead letters, telling anew, the reckoning."""

from __future__ import annotations

from monitor.app import App
from monitor.jobs.letters import call_letters, tell_anew
from monitor.jobs.reconcile import Missed, Plan, call_missed, reconcile
from monitor.notify import OpenChannel
from monitor.schedule import next_time
from monitor.settings import STORAGE_CHANNEL

RECONCILE_AT = "0 17 * * *"


async def look_after_letters(app: App) -> None:
    """Tell anew what died where it can be, and call operators of channels that fail."""
    now = app.rooms.now()
    await tell_anew(
        app.store,
        (*app.settings.digests, *app.settings.alerts),
        channels=app.channels,
        sources=app.by_id,
        now=now,
        link=app.link,
        mark=app.mark,
    )
    await call_letters(
        app.store,
        operators=_operators(app),
        last_resort=app.channels[STORAGE_CHANNEL],
        now=now,
        mark=app.mark,
    )


async def missed(app: App) -> tuple[Missed, ...]:
    """Changes that reached nobody; nothing is written."""
    return await reconcile(app.store, _plan(app), now=app.rooms.now())


async def reckon(app: App) -> tuple[Missed, ...]:
    """Name them to operators, each once."""
    channels = _operators(app) or [app.channels[STORAGE_CHANNEL]]
    addresses = [address for channel in channels for address in channel.addresses]
    return await call_missed(app.store, _plan(app), addresses=addresses, now=app.rooms.now(), mark=app.mark)


def _operators(app: App) -> list[OpenChannel]:
    return [app.channels[name] for name in app.settings.operators if name in app.channels]


def _plan(app: App) -> Plan:
    return Plan(
        digests=(*app.settings.digests, *app.settings.alerts),
        sources=app.by_id,
        next_time=next_time,
        works=app.settings.calendar.works,
    )
