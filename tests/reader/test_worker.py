"""What the worker says to what it is asked, without a process around it."""

from __future__ import annotations

import io
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from monitor.errors import ParseError
from monitor.families import FAMILIES
from monitor.model import Fact, Listing, Page, RawNotice, Source
from monitor.reader import wire
from monitor.reader.questions import Question, WhatNotice, WhatRows, WhichFamily
from monitor.reader.worker import TOO_FAT, serve
from tests.reader.pages import LIST, SOURCE, page

SLIM = "1000 1000 0 0 0 0 0"
FAT = f"1000 {TOO_FAT} 0 0 0 0 0"  # in pages, of which one is many bytes
ROWS = WhatRows(page=page(LIST), source=SOURCE, family="generic")
Ask = Callable[..., list[wire.Reply]]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Asks questions 1, 2, …; all replies until the worker's end."""

    def asked(*questions: Question, resident: str = SLIM) -> list[wire.Reply]:
        (tmp_path / "statm").write_text(resident)
        ours, theirs = socket.socketpair()
        with ours, theirs, ours.makefile("rb") as answers:
            for number, question in enumerate(questions, 1):
                task = wire.Task(number=number, question=question, seconds=60)
                ours.sendall(wire.framed(wire.of_task(task)))
            ours.shutdown(socket.SHUT_WR)
            with theirs.makefile("rwb") as stream, (tmp_path / "statm").open("rb") as memory:
                serve(cast(BinaryIO, stream), memory)
            theirs.shutdown(socket.SHUT_WR)
            return list(replies(cast(BinaryIO, answers)))

    return asked


def replies(stream: BinaryIO) -> list[wire.Reply]:
    found = []
    while head := stream.read(wire.HEAD):
        reply = wire.to_reply(stream.read(wire.length(head)))
        assert reply is not None
        found.append(reply)
    return found


class Saying:
    """A family that says what it is told to."""

    def __init__(self, say: Callable[[], RawNotice]) -> None:
        self.say = say

    def notice(self, page: Page, source: Source) -> RawNotice:
        return self.say()


def saying(say: Callable[[], RawNotice], monkeypatch: pytest.MonkeyPatch) -> Question:
    monkeypatch.setitem(FAMILIES, "saying", Saying(say))  # type: ignore[arg-type]
    return WhatNotice(page=page(LIST), source=SOURCE, family="saying")


def no_memory() -> RawNotice:
    raise MemoryError


def test_it_says_ready_and_answers_in_order_until_the_program_goes(ask: Ask) -> None:
    ready, rows, family = ask(ROWS, WhichFamily(page=page(LIST)))
    assert (ready.number, wire.said_by(ready)) == (0, None)
    assert rows.number == 1
    assert isinstance(rows.listing, Listing)
    assert len(rows.listing.items) == 8
    assert (family.number, family.family) == (2, "trs")


def test_a_task_that_is_cut_off_is_the_end_too() -> None:
    task = wire.framed(wire.of_task(wire.Task(number=1, question=ROWS, seconds=60)))
    assert wire.next_task(io.BytesIO(task)) is not None
    for size in (0, 3, 4, len(task) - 1):
        assert wire.next_task(io.BytesIO(task[:size])) is None


def test_when_it_has_grown_fat_it_gives_one_more_answer(ask: Ask) -> None:
    _, rows = ask(ROWS, ROWS, resident=FAT)
    assert rows.last
    assert rows.listing is not None


@pytest.mark.parametrize(
    ("say", "reason"),
    [
        (no_memory, "takes more memory than a page may"),
        (lambda: RawNotice(title="\ud800", body=""), "text that is no text"),
        (
            lambda: RawNotice(title="通知", body="", facts=(Fact(label="来源", value="文" * 3_000_000),)),
            "says more than 8 MB",
        ),
        (lambda: RawNotice(title="通知", body="文" * 500_001), "500001 characters of text, more than 500000"),
    ],
    ids=["memory", "half a character", "a long fact", "a long text"],
)
def test_what_no_page_says_is_refused(
    say: Callable[[], RawNotice], reason: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, refused, rows = ask(saying(say, monkeypatch), ROWS)
    said = wire.said_by(refused)
    assert isinstance(said, ParseError)
    assert (said.url, said.reason) == (SOURCE.url, reason)
    assert rows.listing is not None


def test_a_mistake_of_ours_ends_it(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AttributeError):
        ask(saying(lambda: None.title, monkeypatch))  # type: ignore[attr-defined]
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
