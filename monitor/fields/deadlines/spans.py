"""N 日内, N 个工作日内: days counted from a notice's own publication. Talks to nobody.

The next day is day 1 (民法典 第二百〇一条); a span of months ends on the day of the same number. What
counts from another event (收到通知后, 受理之日起) has no day that a notice could name.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from monitor.fields.numerals import number

_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十百]{1,4})"
_UNIT = r"(?P<unit>个?工作日|个?自然日|个?日历[日天]|个?月|[日天])"
_START = (
    r"(?:[自从于](?:即日|(?:本|此|该)?(?:通知|公告|公示|通告|函|文件|征求意见稿?)?(?:在[^,;]{2,10})?"
    r"(?:发布|公布|公示|公告|印发|下发|刊登|发出|发文)之日)起?(?:计算|算起)?"
    r"|(?:本|此)(?:通知|公告|公示|通告|函)(?:发布|公布|印发|下发|发出|刊登)(?:之日)?[起后])"
)
_FROM_ISSUE = re.compile(rf"{_START},?的?{_COUNT}{_UNIT}(?:\([^()]{{1,12}}\))?(?:之内|以内|内)")
_PERIOD = re.compile(
    r"(?:公示(?:期限|时间|日期|期)?|(?:征求意见|意见征集|意见反馈|反馈意见|征集意见)的?(?:期限|时间|期))[为是:]{0,2}"
    rf"(?:(?:{_START}|(?:公告|公示|通告)发布(?:之日|日)?[起后](?:往后)?),?)?(?:为期|为|公示|共|计|:){{0,2}}{_COUNT}{_UNIT}(?!后|起)"
)
_MAY = re.compile(r"[日月天]")
_BINDS = re.compile(
    r"申[报请]|提交|提出|反馈|反映|报送|报名|异议|意见|书面|回执|推荐|发送[至到]|[邮寄送][寄送至达交]|报[我省市]"
)
_NOT_READERS = re.compile(r"复议|诉讼|仲裁|起诉|答复|复核|办结|批复|拨付|审[核查批]|支付")
_HERE = re.compile(r"现(?:予以?|将|对|就|面向|向)|予以公示|特此公示|公开征求")
_MOST = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The last day of a span, and where in the sentence its words stand."""

    day: date
    start: int
    end: int


def spans(sentence: str, *, title: str, before: str, start: date) -> Iterator[Span]:
    """The spans of a sentence that bind readers, counted from `start`, the day of publication."""
    if not _MAY.search(sentence):
        return
    for match in _FROM_ISSUE.finditer(sentence):
        if _binds(sentence, match, title):
            yield from _counted(match, start)
    for match in _PERIOD.finditer(sentence):
        near = before + sentence[max(match.start() - 80, 0) : match.start()]
        if _is_now(match[0], title, near):
            yield from _counted(match, start)


def _binds(sentence: str, match: re.Match[str], title: str) -> bool:
    """Whether readers, and not the office, are to act within it."""
    behind = sentence[match.end() : match.end() + 60]
    another = "公示" in match[0] and "公示" not in title
    return bool(_BINDS.search(behind)) and not _NOT_READERS.search(behind) and not another


def _is_now(words: str, title: str, near: str) -> bool:
    """Whether a period is that of this notice, and not of a 公示 that will follow."""
    if words.startswith("公示"):
        return "公示" in title or ("公示" in near and bool(_HERE.search(near)))
    return "意见" in title or bool(_HERE.search(near))


def _counted(match: re.Match[str], start: date) -> Iterator[Span]:
    count, unit = number(match["count"]), match["unit"]
    if 0 < count <= _MOST:
        yield Span(day=_last(start, count, unit), start=match.start(), end=match.end())


# A hostile text says the same span ten thousand times.
@lru_cache(maxsize=64)
def _last(start: date, count: int, unit: str) -> date:
    if "工作" in unit:
        return _worked(start, count, _works())
    return _months(start, count) if "月" in unit else start + timedelta(days=count)


def _worked(start: date, count: int, works: Callable[[date], bool]) -> date:
    day = start
    while count:
        day += timedelta(days=1)
        count -= works(day)
    return day


def _months(start: date, count: int) -> date:
    years, month = divmod(start.month - 1 + count, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _works() -> Callable[[date], bool]:
    """Who works when, by the State Council's table; for years that it does not know yet, Monday to Friday."""
    import chinese_calendar  # imported here: its tables cost 20 ms that most notices do not need

    def works(day: date) -> bool:
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < 5

    return works
