"""A list's ETag is given back only to the question that it was given for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.decide.asked import question
from monitor.model import Http, Status
from monitor.store import Store
from tests.fetch.doing import aio
from tests.jobs.world import Monitor, monitoring
from tests.store import make

DAY = date(2026, 9, 10)
TAG = '"v1"'


def tagged(monitor: Monitor) -> None:
    """The list has an ETag from now on."""
    monitor.stands()
    answer = monitor.site.answers["/tzgg/"]
    assert isinstance(answer, bytes)
    monitor.answers(answer.replace(b"\r\n", f"\r\nETag: {TAG}\r\n".encode(), 1))


def sent(monitor: Monitor) -> str | None:
    """The ETag that the list was last asked with."""
    return [asked for asked in monitor.site.asked if asked.path == "/tzgg/"][-1].headers.get("if-none-match")


@aio
async def test_an_unchanged_source_gives_the_etag_back(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于组织申报的通知", DAY, 1)
        tagged(monitor)
        for expected in (None, TAG, TAG):
            await monitor.poll()
            assert sent(monitor) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"url": "?all=1"},
        {"family": "generic"},
        {"options": {"body": ".TRS_Editor"}},
        {"http": Http(headers={"Accept-Language": "zh"})},
        {"http": Http(user_agent="x")},
    ],
    ids=lambda change: next(iter(change)),
)
@aio
async def test_a_source_that_asks_otherwise_reads_its_list_anew(
    tmp_path: Path, change: dict[str, object]
) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于组织申报的通知", DAY, 1)
        tagged(monitor)
        await monitor.poll()
        before = monitor.source
        if "url" in change:
            monitor.site.answers["/tzgg/?all=1"] = monitor.site.answers["/tzgg/"]
            change = {"url": f"{before.url}?all=1"}
        monitor.source = replace(before, **change)  # type: ignore[arg-type]
        asked = len(monitor.site.asked)
        assert (await monitor.poll()).status in (Status.OK, Status.UNCHANGED)
        assert "if-none-match" not in monitor.site.asked[asked].headers
        await monitor.poll()
        assert monitor.site.asked[-1].headers["if-none-match"] == TAG
        monitor.source = before
        await monitor.poll()
        assert "if-none-match" not in monitor.site.asked[-1].headers


@aio
async def test_validators_from_before_this_was_remembered_are_not_sent(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于组织申报的通知", DAY, 1)
        tagged(monitor)
        await monitor.poll()
        _forget(monitor.store)
        await monitor.poll()
        assert sent(monitor) is None


def _forget(store: Store) -> None:
    with store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE source SET asked = ''")


def test_what_brings_the_same_bytes_is_the_same_question() -> None:
    source = make.source()
    for same in (
        replace(source, name="另一个名字", note="x", every=2 * source.every),
        replace(source, http=Http(proxy="http://a:b@c:1", legacy_tls=frozenset({"x"}), source="miit")),
        replace(source, options={}),
    ):
        assert question(same) == question(source)
    one, two = {"a": 1, "b": [2]}, {"b": [2], "a": 1}
    assert question(replace(source, options=one)) == question(replace(source, options=two))
