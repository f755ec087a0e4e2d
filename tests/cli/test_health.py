"""`sources health`: what is the matter, since when, what to do; `ack`: somebody knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]

OLD = [(f"关于第{n}号事项的通知", f"2026-09-{n:02d}", n) for n in range(12, 0, -1)]


@pytest.fixture
def broken(kuaixun: Command, site: Site) -> Command:
    """A source that was well and is not any more."""
    site.shows(*OLD)
    assert kuaixun("check", now="2026-09-16T09:00").code == 0
    site.server.clear()
    assert kuaixun("check", now="2026-09-16T11:00").code == 3
    return kuaixun


def test_all_is_well(kuaixun: Command, site: Site) -> None:
    site.shows(*OLD)
    kuaixun("check")
    said = kuaixun("sources", "health")
    assert said.code == 0
    assert "信息源全部正常" in said.out
    (source,) = kuaixun("sources", "health", "--json").data["sources"]
    assert (source["condition"], source["advice"], source["usual_items"]) == ("well", "", 12)
    assert len(str(source["last_30_days"])) == 30
    assert kuaixun("sources", "health", "--quiet", "--json").data["sources"] == []


def test_what_is_the_matter_since_when_and_what_to_do(broken: Command) -> None:
    said = broken("sources", "health", now="2026-09-17T12:00")
    assert said.code == 3
    assert "某部 · 通知（site）：读取失败" in said.out
    assert "自：2026-09-16 11:00" in said.out
    assert "怎么办：打开原网页" in said.out
    assert "××" in said.out


def test_who_knows_is_not_bothered_again(broken: Command) -> None:
    said = broken("sources", "ack", "site", "--why", "网站维护", "--who", "王", now="2026-09-16T12:00")
    assert (said.code, said.out) == (0, "已确认：某部 · 通知，恢复时会再告诉运维人员。\n")
    assert broken("sources", "health", now="2026-09-16T13:00").code == 0
    assert broken("check", now="2026-09-16T13:00").code == 0
    (source,) = broken("sources", "health", "--json", now="2026-09-16T14:00").data["sources"]
    assert source["acknowledged"]["why"] == "网站维护"  # type: ignore[index]


def test_there_is_nothing_to_acknowledge(kuaixun: Command, site: Site) -> None:
    site.shows(*OLD)
    kuaixun("check")
    assert kuaixun("sources", "ack", "site").code == 2
    assert kuaixun("sources", "ack", "nobody").code == 2


def test_check_and_send_calls_operators_once_it_has_lasted(broken: Command, folder: Path) -> None:
    broken("check", "--send", now="2026-09-16T12:00")
    assert list((folder / "storage" / "outbox").glob("*.eml")) == []
    for hour in (14, 16, 18):
        broken("check", "--send", now=f"2026-09-16T{hour}:00")
    (mail,) = (folder / "storage" / "outbox").glob("*.eml")
    assert "个信息源异常" in mail.with_suffix(".md").read_text("utf-8")
