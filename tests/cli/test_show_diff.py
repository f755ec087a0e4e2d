"""`kuaixun show NOTICE --diff`: the last edit, for people and for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest

from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]
OLD = ("关于申报绿色工厂的通知", "2026-09-01", 1)
NEW = ("关于申报第5批绿色工厂的通知", "2026-09-01", 1)
LINES = [
    "标题：关于申报绿色工厂的通知 → 关于申报第5批绿色工厂的通知",
    "",
    "~ 现将《关于申报【增：第5批】绿色工厂的通知》有关事项通知如下，请认真做好相关工作。",
]


@pytest.fixture
def edited(kuaixun: Command, site: Site) -> Command:
    site.shows(OLD)
    kuaixun("check")
    site.shows(NEW)
    kuaixun("check", "--reread", now="2026-09-17T09:00")
    return kuaixun


def test_the_last_edit_is_shown_line_by_line(edited: Command) -> None:
    said = edited("show", "1", "--diff").out
    assert said.endswith("\n".join(["", *LINES, ""]))
    assert "标题改动；正文改动 1 处" in said


def test_programs_get_the_same_lines(edited: Command) -> None:
    assert json.loads(edited("show", "1", "--diff", "--json").out)["diff"] == LINES
    assert "diff" not in edited("show", "1", "--json").data


def test_colours_are_for_terminals_whose_user_wants_them(
    edited: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from monitor.cli import changes

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert not changes.wants_colours(sys.stdout)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert changes.wants_colours(sys.stdout)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not changes.wants_colours(sys.stdout)
    assert "\x1b" not in edited("show", "1", "--diff").out


def test_a_notice_that_nobody_edited_says_so(kuaixun: Command, site: Site) -> None:
    site.shows(OLD)
    kuaixun("check")
    assert "没有两个不同的版本" in kuaixun("show", "1", "--diff").out
