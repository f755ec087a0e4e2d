"""`kuaixun digest preview -o` and what `doctor` knows of working days."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Site

Kuaixun = Callable[..., Answer]


@pytest.fixture
def with_news(kuaixun: Kuaixun, site: Site) -> Kuaixun:
    """Something new since the baseline."""
    old = ("关于旧事项的通知", "2026-09-01", 1)
    site.shows(old)
    kuaixun("check", "site")
    site.shows(("关于组织开展申报工作的通知", "2026-09-15", 2), old)
    kuaixun("check", "site", now="2026-09-16T10:00")
    return kuaixun


def test_a_preview_is_written_as_a_page_and_tells_nobody(with_news: Kuaixun, tmp_path: Path) -> None:
    file = tmp_path / "preview.html"
    answer = with_news("digest", "preview", "daily", "-o", str(file), now="2026-09-16T11:00")
    assert answer.code == 0
    assert f"已写入 {file}" in answer.err
    for shown in (answer.out, file.read_text("utf-8")):
        assert "关于组织开展申报工作的通知" in shown
        assert "新 1" in shown
    assert file.read_text("utf-8").startswith("<!DOCTYPE html>")
    again = with_news("digest", "preview", "daily", "--json", now="2026-09-16T12:00")
    assert len(again.data["pieces"]) == 1


def test_a_page_without_news_says_so(kuaixun: Kuaixun, tmp_path: Path) -> None:
    kuaixun("digest", "preview", "daily", "-o", str(tmp_path / "empty.html"))
    assert "没有未告知的变更" in (tmp_path / "empty.html").read_text("utf-8")


def test_a_page_shows_one_digest(kuaixun: Kuaixun, folder: Path) -> None:
    config = folder / "sources.yaml"
    config.write_text(config.read_text("utf-8") + "alerts: [{name: now, to: [editors]}]\n", "utf-8")
    answer = kuaixun("digest", "preview", "daily", "alert:now", "-o", str(folder / "x.html"))
    assert answer.code == 2
    assert "-o writes one digest" in answer.err
    assert not (folder / "x.html").exists()


def test_check_send_tells_alerts_too(kuaixun: Kuaixun, site: Site, folder: Path) -> None:
    config = folder / "sources.yaml"
    config.write_text(config.read_text("utf-8") + "alerts: [{name: now, keywords: [申报]}]\n", "utf-8")
    old = ("关于旧事项的通知", "2026-09-01", 1)
    site.shows(old)
    kuaixun("check", "site")
    site.shows(("关于组织开展申报工作的通知", "2026-09-15", 2), old)
    kuaixun("check", "site", "--send", now="2026-09-16T10:00")
    mails = sorted(path.name for path in (folder / "storage" / "outbox").glob("*.eml"))
    assert mails == ["2026-09-16-alert_now-2.eml", "2026-09-16-daily-1.eml"]


@pytest.mark.parametrize(
    ("now", "ok", "words"),
    [
        ("2026-09-16T09:00", True, "2026-10-16 以前的放假安排已知"),
        ("2030-12-20T09:00", False, "2030 年的放假安排尚不知道，按周一至周五计"),
    ],
)
def test_doctor_says_whether_the_days_off_are_known(kuaixun: Kuaixun, now: str, ok: bool, words: str) -> None:
    findings = kuaixun("doctor", "--json", now=now).data["findings"]
    (found,) = [each for each in findings if str(each["text"]).startswith("工作日")]
    assert found["ok"] is ok
    assert words in str(found["text"])


def test_doctor_believes_the_operators_own_calendar(kuaixun: Kuaixun, folder: Path) -> None:
    config = folder / "sources.yaml"
    config.write_text(config.read_text("utf-8") + "calendar: {holidays: [2030-10-01, 2031-01-01]}\n", "utf-8")
    findings = kuaixun("doctor", "--json", now="2030-12-20T09:00").data["findings"]
    assert {"ok": True, "text": "工作日：2031-01-19 以前的放假安排已知"} in findings
