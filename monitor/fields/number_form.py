"""The form of a 发文字号: what reads as one, and its one normal form. Talks to nobody.

GB/T 9704-2012, 7.2.5: 机关代字, year in 〔〕, running number without 第 and without leading zeros; for 令
and 公告 the names of the issuers, the year where there is one, 第 and the number. Pages print the brackets
in every way that a keyboard offers, and leave one out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.fields import organs
from monitor.fields.lines import plain
from monitor.text import clean

_ZERO = "〇○◯Oo零"
_ONES = "一二三四五六七八九"
_YEAR = rf"(?:19[\d{_ZERO}]{{2}}|2[0{_ZERO}][\d{_ZERO}]{{2}}|[一二][0九{_ZERO}][{_ONES}{_ZERO}0]{{2}})"
_OPEN, _CLOSE = r"[〔\[【(〖〈<{「『\ufffd?]", r"[〕\]】)〗〉>}」』\ufffd?]"
# Of 〔〕 one may be lost, they are used for nothing else; of the others both must be there.
_BRACKETED = rf"(?:{_OPEN}(?P<year>{_YEAR})年?{_CLOSE}|〔(?P<opened>{_YEAR})年?|(?P<closed>{_YEAR})〕)"
_RUNNING = rf"(?P<count>\d[\d{_ZERO}]{{0,4}}(?:-\d{{1,3}})?)"
_BODY = rf"(?P<organ>[一-鿿A-Za-z]{{0,30}}?)(?:第)?{_BRACKETED}(?:字?第|字)?{_RUNNING}号?"
NUMBERED = re.compile(_BODY)
# As a page prints it among other words: nothing may be left out.
PRINTED = rf"[一-鿿A-Za-z]{{1,24}}[〔\[【(〖]{_YEAR}年?[〕\]】)〗]第?\d{{1,5}}号"
_COUNT = rf"(?:\d[\d{_ZERO}]{{0,4}}|[{_ONES}十百{_ZERO}]{{1,7}})"
_ANNOUNCED = re.compile(
    rf"(?P<names>[^\d《》]{{0,100}}?)(?P<kind>公告|通告|令)?\(?(?:(?P<year>{_YEAR})年)?(?P<ordinal>第)?(?P<count>{_COUNT})号\)?"
    r"(?P<after>令|公告|通告)?"
)
_BLANKS_AT_NUMBERS = re.compile(r"\s*([\d()第号年])\s*")
_SPACED_OUT = re.compile(r"([公通])\s+(告)")
_BETWEEN = re.compile(r"(?<=号)[\s、,，;；/]+(?=[一-鿿])")
_WRAPPED = re.compile(r"[(（\[【〔](.+)[)）\]】〕]")
_DATED = r"\s+(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?$"
_LEFT_OVER = re.compile(
    rf"{_DATED}|"
    r"\s*签\s*发\s*人.*$|^(?:特急|加急|急件|平急|内部明电|公开)\s+|\s*[(（](?:(?:此件|主动公开)[^()（）]*|总第\s?\d{1,5}\s?[号期])[)）]$"
)
# What a 机关代字 never holds: words of a sentence, which cites a number.
_SAYS = re.compile(
    r"关于|通知|根据|按照|依据|附件|文件|参见|详见|现将|转发|废止|精神|要求|执行|规定|编号|索引|文号|字号"
)
_LONGEST, _MOST_JOINT = 160, 6
_DIGITS = {mark: value for value, mark in enumerate(_ONES, 1)} | dict.fromkeys(_ZERO, 0)


@dataclass(frozen=True, slots=True)
class Number:
    """A document number in its one normal form, and as the page prints it."""

    normal: str
    printed: str


def parse(text: str) -> Number | None:
    """The number that `text` is, alone or in brackets; None when it is anything else or more."""
    bare = clean(text[:_LONGEST]).strip("|:：;；。,， ")
    bare = _LEFT_OVER.sub("", bare) if len(text) <= _LONGEST else ""
    wrapped = _WRAPPED.fullmatch(bare)
    if wrapped and (inside := parse(wrapped[1])):
        return inside
    form = _with_organ(plain(bare)) or _announced(bare)
    return Number(form, bare) if form else _first_of_joint(bare)


def _first_of_joint(bare: str) -> Number | None:
    """苏科计（2013）22号、苏财教（2013）6号: joint issuers may each give one; the first is the host's."""
    each = _BETWEEN.split(bare)
    forms = [_with_organ(plain(one)) for one in each] if 1 < len(each) <= _MOST_JOINT else []
    # Two numbers with the same letters are a list of cited ones.
    letters = {form.partition("〔")[0] for form in forms if form}
    return Number(forms[0], each[0]) if forms and forms[0] and len(letters) == len(each) else None


def _with_organ(words: str) -> str | None:
    match = NUMBERED.fullmatch(words)
    if not match or _SAYS.search(match["organ"]) or not (match["organ"] or match["year"]):
        return None
    first, dash, rest = match["count"].partition("-")
    count, year = _arabic(first), _year(match["year"] or match["opened"] or match["closed"])
    return (
        f"{organs.without_state(match['organ'])}〔{year}〕{count}{dash}{rest}号" if count and year else None
    )


def _announced(text: str) -> str | None:
    if "号" not in text:
        return None
    text = _SPACED_OUT.sub(r"\1\2", text)
    match = _ANNOUNCED.fullmatch(_BLANKS_AT_NUMBERS.sub(r"\1", _half_width(text)))
    names = _names(match["names"]) if match else None
    if match is None or names is None:
        return None
    kind = match["kind"] or match["after"] or ""
    dated = f"{_year(match['year'])}年" if match["year"] else ""
    if not (match["ordinal"] or dated) or not (kind or dated or not names):
        return None
    count = _arabic(match["count"])
    return f"{names}{kind}{dated}第{count}号" if count else None


def _half_width(text: str) -> str:
    """Half-width punctuation and digits, blanks kept: they tell joint issuers apart."""
    return " ".join(plain(word) for word in text.split())


def _names(before: str) -> str | None:
    """The issuers printed in front of 公告 or 令; None when the words are something else."""
    if not before.strip():
        return ""
    names = organs.split(before)
    if names:
        return " ".join(names)
    word = plain(before)
    # 国令, 主席令, 国家标准公告: no body's name, yet part of the number.
    return word if re.fullmatch(r"(?:中华人民共和国)?(?:国|主席|国务院|部|国家标准)", word) else None


def _year(marks: str) -> int:
    return int("".join(mark if mark.isdecimal() else str(_DIGITS[mark]) for mark in marks))


def _arabic(count: str) -> int:
    """What a running number is worth; 0 for marks that make none."""
    if not re.search(r"[十百]", count):
        return int("".join(mark if mark.isdecimal() else str(_DIGITS[mark]) for mark in count))
    hundreds, hundred, rest = count.rpartition("百")
    tens, ten, ones = rest.lstrip("零〇○").rpartition("十")
    total = (_DIGITS.get(hundreds, 1) * 100) if hundred else 0
    return total + (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
