"""What is read on the spot is read in no time, or not on the spot."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest

from monitor.errors import ParseError
from monitor.families import FAMILIES
from monitor.model import Listing, Page, Source
from monitor.reader.here import answer_here
from monitor.reader.questions import Answer, Question, WhatRows
from tests.reader.pages import GOOD, LIST, SOURCE, page

SECONDS = 0.03


@dataclass(frozen=True, slots=True)
class Busy:
    """A family that does something else instead of reading."""

    work: Callable[[], object]

    def listing(self, page: Page, source: Source) -> Listing:
        self.work()
        return Listing(items=())


def spin() -> None:
    while True:
        pass


def spin_on() -> None:
    """As a callback does whose errors go nowhere."""
    with suppress(BaseException):
        spin()
    spin()


def refuse() -> None:
    raise ParseError(SOURCE.url, "no list on the page")


def rows(body: bytes, family: str = "generic") -> Question:
    return WhatRows(page=page(body), source=SOURCE, family=family)


def busy(work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Question:
    monkeypatch.setitem(FAMILIES, "busy", Busy(work))  # type: ignore[arg-type]
    return rows(LIST, "busy")


def test_a_harmless_page_is_read_on_the_spot() -> None:
    found = answer_here(rows(LIST))
    assert isinstance(found, Listing)
    assert len(found.items) == 8


def test_any_other_page_is_not() -> None:
    assert answer_here(WhatRows(page=GOOD, source=SOURCE, family="generic")) is None


@pytest.mark.parametrize(
    "work",
    [
        spin,
        spin_on,
        lambda: re.search(r"\s+NEW$", " " * 60_000),
        lambda: re.search(r"(a|a)+b", "a" * 60),
        lambda: max(range(10**9), key=lambda n: -n),
    ],
    ids=["a loop", "an error kept quiet", "a search that begins anew", "a search that doubles", "a callback"],
)
def test_what_takes_too_long_is_given_up(work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    question = busy(work, monkeypatch)
    begin = time.process_time()
    assert answer_here(question, seconds=SECONDS) is None
    assert time.process_time() - begin < 3


@pytest.mark.parametrize("work", [refuse, spin, lambda: None])
def test_no_alarm_is_left_behind(work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    question = busy(work, monkeypatch)
    try:
        answer_here(question, seconds=SECONDS)
    except ParseError:
        assert work is refuse
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    signal.raise_signal(signal.SIGPROF)  # one that comes late is nobody's business


def test_a_mistake_of_ours_is_seen_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AttributeError):
        answer_here(busy(lambda: None.title, monkeypatch))  # type: ignore[attr-defined]


def test_other_threads_have_no_alarm_and_so_do_not_read_on_the_spot() -> None:
    found: list[Answer | None] = []
    thread = threading.Thread(target=lambda: found.append(answer_here(rows(LIST))))
    thread.start()
    thread.join()
    assert found == [None]
