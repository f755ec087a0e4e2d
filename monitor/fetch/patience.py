"""Trying again: what may pass is tried three times, with growing pauses or those the server asks for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt
from tenacity.wait import wait_base, wait_exponential_jitter

from monitor.fetch.exchange import Ask, Setback
from monitor.fetch.politeness import Sleep

ATTEMPTS = 3
_BACKING_OFF = wait_exponential_jitter(multiplier=1, max=20, jitter=1)

Result = TypeVar("Result")


async def patiently(
    attempt: Callable[[Ask], Awaitable[Result | Setback]], ask: Ask, *, sleep: Sleep
) -> Result:
    """The first result that is no Setback; the last Setback's error after ATTEMPTS of them.

    What an attempt raises is final and passes through.
    """
    retrying = AsyncRetrying(
        sleep=sleep,
        stop=stop_after_attempt(ATTEMPTS),
        wait=_AsAsked(),
        retry=retry_if_result(lambda result: isinstance(result, Setback)),
        retry_error_callback=lambda state: state.outcome and state.outcome.result(),
    )
    result: Result | Setback = await retrying(attempt, ask)
    if isinstance(result, Setback):
        raise result.error
    return result


class _AsAsked(wait_base):
    """As long as the server asks for, else exponentially longer."""

    def __call__(self, retry_state: RetryCallState) -> float:
        setback = retry_state.outcome.result() if retry_state.outcome else None
        if isinstance(setback, Setback) and setback.after is not None:
            return setback.after
        return _BACKING_OFF(retry_state)
