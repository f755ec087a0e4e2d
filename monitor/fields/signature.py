"""落款: who signed a notice and when, as printed below its text. Talks to nobody.

GB/T 9704-2012, 7.3.5: the bodies, and under them the day in Arabic numerals (before 2012 in Chinese ones).
The notice begins at its title where the text repeats it: what a re-poster wrote above is not part of it. The
first full signature below is its own: later ones belong to enclosed texts. The day of printing (…印发) is
another day than that of signing; it counts only where there is no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from monitor.dates import parse_date
from monitor.fields import organs, signers
from monitor.fields.lines import Line, first_prose, title_line

_MARKS = "0-9〇○◯零OＯo一二三四五六七八九十廿卅元正"
_IN_NUMERALS = rf"[{_MARKS}]{{4}}年[{_MARKS}]{{1,3}}月[{_MARKS}]{{1,3}}[日号曰]"
_DAY = rf"(?:(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}[日曰]?|{_IN_NUMERALS})"
_REMARK = r"[.。]?(?:\([^()]{0,20}\))?\|?"
_DATE_LINE = re.compile(rf"[(]?({_DAY})[)]?(发布|印发)?{_REMARK}")
_SIGNED_LINE = re.compile(rf"([^\d]{{2,80}}?)\|?({_DAY}){_REMARK}")
_BARE_DIGITS = re.compile(r"((?:19|20)\d\d)(\d)(\d)|((?:19|20)\d\d)(\d\d)(\d\d)")
_DATE_AT_END = re.compile(rf"({_DAY})[\s|)]*$")
# The same among the words of a page that has lost its line breaks, blanks kept.
_DATE_INSIDE = re.compile(
    r"((?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
    rf"|[{_MARKS}]{{4}}年[{_MARKS}]{{1,3}}月[{_MARKS}]{{1,3}}日)(?=[\s|()（）附]|$)"
)
# What makes a date at the end of a line something else than a signature.
_NO_SIGNATURE = re.compile(r"(?:[至到自从于在截止为期~—-]|时间|日期|(?<!附件):)$")
_DATE_MARKS_AT_END = re.compile(rf"[{_MARKS}\s年月日号曰./|)。-]+$")
_REMARK_AT_END = re.compile(r"[(（][^()（）]{0,20}[)）]\s*$")
_ENCLOSURE = re.compile(r"附件?\d{0,2}")
_SAYS_NOTHING = re.compile(
    r"[\d年月日.|-]+|[(【].{0,40}[)】]|附件\d*:?"
    r"|.{0,6}(?:打印|关闭|分享|返回顶部|收藏|扫一扫|二维码).{0,30}|(?:上|下)一[篇条].*|(?:责任)?编辑:.*"
)
_MOST_DATES, _MOST_INSIDE, _LAST_LINES, _LONG = 100, 40, 12, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who and when, as far as the closing of the text says."""

    issuers: tuple[str, ...] = ()
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A dated line: where, what it says, and how well: 2 a full signature, 1 a date, 0 one of printing."""

    place: int
    signature: Signature
    weight: int


def read(text: Sequence[Line], *, title: str) -> Signature:
    """The signature of a text; empty where the text has none."""
    own = _own_part(text, title)
    start = first_prose(own)
    best = _best(own, start)
    if best and best.weight == 2:
        return best.signature
    found = _inside(own) or (best.signature if best else None) or _undated(own[start:])
    return found or Signature(signed_on=_last_date(own))


def is_date_line(text: str) -> bool:
    """Whether a line, in plain form, is a date and nothing else."""
    return bool(_DATE_LINE.fullmatch(text))


def _own_part(text: Sequence[Line], title: str) -> Sequence[Line]:
    """From the title on, where a note of somebody else stands above it: then the longer part is below."""
    place = title_line(text, title)
    above, below = (sum(len(line.plain) for line in part) for part in (text[:place], text[place:]))
    return text[place:] if above < below else text


def _best(text: Sequence[Line], start: int) -> _Found | None:
    """The first full signature; what stands below the first 附件 belongs to an enclosed text."""
    places = (place for place in range(start, len(text)) if _may_end_in_date(text[place]))
    dated = list(islice((found for place in places if (found := _at(text, place, start))), _MOST_DATES))
    enclosed = next((p for p in range(start, len(text)) if _ENCLOSURE.fullmatch(text[p].plain)), len(text))
    own = [found for found in dated if found.place < enclosed] or dated
    return max(own, key=lambda found: found.weight, default=None)


def _may_end_in_date(line: Line) -> bool:
    """Told by the last mark: most lines are prose, and no pattern need be tried on them."""
    words = line.plain
    if words.endswith(")") and not words[-2:-1].isdecimal() and words[-2:-1] != "日":
        words = words.rpartition("(")[0]
    last = words.rstrip("|)印发布.。")[-1:]
    return last.isdecimal() or last in ("日", "号", "曰")


def _at(text: Sequence[Line], place: int, start: int) -> _Found | None:
    """The signature whose date stands on this line, alone or behind the body's name."""
    words = text[place].plain
    above = text[start:place]
    if dated := _DATE_LINE.fullmatch(words):
        names = signers.above(above) or _below(text[place + 1 :])
        weight = 0 if dated[2] == "印发" else 2 if names or signers.unknown(above) else 1
        signed = Signature(issuers=names if weight else (), signed_on=parse_date(dated[1]))
        return _Found(place, signed, weight)
    if (bare := _BARE_DIGITS.fullmatch(words)) and (names := signers.above(above)):
        # 201979: 年月日 was lost, and the digits can be read in one way only.
        return _Found(place, Signature(issuers=names, signed_on=_day(bare)), 2)
    signed_line = _SIGNED_LINE.fullmatch(words)
    if not signed_line or signers.is_credit(signed_line[1]):
        return None
    names = signers.at_end(_before_date(text[place].printed)) or organs.split(signed_line[1])
    day = parse_date(signed_line[2])
    return _Found(place, Signature(issuers=signers.above(above) + names, signed_on=day), 2) if names else None


