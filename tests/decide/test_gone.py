"""What proves that a notice was taken back, and what proves nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.gone import (
    PATIENCE,
    PROOF,
    Proof,
    has_left,
    heirs,
    is_healthy,
    may_inherit,
    proof,
    says_gone,
)
from monitor.decide.rows import keyed
from monitor.errors import Blocked, EmptyListing, FetchError, ParseError, Refused, SourceError
from monitor.model import ListingItem, Posting

NOW = datetime(2026, 9, 16, 1, tzinfo=UTC)
DAY = date(2026, 9, 16)
URL = "http://a.gov.cn/1.html"


@pytest.mark.parametrize(
    ("error", "gone"),
    [
        (FetchError(URL, "HTTP 404", status=404), True),
        (FetchError(URL, "HTTP 410", status=410), True),
        (FetchError(URL, "HTTP 403", status=403), False),
        (FetchError(URL, "HTTP 500", status=500), False),
        (FetchError(URL, "no answer within 30 s"), False),
        (Blocked(URL, "web application firewall", status=405), False),
        (Refused(URL, "refused"), False),
        (ParseError(URL, "no notice on the page"), False),
        (EmptyListing(URL, "no rows"), False),
    ],
)
def test_only_the_page_itself_can_say_that_it_is_gone(error: SourceError, *, gone: bool) -> None:
    assert says_gone(error) is gone


@pytest.mark.parametrize(
    ("hours", "healthy", "expected"),
    [
        (None, True, Proof.BEGUN),
        (None, False, Proof.NOTHING),
        (0, True, Proof.NOT_YET),
        (23.9, True, Proof.NOT_YET),
        (24, True, Proof.PROVEN),
        (24, False, Proof.NOTHING),
        (240, True, Proof.PROVEN),
    ],
)
def test_two_answers_a_day_apart_while_the_site_is_healthy(
    hours: float | None, expected: Proof, *, healthy: bool
) -> None:
    first = None if hours is None else NOW - timedelta(hours=hours)
    assert proof(first, NOW, healthy=healthy) is expected


@pytest.mark.parametrize(
    ("there", "gone", "alone", "healthy"),
    [
        (4, 2, False, True),
        (1, 0, False, True),
        (0, 0, True, True),
        (0, 0, False, False),
        (3, 3, False, False),
        (0, 6, False, False),
        (2, 4, False, False),
    ],
)
def test_a_site_whose_pages_are_gone_together_is_not_taken_at_its_word(
    there: int, gone: int, *, alone: bool, healthy: bool
) -> None:
    assert is_healthy(there=there, gone=gone, alone=alone) is healthy


def row(number: int, on: date | None) -> ListingItem:
    return ListingItem(url=f"http://a.gov.cn/{number}.html", title=f"第{number}号", published_on=on)


@pytest.mark.parametrize(
    ("listed", "on", "left"),
    [
        ([1, 2, 3], DAY, False),  # shown
        ([2, 3], DAY, True),  # the list goes back beyond its day, and it is not there
        ([2, 3], DAY - timedelta(days=3), False),  # it may only have aged
        ([2, 3], DAY - timedelta(days=4), False),
        ([2, 3], None, False),
        ([], DAY, False),
    ],
)
def test_a_row_has_left_a_list_that_reaches_back_beyond_its_day(
    listed: list[int], on: date | None, *, left: bool
) -> None:
    rows = keyed([row(number, DAY - timedelta(days=number)) for number in listed])
    assert has_left(row(1, on), rows) is left
    assert not has_left(row(1, on), None)


def posting(number: int, gone_at: datetime | None = None, *, url: int | None = None) -> Posting:
    return Posting(
        id=number,
        source_id="a",
        item=row(url or number, DAY),
        baseline=False,
        settled=True,
        notice_id=1,
        first_seen_at=NOW,
        last_read_at=NOW,
        gone_at=gone_at,
    )


@pytest.mark.parametrize(
    ("other", "may"),
    [
        (posting(2), True),
        (posting(2, NOW - timedelta(hours=23)), True),  # not proven
        (posting(2, NOW - timedelta(hours=24)), False),
        (posting(2, url=1), False),  # the same page in another column
    ],
)
def test_another_posting_may_stand_for_a_notice_whose_page_is_gone(other: Posting, *, may: bool) -> None:
    gone = posting(1, NOW - timedelta(hours=25))
    assert heirs(gone, (gone, other), NOW) == ((other,) if may else ())
    assert heirs(gone, (gone, other), NOW + PATIENCE) == ()


def test_only_a_page_that_is_long_gone_leaves_its_place_to_another() -> None:
    assert not may_inherit(posting(1), NOW)
    assert not may_inherit(posting(1, NOW - timedelta(hours=23)), NOW)
    assert may_inherit(posting(1, NOW - PROOF), NOW)


@given(st.lists(st.tuples(st.sampled_from(["there", "gone", "sick"]), st.integers(0, 60)), max_size=25))
def test_whatever_answers_come_it_takes_two_a_day_apart_with_no_good_one_between(
    answers: list[tuple[str, int]],
) -> None:
    first, now, gone = None, NOW, list[datetime]()
    for said, hours in answers:
        now += timedelta(hours=hours)
        if said == "there":
            first, gone = None, []
            continue
        found = proof(first, now, healthy=said == "gone")
        if said == "gone":
            gone.append(now)
            first = first or now
        assert (found is Proof.PROVEN) is (said == "gone" and gone[-1] - gone[0] >= timedelta(days=1))
