"""The day that a row shows: in one piece, or cut in two, a large number above and a small line below.

Cut days stand as `15` and `2026-09`, `2026.09` and `15`, `09-15` and `2026`, `2026` and `09-15`, in
elements of their own, which the callers keep apart by a blank.
"""

from __future__ import annotations

import re
from datetime import date

from monitor.dates import parse_date

# A piece is one number or two; \d in front, the look back behind it, keeps the search fast.
_CUT = re.compile(
    r"(\d(?<![\d.]\d)\d{0,3}(?:\s?[-./年月]\s?\d{1,2})?)[年月日]?\s+"
    r"(\d{1,4}(?:\s?[-./年月]\s?\d{1,2})?)[年月日]?(?!\s?[-./]|[\d、])"
)
# What must be there, asked first: digits on both sides of a blank. Most days stand in one piece.
_PIECES = re.compile(r"\d[日月年]?\s+\d")
_YEAR, _MONTH = r"(?:19|20)\d\d", r"(?:19|20)\d\d\s?[-./年]\s?\d{1,2}"
_DAY, _MONTH_AND_DAY = r"\d{1,2}", r"\d{1,2}[-/月]\d{1,2}"
_PAIR = re.compile(rf"{_DAY} {_MONTH}|{_MONTH} {_DAY}|{_YEAR} {_MONTH_AND_DAY}|{_MONTH_AND_DAY} {_YEAR}")
_WHOLE = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
_PIECE = re.compile(
    r"\d{1,2}日?|(?:19|20)\d\d年?|(?:19|20)\d\d\s?[-./年]\s?\d{1,2}月?|\d{1,2}[-/月]\d{1,2}日?"
)


def shown(text: str) -> date | None:
    """The day in a row's text: whichever comes first, a whole one or a cut one."""
    cut = _cut(text)
    if cut is None:
        return parse_date(text)
    whole = _WHOLE.search(text)
    if whole and whole.start() <= cut.start():
        return parse_date(text)
    first, second = cut[1], cut[2]
    year_first = first if re.match(_YEAR, first) else second
    return parse_date(f"{year_first}-{second if year_first is first else first}") or parse_date(text)


def is_cut(text: str) -> bool:
    """Whether a text holds a day in two pieces."""
    return _cut(text) is not None


def _cut(text: str) -> re.Match[str] | None:
    if not _PIECES.search(text):
        return None
    pairs = (found for found in _CUT.finditer(text) if _PAIR.fullmatch(f"{found[1]} {found[2]}"))
    return next(pairs, None)


def is_piece(text: str) -> bool:
    """Whether a string can be a piece of a cut day and nothing else."""
    return bool(_PIECE.fullmatch(text.strip()))
