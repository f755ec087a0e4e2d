"""施行日期: from when a notice counts. Talks to nobody.

It is said of the notice itself: 本办法自…起施行, 现予公布，自…起施行. A sentence about another text (a cited
law, a rule that is repealed) says when that one counts. 发布之日 is the day of signing, which ends the act of
issuing, else the day of publication; 30日后 is that many days later, months and years by the calendar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from monitor.dates import parse_date, plausible
from monitor.fields.lines import Line, fact, plain
from monitor.model import Fact

LABELS = ("施行日期", "实施日期", "生效日期", "执行日期", "实施时间")

_COMES_INTO_FORCE = r"(?:正式|全面)?(?:施行|实施|执行|生效|试行|启用)"
_NUMERAL = "〇○◯零OＯo一二三四五六七八九十廿元0-9"
_IN_NUMERALS = rf"[{_NUMERAL}]{{4}}年[{_NUMERAL}]{{1,3}}月[{_NUMERAL}]{{1,3}}日"
_DAY = rf"(?:(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日|{_IN_NUMERALS})"
_FROM_DAY = re.compile(
    rf"(?:[自从于]|由|将于|(?<=[,。;、)》]))({_DAY})(?:零时|0时|0:00)?(?:之日)?起?,?(?:开始|在[一-鿿]{{2,8}})?{_COMES_INTO_FORCE}"
)
_FROM_ISSUE = re.compile(
    r"[自从](?:本?[一-鿿]{0,8}?)(?:发布|公布|印发|下发|签发|颁布|发文)之日(?:起)?,?"
    rf"(?:满?([\d一二三四五六七八九十]{{1,3}})(?:个)?(日|天|月|年)(?:后|之后|以后|起)?)?(?:起)?,?(?:开始)?{_COMES_INTO_FORCE}"
)
_FROM_NOW = re.compile(rf"自?即日起,?(?:开始)?{_COMES_INTO_FORCE}")
# 公告 on taxes open with it: 一、自2019年6月1日起，符合条件的纳税人… Calls for applications do so too.
_PARAGRAPH_FROM = re.compile(rf"(?:[一二三四五六七八九十]+、)?自({_DAY})起(?:至{_DAY}(?:止)?)?,")
_ON_MONEY = re.compile(r"税(?!务)|费|补贴|减免|免征|抵扣|退税|标准|价格|目录")
_OTHER_TEXT = re.compile(
    r"原《|原[一-鿿]{2,12}(?:办法|规定)|废止|失效|到期|修订前|根据|按照|依据|随着|为贯彻|为落实"
)
_OWN_TEXT = re.compile(r"本[一-鿿]{1,8}|现予?(?:公布|发布|公告|印发)|予以(?:公布|发布)|上述|以上")
_NAMED = re.compile(r"《([^《》]{2,60})》[^《》]{0,20}$")
_NUMBERS = {mark: value for value, mark in enumerate("一二三四五六七八九", 1)}


def find(
    text: Sequence[Line],
    *,
    title: str,
    facts: Iterable[Fact],
    signed_on: date | None,
    published_on: date | None,
) -> date | None:
    """The day that the index table or the text names; None where it names none, or only another text's."""
    listed = parse_date(fact(facts, *LABELS))
    if listed:
        return listed
    # Most texts say nothing of it, and a word is cheaper to look for than a pattern.
    body = "\n".join(
        line.plain for line in text if "起" in line.plain or "行" in line.plain or "生效" in line.plain
    )
    said = list(_said(body, plain(title), signed_on or published_on))
    return said[-1] if said else _by_paragraph(text, title)


def _said(body: str, title: str, issued_on: date | None) -> Iterator[date]:
    """The days in the order of the text: the last article of a regulation says it for the whole."""
    found: list[tuple[int, date | None]] = []
    for match in _FROM_DAY.finditer(body):
        found.append((match.start(), parse_date(match[1])))
    for match in _FROM_ISSUE.finditer(body):
        found.append((match.start(), _later(issued_on, match[1], match[2])))
    found += [(match.start(), issued_on) for match in _FROM_NOW.finditer(body)]
    for place, day in sorted(found, key=lambda one: one[0]):
        if day and _is_own(_clause_before(body, place), title):
            yield day


def _is_own(clause: str, title: str) -> bool:
    if _OWN_TEXT.search(clause):
        return True
    named = _NAMED.search(clause)
    return not _OTHER_TEXT.search(clause) and (named is None or named[1] in title)


def _later(day: date | None, count: str | None, unit: str | None) -> date | None:
    """`day`, or that many days, months or years after it."""
    if day is None or not count or not unit:
        return day
    number = _number(count)
    if unit in "日天":
        later = day + timedelta(days=number)
    else:
        months = day.year * 12 + day.month - 1 + number * (12 if unit == "年" else 1)
        year, month = divmod(months, 12)
        later = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return later if plausible(later) else None


def _number(count: str) -> int:
    if count.isdecimal():
        return int(count)
    tens, ten, ones = count.rpartition("十")
    return (_NUMBERS.get(tens, 1) * 10 if ten else 0) + _NUMBERS.get(ones, 0)


def _by_paragraph(text: Sequence[Line], title: str) -> date | None:
    if not _ON_MONEY.search(title) and "公告" not in title:
        return None
    opening = next((found for line in text if (found := _PARAGRAPH_FROM.match(line.plain))), None)
    return parse_date(opening[1]) if opening else None


def _clause_before(text: str, end: int) -> str:
    return re.split(r"[。;\n]", text[max(end - 80, 0) : end])[-1]
