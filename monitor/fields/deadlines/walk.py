"""The sentences of a notice, each with what is said around it. Talks to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.fields.days import may_name_day
from monitor.fields.lines import Line

_ENDS = re.compile(r"[。;!?]")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百]{1,5}[条章]")
_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)](?!\d)|第[一二三四五六七八九十]{1,3}[步条]|[●■◆★※*·•-])+"
)
_LONGEST_HEADING = 24
# 申领时间：第一批3月1日至3月31日；第二批…: the label holds for what follows on its line.
_LABEL = re.compile(r"([^,:|]{2,16}?(?:时间|日期|期限|截止))(?:安排)?:(?=.)")
_SPAN = re.compile(r"[日天月]之?以?内|公示.{0,12}天|(?:期限|时间|期).{0,6}天")
_REGULATION = re.compile(r"(?:办法|规定|条例|细则|规则|章程|制度)(?:\([^()]{0,12}\))?》?$")
_COLUMN = re.compile(r"[^|]{0,12}(?:截止|截至|期限|时限|止)[^|]{0,6}|[^|]{2,8}(?:时间|日期)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence in plain form, the heading it stands under and the sentence before it.

    `row` is what the row of a table is about, "" in running text; the heading is that of the column.
    `article` is true in numbered articles (第十二条): what they bound comes round every year.
    """

    words: str
    heading: str
    before: str
    row: str
    article: bool


def sentences(text: Sequence[Line]) -> Iterator[Sentence]:
    """The sentences that may name a day, in the order of the text."""
    heading = ""
    columns: tuple[str, ...] = ()
    article = False
    for line in text:
        article = article or bool(line.plain[:1] == "第" and _ARTICLE.match(line.plain))
        if "|" in line.plain:
            cells = tuple(line.plain.split("|"))
            columns = columns if _is_row(cells, columns) else _columns(cells)
        if _may_bind(line.plain):
            yield from _of_line(line.plain, heading, columns, article)
        heading = _heading(line.plain) or heading


def is_regulation(title: str) -> bool:
    """Whether a notice is a regulation: a day without a year in it comes round every year."""
    return bool(_REGULATION.search(title))


def without_mark(words: str) -> str:
    """Words without the number that an item of a list begins with."""
    return _MARK.sub("", words, count=1)


def _of_line(line: str, heading: str, columns: Sequence[str], article: bool) -> Iterator[Sentence]:
    before = ""
    cells = line.split("|")
    if _is_row(cells, columns):
        yield from _of_row(cells, columns, article)
        return
    label = ""
    for words in _ENDS.split(line):
        bare = without_mark(words)
        label = label if bare == words else ""
        if _may_bind(words):
            yield Sentence(words=words, heading=label or heading, before=before, row="", article=article)
        # 三、申报时间。9月2日至9月30日。
        heading = _heading(words) or heading
        named = _LABEL.match(bare)
        label = named[1] if named else label
        before = words[-60:]


def _of_row(cells: Sequence[str], columns: Sequence[str], article: bool) -> Iterator[Sentence]:
    """The cells of a table's row, each under the name of its column; what the row is about stands before."""
    name = next((cell for cell in cells if len(cell) > 2 and not may_name_day(cell)), "")
    for cell, column in zip(cells, columns, strict=False):
        if may_name_day(cell):
            for words in _ENDS.split(cell):
                yield Sentence(words=words, heading=column, before="", row=name[:60], article=article)


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row that may name columns; one with figures is itself a row."""
    return () if re.search(r"\d", "".join(cells)) else tuple(cells)


def _is_row(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether cells stand under the columns of a table that names one for its time limits."""
    return len(columns) == len(cells) > 1 and any(map(_COLUMN.fullmatch, columns))


def _may_bind(words: str) -> bool:
    """Whether words may hold a deadline; most do not, and need no further look."""
    return may_name_day(words) or bool(_SPAN.search(words))


def _heading(words: str) -> str:
    """The words of a heading or label that has a line or sentence to itself; "" for running text."""
    if len(words) > _LONGEST_HEADING or "," in words or "|" in words:
        return ""
    bare = without_mark(words).rstrip(":")
    return "" if may_name_day(bare) and re.search(r"\d", bare) else bare
