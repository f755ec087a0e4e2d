"""The one place where any exception is caught: the edge of a source, a job, a delivery, a request."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from monitor.errors import StoreError


@dataclass(slots=True)
class Guarded:
    """What happened inside: `error` is None after a good end."""

    error: Exception | None = None


@contextmanager
def guarded(
    event: str, logger: logging.Logger, *, store_too: bool = True, **extra: object
) -> Iterator[Guarded]:
    """Run a block whose failure must not stop the others; a failure is logged as `event` with its trace.

    Cancellation and interrupts pass through: they are not failures. With `store_too=False` a
    StoreError passes through as well: without a store there is no point in trying the others.
    """
    outcome = Guarded()
    try:
        yield outcome
    except Exception as error:
        if isinstance(error, StoreError) and not store_too:
            raise
        outcome.error = error
        logger.error("%s", event, exc_info=error, extra=extra)
