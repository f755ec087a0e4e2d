"""Where the text of a notice stands when no known container holds it: by how the page is written.

Sentences outside links are what a notice has and navigation, lists and footers have not. Each of the
innermost blocks with sentences speaks for its parent; from the parent that holds most the search
goes up while that gains text, but never to what also holds the heading of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from monitor.families._html import words

_BLOCKS = frozenset(
    (
        *("p", "div", "td", "section", "article", "table", "tr", "tbody", "ul", "ol", "li", "dl"),
        *("center", "h1", "h2", "h3", "h4", "form", "main", "blockquote"),
    )
)
_LEAVES = "p,div,td,section,article,blockquote"
_SENTENCE = re.compile("[，。；！？]")
_BESIDE = re.compile(
    r"foot|copyright|bottom|header|\bnav|menu|crumb|sidebar|related|recommend|share|search|login|banner|\blinks?\b",
    re.I,
)
_BESIDE_TAGS = frozenset({"footer", "nav", "header", "aside", "form"})
_HEADING = "h1,h2"
_LEAST = 40
_MUCH = 1.2
_DEEPEST = 60


@dataclass(slots=True)
class _Held:
    """How much text of sentences each node holds: by blocks of its own, and altogether."""

    nodes: dict[int, LexborNode] = field(default_factory=dict)
    own: dict[int, int] = field(default_factory=dict)
    all: dict[int, int] = field(default_factory=dict)


def find(root: LexborNode) -> LexborNode | None:
    """The node with most sentences below `root`; None where there is hardly one."""
    held = _weigh(root)
    if sum(held.own.values()) < _LEAST:
        return None
    densest = held.nodes[max(held.own, key=lambda key: held.own[key])]
    for around in _ancestors(densest, root):
        if around.css_first(_HEADING):
            break
        # Further up than a leaf's ancestors are counted, nothing is held.
        if held.all.get(around.mem_id, 0) >= _MUCH * held.all.get(densest.mem_id, 0):
            densest = around
    return densest


def _weigh(root: LexborNode) -> _Held:
    held = _Held()
    for leaf in root.css(_LEAVES):
        if any(child.tag in _BLOCKS for child in leaf.iter()):
            continue
        length = _sentences(leaf)
        if length and not _is_beside(leaf, root):
            _count(held, leaf, length, root)
    return held


def _count(held: _Held, leaf: LexborNode, length: int, root: LexborNode) -> None:
    """A paragraph speaks for its parent; a block of lines parted by <br> for itself."""
    speaks_for = leaf if leaf.tag != "p" and leaf.css_first("br") else leaf.parent or leaf
    held.nodes[speaks_for.mem_id] = speaks_for
    held.own[speaks_for.mem_id] = held.own.get(speaks_for.mem_id, 0) + length
    for around in (leaf, *_ancestors(leaf, root)):
        held.all[around.mem_id] = held.all.get(around.mem_id, 0) + length


def _sentences(leaf: LexborNode) -> int:
    said = words(leaf)
    if not _SENTENCE.search(said):
        return 0
    return max(0, len(said) - sum(len(words(link)) for link in leaf.css("a")))


def _is_beside(leaf: LexborNode, root: LexborNode) -> bool:
    """Whether a block stands in what is named as navigation, footer and the like."""
    return any(
        around.tag in _BESIDE_TAGS
        or bool(_BESIDE.search(f"{around.attributes.get('class') or ''} {around.attributes.get('id') or ''}"))
        for around in (leaf, *_ancestors(leaf, root))
    )


def _ancestors(node: LexborNode, root: LexborNode) -> Iterator[LexborNode]:
    around = node.parent
    for _ in range(_DEEPEST):
        if around is None or around.tag in ("html", "body") or around.mem_id == root.mem_id:
            return
        yield around
        around = around.parent
