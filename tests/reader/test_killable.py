"""Pages that nobody can read do not stop those that can be read. With real processes, on hostile pages."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.errors import ParseError, ReaderError
from monitor.model import Listing, Page, Request
from monitor.reader import Limits, Reader, wire
from monitor.reader.limits import MB
from monitor.reader.process import Worker, start
from monitor.reader.questions import WhatRows
from tests.reader.pages import ATTRIBUTES, COPIES, GOOD, LIST, NESTED, SOURCE, page

QUICK = Limits(seconds=0.8)
PATIENT = Limits(seconds=60)
ROOT = Path(__file__).resolve().parents[2]
GOOD_ROWS = WhatRows(page=GOOD, source=SOURCE, family="generic")
LONG_ROWS = WhatRows(page=page(ATTRIBUTES), source=SOURCE, family="generic")


async def rows(reader: Reader, wanted: Page) -> Listing | Request:
    return await reader.listing(wanted, SOURCE, family="generic")


async def is_read(reader: Reader) -> bool:
    """Whether another page, for which a worker is needed too, is read as if nothing had happened."""
    found = await rows(reader, GOOD)
    return isinstance(found, Listing) and len(found.items) == 8


def exists(pid: int | None) -> bool:
    """Whether a process is there, alive or unburied."""
    return Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (NESTED, "takes longer than 0.8 s to read"),
        (ATTRIBUTES, "takes longer than 0.8 s to read"),
        (b"x" * 50 * MB, "more than 4 MB"),
    ],
    ids=["100k nested tags", "200k attributes", "50 MB of one line"],
)
def test_a_hostile_page_is_a_named_error_and_others_are_read_meanwhile(body: bytes, reason: str) -> None:
    async def story() -> None:
        async with Reader(QUICK) as reader:
            hostile = asyncio.create_task(rows(reader, page(body)))
            read = 0
            while not hostile.done():
                read += isinstance(await rows(reader, page(LIST)), Listing)
                await asyncio.sleep(0)
            assert read > (10 if len(body) < MB else 0)
            with pytest.raises(ParseError, match=reason):
                await hostile
            assert await is_read(reader)

    asyncio.run(story())


def test_a_page_that_eats_memory_is_an_error() -> None:
    async def story() -> None:
        async with Reader(replace(PATIENT, memory=300 * MB)) as reader:
            with pytest.raises(
                ParseError, match=r"cannot be read: SelectolaxError|more memory than a page may"
            ):
                await rows(reader, page(COPIES))
            assert await is_read(reader)

    asyncio.run(story())


@asynccontextmanager
async def working() -> AsyncIterator[Worker]:
    """A worker of its own."""
    worker = await start(PATIENT)
    try:
        yield worker
    finally:
        await worker.end()


def test_the_death_of_the_worker_is_an_error_of_the_page_that_it_was_at() -> None:
    async def story() -> None:
        async with working() as worker:
            asked = asyncio.create_task(worker.ask(LONG_ROWS))
            await asyncio.sleep(0)
            os.kill(worker.pid, signal.SIGKILL)
            with pytest.raises(ParseError, match=r"reading it ended the parsing worker \(Killed\)"):
                await asked

    asyncio.run(story())


def test_the_death_of_an_idle_worker_is_nobodys_error() -> None:
    async def story() -> None:
        async with Reader(PATIENT) as reader:
            assert await is_read(reader)
            first = reader.worker
            assert first
            os.kill(first, signal.SIGKILL)
            os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
            assert await is_read(reader)
            assert reader.worker != first
            assert not exists(first)

    asyncio.run(story())


def test_who_gives_up_waiting_spoils_nobodys_answer() -> None:
    async def story() -> None:
        async with Reader(PATIENT) as reader:
            assert await is_read(reader)
            first = reader.worker
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await rows(reader, page(ATTRIBUTES))
            assert await is_read(reader)
            assert reader.worker != first
            assert not exists(first)

    asyncio.run(story())


def test_questions_wait_for_their_turn_and_get_their_own_answers() -> None:
    pages = [
        page(GOOD.body.replace("第1批".encode(), f"第{n}号".encode()), f"{GOOD.url}?{n}") for n in range(20)
    ]

    async def story() -> None:
        async with Reader(PATIENT) as reader:
            found = await asyncio.gather(*(rows(reader, one) for one in pages))
        titles = [listing.items[0].title for listing in found if isinstance(listing, Listing)]
        assert titles == [f"关于开展第{n}号申报工作的通知" for n in range(20)]

    asyncio.run(story())


def test_closing_leaves_no_process_and_answers_those_who_wait() -> None:
    async def story() -> None:
        async with Reader(PATIENT) as reader:
            assert await is_read(reader)
            worker = reader.worker
            waiting = [asyncio.create_task(rows(reader, page(ATTRIBUTES))) for _ in range(2)]
            await asyncio.sleep(0)
        assert not exists(worker)
        first, second = await asyncio.gather(*waiting, return_exceptions=True)
        assert isinstance(first, ParseError)
        assert isinstance(second, ReaderError)

    asyncio.run(story())


def test_the_worker_has_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUAIXUN_SECRET", "of the house")

    async def story() -> None:
        async with working() as worker:
            place = Path(f"/proc/{worker.pid}")
            assert (place / "environ").read_bytes() == b""
            assert os.getsid(worker.pid) == worker.pid  # so a terminal's Ctrl-C does not reach it
            assert {int(file.name) for file in (place / "fd").iterdir()} == {0, 1, 2, 3}
            os.kill(worker.pid, signal.SIGINT)
            os.kill(worker.pid, signal.SIGTERM)
            assert (await worker.ask(GOOD_ROWS)).listing

    asyncio.run(story())


PARENT = """
import asyncio, sys
from monitor.reader import Limits, wire
from monitor.reader.process import start
from tests.reader.test_killable import GOOD_ROWS, LONG_ROWS

