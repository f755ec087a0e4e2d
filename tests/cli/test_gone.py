"""A notice is taken back: `check --now` lets the day between two answers pass; `show` says what is odd."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.conftest import Answer, Site

Kuaixun = Callable[..., Answer]

ROWS = [(f"关于第{number}件事项的通知", "2026-09-10", number) for number in range(1, 7)]
TAKEN = ("关于组织申报绿色工厂的通知", "2026-09-15", 9)
PAGE = "/tzgg/202609/t20260915_9.html"


def told(kuaixun: Kuaixun) -> list[tuple[str, str]]:
    """Kind and title of what was told, oldest first."""
    changes = kuaixun("changes", "--json").data["changes"]
    return [(str(change["kind"]), change["notice"]["title"]) for change in changes][::-1]  # type: ignore[index]


def takes_away(site: Site) -> None:
    """The notice is off the list, and its page is no more."""
    site.shows(*ROWS)
    site.server.expect_request(PAGE).respond_with_data("<h1>404 Not Found</h1>" * 9, status=404)


def test_two_checks_a_day_apart_prove_that_a_notice_was_taken_back(kuaixun: Kuaixun, site: Site) -> None:
    site.shows(*ROWS)
    assert kuaixun("check", now="2026-09-15T09:00").code == 0
    site.shows(TAKEN, *ROWS)
    assert kuaixun("check", now="2026-09-15T11:00").code == 0
    takes_away(site)
    for now in ("2026-09-16T09:00", "2026-09-17T08:00"):
        said = kuaixun("check", "--reread", "--json", now=now)
        assert (said.code, said.data["changes"]) == (0, [])
    said = kuaixun("check", "--json", now="2026-09-17T09:00")
    (change,) = said.data["changes"]
    assert (change["kind"], change["summary"]) == ("withdrawn", "原网页自9月16日起已不存在")
    assert told(kuaixun) == [("new", TAKEN[0]), ("withdrawn", TAKEN[0])]

    number = str(change["notice"]["id"])  # type: ignore[index]
    shown = kuaixun("show", number)
    assert "（自 2026-09-16 09:00 起已无此通知）" in shown.out
    assert "撤回  原网页自9月16日起已不存在" in shown.out
    assert kuaixun("show", number, "--json").data["postings"][0]["gone_since"] == "2026-09-16T01:00:00+00:00"

    site.shows(TAKEN, *ROWS)
    assert kuaixun("check", "--json", now="2026-09-20T09:00").data["changes"] == []
    (change,) = kuaixun("check", "--json", now="2026-09-24T09:00").data["changes"]
    assert change["kind"] == "restored"
    assert "已无此通知" not in kuaixun("show", number).out


def test_a_page_that_keeps_changing_says_so(kuaixun: Kuaixun, site: Site) -> None:
    site.shows(*ROWS)
    kuaixun("check", now="2026-09-15T09:00")
    site.shows(TAKEN, *ROWS)
    kuaixun("check", now="2026-09-15T10:00")
    for hour in range(11, 17):
        title = TAKEN[0].replace("绿色工厂", "绿色园区" if hour % 2 else "绿色工厂")
        site.shows((title, *TAKEN[1:]), *ROWS)
        kuaixun("check", now=f"2026-09-15T{hour}:00")
    assert [kind for kind, _ in told(kuaixun)] == ["new"] + ["revised"] * 4
    (first, *_) = kuaixun("changes", "--json").data["changes"]
    number = str(first["notice"]["id"])  # type: ignore[index]
    assert "（内容反复变动，自 2026-09-15 15:00 起暂缓提示）" in kuaixun("show", number).out
    shown = kuaixun("show", number, "--json").data["postings"][0]
    assert shown["unsteady_since"] == "2026-09-15T07:00:00+00:00"
