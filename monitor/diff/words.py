"""How Chinese text falls apart: rows into cells, paragraphs into sentences, sentences into whole words.

A number goes with its unit (100万元), a day with its month (10月15日): half of one tells an editor nothing.
Every part keeps the blanks behind it, so that the parts joined are the text.
"""

from __future__ import annotations

import re

CELLS = " | "

# Full-width ASCII as ASCII, one character for one, so that places stay.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}

_SENTENCE = re.compile(r"[^。！？；!?;]*(?:[。！？；!?;]+[”’」』》）)\"']*\s*|$)")
# Of a folded paragraph: 三、 (3) 3. 第五条, and the first cell of a row that is only a number.
_NUMBER = "[0-9一二三四五六七八九十百]"
_ENUMERATOR = re.compile(
    rf"第{_NUMBER}+[章节条款项]|[(]?{_NUMBER}{{1,3}}(?:[)、]|[.](?![0-9]))|[0-9]{{1,5}}[|]"
)

_DIGITS = r"\d+(?:[.:/-]\d+|,\d{3}(?!\d))*"
_NUMERAL = r"[〇零一二三四五六七八九十百千万亿两]"
_DAY = rf"(?:\d+|{_NUMERAL}+)\s*月\s*(?:\d+|{_NUMERAL}+)\s*[日号]"
_MEASURE = "元吨米户家个人项份名次年月日号时分秒天条款章页期批类级倍台套%‰℃"
_UNIT = rf"(?:\s*(?:[百千万亿]+[{_MEASURE}]?|[{_MEASURE}]))?"
_NUMBERED = r"[〔\[(]\d{4}[〕\])]\s*\d+\s*号"
_WORD = re.compile(
    rf"(?:{_DAY}|{_NUMBERED}|[A-Za-z][A-Za-z0-9]*(?:[@._:/?=&-]+[A-Za-z0-9]+)*|{_DIGITS}{_UNIT}|{_NUMERAL}{{2,}}|\S)\s*|\s+"
)


def is_row(paragraph: str) -> bool:
    """Whether a paragraph is a row of a table."""
    return CELLS in paragraph


def cells(row: str) -> list[str]:
    """The cells of a row, blanks around them gone."""
    return [cell.strip() for cell in row.split(CELLS)]


def sentences(paragraph: str) -> list[str]:
    """A paragraph's sentences with their marks; joined they are the paragraph."""
    return [found for found in _SENTENCE.findall(paragraph) if found]


def words(text: str) -> list[str]:
    """Numbers with their unit, days, latin words, single characters; joined they are the text."""
    return [text[found.start() : found.end()] for found in _WORD.finditer(text.translate(_NARROW))]


def without_enumerator(key: str) -> str:
    """A folded paragraph (sentence, row) without the number that it bears."""
    found = _ENUMERATOR.match(key)
    return key[found.end() :] if found else key
