"""What an operator has told us not to read on a site's notices: `ignore:` of its source.

Selectors take nodes off the page before anything is read from it, patterns take text out of the lines
of the body afterwards. Both are checked when the file is read; a pattern that runs away on some line is
stopped with the page, like any parser (`reader`), and lines longer than `LONGEST_LINE` are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from monitor.model import Ignore, RawNotice
from monitor.text import clean

LONGEST_LINE = 2_000
LONGEST_RULE = 300

_PROBE = LexborHTMLParser("<html><head></head><body><div><p></p></div></body></html>")


def check_selector(selector: str) -> str:
    """The selector as it is; ValueError where it is none, or would take the whole page."""
    try:
        found = _PROBE.css(selector)
    except SelectolaxError as error:
        raise ValueError(f"not a CSS selector: {selector!r}") from error
    if any(node.tag in ("html", "body") for node in found):
        raise ValueError("a selector for less than the whole page")
    return selector


def check_pattern(pattern: str) -> str:
    """The pattern as it is; ValueError where it is none, or matches where there is nothing."""
    try:
        matches_nothing = re.compile(pattern).search("")
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    except (OverflowError, RecursionError) as error:
        raise ValueError("a smaller regular expression") from error
    if matches_nothing:
        raise ValueError("a pattern that needs at least one character")
    return pattern


def strip(tree: LexborHTMLParser, rules: Sequence[Ignore]) -> None:
    """Take the nodes off the page that the selectors name."""
    for rule in rules:
        if rule.selector:
            for node in _outermost(tree.css(rule.selector)):
                node.decompose()


def hide(raw: RawNotice, rules: Sequence[Ignore]) -> RawNotice:
    """The notice without the text that the patterns name; a line of which nothing is left is gone."""
    patterns = [re.compile(rule.pattern) for rule in rules if rule.pattern]
    if not patterns:
        return raw
    lines = (_left(line, patterns) for line in raw.body.split("\n"))
    return replace(raw, body="\n".join(line for line in lines if line))


def _left(line: str, patterns: Sequence[re.Pattern[str]]) -> str:
    if len(line) > LONGEST_LINE:
        return line
    rest = line
    for pattern in patterns:
        rest = pattern.sub("", rest)
    return line if rest == line else clean(rest)


def _outermost(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """Without those inside another one: they go with it, and must not be touched once they are gone."""
    named = {node.mem_id for node in nodes}
    return [node for node in nodes if node.tag not in ("html", "body") and not _is_inside(node, named)]


def _is_inside(node: LexborNode, named: set[int]) -> bool:
    around = node.parent
    while around is not None and around.mem_id not in named:
        around = around.parent
    return around is not None
