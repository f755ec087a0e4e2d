"""September 2019 once more: the whole program on the simulated web, with a clock that jumps.

Only order stands here: the script says when, the jobs do the work, the story says what happened.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from monitor.app import App, open_app, pump, tell_digest
from monitor.bulletin import FORMATS, missing
from monitor.dates import SHANGHAI, local_date
from monitor.demo import MARK
from monitor.demo.config import sources_yaml
from monitor.demo.exchange import Answer, Ask
from monitor.demo.folder import claim
from monitor.demo.outcome import differences
from monitor.demo.rows import all_rows
from monitor.demo.script import ISSUE_AT, Act, moments
from monitor.demo.server import serving
from monitor.demo.sites import answer
from monitor.demo.story import Story
from monitor.demo.truth import FIRST_POLL
from monitor.demo.wecom import PATH as WECOM_PATH
from monitor.demo.wecom import Message, WeCom
from monitor.demo.world import World
from monitor.errors import StoreError
from monitor.jobs.check import check_all
from monitor.jobs.publish import draft_issue, write_file
from monitor.jobs.rooms import Wish
from monitor.model import Bulletin, DeliveryState
from monitor.settings import Places, Settings, load
from monitor.store import ChangeFilter

HOST = "127.0.0.1"
_BOT_KEY = "yanshi-2019-0901"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """What a replay plays with."""

    folder: Path
    world: World
    bot: WeCom
    story: Story

    def now(self) -> datetime:
        """The clock of everybody in it."""
        return self.world.now


def run_demo(storage: Path | None, *, port: int, once: bool, out: TextIO = sys.stdout) -> int:
    """Replay in `storage` (a temporary folder when None); 0 when all came out as it must, else 1.

    Unless `once`, the web then stays up on `port` until it is interrupted. Reads nothing from the
    environment. ConfigError for a port that is taken or a folder that is neither empty nor an earlier
    demo's, before anything is played.
    """
    listener = None if once else _listener(port)
    world = World(all_rows(), now=FIRST_POLL.astimezone(UTC))
    bot = WeCom(_BOT_KEY, clock=lambda: world.now)
    stage = _Stage(folder=claim(storage), world=world, bot=bot, story=Story(out))
    with serving(_front(world, bot)) as sites:
        settings = _settings(stage.folder, sites=sites, wecom=bot.url(sites))
        is_right = asyncio.run(_play(stage, settings))
        if listener:
            _stay(stage, settings, listener)
    return 0 if is_right else 1


def _front(world: World, bot: WeCom) -> Callable[[Ask], Answer]:
    """Everything on one port: the bot by its path, the sites by their hosts."""
    return lambda ask: bot.answer(ask) if ask.path == WECOM_PATH else answer(world.scene(), ask)


def _settings(folder: Path, *, sites: int, wecom: str) -> Settings:
    config = folder / "sources.yaml"
    try:
        config.write_text(sources_yaml(port=sites, wecom=wecom), "utf-8")
    except OSError as error:
        raise StoreError(f"cannot write {config}: {error.strerror}") from error
    database = f"sqlite:///{folder / 'monitor.db'}"
    return load(Places(config=config, storage=folder, database=database, secret=None, environment={}))


async def _play(stage: _Stage, settings: Settings) -> bool:
    stage.story.begins()
    async with open_app(settings, stage.now, telling=True, mark=MARK) as app:
        for moment in moments():
            stage.world.now = moment.at
            await (_poll(app, stage) if moment.act is Act.POLL else _tell(app, stage))
        stage.world.now = ISSUE_AT.astimezone(UTC)
        return _end(app, stage, _issue(app))


async def _poll(app: App, stage: _Stage) -> None:
    notices = app.store.notices
    known = notices.counts().notices
    checked = await check_all(app.settings.enabled, app.rooms, Wish(), done=lambda _: None)
    # the clock stands still during a poll: what changed in it changed at this very instant
    changes = notices.changes(ChangeFilter(since=stage.now()))
    old = 0 if known else notices.counts().notices
    stage.story.polled(stage.now(), checked, changes[::-1], old)


async def _tell(app: App, stage: _Stage) -> None:
    for digest in app.settings.digests:
        told = await tell_digest(app, digest)
        delivered = await pump(app)
        stage.story.told(stage.now(), len(told.changes), delivered.sent)


def _issue(app: App) -> Bulletin:
    settings = app.settings
    return draft_issue(
        app.store,
        settings.sources,
        publisher=settings.publisher,
        sections=settings.sections.names,
        since=FIRST_POLL.astimezone(UTC),
        until=app.rooms.now(),
    )


def _end(app: App, stage: _Stage, issue: Bulletin) -> bool:
    changes = app.store.notices.changes(ChangeFilter())
    wrong = [*differences(changes, issue), *_undelivered(app)]
    old = app.store.notices.counts().notices - len({change.notice_id for change in changes})
    stage.story.table(changes)
    stage.story.verdict(wrong, old=old, visits=stage.world.visits)
    _write_messages(stage.folder / "wecom", stage.bot.taken)
    _write_pages(stage.folder / "outbox", app)
    stage.story.places(
        stage.folder,
        bulletins=_write_issue(stage.folder / "bulletins", issue),
        mails=len(list((stage.folder / "outbox").glob("*.eml"))),
        messages=len(stage.bot.taken),
    )
    return not wrong


def _undelivered(app: App) -> list[str]:
    """What the digests had to say and nobody has received."""
    left = [one for one in app.store.outbox.deliveries(1000) if one.state is not DeliveryState.SENT]
    return [f"未送达：{one.piece.channel} {one.piece.subject}：{one.answer}" for one in left]


def _write_issue(folder: Path, issue: Bulletin) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{issue.key}.{name}" for name in FORMATS if not missing(name)]
    for path in paths:
        write_file(path, FORMATS[path.suffix[1:]](issue))
    return paths


def _write_messages(folder: Path, messages: Sequence[Message]) -> None:
    folder.mkdir(exist_ok=True)
    for number, message in enumerate(messages, 1):
        day = message.at.astimezone(SHANGHAI).date()
        write_file(folder / f"{day}-{number:02d}.md", message.content.encode())


def _write_pages(folder: Path, app: App) -> None:
    """The HTML part of every mail, for a browser."""
    for one in app.store.outbox.deliveries(1000):
        if one.piece.html:
            name = f"{local_date(one.created_at)}-{one.digest}-{one.id}.html"
            write_file(folder / name, one.piece.html.encode())


def _listener(port: int) -> socket.socket:
    from monitor.app.serve import listen

    return listen(HOST, port)


def _stay(stage: _Stage, settings: Settings, listener: socket.socket) -> None:
    from monitor.app.serve import serve

    stage.story.stays(listener.getsockname()[1])
    asyncio.run(serve(settings, stage.now, host=HOST, listener=listener, mark=MARK))
