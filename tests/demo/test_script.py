"""The calendar of the demo."""

from __future__ import annotations

from datetime import UTC, date

from monitor.dates import local_date
from monitor.demo.script import Act, moments
from monitor.demo.truth import FIRST_POLL, LAST_POLL


def test_moments_are_in_order_from_before_the_first_poll_to_the_last() -> None:
    instants = [moment.at for moment in moments()]
    assert instants == sorted(set(instants))
    assert all(at.tzinfo is UTC for at in instants)
    polls = [moment.at for moment in moments() if moment.act is Act.POLL]
    assert (polls[0], polls[-1]) == (FIRST_POLL, LAST_POLL)
    assert len(polls) == 2 * 19


def test_the_digest_comes_on_working_days_only() -> None:
    days = {local_date(moment.at) for moment in moments() if moment.act is Act.DIGEST}
    assert len(days) == 15
    assert not days & {date(2019, 8, 24), date(2019, 8, 25), date(2019, 8, 31), date(2019, 9, 1)}
