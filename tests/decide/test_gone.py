"""What proves that a notice was taken back, and what proves nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.decide.gone import Proof, is_healthy, proof, says_gone
from monitor.errors import Blocked, EmptyListing, FetchError, ParseError, Refused, SourceError

NOW = datetime(2026, 9, 16, 1, tzinfo=UTC)
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
    ("list_read", "gone", "there", "healthy"),
    [
        (True, 1, 0, True),
        (True, 2, 0, True),
        (True, 3, 0, False),
        (True, 9, 1, False),
        (True, 9, 3, True),
        (True, 3, 5, True),
        (False, 1, 9, False),
    ],
)
def test_a_site_whose_pages_are_all_gone_is_not_taken_at_its_word(
    gone: int, there: int, *, list_read: bool, healthy: bool
) -> None:
    assert is_healthy(list_read=list_read, gone=gone, there=there) is healthy
