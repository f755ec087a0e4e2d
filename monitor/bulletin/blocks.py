"""The parts of a printed notice, the same for every format: headings, paragraphs, tables, signature.

Personal numbers are masked here, before any format sees the text (decision 19). Talks to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from monitor import escape
from monitor.fields import doc_number, organs, signature
from monitor.fields.lines import Line, first_prose, lines
from monitor.model import Notice
from monitor.text import fold

_LEVELS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,2}[.、]\D"),
    re.compile(r"\(\d{1,2}\)"),
)
_ATTACHED = re.compile(r"附件\d{0,2}:")
_CHAPTER = re.compile(r"第[一二三四五六七八九十百]{1,4}[章节]")
_ADDRESSEES = re.compile(r"^(?![(一二三四五六七八九十\d]).{3,}(?<!如下):$")
_REMARK = re.compile(r"【[^】]*】")
_LONGEST_HEADING = 45
_MOST_SIGNERS = 15
_HEAD = 4


class Part(StrEnum):
    """What a block is on paper."""

    ADDRESSEES = "addressees"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block. `rows` only for tables, `level` (1 to 4: 一、（一）1. （1）) only for headings."""

    part: Part
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(notice: Notice) -> tuple[Block, ...]:
    """The body of a notice in printing order, without the title and number that stand above it."""
    text = _without_head(lines(escape.mask(notice.body)), notice)
    prose = first_prose(text)
    return tuple(_blocks(text, prose=prose, signed=_signed(text, prose)))


def _without_head(text: Sequence[Line], notice: Notice) -> Sequence[Line]:
    """The body as it goes on below the head that the bulletin prints itself; 【a remark】 above it stays."""
    remarks: list[Line] = []
    start = 0
    for place, line in enumerate(text[:_HEAD]):
        if _REMARK.fullmatch(line.plain):
            remarks.append(line)
        elif not _repeats_head(line, notice):
            break
        start = place + 1
    return [*remarks, *text[start:]]


def _repeats_head(line: Line, notice: Notice) -> bool:
    if notice.doc_number is not None and doc_number.normal(line.printed) == notice.doc_number:
        return True
    return len(line.plain) > 3 and fold(line.plain) in fold(notice.title)


def _signed(text: Sequence[Line], prose: int) -> frozenset[int]:
    """The lines that are a date below the text and the bodies right above it."""
    places: set[int] = set()
    for place in range(prose + 1, len(text)):
        if signature.is_date_line(text[place].plain):
            places.add(place)
            above = range(place - 1, max(prose, place - _MOST_SIGNERS), -1)
            places.update(takewhile(lambda each: bool(organs.split(text[each].printed)), above))
    return frozenset(places)


def _attached(text: Sequence[Line]) -> frozenset[int]:
    """The numbered lines right below 附件：, which name files and head nothing."""
    places: set[int] = set()
    for place, line in enumerate(text):
        if (
            place
            and _LEVELS[2].match(line.plain)
            and (_ATTACHED.match(text[place - 1].plain) or place - 1 in places)
        ):
            places.add(place)
    return frozenset(places)


def _blocks(text: Sequence[Line], *, prose: int, signed: frozenset[int]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    attached = _attached(text)
    for place, line in enumerate(text):
        cells = _cells(line)
        if cells:
            rows.append(cells)
            continue
        if rows:
            yield Block(part=Part.TABLE, rows=tuple(rows))
            rows = []
        yield _block(line, opens=place <= prose, signs=place in signed, heads=place not in attached)
    if rows:
        yield Block(part=Part.TABLE, rows=tuple(rows))


def _cells(line: Line) -> tuple[str, ...]:
    """The cells of a table row; () for a line that only ends in a stray bar."""
    cells = tuple(cell.strip() for cell in line.printed.split("|"))
    return cells if sum(map(bool, cells)) > 1 and " | " in f" {line.printed} " else ()


def _block(line: Line, *, opens: bool, signs: bool, heads: bool) -> Block:
    text = line.printed.strip("| ")
    if opens and _ADDRESSEES.search(line.plain):
        return Block(part=Part.ADDRESSEES, text=text)
    if signs:
        return Block(part=Part.SIGNATURE, text=text)
    level = _level(line) if heads else 0
    return Block(part=Part.HEADING if level else Part.PARAGRAPH, text=text, level=level)


def _level(line: Line) -> int:
    """1 to 4 for a heading, 0 for text; a numbered sentence is text."""
    sentence = line.plain[-1] in "。;:," or line.plain.count(",") > 1
    if sentence or len(line.plain) > _LONGEST_HEADING:
        return 0
    if _CHAPTER.match(line.plain):
        return 1
    return next((level for level, mark in enumerate(_LEVELS, 1) if mark.match(line.plain)), 0)
