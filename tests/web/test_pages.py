"""The web: everything a site said is data, GET changes nothing, nobody gets in by another name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from monitor.decide.workdays import OwnDays
from monitor.model import (
    Attachment,
    Change,
    Intent,
    Kind,
    Level,
    ListingItem,
    Notice,
    Source,
    Validators,
    Verdict,
)
from monitor.store import Row, Settlement, Store
from monitor.web.routes import build

NOW = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
EVIL = '"><img src=x onerror=alert(1)>{{ 7*7 }}'
SOURCE = Source(
    id="site", name=f"某部{EVIL}", url="javascript:alert(1)", family=None, level=Level.NATIONAL, region="全国"
)


@dataclass(frozen=True)
class Browser:
    """Asks the application directly, under a host name of the story's choice."""

    app: FastAPI
    host: str

    def ask(self, method: str, path: str) -> httpx.Response:
        async def one() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{self.host}:8000") as client:
                return await client.request(method, path)

        return asyncio.run(one())

    def get(self, path: str) -> httpx.Response:
        return self.ask("GET", path)

    def post(self, path: str) -> httpx.Response:
        return self.ask("POST", path)


@contextmanager
def web(folder: Path, *, open_pages: bool = True, host: str = "127.0.0.1") -> Iterator[tuple[Browser, Store]]:
    with closing(Store.open("", folder=folder)) as store:
        store.sources.ensure([SOURCE], NOW)
        app = build(
            store, [SOURCE], now=lambda: NOW, works=OwnDays().works, open_pages=open_pages, mark="【演示】"
        )
        yield Browser(app, host), store


def tell(store: Store) -> None:
    item = ListingItem(url="http://a.gov.cn/1", title=EVIL, published_on=date(2026, 9, 15))
    store.sources.seen(
        "site",
        [Row(key="a.gov.cn/1", item=item, baseline=False)],
        now=NOW,
        rows_fingerprint="1",
        validators=Validators(),
        horizon=None,
        baseline_at=NOW - timedelta(days=1),
    )
    notice = Notice(
        url="javascript:alert(2)",
        title=EVIL,
        body=f"一、{EVIL}\n二、<script>alert(3)</script>",
        attachments=(Attachment(name=EVIL, url="javascript:alert(4)"), Attachment(name="无链接", url="")),
    )
    intent = Intent(
        notice=notice,
        fingerprint="f",
        change=Change(kind=Kind.NEW, summary=EVIL),
        verdict=Verdict(section="政策文件", confidence=1.0, because=(EVIL,)),
    )
    (posting,) = store.notices.owed("site", NOW, 10)
    settlement = Settlement(
        posting_id=posting.id,
        notice_id=None,
        intent=intent,
        raw=None,
        validators=Validators(),
        reread_at=None,
        reading=None,
    )
    store.notices.apply([settlement], NOW)


@pytest.mark.parametrize("path", ["/", "/?section=政策文件", "/notices/1", "/sources"])
def test_what_a_page_said_arrives_literally(tmp_path: Path, path: str) -> None:
    with web(tmp_path) as (client, store):
        tell(store)
        answer = client.get(path)
    assert answer.status_code == 200
    for live in ("<img src=x", "<script>alert", 'href="javascript:', ">49<"):
        assert live not in answer.text
    assert "&lt;img src=x" in answer.text
    assert "【演示】" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_an_empty_house_says_what_will_come(tmp_path: Path) -> None:
    with web(tmp_path) as (client, _):
        assert "新的通知会出现在这里" in client.get("/").text
        assert client.get("/notices/7").status_code == 404
        assert client.get("/notices/x").status_code == 422


def test_pages_are_served_to_a_browser_that_asked_for_loopback_by_name_alone(tmp_path: Path) -> None:
    with web(tmp_path, host="evil.example") as (client, _):
        assert client.get("/").status_code == 400


def test_without_open_pages_only_health_answers(tmp_path: Path) -> None:
    with web(tmp_path, open_pages=False, host="10.0.0.8") as (client, _):
        assert client.get("/").status_code == 404
        assert client.get("/notices/1").status_code == 404
        assert client.get("/healthz").status_code == 503


def test_healthz_follows_the_heartbeat(tmp_path: Path) -> None:
    with web(tmp_path) as (client, store):
        assert client.get("/healthz").status_code == 503
        store.sources.beat(NOW - timedelta(seconds=20))
        assert client.get("/healthz").json()["status"] == "ok"
        store.sources.beat(NOW - timedelta(seconds=200))
        assert client.get("/healthz").status_code == 503


def test_get_changes_nothing_and_nothing_else_is_allowed(tmp_path: Path) -> None:
    with web(tmp_path) as (client, store):
        tell(store)
        before = store.stats()
        for path in ("/", "/notices/1", "/sources", "/healthz"):
            client.get(path)
            assert client.post(path).status_code == 405
        assert store.stats() == before
