"""`sources held`, `accept`, `reject`: what a person sees of a poll that is not believed, and says about it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]

OLD = [(f"关于第{n}号事项的通知", f"2026-09-{n:02d}", n) for n in range(12, 0, -1)]
OTHER = [(f"某领导到第{n}个园区调研", f"2026-08-{n:02d}", 100 + n) for n in range(12, 0, -1)]
NEWS = ("关于组织申报演示项目的通知", "2026-09-17", 300)


@pytest.fixture
def doubted(kuaixun: Command, site: Site) -> Command:
    """A source whose list shows another column since 11 o'clock."""
    site.shows(*OLD)
    assert kuaixun("check", now="2026-09-16T09:00").code == 0
    site.shows(*OTHER)
    assert kuaixun("check", now="2026-09-16T11:00").code == 3
    return kuaixun


def test_a_held_source_is_said_to_be_held_and_counts(doubted: Command) -> None:
    said = doubted("check", "--json", now="2026-09-16T13:00")
    assert said.code == 3
    (source,) = said.data["sources"]
    assert (source["status"], source["items"], source["new"]) == ("held", 12, 0)
    assert "几乎都没有见过" in str(source["error"])
    assert doubted("sources", "health", now="2026-09-16T13:00").code == 3


def test_before_and_after_are_shown_to_who_decides(doubted: Command) -> None:
    said = doubted("sources", "held", "site", now="2026-09-16T13:00")
    assert said.code == 0
    assert "某部 · 通知（site）：列表上的 12 条几乎都没有见过" in said.out
    assert "自 2026-09-16 11:00" in said.out
    before, _, after = said.out.partition("现在：")
    assert "2026-09-12 关于第12号事项的通知" in before
    assert "2026-08-12 某领导到第12个园区调研" in after
    assert "共 12 条" in after
    (event,) = doubted("sources", "held", "--json").data["held"]
    assert (event["source"], event["part"], event["decided"]) == ("site", "list", None)
    assert len(event["after"]) == 12  # type: ignore[arg-type]


def test_what_is_accepted_is_taken_at_the_next_check(doubted: Command, site: Site) -> None:
    said = doubted("sources", "accept", "site", "--who", "王", now="2026-09-16T12:00")
    assert said.code == 0
    assert said.out == (
        "已认可：某部 · 通知。下一次轮询照此读取：2026-09-16 以前的条目记为基线，之后的作为新通知告知。\n"
    )
    assert "已认可：王 2026-09-16 12:00" in doubted("sources", "held").out
    assert doubted("sources", "health", now="2026-09-16T12:10").code == 0
    site.shows(NEWS, *OTHER)
    checked = doubted("check", "--json", now="2026-09-17T11:00")
    assert checked.code == 0
    assert [change["notice"]["title"] for change in checked.data["changes"]] == [NEWS[0]]  # type: ignore[index]
    assert doubted("sources", "held").out == "没有待人工确认的轮询。\n"
    assert doubted("sources", "accept", "site").code == 2


def test_what_is_rejected_stays_held_and_counts_no_more(doubted: Command, site: Site) -> None:
    said = doubted("sources", "reject", "site", "--who", "王", now="2026-09-16T12:00")
    assert (said.code, "已否决：某部 · 通知。" in said.out) == (0, True)
    checked = doubted("check", "--json", now="2026-09-16T13:00")
    assert (checked.code, checked.data["sources"][0]["status"]) == (0, "held")
    assert doubted("sources", "health", now="2026-09-16T13:10").code == 0
    site.shows(*[(f"图片新闻之{title}", day, number + 500) for title, day, number in OTHER])
    assert doubted("check", now="2026-09-16T15:00").code == 3
    site.shows(*OLD)
    assert doubted("check", now="2026-09-16T17:00").code == 0
    assert doubted("sources", "reject", "site").code == 2


def test_both_say_what_they_did_as_json(doubted: Command) -> None:
    rejected = doubted("sources", "reject", "site", "--json", "--who", "王", now="2026-09-16T12:00")
    told: dict[str, object] = dict(rejected.data)
    assert (told["source"], told["decided"], told["decided_by"]) == ("site", "rejected", "王")
    accepted = doubted("sources", "accept", "site", "--json", now="2026-09-16T12:30")
    again: dict[str, object] = dict(accepted.data)
    assert again["decided"] == "accepted"


def test_a_list_that_is_shorter_for_good_is_accepted(kuaixun: Command, site: Site) -> None:
    site.shows(*OLD)
    kuaixun("check", now="2026-09-16T09:00")
    site.shows(*OLD[:5])
    kuaixun("check", now="2026-09-16T11:00")
    assert kuaixun("sources", "health", now="2026-09-16T12:00").code == 3
    assert kuaixun("sources", "reject", "site").code == 2
    said = kuaixun("sources", "accept", "site", now="2026-09-16T12:00")
    assert (said.code, said.out) == (0, "已认可：某部 · 通知 的列表今后以 5 条为准。\n")
    assert kuaixun("sources", "health", now="2026-09-16T12:00").code == 0


@pytest.mark.parametrize("word", ["accept", "reject"])
def test_a_wrong_id_or_nothing_held_is_wrong_usage(kuaixun: Command, site: Site, word: str) -> None:
    site.shows(*OLD)
    kuaixun("check")
    nothing = kuaixun("sources", word, "site")
    assert (nothing.code, "nothing is held of site" in nothing.err) == (2, True)
    assert kuaixun("sources", word, "nobody").code == 2
    assert kuaixun("sources", "held", "nobody").code == 2
