"""What in a notice does not agree, as sentences for whoever checks it. Talks to nobody.

The values stay as they were read: which of two is wrong, a person must say. Only what cannot both be true
is noted; 自今年1月1日起执行 in a notice of March is no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from monitor.fields import doc_number
from monitor.model import Deadline, Doubt


def find(
    *,
    number: str | None,
    signed_on: date | None,
    listed_on: date | None,
    published_on: date | None,
    deadlines: Sequence[Deadline],
) -> tuple[Doubt, ...]:
    """Doubtful fields and why; () where everything agrees. `listed_on` is the index table's 成文日期."""
    return (
        *_of_signing(signed_on, listed_on, published_on),
        *_of_year(number, signed_on),
        *_of_deadlines(deadlines, signed_on),
    )


def _of_signing(signed_on: date | None, listed_on: date | None, published_on: date | None) -> Iterator[Doubt]:
    if signed_on and published_on and signed_on > published_on:
        yield Doubt("signed_on", f"成文日期（{signed_on}）晚于发布日期（{published_on}）")
    if signed_on and listed_on and signed_on != listed_on:
        why = f"落款日期（{signed_on}）与索引信息中的成文日期（{listed_on}）不一致"
        yield Doubt("signed_on", why)


def _of_year(number: str | None, day: date | None) -> Iterator[Doubt]:
    """A number of last December is often signed in January, never one of next year in this."""
    year = doc_number.year_of(number)
    if year and day and not year <= day.year <= year + 1:
        yield Doubt("doc_number", f"发文字号的年份（{year}）与成文日期（{day}）不一致")


def _of_deadlines(deadlines: Sequence[Deadline], day: date | None) -> Iterator[Doubt]:
    for due in deadlines:
        if day and due.date < day:
            yield Doubt("deadlines", f"截止时间（{due.date}）早于成文日期（{day}）")
