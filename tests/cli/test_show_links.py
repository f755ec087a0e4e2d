"""`kuaixun show NOTICE`: where a notice stands and what it is linked to, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]
DOCUMENT = ("关于印发《演示专项资金管理办法》的通知", "2026-09-01", 1)
INTERPRETATION = ("《演示专项资金管理办法》解读", "2026-09-02", 2)


@pytest.fixture
def linked(kuaixun: Command, site: Site) -> Command:
    site.shows(DOCUMENT)
    kuaixun("check")
    site.shows(INTERPRETATION, DOCUMENT)
    kuaixun("check")
    return kuaixun


def test_a_link_reads_the_right_way_round_from_both_ends(linked: Command) -> None:
    assert "解读：#2 《演示专项资金管理办法》解读\n" in linked("show", "1").out
    assert "所解读的文件：#1 关于印发《演示专项资金管理办法》的通知\n" in linked("show", "2").out


def test_programs_are_told_who_speaks_of_whom(linked: Command) -> None:
    (link,) = linked("show", "1", "--json").data["links"]
    assert link == {
        "notice": 2,
        "title": INTERPRETATION[0],
        "relation": "interprets",
        "from": 2,
        "to": 1,
    }
    assert linked("show", "2", "--json").data["links"][0]["notice"] == 1


def test_every_posting_is_shown_with_its_address(linked: Command) -> None:
    (line,) = [line for line in linked("show", "1").out.splitlines() if line.startswith("发布处：")]
    assert line.startswith("发布处：site  http://")
    assert line.endswith("/tzgg/202609/t20260901_1.html")
