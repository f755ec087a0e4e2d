"""Whether words make a day an end: …前, 截止…, the last day of a period. Talks to nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from monitor.fields.days import TO, Mention

_NEAR = 40
_PHASE = (
    r"(?:网上|网络|线上|线下|纸质|系统|材料|书面|项目)?"
    r"(?:申报|申请|受理|报名|提交|反馈|征集|征求意见|填报|报送|上报|投稿|收件|推荐|登记|公示|办理)?(?:材料)?"
)
# 前期, 前后, 前三年: not before the day.
_NOT_BEFORE = r"[期后款往景沿言]|提(?![交出供报请])|[一二两三四五六七八九十\d]{1,2}个?[年月日天周]"
_MARK = rf"(?:之前|以前|前(?!{_NOT_BEFORE})|为止|止(?!步)|截止|截至|结束)"
_IN_BRACKETS = r"(?:含?[)]|\((?:含[^()]{0,10}|以[^()]{1,12}|[^()\d]{1,8})\))"
_BEFORE = re.compile(rf"[)]?{_IN_BRACKETS}?(?:(?:[上下中]午|晚)?(?:[上下]班|工作结束))?{_MARK}")
_CLOSES = re.compile(
    rf"(?:截[止至]|(?:截止|结束|最后|最迟|最晚|终止)(?:的)?{_PHASE}(?:的)?(?:时间|日期|期限|日|时点)"
    r"|(?:申报|报名|报送|提交|反馈|受理|上报|征集|填报|征求意见|推荐|材料)(?:的)?(?:时限|期限)|(?:最[迟晚]|不得?[晚迟]于|[晚迟]不[晚过]于?|最[迟晚]不得?超过)[于在]?|(?:受理|申报|报名|征集|填报|接收)[至到])"
    r"(?:\([^()\d]{1,10}\))?[为是于至到在:|\"“]{0,3}$"
)
_EXTENDED = re.compile(
    r"(?:申报|申请|受理|报名|提交|反馈|征集|征求意见|填报|报送|投稿|截止|推荐|登记|办理)[^;]{0,24}?(?:延长|延期|延后|顺延|推迟|延|调整|变更|更改)[为到至]$"
)
_RANGE = re.compile(
    rf"[日号]?(?:\([^()]{{0,12}}\)?)?(?:[上下]午)?\)?(?:起|开始|始)?,?(?:直?至|截[至止][到至]?|到|[{TO}]{{1,3}})"
)
_ONGOING = re.compile(
    rf"(?:即日|现在|今日|(?:发布|公告|公示|公布|印发|下发|发文)之日)(?:起|开始)?,?[^,;|]{{0,12}}?(?:直?至|到|[{TO}]|截[至止]到?)$"
)
_BEGINS = re.compile(r"(?:之日|日)?(?:起|开始|后)")


# 申报系统将于9月30日17:00关闭; 9月30日为申报截止日.
_SHUTS = re.compile(r"[)]?(?:准时|自动|统一|正式|系统)*关(?:闭|停|网)(?!维护|检修|升级|期间)")
_TAKES = re.compile(r"(?:申报|填报|报名|申请|提交|受理|登记|投稿)[^,;已]{0,16}$")
_LAST_DAY = re.compile(r"[)]?(?:为|是|系)[^,;:]{0,10}(?:截止|最后(?:期限|一天|时限))")
# 截止时间分别为：第一批6月28日，第二批7月31日: said once for all that follow.
_EACH_CLOSES = re.compile(r"截[止至](?:的)?(?:时间|日期|日)?分别[为是于至:]{1,2}[^;]{0,48}$")
_NEAR_LIST = 64


class Bound(Enum):
    """How a day is marked as an end: 9月30日前, 截止时间为9月30日, 9月2日至9月30日."""

    BEFORE = "before"
    CLOSES = "closes"
    RANGE = "range"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A day that ends something, and where the words that say so stand.

    `floor` is where the words about the end before it stop, `limit` where those about the next begin;
    `began` is the first day of a range.
    """

    mention: Mention
    bound: Bound
    began: date | None
    start: int
    end: int
    floor: int = 0
    limit: int = 0


def ends(sentence: str, days: Sequence[Mention], *, heading: str) -> tuple[End, ...]:
    """The days of a sentence that end something; where it begins with its day, the heading may say so."""
    found = [end for place in range(len(days)) if (end := _end(sentence, days, place, heading))]
    floors = [
        0 if _reaches_back(sentence, end.start) else before
        for end, before in zip(found, [0, *(end.end for end in found)], strict=False)
    ]
    limits = [*(end.start for end in found[1:]), len(sentence)]
    return tuple(
        End(
            mention=end.mention,
            bound=end.bound,
            began=end.began,
            start=end.start,
            end=end.end,
            floor=floor,
            limit=limit,
        )
        for end, floor, limit in zip(found, floors, limits, strict=False)
    )


def _end(sentence: str, days: Sequence[Mention], place: int, heading: str) -> End | None:
    mention = days[place]
    first = days[place - 1] if _joined(sentence, days, place) else None
    start = max(mention.start - _NEAR, 0)
    before = sentence[start : mention.start] if mention.start > 1 else heading
    bound, end = _bound(sentence, days, place, before=before, joined=first is not None)
    if bound is None:
        return None
    start, began = (first.start, first.day) if first else (mention.start, None)
    return End(mention=mention, bound=bound, began=began, start=start, end=end)


def _bound(
    sentence: str, days: Sequence[Mention], place: int, *, before: str, joined: bool
) -> tuple[Bound | None, int]:
    """How a day is marked, and where the mark ends."""
    mention = days[place]
    marked = _BEFORE.match(sentence, mention.end)
    if marked:
        return Bound.RANGE if joined else Bound.BEFORE, marked.end()
    if _joined(sentence, days, place + 1) or _BEGINS.match(sentence, mention.end):
        return None, mention.end
    if not joined and ((shut := _SHUTS.match(sentence, mention.end)) and _TAKES.search(before)):
        return Bound.CLOSES, shut.end()
    if not joined and (last := _LAST_DAY.match(sentence, mention.end)):
        return Bound.CLOSES, last.end()
    if not joined and (_CLOSES.search(before) or _reaches_back(sentence, mention.start)):
        return Bound.CLOSES, mention.end
    period = (joined or _ONGOING.search(before)) and not mention.vague
    return Bound.RANGE if period else None, mention.end


def _reaches_back(sentence: str, start: int) -> bool:
    """Whether a day is said by words before another: 截止时间分别为…, 原定…截止，现延长至…."""
    before = sentence[max(start - _NEAR_LIST, 0) : start]
    return bool(_EACH_CLOSES.search(before) or _EXTENDED.search(before[-_NEAR:]))


def _joined(sentence: str, days: Sequence[Mention], place: int) -> bool:
    """Whether a day and the one before it are the two ends of a range."""
    if not 0 < place < len(days):
        return False
    between = sentence[days[place - 1].end : days[place].start]
    return len(between) <= 20 and bool(_RANGE.fullmatch(between))
