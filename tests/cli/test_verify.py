"""`sources verify`: a table for people, a document for programs, exit code 3 when a source failed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]
ROWS = tuple((f"关于第{number}件事项的通知", f"2026-09-{number:02d}", number) for number in range(12, 0, -1))


def test_every_enabled_source_is_tried_and_nothing_is_stored(kuaixun: Command, site: Site) -> None:
    site.shows(*ROWS)
    answer = kuaixun("sources", "verify", "--json")
    assert answer.code == 0
    (one,) = answer.data["sources"]
    assert {key: one[key] for key in ("id", "status", "family", "items", "newest", "error")} == {
        "id": "site",
        "status": "ok",
        "family": "trs",
        "items": 12,
        "newest": "2026-09-12",
        "error": None,
    }
    assert one["notice"]["title"] == ROWS[0][0]  # type: ignore[index]
    assert one["notice"]["body_length"] > 20  # type: ignore[index]
    assert one["complaints"] == ["没有找到下一页，停机较久后可能漏掉通知"]
    assert kuaixun("changes", "--kind", "baseline", "--json").data["changes"] == []
    assert kuaixun("sources", "health", "--json").data["sources"][0]["status"] is None


def test_what_falls_short_of_the_last_check_is_said(kuaixun: Command, site: Site) -> None:
    site.shows(*ROWS)
    kuaixun("check")
    site.shows(*ROWS[:4])
    answer = kuaixun("sources", "verify")
    assert answer.code == 0
    assert "site：只有 4 条，以前读到 12 条" in answer.out
    assert "1 个信息源：0 个未能读取，1 个与预期不符。" in answer.out


def test_disabled_sources_are_tried_when_asked_for_and_a_failure_is_exit_three(
    kuaixun: Command, site: Site, folder: Path
) -> None:
    site.shows(*ROWS)
    site.server.expect_request("/none/").respond_with_data("", status=404)
    config = folder / "sources.yaml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("http://nothing.invalid/", site.server.url_for("/none/")), "utf-8")
    every = kuaixun("sources", "verify", "--all", "--json")
    assert every.code == 3
    by_id = {one["id"]: one for one in every.data["sources"]}
    assert (by_id["site"]["status"], by_id["gone"]["status"]) == ("ok", "failed")
    assert (by_id["gone"]["notice"], by_id["gone"]["items"], bool(by_id["gone"]["error"])) == (None, 0, True)
    named = kuaixun("sources", "verify", "gone")
    assert (named.code, "gone：" in named.out, "site" in named.out) == (3, True, False)
    assert kuaixun("sources", "verify", "nobody").code == 2
