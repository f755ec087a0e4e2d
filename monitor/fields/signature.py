"""落款: who signed a notice and when, as printed below its text. Talks to nobody.

The signature is the first line after the running text that is only a date and has bodies above it:
later ones belong to enclosed texts, earlier ones to page furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from monitor.dates import parse_date
from monitor.fields import organs
from monitor.fields.lines import Line, first_prose

_MARKS = "0-9〇○◯零OＯo一二三四五六七八九十廿卅元"
_IN_NUMERALS = rf"[{_MARKS}]{{4}}年[{_MARKS}]{{1,3}}月[{_MARKS}]{{1,3}}[日号]"
_DAY = rf"(?:(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?|{_IN_NUMERALS})"
_DATE_LINE = re.compile(rf"[(]?({_DAY})[)]?(?:印发|发布)?\|?")
_SIGNED_LINE = re.compile(rf"([^\d]{{2,80}}?)\|?({_DAY})\|?")
_DATE_AT_END = re.compile(rf"({_DAY})[\s|)]*$")
# What makes a date at the end of a line something else than a signature.
_NO_SIGNATURE = re.compile(r"(?:[至到自从于在截止为期~—-]|时间|日期|(?<!附件):)$")
_DATE_MARKS_AT_END = re.compile(rf"[{_MARKS}\s年月日号./|)-]+$")
_MOST_SIGNERS = 15
_MOST_DATES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who and when, as far as the closing of the text says."""

    issuers: tuple[str, ...] = ()
    signed_on: date | None = None


def read(text: Sequence[Line]) -> Signature:
    """The signature of a text; empty where the text has none."""
    start = first_prose(text)
    places = (place for place in range(start, len(text)) if _may_end_in_date(text[place]))
    dated = (signed for place in places if (signed := _at(text, place, start)))
    found = list(islice(dated, _MOST_DATES))
    complete = (signed for signed in found if signed.issuers)
    return next(complete, None) or next(iter(found), None) or _undated(text[start:]) or _flat(text)


def is_date_line(text: str) -> bool:
    """Whether a line, in plain form, is a date and nothing else."""
    return bool(_DATE_LINE.fullmatch(text))


def _at(text: Sequence[Line], place: int, start: int) -> Signature | None:
    """The signature whose date stands on this line, alone or behind the body's name."""
    dated = _DATE_LINE.fullmatch(text[place].plain)
    if dated:
        return Signature(issuers=_signers(text[start:place]), signed_on=parse_date(dated[1]))
    signed = _SIGNED_LINE.fullmatch(text[place].plain)
    if not signed or not organs.split(signed[1]):
        return None
    names = organs.split(_before_date(text[place].printed)) or organs.split(signed[1])
    return Signature(issuers=_signers(text[start:place]) + names, signed_on=parse_date(signed[2]))


def _may_end_in_date(line: Line) -> bool:
    """Told by the last mark: most lines are prose, and no pattern need be tried on them."""
    last = line.plain.rstrip("|)印发布")[-1:]
    return last.isdecimal() or last in ("日", "号")


def _before_date(printed: str) -> str:
    """The words of a line without the date that ends it, blanks kept."""
    return _DATE_MARKS_AT_END.sub("", printed[-200:])


def _signers(above: Sequence[Line]) -> tuple[str, ...]:
    """The bodies named on the lines right above a date, in printed order."""
    blocks: list[tuple[str, ...]] = []
    for line in reversed(above[-_MOST_SIGNERS:]):
        names = organs.split(line.printed)
        if not names:
            break
        blocks.insert(0, names)
    return tuple(dict.fromkeys(name for names in blocks for name in names))


def _undated(text: Sequence[Line]) -> Signature | None:
    """Bodies on lines of their own as the last words of the text, their date lost or forgotten."""
    end = next((len(text) - back for back, line in enumerate(reversed(text)) if _says_something(line)), 0)
    names = _signers(text[max(end - 4, 0) : end])
    return Signature(issuers=names, signed_on=_flat(text).signed_on) if names else None


def _says_something(line: Line) -> bool:
    return not re.fullmatch(r"[\d年月日.|-]+|\(.{0,40}\)|附件\d*:?", line.plain)


def _flat(text: Sequence[Line]) -> Signature:
    """The date that ends a paragraph, in pages that have lost their line breaks."""
    for line in filter(_may_end_in_date, reversed(text)):
        match = _DATE_AT_END.search(line.plain[-60:])
        if match and not _NO_SIGNATURE.search(line.plain[-60:][: match.start()]):
            return Signature(issuers=_last_names(line), signed_on=parse_date(match[1]))
    return Signature()


def _last_names(line: Line) -> tuple[str, ...]:
    """The names between the last full stop and the date of a flattened page."""
    tail = re.split(r"[。;；:：!！]", _before_date(line.printed))[-1]
    words = tail.split()
    for first in range(len(words)):
        names = organs.split(" ".join(words[first:]))
        if names:
            return names
    return ()
