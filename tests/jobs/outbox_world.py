"""Changes, digests and channels that fail as told, for stories about what does not arrive."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from monitor.errors import DeliveryError
from monitor.jobs.deliver import Delivered, deliver
from monitor.jobs.digest import Told, tell
from monitor.jobs.letters import call_letters, tell_anew
from monitor.jobs.reconcile import Missed, Plan, call_missed, reconcile
from monitor.model import Delivery, DeliveryState, Digest, Form, Source
from monitor.notify import OpenChannel
from monitor.schedule import next_time
from monitor.store import Store
from tests.store.make import NOW, source

DOWN = DeliveryError("no answer: ConnectTimeout", permanent=False)
REFUSED = DeliveryError("errcode=93000 invalid webhook url", permanent=True)
SECTIONS = ("申报通知", "绿色制造")
SOURCES: Mapping[str, Source] = {"miit": source("miit")}


@dataclass(slots=True)
class Line:
    """A channel that takes pieces unless it has a trouble, for everybody or for one recipient."""

    trouble: DeliveryError | None = None
    for_one: dict[str, DeliveryError] = field(default_factory=dict)
    arrived: list[Delivery] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> str:
        trouble = self.for_one.get(delivery.piece.recipient, self.trouble)
        if trouble:
            raise trouble
        self.arrived.append(delivery)
        return "ok"

    @property
    def subjects(self) -> list[str]:
        return [delivery.piece.subject for delivery in self.arrived]


@dataclass(slots=True)
class World:
    """A store, a clock and some channels; `operators` are named in the order of sources.yaml."""

    store: Store
    at: datetime = NOW
    lines: dict[str, Line] = field(default_factory=dict)
    recipients: dict[str, tuple[str, ...]] = field(default_factory=dict)
    operators: tuple[str, ...] = ("ops",)
    digests: tuple[Digest, ...] = ()

    def channel(self, name: str) -> OpenChannel:
        line = self.lines.setdefault(name, Line())
        recipients = self.recipients.get(name, ("",))
        form = Form.MAIL if name in self.recipients else Form.WECOM
        return OpenChannel(
            name=name, form=form, recipients=recipients, url="", notifier=line, bucket=name, per_minute=None
        )

    @property
    def channels(self) -> dict[str, OpenChannel]:
        names = {name for digest in self.digests for name in digest.to}
        return {name: self.channel(name) for name in sorted({*names, *self.operators, "storage"})}

    def digest(self, name: str, *to: str, **keys: object) -> None:
        self.digests += (Digest(name=name, to=to, at="30 8 * * *", sections=SECTIONS, **keys),)  # type: ignore[arg-type]
        self.store.outbox.begin([name], self.at)

    def pass_(self, time: timedelta) -> None:
        self.at += time

    def tell(self, name: str) -> Told:
        (digest,) = (each for each in self.digests if each.name == name)
        return asyncio.run(
            tell(digest, store=self.store, channels=self.channels, sources=SOURCES, now=self.at, link="")
        )

    def deliver(self) -> Delivered:
        return asyncio.run(deliver(store=self.store, channels=self.channels, now=lambda: self.at))

    def keep_trying(self, time: timedelta) -> None:
        """As the service does for so long: everything that is due is sent when it is due."""
        end = self.at + time
        while due := [at for at in self._waiting() if at <= end]:
            self.at = max(self.at, min(due))
            self.deliver()
        self.at = end

    def call(self) -> tuple[str, ...]:
        channels = self.channels
        return asyncio.run(
            call_letters(
                self.store,
                operators=[channels[name] for name in self.operators],
                last_resort=channels["storage"],
                now=self.at,
            )
        )

    def anew(self) -> int:
        return asyncio.run(
            tell_anew(self.store, self.digests, channels=self.channels, sources=SOURCES, now=self.at, link="")
        )

    def missed(self) -> tuple[Missed, ...]:
        return asyncio.run(reconcile(self.store, self._plan(), now=self.at))

    def reckon(self) -> tuple[Missed, ...]:
        addresses = [each for name in self.operators for each in self.channels[name].addresses]
        return asyncio.run(call_missed(self.store, self._plan(), addresses=addresses, now=self.at))

    def states(self) -> list[DeliveryState]:
        return [each.state for each in reversed(self.store.outbox.deliveries(1000))]

    def _plan(self) -> Plan:
        return Plan(digests=self.digests, sources=SOURCES, next_time=next_time, works=_every_day)

    def _waiting(self) -> list[datetime]:
        rows = self.store.outbox.deliveries(1000)
        return [row.next_try_at for row in rows if row.state is DeliveryState.DUE and row.next_try_at]


def _every_day(day: date) -> bool:
    return True