async def main():
    worker = await start(Limits())
    if sys.argv[1] != "idle":
        question = LONG_ROWS if sys.argv[1] == "lost" else GOOD_ROWS
        task = wire.Task(number=1, question=question, seconds=1)
        await asyncio.get_running_loop().sock_sendall(worker._connection, wire.framed(wire.of_task(task)))
    print(worker.pid, flush=True)
    sys.stdin.read()

asyncio.run(main())
"""


@pytest.mark.parametrize("state", ["idle", "busy", "lost"])
def test_the_worker_does_not_outlive_a_program_that_was_killed(state: str) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PARENT, state],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    with program:
        assert program.stdout
        assert program.stderr
        pid = int(program.stdout.readline())
        assert exists(pid)
        program.kill()
        assert program.stderr.read() == b""  # the worker holds it open until it ends


def test_the_worker_imports_what_it_needs() -> None:
    heavy = {
        "asyncio",
        "httpx",
        "aiohttp",
        "sqlmodel",
        "sqlalchemy",
        "apprise",
        "apscheduler",
        "fastapi",
        "jinja2",
    }
    code = f"import monitor.reader.worker, sys; print(sorted({heavy!r} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert said.stdout == "[]\n"


def test_a_worker_that_does_not_start_is_no_error_of_a_page() -> None:
    async def story() -> None:
        with pytest.raises(ReaderError, match="does not start"):
            await start(replace(PATIENT, start=0))

    asyncio.run(story())


def test_a_python_that_is_not_there_is_no_error_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ReaderError, match="cannot be started: No such file"):
        asyncio.run(start(PATIENT))


ECHO = """
import socket, sys
connection = socket.socket(fileno=0)
connection.recv(1)
{}
"""
ANOTHER = wire.framed(wire.of_reply(wire.Reply(number=9, family="trs")))


@pytest.mark.parametrize(
    ("does", "error", "reason"),
    [
        ("connection.sendall(b'\\0\\0\\0\\4oops')", ParseError, "makes no sense"),
        ("connection.sendall(b'\\xff' * 9_000_000)", ParseError, "makes no sense"),
        (f"connection.sendall({ANOTHER!r})", ParseError, "makes no sense"),
        ("connection.sendall(b'\\0\\0')", ParseError, "ended the parsing worker"),
        ("connection.close(); import os; os.abort()", ParseError, r"\(Aborted\)"),
        ("connection.close(); sys.exit(1)", ReaderError, "a mistake in reading http"),
    ],
    ids=["no reply", "an endless one", "to another question", "half of one", "an abort", "a trace"],
)
def test_a_worker_that_has_gone_mad_is_not_believed(does: str, error: type[Exception], reason: str) -> None:
    async def story() -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            mad = subprocess.Popen([sys.executable, "-c", ECHO.format(does)], stdin=theirs)
        worker = Worker(mad, ours, PATIENT)
        with pytest.raises(error, match=reason):
            await worker.ask(GOOD_ROWS)
        await worker.end()

    asyncio.run(story())


def test_an_answer_of_another_kind_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(ask: Callable[[Reader], Awaitable[object]]) -> None:
        async with Reader(PATIENT) as reader:
            with pytest.raises(ParseError, match="answered another question"):
                await ask(reader)

    monkeypatch.setattr("monitor.reader.here.answer_here", lambda _question: "trs")
    asyncio.run(story(lambda reader: reader.listing(GOOD, SOURCE, family="trs")))
    asyncio.run(story(lambda reader: reader.notice(GOOD, SOURCE, family="trs")))
    monkeypatch.setattr("monitor.reader.here.answer_here", lambda _question: Listing(items=()))
    asyncio.run(story(lambda reader: reader.recognise(GOOD)))
