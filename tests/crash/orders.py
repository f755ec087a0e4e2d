"""A day in any order, in one process: a site, two channels, a store that is opened again after each crash.

What fails is real where it can be: the lock is another connection's, the database a file, the pages are read by
the reader. A crash is an exception that nobody catches, from which on nothing gets through any door.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from monitor.errors import DeliveryError, FetchError, StoreError
from monitor.fetch import Fetcher, Limits
from monitor.jobs.check import check
from monitor.jobs.deliver import deliver
from monitor.jobs.digest import tell
from monitor.jobs.learn import Learning
from monitor.jobs.rooms import Rooms, Wish
from monitor.model import (
    Delivery,
    Digest,
    Form,
    Http,
    Kind,
    Level,
    NotModified,
    Page,
    Request,
    Source,
    Validators,
)
from monitor.notify import OpenChannel
from monitor.reader import Reader
from monitor.settings.load import load_bodies, load_sections
from monitor.store import Store
from tests.crash.town import START

ROOT = Path(__file__).resolve().parents[2]
SECTIONS, BODIES = load_sections(ROOT / "sources.yaml"), load_bodies(ROOT / "sources.yaml")
COLUMN = Source(
    id="a", name="某部 · 通知", url="http://a.test/tzgg/", family="trs", level=Level.NATIONAL, region="全国"
)
CHANNELS = ("bot", "mail")
DAILY = Digest(name="daily", to=CHANNELS, at="30 8 * * *", sections=("申报通知",), pieces=0)
IMPATIENT = timedelta(milliseconds=1)
OLD = range(100, 106)


class Crash(BaseException):
    """As if the process had been killed here."""


@dataclass(slots=True)
class Trouble:
    """What goes wrong during one job. `after` crossings of a door `how` happens; 0: never."""

    how: str = ""
    after: int = 0


@dataclass(slots=True)
class Doors:
    """Where every door is crossed: at a commit, at a page, at a message, before and after each."""

    database: Path
    trouble: Trouble = field(default_factory=Trouble)
    crossed: int = 0
    is_dead: bool = False
    other: sqlite3.Connection | None = None
    photograph: Callable[[], None] = lambda: None

    def cross(self) -> None:
        """Nothing, or the trouble whose time has come."""
        self.photograph()
        self.crossed += 1
        is_time = 0 < self.trouble.after <= self.crossed
        if self.is_dead or (self.trouble.how == "crash" and is_time):
            self.is_dead = True
            raise Crash
        if self.trouble.how == "lock" and is_time and self.other is None:
            self._lock()

    def _lock(self) -> None:
        other = sqlite3.connect(self.database, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:  # in the middle of a transaction of ours: at the next door, then
            other.close()
        else:
            self.other = other

    def mend(self) -> None:
        """The trouble is over."""
        if self.other is not None:
            self.other.close()
        self.other, self.is_dead, self.crossed, self.trouble = None, False, 0, Trouble()


class Site(Fetcher):
    """A column as a fetch door: editions by number, what was shown, what is out of order."""

    def __init__(self, doors: Doors, now: Callable[[], datetime]) -> None:
        super().__init__(Limits(), now=now, spent={})
        self.doors = doors
        self.editions: dict[int, int] = dict.fromkeys(OLD, 1)
        self.shown: list[tuple[int, int]] = []

    async def get(self, request: Request, *, http: Http, validators: Validators | None) -> Page | NotModified:
        """The list, or the page of a number."""
        self.doors.cross()
        number = re.search(r"_(\d+)\.html", request.url)
        if self.doors.trouble.how == ("no pages" if number else "no list"):
            raise FetchError(request.url, "HTTP 503", status=503)
        html = self._notice(int(number[1])) if number else self._list()
        self.doors.cross()
        return Page(url=request.url, body=html.encode(), content_type="text/html; charset=utf-8")

    def _list(self) -> str:
        rows = "".join(
            f'<li><a href="{_path(number)}" title="{_title(number)}">{_title(number)}</a><span>{_day(number)}</span></li>'
            for number in sorted(self.editions, reverse=True)
        )
        return f"<html><head><title>通知公告</title></head><body><ul class='list'>{rows}</ul></body></html>"

    def _notice(self, number: int) -> str:
        edition = self.editions[number]
        self.shown.append((number, edition))
        return (
            f"<html><head><meta name='ArticleTitle' content='{_title(number)}'></head><body><h1>{_title(number)}</h1>"
            f"<div class='TRS_Editor'><p>现将有关事项通知如下，请各有关单位遵照执行，本通知为第{edition}稿。</p></div></body></html>"
        )


def _title(number: int) -> str:
    return f"关于组织申报第{number}批项目的通知"


def _day(number: int) -> date:
    """Those of the baseline are so old that nobody reads their pages again."""
    return date(2025, 9, 1) if number in OLD else date(2026, 9, 16)


def _path(number: int) -> str:
    day = _day(number)
    return f"/tzgg/{day:%Y%m}/t{day:%Y%m%d}_{number}.html"


@dataclass(slots=True)
class Chat:
    """A channel that remembers what it has taken."""

    name: str
    doors: Doors
    taken: list[tuple[int, bool]] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> str:
        """Taken between two crossings, or refused for now."""
        self.doors.cross()
        if self.doors.trouble.how == f"no {self.name}":
            raise DeliveryError("-1 busy", permanent=False)
        self.taken.append((delivery.id, delivery.perhaps_duplicate))
        self.doors.cross()
        return "ok"

    def opened(self) -> OpenChannel:
        """As the jobs see it."""
        return OpenChannel(
            name=self.name,
            form=Form.TEXT,
            recipients=("",),
            url="",
            notifier=self,
            bucket=self.name,
            per_minute=20,
        )


class Day:
    """Whatever happens, in any order; at the end `complaints`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = START
        self.doors = Doors(folder / "monitor.db")
        self.site = Site(self.doors, self.now)
        self.chats = {name: Chat(name, self.doors) for name in CHANNELS}
        self.seen: set[tuple[int, int]] = set()
        self.has_failed = False
        self.store = self._open()

    def now(self) -> datetime:
        """The only clock."""
        return self.clock

    def publish(self) -> None:
        """One more row on top of the list."""
        self.site.editions[max(self.site.editions) + 1] = 1

    def edit(self, which: int) -> None:
        """The text of a published notice is another one."""
        news = [number for number in self.site.editions if number not in OLD]
        if news:
            self.site.editions[news[which % len(news)]] += 1

    def check(self, trouble: Trouble) -> None:
        """One poll, with every watched page. What it was shown, if it ends well, it must have recorded."""
        self.site.shown.clear()
        if self._try(self._check, trouble):
            self.seen.update(self.site.shown)

    def job(self, what: str, trouble: Trouble) -> None:
        """A check; or `tell`, one digest; or `deliver`, what is due is sent."""
        if what == "check":
            self.check(trouble)
        else:
            self._try({"tell": self._tell, "deliver": self._deliver}[what], trouble)

    def end(self) -> None:
        """A quiet time in which all can be caught up with."""
        for _ in range(3):
            self.clock += timedelta(hours=25)
            for what in ("check", "tell", "deliver"):
                self.job(what, Trouble())

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def reopen(self) -> None:
        """Ended and started again: the log is folded into the file."""
        self.store.close()
        self.store = self._open()

    def _open(self) -> Store:
        store = Store.open("", folder=self.folder, patience=IMPATIENT)
        store.sources.ensure([COLUMN], self.clock)
        store.outbox.begin([DAILY.name], self.clock)
        return store

    def _try(self, job: Callable[[], Coroutine[None, None, bool]], trouble: Trouble) -> bool:
        """Whether the job has ended well."""
        self.clock += timedelta(minutes=20)
        self.doors.trouble = trouble
        ended = False
        try:
            with suppress(StoreError):
                self.doors.cross()
                ended = asyncio.run(job())
        except Crash:
            self.store._thread.shutdown()
            self.store._database.let_go()
            self.doors.mend()
            self.store = self._open()
        self.has_failed |= trouble.how in ("crash", "lock") and not ended
        self.doors.mend()
        return ended

    async def _check(self) -> bool:
        async with Reader() as reader:
            rooms = Rooms(
                fetcher=self.site,
                reader=reader,
                store=self.store,
                sections=SECTIONS,
                learning=Learning(),
                bodies=BODIES,
                now=self.now,
                chance=lambda: 0.5,
            )
            checked = await check(COLUMN, rooms, Wish(reread=True))
        return not checked.status.is_trouble

    async def _tell(self) -> bool:
        await tell(
            DAILY,
            store=self.store,
            channels=self._channels(),
            sources={COLUMN.id: COLUMN},
            now=self.clock,
            link="",
        )
        return True

    async def _deliver(self) -> bool:
        await deliver(store=self.store, channels=self._channels(), now=self.now)
        return True

    def _channels(self) -> dict[str, OpenChannel]:
        return {name: chat.opened() for name, chat in self.chats.items()}

    def complaints(self) -> list[str]:
        """What is wrong after `end`; empty when nothing is."""
        with closing(sqlite3.connect(self.folder / "monitor.db")) as database:
            return [
                *_unsound(database),
                *_wrong_texts(database, self),
                *_wrong_changes(database, self.site.editions),
                *_wrong_messages(database, self),
            ]


