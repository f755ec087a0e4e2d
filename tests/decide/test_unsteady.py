"""From which change on an unsteady page is held back, and what it tells once it has come to rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.decide.unsteady import WINDOW, at_rest, is_calm, is_unsteady, next_look
from monitor.diff import meaning
from monitor.model import Kind, Notice, Verdict, Version

NOW = datetime(2026, 9, 16, 1, tzinfo=UTC)
SURE = Verdict(section="申报通知", confidence=1.0)


@pytest.mark.parametrize(
    ("days_ago", "unsteady"),
    [
        ([], False),
        ([1, 2, 3], False),
        ([1, 2, 3, 6], True),
        ([0, 0, 0, 0], True),
        ([1, 2, 3, 7], False),
        ([1, 2, 3, 6, 30], True),
    ],
)
def test_four_changes_of_a_week_are_told_and_no_fifth(days_ago: list[float], *, unsteady: bool) -> None:
    assert is_unsteady([NOW - timedelta(days=days) for days in days_ago], NOW) is unsteady


@pytest.mark.parametrize(
    ("days", "watched", "calm"), [(6.9, True, False), (7, True, True), (0, False, True), (9, False, True)]
)
def test_a_page_has_come_to_rest_after_a_week_or_at_the_end_of_its_watch(
    days: float, *, watched: bool, calm: bool
) -> None:
    assert is_calm(NOW - timedelta(days=days), NOW, watched=watched) is calm


def test_at_rest_it_tells_what_differs_from_what_readers_know() -> None:
    notice = Notice(url="u", title="关于申报的通知", body="请于10月8日前申报。")
    shown = Version(id=1, notice_id=1, at=NOW, notice=notice, fingerprint=meaning(notice), raw=None)
    assert at_rest(shown, notice, SURE).change is None
    found = at_rest(shown, replace(notice, body="请于10月9日前申报。"), SURE)
    assert found.change is not None
    assert (found.change.kind, found.change.fields) == (Kind.REVISED, ("body",))
    assert found.fingerprint == meaning(found.notice)


def test_an_unsteady_page_is_read_every_day_whatever_its_rhythm() -> None:
    assert next_look(None, NOW) - NOW == timedelta(days=1)
    assert next_look(NOW + WINDOW, NOW) - NOW == timedelta(days=1)
    assert next_look(NOW + timedelta(hours=6), NOW) - NOW == timedelta(hours=6)
