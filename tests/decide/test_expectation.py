"""What an operator is told of a source that is not as expected, and what nobody needs to hear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.decide.expectation import complaints, newest
from monitor.model import Attachment, Level, Listing, ListingItem, Notice, Request, Source, SourceState

TODAY = date(2026, 9, 16)
SOURCE = Source(id="a", name="某部 · 通知", url="https://a.gov.cn/", family=None, level=Level.NATIONAL, region="全国")  # fmt: skip
STATE = SourceState(id="a", items=20, family="trs")
NOTICE = Notice(url="https://a.gov.cn/1", title="通知", body="现将有关事项通知如下。" * 5)
NEXT = Request(url="https://a.gov.cn/2")


def listing(count: int = 20, *, every: int = 3, last: date = TODAY, more: Request | None = NEXT) -> Listing:
    """A list of so many rows, one every few days."""
    items = tuple(
        ListingItem(
            url=f"https://a.gov.cn/{number}",
            title=f"关于第{number}件事项的通知",
            published_on=last - timedelta(days=every * number),
        )
        for number in range(count)
    )
    return Listing(items=items, next=more)


def without_dates(found: Listing, first: int) -> Listing:
    """The first rows lose their dates."""
    bare = [replace(item, published_on=None) for item in found.items[:first]]
    return replace(found, items=(*bare, *found.items[first:]))


def titled(*titles: str) -> Listing:
    """A list with these titles."""
    return replace(
        listing(len(titles)),
        items=tuple(replace(item, title=title) for item, title in zip(listing().items, titles, strict=False)),
    )


def said(
    found: Listing,
    *,
    source: Source = SOURCE,
    state: SourceState = STATE,
    family: str = "trs",
    notice: Notice | None = NOTICE,
) -> tuple[str, ...]:
    return complaints(
        source, state, family=family, listing=found, notice=notice, notice_error="HTTP 500", today=TODAY
    )


def test_a_list_as_expected_is_no_news() -> None:
    assert said(listing()) == ()


def test_a_source_never_read_before_has_nothing_to_fall_short_of() -> None:
    assert said(listing(7), state=SourceState(id="a")) == ()


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (Listing(items=()), "列表为空"),
        (listing(9), "只有 9 条，以前读到 20 条"),
        (without_dates(listing(), 20), "没有一条带日期"),
        (without_dates(listing(), 12), "20 条中有 12 条没有日期"),
        (listing(last=date(2026, 10, 1)), "最新一条的日期 2026-10-01 还没有到"),
        (listing(last=date(2025, 9, 1)), "最新一条是 2025-09-01 的，已超过一年，栏目可能已迁走"),
        (listing(last=date(2026, 8, 1)), "已有 46 天没有新通知，以往间隔最长 3 天"),
        (titled(*["查看"] * 11, *["关于某事项的通知"] * 9), "20 条中有 11 条标题相同，读到的可能不是标题"),
        (titled(*(f"栏目{number}" for number in range(20))), "标题普遍很短，读到的可能不是通知"),
        (listing(more=None), "没有找到下一页，停机较久后可能漏掉通知"),
    ],
)
def test_what_falls_short_is_said(found: Listing, sentence: str) -> None:
    assert sentence in said(found)


@pytest.mark.parametrize(
    "found",
    [
        listing(20, last=TODAY + timedelta(days=1)),  # dated ahead by a clock that runs east
        listing(every=60, last=date(2026, 7, 1), more=NEXT),  # a slow column is slow
        listing(20, every=60, more=None),  # one page that reaches back for years is all there is
        listing(10, every=1),
        titled("公示", "公示", "公示"),  # too few to judge
    ],
)
def test_what_may_well_be_so_is_not_said(found: Listing) -> None:
    assert said(found, state=SourceState(id="a")) == ()


def test_a_source_that_may_be_empty_is_not_blamed_for_it() -> None:
    assert said(Listing(items=()), source=replace(SOURCE, may_be_empty=True), state=SourceState(id="a")) == ()


def test_another_family_is_another_site() -> None:
    assert said(listing(), family="generic") == ("建站系统由 trs 变为 generic，网站可能已经改版",)


@pytest.mark.parametrize(
    ("notice", "sentence"),
    [
        (None, "通知正文页未能读取：HTTP 500"),
        (replace(NOTICE, body="见附件"), "试读的通知没有正文"),
        (
            replace(NOTICE, body="", attachments=(Attachment(name="a.pdf", url="https://a.gov.cn/a.pdf"),)),
            "试读的通知没有正文，只有 1 个附件",
        ),
    ],
)
def test_a_notice_that_cannot_be_read_is_said(notice: Notice | None, sentence: str) -> None:
    assert said(listing(), notice=notice) == (sentence,)


def test_the_newest_row_need_not_be_the_first() -> None:
    assert newest(Listing(items=listing().items[::-1])) == TODAY
    assert newest(without_dates(listing(), 20)) is None
