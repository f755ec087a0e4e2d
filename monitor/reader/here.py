"""Reading a harmless page on the spot: a worker for it would cost more than the page.

The tree of such a page is made in no time (`harmless`); what our own code then does with it is bounded by
an alarm on processor time. What rings it is left to the worker, where it may take longer and may die.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType

from monitor.reader.harmless import harmless
from monitor.reader.questions import Answer, Question, WhatText, answer

SECONDS = 0.1  # of processor time; a page of 50 kB takes 0.001
_AGAIN = 0.05  # the first ring may be lost in a callback that cannot raise

_is_reading = False


class _Slow(BaseException):
    """Rung by the alarm. No Exception: a family that catches its own errors shall not catch this."""


def answer_here(question: Question, *, seconds: float = SECONDS) -> Answer | None:
    """The answer, or ParseError; None when the page must be read in the worker, as every file must.

    Only in the main thread: elsewhere there are no signals.
    """
    if isinstance(question, WhatText):
        return None
    if not harmless(question.page.body) or threading.current_thread() is not threading.main_thread():
        return None
    if signal.getsignal(signal.SIGPROF) is not _ring:
        signal.signal(signal.SIGPROF, _ring)
    return _within(seconds, question)


def _within(seconds: float, question: Question) -> Answer | None:
    global _is_reading
    _is_reading = True
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        try:
            return answer(question)
        finally:
            _is_reading = False
    except _Slow:  # even from the line above
        _is_reading = False
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    """Nothing when it comes late, between the answer and the end of the alarm."""
    if _is_reading:
        raise _Slow
