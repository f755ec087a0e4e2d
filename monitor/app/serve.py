"""The service: schedule, checks, digests, deliveries and web in one loop, until SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn

from monitor.app import App, Clock, call_operators, learn_anew, open_app
from monitor.app.alive import alive
from monitor.app.letters import RECONCILE_AT, look_after_letters, reckon
from monitor.app.telling import Teller
from monitor.errors import ConfigError
from monitor.jobs.tick import Tick
from monitor.schedule import Schedule
from monitor.settings import Settings
from monitor.web.routes import LOOPBACK, build

log = logging.getLogger(__name__)

TICK_SECONDS = 5.0
PUMP_SECONDS = 15.0
WATCH_SECONDS = 60.0
LEARN_SECONDS = 60.0
DRAIN_SECONDS = 8.0  # a service manager that waits 10 s shall never have to kill us


@dataclass(slots=True)
class _Errands:
    """Scheduled jobs that a stop waits for: APScheduler itself would cancel them half-way."""

    tasks: set[asyncio.Task[object]] = field(default_factory=set)

    def __call__(self, job: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        async def run() -> object:
            task = asyncio.ensure_future(job())
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
            return await asyncio.shield(task)

        return run

    async def drain(self, seconds: float) -> None:
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=seconds)


async def serve(
    settings: Settings, now: Clock, *, host: str, listener: socket.socket | None, mark: str = ""
) -> None:
    """Run until SIGTERM or SIGINT, then drain within ten seconds. Without a listener there is no web.

    `mark` stands in front of all that is told and on every page (the demo says that it is one).
    """
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    link = f"http://{host}:{listener.getsockname()[1]}" if listener else ""
    async with open_app(settings, now, telling=True, link=link, mark=mark) as app:
        await _live(app, stop, listener, open_pages=host in LOOPBACK)
    log.info("service.stopped")


async def _live(app: App, stop: asyncio.Event, listener: socket.socket | None, *, open_pages: bool) -> None:
    tick = Tick(
        sources={source.id: source for source in app.settings.enabled},
        rooms=app.rooms,
        budget=app.budget,
        owner=f"{socket.gethostname()}:{os.getpid()}",
        most=app.settings.limits.concurrency * 4,
    )
    errands = _Errands()
    schedule = _schedule(app, tick, errands)
    await tick()
    schedule.start()
    log.info("service.started", extra={"sources": len(tick.sources), "web": app.link})
    async with (
        _web(app, listener, open_pages=open_pages),
        alive(app.settings.places.environment, app.store, app.rooms.now),
    ):
        await stop.wait()
        log.info("service.stopping", extra={"checks": len(tick.running)})
        schedule.stop()
        await asyncio.gather(tick.drain(DRAIN_SECONDS), errands.drain(DRAIN_SECONDS))


def _schedule(app: App, tick: Tick, errands: _Errands) -> Schedule:
    schedule = Schedule()
    schedule.every(TICK_SECONDS, errands(tick), name="tick")
    schedule.every(PUMP_SECONDS, errands(Teller(app=app, started=app.rooms.now())), name="pump")
    schedule.every(LEARN_SECONDS, errands(lambda: learn_anew(app)), name="learn")
    schedule.every(WATCH_SECONDS, errands(lambda: call_operators(app)), name="watch")
    schedule.every(WATCH_SECONDS, errands(lambda: look_after_letters(app)), name="letters")
    schedule.cron(RECONCILE_AT, errands(lambda: reckon(app)), name="reconcile")
    return schedule


def listen(host: str, port: int) -> socket.socket:
    """The web's door, open before anything else is done; ConfigError where that cannot be."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise ConfigError(f"--host {host} --port {port}", f"cannot listen there: {error.strerror}") from error


class _Server(uvicorn.Server):
    """uvicorn without hands on the signals: they are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _web:  # noqa: N801 - reads as a verb where it is used
    """The web beside the schedule, for as long as the block lasts."""

    def __init__(self, app: App, listener: socket.socket | None, *, open_pages: bool) -> None:
        self._listener = listener
        self._task: asyncio.Task[None] | None = None
        if listener is not None:
            site = build(
                app.store,
                app.settings.sources,
                now=app.rooms.now,
                works=app.settings.calendar.works,
                open_pages=open_pages,
                mark=app.mark,
            )
            config = uvicorn.Config(
                site, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1
            )
            self._server = _Server(config)

    async def __aenter__(self) -> None:
        if self._listener is not None:
            self._task = asyncio.create_task(self._server.serve(sockets=[self._listener]))

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._server.should_exit = True
            await self._task
