"""`ignore:` rules: in every family they hide what they name, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.families import FAMILIES, check_pattern, check_selector, hide
from monitor.families._ignore import LONGEST_LINE
from monitor.model import Ignore, Level, Page, RawNotice, Source
from monitor.reader.questions import WhatNotice, answer
from tests.pairs import notices
from tests.pairs.text import FIRST, Text, body

PLAIN = body(Text(), "./")
RULES = {
    "selector": (Ignore(selector=".heat"),),
    "pattern": (Ignore(pattern="热度：.*"),),
    "whole_line": (Ignore(pattern="^本页热度：[0-9]+°，升[0-9]+位$"),),
    "part_of_a_line": (Ignore(pattern="[0-9]+°"), Ignore(pattern="升[0-9]+位")),
}


def read(family: str, markup: str, rules: tuple[Ignore, ...] = ()) -> RawNotice:
    source = Source(
        id="site",
        name="示例厅",
        url=notices.URLS[family],
        family=family,
        level=Level.PROVINCIAL,
        region="示例",
        options=notices.OPTIONS.get(family, {}),
        ignore=rules,
    )
    page = Page(url=source.url, body=notices.notice(family, Text(), FIRST, markup=markup).encode())
    found = answer(WhatNotice(page=page, source=source, family=family))
    assert isinstance(found, RawNotice)
    return found


def heated(degrees: int) -> str:
    """The text with a line that this site alone writes, in the middle of it."""
    return PLAIN.replace("<table>", f'<p class="heat">本页热度：{degrees}°，升{degrees}位</p><table>')


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
@pytest.mark.parametrize("family", FAMILIES)
def test_what_a_rule_names_does_not_count(family: str, rules: tuple[Ignore, ...]) -> None:
    assert read(family, heated(12)) != read(family, heated(13))
    assert read(family, heated(12), rules) == read(family, heated(13), rules)


@pytest.mark.parametrize("name", ["selector", "whole_line"])
@pytest.mark.parametrize("family", FAMILIES)
def test_what_no_rule_names_stays(family: str, name: str) -> None:
    assert read(family, heated(12), RULES[name]) == read(family, PLAIN)


@pytest.mark.parametrize("family", FAMILIES)
def test_links_in_a_node_that_does_not_count_are_no_attachments(family: str) -> None:
    related = PLAIN + '<div class="heat"><div class="heat"><a href="./other.doc">其他通知.doc</a></div></div>'
    assert len(read(family, related).attachments) == 3
    assert len(read(family, related, RULES["selector"]).attachments) == 2


def test_a_selector_may_match_nodes_within_nodes() -> None:
    markup = '<div class="heat"><p class="heat">甲<b class="heat">乙</b></p></div>' * 50 + PLAIN
    for selector in (".heat", ".heat, .heat *", "div:has(> p.heat > b), .heat"):
        assert read("trs", markup, (Ignore(selector=selector),)) == read("trs", PLAIN)


@pytest.mark.parametrize("rule", [Ignore(selector="div:has(p)"), Ignore(pattern="^.+$")])
def test_rules_that_leave_no_text_are_an_error(rule: Ignore) -> None:
    with pytest.raises(ParseError):
        read("trs", PLAIN, (rule,))


def test_a_line_of_endless_length_is_left_alone() -> None:
    raw = RawNotice(title="甲", body=f"{'热度：' * LONGEST_LINE}\n热度：1")
    assert hide(raw, RULES["pattern"]).body == raw.body.split("\n")[0]


@pytest.mark.parametrize("selector", ["", "a[", "html", "body", "*", "div, body", ":has(p)", "::before("])
def test_a_selector_that_is_none_or_takes_the_page_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="selector"):
        check_selector(selector)


@pytest.mark.parametrize("pattern", ["", "(", ".*", "a*", "^$", "x{99999999999}", "(?:热度)?"])
def test_a_pattern_that_is_none_or_matches_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"expression|character"):
        check_pattern(pattern)


@given(st.lists(st.text(), max_size=6), st.text(min_size=1, max_size=5))
def test_a_line_that_does_not_match_stays_as_it_is(lines: list[str], word: str) -> None:
    raw = RawNotice(title="甲", body="\n".join(lines))
    left = iter(hide(raw, (Ignore(pattern=re.escape(word)),)).body.split("\n"))
    assert all(line in left for line in raw.body.split("\n") if line and word not in line)
