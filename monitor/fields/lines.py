"""The lines of a notice and the part each belongs to: opening, prose, closing. Talks to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.model import Fact
from monitor.text import clean, fold, nfkc

_PROSE = re.compile(r"[,。;、]")
_PROSE_LENGTH = 40
_ADDRESSEE = re.compile(r"[^|]{2,}:$")
_LABEL = re.compile(r"[^:]{2,8}:$")
_DATED = re.compile(
    r"[(]?(?:\d{4}[年.-]\d{1,2}[月.-]\d{1,2}日?|[〇○O0一二三四五六七八九零]{4}年.{2,7}日)[)]?"
)
_LONGEST_OPENING = 15
_LONGEST_HEADING = 8
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as printed, and `plain`: half-width punctuation, no blanks."""

    printed: str
    plain: str


def plain(text: str) -> str:
    """`text` without blanks, punctuation and digits half-width; for patterns, not for people."""
    return "".join(nfkc(text).split())


def lines(body: str) -> tuple[Line, ...]:
    """The non-empty paragraphs of a body."""
    printed = [line for line in map(clean, body.splitlines()) if line]
    folded = nfkc("\n".join(printed)).split("\n")
    return tuple(Line(line, "".join(form.split())) for line, form in zip(printed, folded, strict=False))


def is_prose(line: Line) -> bool:
    """Whether a line is running text, not a heading, label or name."""
    return len(line.plain) >= _PROSE_LENGTH and bool(_PROSE.search(line.plain))


def opening(text: Sequence[Line], title: str) -> tuple[Line, ...]:
    """What stands before the addressees: red heading, title, number; at most a few lines.

    Around the title where the body repeats it, since a forwarding note may stand before.
    """
    titled = title_line(text, title)
    start = _heading_line(text, titled)
    # A long title that quotes another looks like running text.
    known = fold(title) if len(text) > titled and fold(text[titled].plain) == fold(title) else ""
    begin = titled + 1 if known else start
    return tuple(text[start : begin + _opening_length(text[begin : start + _LONGEST_OPENING])])


def first_prose(text: Sequence[Line]) -> int:
    """Where the running text begins; 0 where there is none."""
    return next((place for place, line in enumerate(text) if is_prose(line)), 0)


def fact(facts: Iterable[Fact], *labels: str) -> str:
    """The first non-empty value under one of `labels`, in the order of the labels; "" without."""
    values = {found.label: found.value for found in reversed(tuple(facts)) if found.value.strip()}
    return next((clean(values[label]) for label in labels if label in values), "")


def _opening_length(text: Sequence[Line]) -> int:
    for place, line in enumerate(text):
        addressee = _ADDRESSEE.fullmatch(line.plain) and not _LABEL.fullmatch(line.plain)
        if is_prose(line) or addressee or len(line.plain) > _LONGEST_LINE:
            return place
    return len(text)


def title_line(text: Sequence[Line], title: str) -> int:
    """Where the text repeats the title at the beginning of a line; 0 where it does not."""
    title = fold(title)
    if len(title) < 8:
        return 0
    for place, line in enumerate(text):
        if not _may_begin(title, line):
            continue
        # A long title is broken over two or three lines.
        here = fold(line.plain)
        if len(here) >= 4 and title.startswith(here[:40]) and _spells(text[place : place + 3], title):
            return place
    return 0


def _may_begin(title: str, line: Line) -> bool:
    """Told by the first character: to fold every line of a long text for it would cost more than the rest."""
    first = line.plain[:1]
    return first == title[0] or first != first.casefold()


def _heading_line(text: Sequence[Line], title: int) -> int:
    """Where the red heading above a title begins: short lines, not the date of another signature."""
    for place in range(title - 1, max(title - _LONGEST_HEADING, 0) - 1, -1):
        line = text[place]
        if is_prose(line) or _DATED.fullmatch(line.plain) or line.plain.endswith((":", "。")):
            return place + 1
    return max(title - _LONGEST_HEADING, 0)


def _spells(text: Sequence[Line], title: str) -> bool:
    return fold("".join(line.plain for line in text)).startswith(title)
