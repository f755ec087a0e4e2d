"""Turns: who may ask a host when, and how often a day."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

import pytest

from monitor.errors import FetchError
from monitor.fetch.guard import Target
from monitor.fetch.limits import Limits
from monitor.fetch.politeness import Politeness
from tests.fetch.doing import Clock, aio

TODAY = date(2026, 9, 16)
A = Target("http://a.gov.cn/", "http", "a.gov.cn", 80)
A_TLS = Target("https://a.gov.cn/", "https", "a.gov.cn", 443)
B = Target("http://b.gov.cn/", "http", "b.gov.cn", 80)


class Street:
    """Visitors who note when they came in and went out, and how many were inside together."""

    def __init__(self, *, spent: Mapping[str, int] | None = None, **limits: float) -> None:
        self.clock = Clock()
        self.today = TODAY
        self.politeness = Politeness(
            Limits(**limits),  # type: ignore[arg-type]
            spent=spent or {},
            sleep=self.clock.sleep,
            clock=self.clock,
            today=lambda: self.today,
        )
        self.came: list[float] = []
        self.inside = 0
        self.most_inside = 0

    async def visit(self, target: Target, *, takes: float = 0.0) -> None:
        async with self.politeness.turn(target):
            self.came.append(self.clock.seconds)
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)
            for _ in range(5):
                await asyncio.sleep(0)
            self.clock.seconds += takes
            self.inside -= 1


@aio
async def test_the_pause_runs_from_the_end_of_one_request_to_the_start_of_the_next() -> None:
    street = Street(delay=2.0)
    for _ in range(3):
        await street.visit(A, takes=0.5)
    assert street.came == [0.0, 2.5, 5.0]


@aio
async def test_a_host_that_asks_for_a_longer_pause_gets_it_from_the_last_request_on() -> None:
    street = Street(delay=2.0)
    await street.visit(A)
    street.politeness.slow(A.host, 10.0)
    await street.visit(A_TLS)
    await street.visit(B)
    await street.visit(A)
    street.politeness.slow(A.host, 0.5)
    await street.visit(A)
    assert street.came == [0.0, 10.0, 10.0, 20.0, 22.0]


@aio
async def test_http_and_https_of_one_host_share_its_pause() -> None:
    street = Street(delay=2.0)
    await street.visit(A)
    await street.visit(A_TLS)
    assert street.came == [0.0, 2.0]


@aio
async def test_another_host_does_not_wait() -> None:
    street = Street(delay=2.0)
    await street.visit(A)
    await street.visit(B)
    assert street.came == [0.0, 0.0]


@pytest.mark.parametrize(("per_host", "most"), [(1, 1), (3, 3)])
@aio
async def test_so_many_at_one_host(per_host: int, most: int) -> None:
    street = Street(delay=0.0, per_host=per_host)
    await asyncio.gather(*[street.visit(A) for _ in range(9)])
    assert street.most_inside == most


@aio
async def test_so_many_altogether() -> None:
    street = Street(delay=0.0, concurrency=4)
    hosts = [Target(f"http://h{n}/", "http", f"h{n}", 80) for n in range(12)]
    await asyncio.gather(*[street.visit(host) for host in hosts])
    assert (street.most_inside, len(street.came)) == (4, 12)


@aio
async def test_who_waits_for_a_pause_takes_no_place_from_others() -> None:
    street = Street(delay=9.0, concurrency=1)
    await street.visit(A)
    waiting = asyncio.create_task(street.visit(A))
    await street.visit(B)
    await waiting
    assert street.came[1] < street.came[2]


@aio
async def test_a_spent_budget_is_an_error_with_a_reason() -> None:
    street = Street(delay=0.0, per_day=3, spent={"a.gov.cn": 2})
    await street.visit(A)
    with pytest.raises(FetchError) as refused:
        await street.visit(A)
    assert refused.value.reason == "daily budget spent: 3 requests to a.gov.cn"
    assert refused.value.url == A.url
    await street.visit(B)
    assert street.politeness.spent(TODAY) == {"a.gov.cn": 3, "b.gov.cn": 1}


@aio
async def test_many_at_once_never_overdraw_the_budget() -> None:
    street = Street(delay=0.0, per_host=9, per_day=5)
    ends = await asyncio.gather(*[street.visit(A) for _ in range(9)], return_exceptions=True)
    assert sum(isinstance(end, FetchError) for end in ends) == 4
    assert len(street.came) == 5


@aio
async def test_a_new_day_has_a_new_budget() -> None:
    street = Street(delay=0.0, per_day=1)
    await street.visit(A)
    street.today = date(2026, 9, 17)
    assert street.politeness.spent(TODAY) == {}
    await street.visit(A)
    assert street.politeness.spent(street.today) == {"a.gov.cn": 1}


@aio
async def test_a_failed_request_counts_and_pauses_like_any_other() -> None:
    street = Street(delay=2.0)
    with pytest.raises(ValueError):
        async with street.politeness.turn(A):
            raise ValueError
    await street.visit(A)
    assert street.came == [2.0]
    assert street.politeness.spent(TODAY) == {"a.gov.cn": 2}
