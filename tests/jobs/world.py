"""A column of a site that stories change, and a monitor that polls it: real sockets, real SQLite, a clock told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from monitor.fetch import Fetcher, Limits
from monitor.jobs.check import check
from monitor.jobs.learn import Learning
from monitor.jobs.rooms import Checked, Rooms, Wish
from monitor.model import ChangeRecord, Kind, Level, Source
from monitor.reader import Reader
from monitor.settings.load import load_bodies, load_sections
from monitor.store import ChangeFilter, Store
from tests.fetch.site import Site, reply, serving

START = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Monitor:
    """One source at `/tzgg/` of a loopback site; `rows` is what its list shows, newest first."""

    site: Site
    store: Store
    rooms: Rooms
    source: Source
    clock: list[datetime]
    rows: list[tuple[str, date, int]] = field(default_factory=list)
    noise: int = 0

    def publish(self, title: str, on: date, number: int, body: str = "") -> None:
        """A new notice on top of the list."""
        self.rows.insert(0, (title, on, number))
        self.write(title, on, number, body)

    def write(self, title: str, on: date, number: int, body: str = "") -> None:
        """The notice's page says this now."""
        self.site.answers[_path(on, number)] = reply(_notice(title, on, body), Content_Type="text/html")

    def page(self, on: date, number: int, answer: object) -> None:
        """The notice's page answers this instead."""
        self.site.answers[_path(on, number)] = answer

    def answers(self, answer: object) -> None:
        """The list page answers this instead of rows."""
        self.site.answers["/tzgg/"] = answer

    def stands(self) -> None:
        """The list stays up as it is now, for whoever asks."""
        self.answers(reply(_list(self.rows, 0), Content_Type="text/html; charset=utf-8"))

    async def poll(self, wish: Wish | None = None, *, later: timedelta = timedelta(hours=2)) -> Checked:
        """Some time passes, then the source is checked once."""
        self.clock[0] += later
        return await self.poll_as_it_is(wish) if "/tzgg/" in self.site.answers else await self.poll_rows(wish)

    async def poll_rows(self, wish: Wish | None) -> Checked:
        self.noise += 1
        self.site.answers["/tzgg/"] = reply(
            _list(self.rows, self.noise), Content_Type="text/html; charset=utf-8"
        )
        try:
            return await self.poll_as_it_is(wish)
        finally:
            del self.site.answers["/tzgg/"]

    async def poll_as_it_is(self, wish: Wish | None) -> Checked:
        return await check(self.source, self.rooms, wish or Wish())

    async def poll_pages(
        self, one: list[tuple[str, date, int]], two: list[tuple[str, date, int]], wish: Wish | None = None
    ) -> Checked:
        """Some time passes; the column now has two pages, and is checked once."""
        self.clock[0] += timedelta(hours=2)
        more = b"<script>createPageHTML(2, 0, 'index', 'html');</script></body>"
        for path, rows in (("/tzgg/", one), ("/tzgg/index_1.html", two)):
            script = more.replace(b", 0,", b", 1,") if "index_1" in path else more
            html = _list(rows, 0).replace(b"</body>", script)
            self.site.answers[path] = reply(html, Content_Type="text/html; charset=utf-8")
        try:
            return await self.poll_as_it_is(wish)
        finally:
            del self.site.answers["/tzgg/"]

    def changes(self, *kinds: Kind) -> list[ChangeRecord]:
        """The change log, oldest first; all kinds but baseline unless named."""
        return list(self.store.notices.changes(ChangeFilter(kinds=kinds or None)))[::-1]

    def titles(self, *kinds: Kind) -> list[str]:
        return [record.notice.title for record in self.changes(*kinds)]


@asynccontextmanager
async def monitoring(folder: Path) -> AsyncIterator[Monitor]:
    """A monitor of one empty column, open until the block ends."""
    async with serving({}) as site:
        clock = [START]
        store = Store.open("", folder=folder)
        limits = Limits(delay=0, per_day=10_000, timeout=5, allow_hosts=frozenset({site.place}))
        source = Source(
            id="site",
            name="某部 · 通知",
            url=f"{site.url}/tzgg/",
            family=None,
            level=Level.NATIONAL,
            region="全国",
        )
        store.sources.ensure([source], START)

        async def no_pause(_seconds: float) -> None:
            return

        async with (
            Fetcher(limits, now=lambda: clock[0], spent={}, sleep=no_pause) as fetcher,
            Reader() as reader,
        ):
            rooms = Rooms(
                fetcher=fetcher,
                reader=reader,
                store=store,
                sections=load_sections(ROOT / "sources.yaml"),
                learning=Learning(),
                bodies=load_bodies(ROOT / "sources.yaml"),
                now=lambda: clock[0],
                chance=lambda: 0.5,
            )
            yield Monitor(site=site, store=store, rooms=rooms, source=source, clock=clock)
        store.close()


def also(monitor: Monitor, id_: str) -> Monitor:
    """A second source that reads the very same column."""
    source = replace(monitor.source, id=id_)
    monitor.store.sources.ensure([source], START)
    return replace(monitor, source=source)


def _path(on: date, number: int) -> str:
    return f"/tzgg/{on:%Y%m}/t{on:%Y%m%d}_{number}.html"


def _list(rows: list[tuple[str, date, int]], noise: int) -> bytes:
    lines = "".join(
        f'<li><a href=".{_path(on, number).removeprefix("/tzgg")}" title="{title}">{title[:20]}</a><span>{on}</span></li>'
        for title, on, number in rows
    )
    return (
        f"<html><head><title>通知公告</title><meta name='ColumnName' content='通知公告'></head><body>"
        f"<p>今天是第{noise}次访问</p><ul class='list'>{lines}</ul><!-- ?t={noise} --></body></html>"
    ).encode()


def _notice(title: str, on: date, body: str) -> bytes:
    text = body or f"{title}的正文，现将有关事项通知如下。请各有关单位遵照执行，并做好相关工作。"
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return (
        f"<html><head><meta name='ArticleTitle' content='{title}'><meta name='PubDate' content='{on} 09:00'></head>"
        f"<body><h1>{title}</h1><div class='TRS_Editor'>{lines}</div></body></html>"
    ).encode()
