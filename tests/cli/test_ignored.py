"""`sources ignored`: rules tried on what is kept, in Chinese and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]
TITLE = "关于组织申报绿色工厂的通知"
RULE = "pattern: 有关事项.*"


@pytest.fixture
def known(kuaixun: Command, site: Site) -> None:
    """One notice, remembered; the site is gone since."""
    site.shows((TITLE, "2026-09-10", 1))
    assert kuaixun("check", "site").code == 0
    site.server.clear()


@pytest.mark.usefixtures("known")
def test_what_a_rule_would_hide_is_shown_in_chinese(kuaixun: Command) -> None:
    answer = kuaixun("sources", "ignored", "site", "--rule", RULE, "--rule", "selector: .hits")
    assert answer.code == 0
    assert "信息源 site：在最近 1 条通知的存档原页上试用。" in answer.out
    assert f"规则 {RULE}：在 1 条通知中隐去 1 处\n  #1 现将《{TITLE}》有关事项" in answer.out
    assert f"  →  现将《{TITLE}》" in answer.out
    assert "规则 selector: .hits：没有隐去任何内容" in answer.out
    assert "过去 0 次变更中，有 0 次本不会提示。" in answer.out


@pytest.mark.usefixtures("known")
def test_the_same_as_json(kuaixun: Command) -> None:
    said: dict[str, object] = kuaixun("sources", "ignored", "site", "--rule", RULE, "--json").data  # type: ignore[assignment]
    hidden = {
        "notice": 1,
        "line": f"现将《{TITLE}》有关事项通知如下，请认真做好相关工作。",
        "left": f"现将《{TITLE}》",
    }
    assert said == {
        "source": "site",
        "read": 1,
        "without_page": 0,
        "unreadable": [],
        "rules": [{"pattern": "有关事项.*", "notices": 1, "hidden": [hidden]}],
        "changes": [],
    }


@pytest.mark.usefixtures("known")
def test_a_change_that_would_not_have_been_told(kuaixun: Command, site: Site) -> None:
    site.shows((TITLE, "2026-09-10", 1))
    page = f"<html><meta name='ArticleTitle' content='{TITLE}'><body><h1>{TITLE}</h1><div class='TRS_Editor'>"
    page += f"<p>现将《{TITLE}》有关事项通知如下，请认真做好全部工作。</p></div></body></html>"
    site.server.clear()
    site.shows((TITLE, "2026-09-10", 1))
    site._page("/tzgg/202609/t20260910_1.html", page)
    site.server.handlers.insert(0, site.server.handlers.pop())
    assert kuaixun("check", "site", "--reread", now="2026-09-17T09:00").code == 0
    answer = kuaixun("sources", "ignored", "site", "--rule", RULE, now="2026-09-17T10:00")
    assert "过去 1 次变更中，有 1 次本不会提示。\n  09-17 09:00  修订" in answer.out
    (change,) = kuaixun("sources", "ignored", "site", "--rule", RULE, "--json").data["changes"]
    assert (change["hidden"], change["fields"], change["kind"]) == (True, [], "revised")
    (change,) = kuaixun("sources", "ignored", "site", "--rule", "pattern: 无关", "--json").data["changes"]
    assert (change["hidden"], change["fields"]) == (False, ["body"])


@pytest.mark.usefixtures("known")
def test_the_rules_of_the_file_are_tried_unless_others_are_named(kuaixun: Command, folder: Path) -> None:
    assert "没有忽略规则" in kuaixun("sources", "ignored", "site").out
    file = folder / "sources.yaml"
    rule = 'family: trs, ignore: [{pattern: "有关事项.*"}],'
    file.write_text(file.read_text("utf-8").replace("family: trs,", rule), "utf-8")
    assert f"规则 {RULE}：在 1 条通知中隐去 1 处" in kuaixun("sources", "ignored", "site").out
    assert "规则 pattern: 现将" in kuaixun("sources", "ignored", "site", "--rule", "pattern: 现将").out


@pytest.mark.usefixtures("known")
def test_a_rule_that_hides_everything_is_exit_three(kuaixun: Command) -> None:
    answer = kuaixun("sources", "ignored", "site", "--rule", "pattern: ^.+$")
    assert answer.code == 3
    assert "  #1 不能试用：" in answer.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nobody",), "no source is called nobody"),
        (("site", "--rule", "pattern: ("), "not a regular expression"),
        (("site", "--rule", "selector: a["), "not a CSS selector"),
        (("site", "--rule", "css: .hits"), "'selector: CSS' or 'pattern: regular expression' is expected"),
        (("site", "--rule", "pattern"), "is expected"),
        (("site", "--last", "0"), "--last"),
    ],
)
def test_wrong_usage_is_exit_two(kuaixun: Command, arguments: tuple[str, ...], said: str) -> None:
    answer = kuaixun("sources", "ignored", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_bad_rule_in_the_file_is_exit_two_with_its_place(kuaixun: Command, folder: Path) -> None:
    file = folder / "sources.yaml"
    file.write_text(
        file.read_text("utf-8").replace("family: trs,", 'family: trs, ignore: [{pattern: "("}],'), "utf-8"
    )
    answer = kuaixun("sources", "ignored", "site")
    assert answer.code == 2
    assert "sources.yaml:4, sources[0].ignore[0].pattern: not a regular expression" in answer.err
