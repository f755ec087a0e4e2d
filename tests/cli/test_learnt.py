"""`kuaixun learnt` and `classify`, as a user runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]
PLACES = ("河北省", "山西省", "辽宁省", "吉林省", "江苏省", "浙江省", "安徽省", "福建省")


def _taught(kuaixun: Command, site: Site) -> None:
    """Eight calls for computing centres are known; six of them an editor files under 绿色制造."""
    rows = [(f"{place}关于组织申报算力中心的通知", "2026-09-01", n) for n, place in enumerate(PLACES, 1)]
    site.shows(*rows)
    assert kuaixun("check", "site").code == 0
    for notice_id in range(1, 7):
        assert kuaixun("review", str(notice_id), "move", "绿色制造", now="2026-09-16T10:00").code == 0


def test_classify_uses_what_was_learnt_where_there_is_a_database(
    kuaixun: Command, site: Site, folder: Path
) -> None:
    rows = folder / "rows.jsonl"
    rows.write_text('{"title": "湖北省关于组织申报算力中心的通知"}\n', "utf-8")
    assert json.loads(kuaixun("classify", str(rows)).out)["section"] == "申报通知"
    assert not (folder / "storage").exists()
    _taught(kuaixun, site)
    said = json.loads(kuaixun("classify", str(rows)).out)
    assert said["section"] == "绿色制造"
    assert "类似通知归入绿色制造" in said["because"][0]


def test_a_database_that_cannot_be_read_leaves_the_words(kuaixun: Command, folder: Path) -> None:
    rows = folder / "rows.jsonl"
    rows.write_text('{"title": "湖北省关于组织申报算力中心的通知"}\n', "utf-8")
    (folder / "storage").mkdir()
    (folder / "storage" / "monitor.db").write_text("no database at all " * 99, "utf-8")
    answer = kuaixun("classify", str(rows))
    assert (answer.code, json.loads(answer.out)["section"]) == (0, "申报通知")
    assert "nothing learnt is used" in answer.err


def test_learnt_reports_and_files_anew(kuaixun: Command, site: Site) -> None:
    assert "没有因此改变判定的通知" in kuaixun("learnt").out
    _taught(kuaixun, site)
    said = kuaixun("learnt")
    assert "从 6 条审核中学习" in said.out
    assert "申报通知 → 绿色制造（按用词：申报通知）" in said.out
    report = json.loads(kuaixun("learnt", "--refresh", "--limit", "1", "--json").out)
    assert (report["decisions"], report["filed"], len(report["notices"])) == (6, 2, 1)
    assert kuaixun("learnt").out.count("申报通知 → 绿色制造") == 0
    assert json.loads(kuaixun("show", "7", "--json").out)["section"] == "绿色制造"
    assert kuaixun("changes", "--json").data == {"changes": []}