def _unsound(database: sqlite3.Connection) -> Iterator[str]:
    for question in ("PRAGMA integrity_check", "PRAGMA foreign_key_check"):
        said = database.execute(question).fetchall()
        if said not in ([], [("ok",)]):
            yield f"{question}: {said}"


def _texts(database: sqlite3.Connection) -> dict[int, list[int]]:
    """The editions recorded of each number, oldest first. A notice told from its row has none yet."""
    found: dict[int, list[int]] = {}
    for title, body in database.execute("SELECT title, body FROM version ORDER BY id"):
        edition = re.search(r"第(\d+)稿", body)
        number = re.search(r"第(\d+)批", title)
        assert number
        found.setdefault(int(number[1]), []).extend([int(edition[1])] if edition else [])
    return found


def _wrong_texts(database: sqlite3.Connection, day: Day) -> Iterator[str]:
    for number, texts in _texts(database).items():
        if texts != sorted(set(texts)):
            yield f"{number}: an edition is there twice: {texts}"
        if texts[-1:] != [day.site.editions[number]]:
            yield f"{number}: the newest edition {day.site.editions[number]} is not the last of {texts}"
        lost = {edition for seen, edition in day.seen if seen == number} - set(texts)
        if lost:
            yield f"{number}: editions {lost} were seen and are not recorded"


