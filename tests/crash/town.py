"""One column, one bot, one mailbox, and the process that watches the first and tells the others."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from monitor.model import Kind
from tests.crash.victim import NO_FUSE
from tests.hostile import (
    Talk,
    Web,
    bot,
    bot_channel,
    by_path,
    hostile_web,
    list_page,
    notice_page,
    path_of,
    write_config,
)
from tests.process import Life, Nursery, Said, words
from tests.smtp_server import Mailbox, smtp_server

START = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
CATCH_UP = (["check", "--reread", "--send"], ["check", "--reread", "--send"], ["doctor"])
BOT = "127.0.0.1"
MOST_ROWS = 25  # of a list page

Told = tuple[str, Kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A notice as its site shows it. `edition` 1 is the first."""

    number: int
    on: str = "2026-09-16"
    edition: int = 1
    until: str = ""

    @property
    def title(self) -> str:
        """Another one in each edition, so that every change can be told by it."""
        again = f"（第{self.edition}版）" if self.edition > 1 else ""
        return f"关于组织申报第{self.number}批项目的通知{again}"

    @property
    def body(self) -> str:
        """Of this edition."""
        until = f"申报截止时间为{self.until}。" if self.until else ""
        return f"现将第{self.number}批项目申报事项通知如下（{self.edition}），请各有关单位结合实际认真组织。{until}"


@dataclass(slots=True)
class Town:
    """What the site shows, what has arrived at bot and mailbox, and which changes there must be."""

    web: Web
    nursery: Nursery
    mailbox: Mailbox
    papers: dict[int, Paper] = field(default_factory=dict)
    posts: list[str] = field(default_factory=list)
    changes: Counter[Told] = field(default_factory=Counter)
    past: tuple[tuple[str, ...], tuple[tuple[str, EmailMessage], ...]] = ((), ())

    def publish(self, paper: Paper, kind: Kind = Kind.NEW) -> None:
        """The site shows this from now on, and it is to be told as that kind."""
        self.papers[paper.number] = paper
        self.changes[paper.title, kind] += 1
        self.show()

    def show(self) -> None:
        """The newest papers, and the page of every paper."""
        listed = sorted(self.papers.values(), key=lambda paper: (paper.on, paper.number), reverse=True)
        pages: dict[str, bytes | Talk] = {
            path_of(paper.on, paper.number): notice_page(paper.title, paper.on, body=paper.body)
            for paper in listed
        }
        rows = [(paper.title, paper.on, paper.number) for paper in listed[:MOST_ROWS]]
        self.web.behaviours["a.test"] = by_path(pages | {"/tzgg/": list_page(rows)})

    def configure(self, folder: Path) -> None:
        """A sources.yaml for this town in a folder."""
        both = bot_channel(self.web)
        both["channels"] = [
            *both["channels"],  # type: ignore[misc]
            {"name": "mail", "url": self.mailbox.url("editor@example.org")},
        ]
        both["digests"] = [{"name": "daily", "to": ["bot", "mail"], "pieces": 0}]
        write_config(folder, self.web, {"a": "http://a.test/tzgg/"}, **both)

    def start(self, folder: Path, *lines: list[str], hours: float, fuse: str = NO_FUSE) -> Life:
        """A process on its way with these command lines, each with a fuse of its own."""
        return self.nursery.bear(*([fuse, *words(folder, *line, now=at(hours))] for line in lines))

    def run(self, folder: Path, *lines: list[str], hours: float, fuse: str = NO_FUSE) -> Said:
        """The same to its end."""
        return self.start(folder, *lines, hours=hours, fuse=fuse).end()

    def mark(self) -> None:
        """What has arrived until now belongs to every story from here on."""
        self.past = (tuple(self.posts), tuple(self.mailbox.arrived))

    def rewind(self) -> None:
        """What has arrived since the mark never has."""
        self.posts[:], self.mailbox.arrived[:] = self.past


def at(hours: float) -> str:
    """An instant of the story."""
    return (START + timedelta(hours=hours)).isoformat()


def copy(folder: Path, into: Path) -> Path:
    """The configuration and the storage of a folder, as they are now, in another."""
    return Path(shutil.copytree(folder, into))


@contextmanager
def town(nursery: Nursery) -> Iterator[Town]:
    """A town with six old papers, until the block ends."""
    with hostile_web() as web, _mail() as mailbox:
        found = Town(web, nursery, mailbox)
        takes = bot(found.posts)
        web.behaviours[BOT] = takes
        for number in range(100, 106):
            found.publish(Paper(number=number, on="2025-09-01"), Kind.BASELINE)
        yield found


@contextmanager
def _mail() -> Iterator[Mailbox]:
    """A mailbox whose server runs in a thread."""
    loop, opened, boxes = asyncio.new_event_loop(), threading.Event(), list[Mailbox]()
    closing = asyncio.Event()

    async def serve() -> None:
        async with smtp_server() as mailbox:
            boxes.append(mailbox)
            opened.set()
            await closing.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert opened.wait(10)
    try:
        yield boxes[0]
    finally:
        loop.call_soon_threadsafe(closing.set)
        thread.join()
        loop.close()
