"""What a source gives today against what may be expected of it. Talks to nobody.

A complaint is one Chinese sentence for the operator. It blames nobody and stops nothing: a list that
can be read is read, and a person decides whether it is still the right one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from monitor.model import Listing, Notice, Source, SourceState
from monitor.text import fold

FEW = 5  # fewer rows than these say nothing about rhythm, titles or paging
FULL_PAGE = 10
SHORT_TITLE = 6
LEAST_BODY = 20
A_YEAR = timedelta(days=366)
PATIENCE = timedelta(days=30)


def complaints(
    source: Source,
    state: SourceState,
    *,
    family: str,
    listing: Listing,
    notice: Notice | None,
    notice_error: str,
    today: date,
) -> tuple[str, ...]:
    """What an operator should look at, most important first; nothing where all is as expected."""
    return (
        *_of_count(source, state, listing),
        *_of_family(state, family),
        *_of_dates(listing, today),
        *_of_titles(listing),
        *_of_notice(listing, notice, notice_error),
        *_of_paging(listing, today),
    )


def newest(listing: Listing) -> date | None:
    """The newest date of a list; pinned rows may stand above it."""
    return max((item.published_on for item in listing.items if item.published_on), default=None)


def _of_count(source: Source, state: SourceState, listing: Listing) -> Iterator[str]:
    count = len(listing.items)
    if not count and not source.may_be_empty:
        yield "列表为空"
    elif state.items >= FEW and count * 2 < state.items:
        yield f"只有 {count} 条，以前读到 {state.items} 条"


def _of_family(state: SourceState, family: str) -> Iterator[str]:
    if state.family and state.family != family:
        yield f"建站系统由 {state.family} 变为 {family}，网站可能已经改版"


def _of_dates(listing: Listing, today: date) -> Iterator[str]:
    count = len(listing.items)
    dates = sorted((item.published_on for item in listing.items if item.published_on), reverse=True)
    if count and not dates:
        yield "没有一条带日期"
    elif len(dates) * 2 < count:
        yield f"{count} 条中有 {count - len(dates)} 条没有日期"
    if not dates:
        return
    if dates[0] > today + timedelta(days=1):
        yield f"最新一条的日期 {dates[0]} 还没有到"
    elif today - dates[0] > A_YEAR:
        yield f"最新一条是 {dates[0]} 的，已超过一年，栏目可能已迁走"
    else:
        yield from _of_rhythm(dates, today)


def _of_rhythm(dates: list[date], today: date) -> Iterator[str]:
    """A column that has been silent for twice its longest pause on this page is too quiet."""
    if len(dates) < FEW:
        return
    longest = max(after - before for after, before in pairwise(dates))
    silent = today - dates[0]
    if silent > max(2 * longest, PATIENCE):
        yield f"已有 {silent.days} 天没有新通知，以往间隔最长 {longest.days} 天"


def _of_titles(listing: Listing) -> Iterator[str]:
    titles = [fold(item.title) for item in listing.items]
    if len(titles) < FEW:
        return
    ((_, times),) = Counter(titles).most_common(1)
    if times * 2 > len(titles):
        yield f"{len(titles)} 条中有 {times} 条标题相同，读到的可能不是标题"
    elif median(map(len, titles)) < SHORT_TITLE:
        yield "标题普遍很短，读到的可能不是通知"


def _of_notice(listing: Listing, notice: Notice | None, error: str) -> Iterator[str]:
    if notice is None:
        if listing.items:
            yield f"通知正文页未能读取：{error}"
    elif len(notice.body) < LEAST_BODY:
        files = f"，只有 {len(notice.attachments)} 个附件" if notice.attachments else ""
        yield f"试读的通知没有正文{files}"


def _of_paging(listing: Listing, today: date) -> Iterator[str]:
    """A full page whose last rows are recent has older ones behind it."""
    dates = [item.published_on for item in listing.items if item.published_on]
    if len(listing.items) >= FULL_PAGE and listing.next is None and dates and today - min(dates) < A_YEAR:
        yield "没有找到下一页，停机较久后可能漏掉通知"