def _below(text: Sequence[Line]) -> tuple[str, ...]:
    """The bodies under a date, where they are the last that is said: some put the day first."""
    end = len(list(takewhile(lambda line: organs.split(line.printed), text[:_LAST_LINES])))
    rest = text[end : end + _LAST_LINES]
    goes_on = any(_says_something(line) or is_date_line(line.plain) for line in rest)
    return signers.above(text[:end]) if end and not goes_on else ()


def _day(digits: re.Match[str]) -> date | None:
    return parse_date("-".join(part for part in digits.groups() if part))


def _before_date(printed: str) -> str:
    """The words of a line without the date that ends it, blanks kept."""
    return _DATE_MARKS_AT_END.sub("", _REMARK_AT_END.sub("", printed[-200:]))


def _inside(text: Sequence[Line]) -> Signature | None:
    """Names and a date among the words of a page that has lost its line breaks: the first such place."""
    long = (line.printed for line in text if len(line.plain) > _LONG)
    for printed, match in islice(_dates_inside(long), _MOST_INSIDE):
        names = signers.at_end(printed[: match.start()][-150:])
        if names:
            return Signature(issuers=names, signed_on=parse_date(match[1]))
    return None


def _dates_inside(printed: Iterator[str]) -> Iterator[tuple[str, re.Match[str]]]:
    return ((line, match) for line in printed for match in _DATE_INSIDE.finditer(line))


def _undated(text: Sequence[Line]) -> Signature | None:
    """Bodies on lines of their own as the last words of the text, their date lost or forgotten."""
    end = next((len(text) - back for back, line in enumerate(reversed(text)) if _says_something(line)), 0)
    names = signers.not_listed(signers.above(text[max(end - 4, 0) : end]))
    return Signature(issuers=names, signed_on=_last_date(text)) if names else None


def _says_something(line: Line) -> bool:
    return not _SAYS_NOTHING.fullmatch(line.plain)


def _last_date(text: Sequence[Line]) -> date | None:
    """The date that ends one of the last lines, in pages that have lost the name above it."""
    for line in filter(_may_end_in_date, reversed(text[-_LAST_LINES:])):
        tail = line.plain[-60:]
        match = _DATE_AT_END.search(tail)
        before = tail[: match.start()] if match else ""
        if match and not _NO_SIGNATURE.search(before) and not signers.is_credit(before):
            return parse_date(match[1])
    return None
