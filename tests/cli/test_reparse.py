"""`reparse`: what today's reader improves, said by field; nothing is fetched, nothing is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.decide.correction import corrected
from monitor.jobs import reparse as job
from monitor.store import Correction, Store
from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]
AT = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
TITLES = ("关于印发工作方案的通知", "关于组织申报绿色工厂的通知")


@pytest.fixture
def misread(kuaixun: Command, site: Site, folder: Path) -> Path:
    """Two notices that an older reader has misread, one worse than the other; the site is gone since."""
    for shown in (1, 2):
        site.shows(*((title, "2026-09-10", number) for number, title in enumerate(TITLES[:shown])))
        assert kuaixun("check", "site").code == 0
    with closing(Store.open("", folder=folder / "storage")) as store:
        for notice_id, worse in ((1, {"title": "甲"}), (2, {"title": "乙", "published_on": None})):
            version = store.notices.latest(notice_id)
            assert version is not None
            assert version.notice.title == TITLES[notice_id - 1]
            old = corrected(version, replace(version.notice, **worse))  # type: ignore[arg-type]
            store.notices.correct([Correction(notice_id=notice_id, version=old, verdict=None)], AT)
    site.server.clear()
    return folder


def titles(kuaixun: Command) -> list[object]:
    return [kuaixun("show", number, "--json").data["title"] for number in ("1", "2")]


def test_what_is_corrected_is_counted_by_field_with_examples(kuaixun: Command, misread: Path) -> None:
    answer = kuaixun("reparse", "--json")
    said: dict[str, object] = answer.data  # type: ignore[assignment]
    assert (answer.code, said["read"], said["corrected"], said["unreadable"]) == (0, 2, 2, [])
    fields: dict[str, dict[str, object]] = said["fields"]  # type: ignore[assignment]
    title, published = fields["title"], fields["published_on"]
    assert (title["gained"], title["lost"], title["changed"]) == (0, 0, 2)
    assert title["examples"][1] == {"notice": 2, "before": "乙", "now": TITLES[1]}  # type: ignore[index]
    assert (published["gained"], published["examples"]) == (
        1,
        [{"notice": 2, "before": "", "now": "2026-09-10"}],
    )
    assert titles(kuaixun) == [TITLES[0], TITLES[1]]
    assert [change["kind"] for change in kuaixun("changes", "--json").data["changes"]] == ["new"]
    again = kuaixun("reparse", "--json").data
    assert (again["corrected"], again["fields"]) == (0, {})


def test_on_a_terminal_it_is_a_table_in_chinese(kuaixun: Command, misread: Path) -> None:
    out = kuaixun("reparse", "--dry-run").out
    assert out.startswith("重读 2 条通知的原页：可更正 2 条，改判栏目")
    assert "#2 乙 → 关于组织申报绿色工厂的通知" in out
    assert "#2 无 → 2026-09-10" in out
    assert out.endswith("试算，没有写入。\n")
    assert titles(kuaixun) == ["甲", "乙"]


def test_a_page_that_cannot_be_read_is_listed_and_exit_three(kuaixun: Command, misread: Path) -> None:
    for page in (misread / "storage" / "pages").glob("*/*"):
        page.write_bytes(b"rotten")
    answer = kuaixun("reparse")
    assert answer.code == 3
    assert "2 条的原页读不出来，保留原有内容：\n  #1 [site] 甲：存档的原页已损坏" in answer.out
    said = kuaixun("reparse", "--json")
    assert (said.code, [one["notice"] for one in said.data["unreadable"]]) == (3, [1, 2])
    assert titles(kuaixun) == ["甲", "乙"]


def test_sources_that_are_not_polled_any_more_are_read_too(kuaixun: Command, misread: Path) -> None:
    file = misread / "sources.yaml"
    file.write_text(file.read_text("utf-8").replace("family: trs,", "family: trs, enabled: false,"), "utf-8")
    assert kuaixun("reparse", "--json").data["corrected"] == 2


def test_only_the_named_sources_and_after_the_named_notice(kuaixun: Command, misread: Path) -> None:
    assert kuaixun("reparse", "gone", "import", "--json").data["read"] == 0
    assert kuaixun("reparse", "site", "--after", "1", "--json").data["corrected"] == 1
    assert titles(kuaixun) == ["甲", TITLES[1]]
    assert kuaixun("reparse", "nobody").code == 2


def test_ctrl_c_is_exit_130_and_says_where_to_go_on(
    kuaixun: Command, misread: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "BATCH", 1)
    monkeypatch.setattr("monitor.cli.progress.Progress.step", _interrupt)
    answer = kuaixun("reparse")
    assert (answer.code, answer.out) == (130, "")
    assert "继续：--after 1" in answer.err
    assert titles(kuaixun) == [TITLES[0], "乙"]
    monkeypatch.undo()
    assert kuaixun("reparse", "--after", "1", "--json").data["corrected"] == 1


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