def _wrong_changes(database: sqlite3.Connection, editions: dict[int, int]) -> Iterator[str]:
    found: dict[int, Counter[str]] = {number: Counter() for number in editions}
    said = "SELECT title, kind FROM change JOIN version ON version.id = version_id"
    for title, kind in database.execute(said):
        number = re.search(r"第(\d+)批", title)
        assert number
        found[int(number[1])][kind] += 1
    texts = _texts(database)
    for which, kinds in found.items():
        first = Kind.BASELINE if which in OLD else Kind.NEW
        again = len(texts.get(which, [])) - 1
        if kinds != Counter({first.value: 1} | ({Kind.REVISED.value: again} if again else {})):
            yield f"{which}: {again + 1} texts and {kinds}"


def _wrong_messages(database: sqlite3.Connection, day: Day) -> Iterator[str]:
    wanted = database.execute(
        "SELECT change.id, delivery.id, channel FROM change JOIN told ON change.id = change_id "
        "JOIN delivery USING (telling_id) WHERE kind <> 'baseline'"
    ).fetchall()
    ids = [id_ for (id_,) in database.execute("SELECT id FROM change WHERE kind <> 'baseline'")]
    told = Counter((change, channel) for change, _, channel in wanted)
    if told != Counter((id_, name) for id_ in ids for name in CHANNELS):
        yield f"not each change is in one piece for each channel: {told}"
    for _, piece, channel in wanted:
        copies = [mark for id_, mark in day.chats[channel].taken if id_ == piece]
        if not copies:
            yield f"piece {piece} never arrived"
        if copies.count(False) > 1:
            yield f"piece {piece} came twice and does not say so"
        if len(copies) > 1 and not day.has_failed:
            yield f"piece {piece} came twice and nothing had crashed"
