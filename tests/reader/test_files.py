"""Files are read in a process that may die; pages do not wait for them."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace

import pytest

from monitor.errors import ParseError
from monitor.model import Listing, Page
from monitor.reader import Limits, Reader
from monitor.reader.here import answer_here
from monitor.reader.limits import MB
from monitor.reader.questions import WhatText, Words
from monitor.reader.wire import Reply, of_reply, reply_with, said_by, to_reply
from tests.files import make
from tests.reader.pages import GOOD, SOURCE

pytest.importorskip("openpyxl")
pytest.importorskip("pypdfium2")

PATIENT = Limits(seconds=60, file_seconds=60)
LINE = "请于2026年9月30日前报送材料。"
# Close to a million cells in one row, none like another: small enough to be looked at, too many to be kept.
ROW = b'<row r="3">' + b"".join(b'<c r="A3"><v>%d</v></c>' % n for n in range(900_000)) + b"</row>"
GREEDY = make.edited(
    make.xlsx(["甲"]),
    "xl/worksheets/sheet1.xml",
    lambda xml: xml.replace(b"</sheetData>", ROW + b"</sheetData>"),
)


def file(body: bytes) -> Page:
    return Page(url="http://www.example.gov.cn/P1", body=body)


@pytest.mark.parametrize(
    "made", [make.docx(LINE), make.pdf(LINE), make.xlsx([LINE])], ids=["docx", "pdf", "xlsx"]
)
def test_a_file_is_its_text_and_its_worker_is_another_than_that_of_pages(made: bytes) -> None:
    async def story() -> None:
        async with Reader(PATIENT) as reader:
            assert await reader.text(file(made)) == LINE
            assert reader.worker is None

    asyncio.run(story())


def test_no_file_is_ever_read_in_our_own_process() -> None:
    assert answer_here(WhatText(page=file(LINE.encode()))) is None


def test_a_reason_comes_back_as_it_was_given() -> None:
    async def story() -> None:
        async with Reader(PATIENT) as reader:
            with pytest.raises(ParseError, match="旧版 Word"):
                await reader.text(file(make.old_office("WordDocument")))
            assert await reader.text(file(LINE.encode())) == LINE

    asyncio.run(story())


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (replace(PATIENT, file_seconds=0.5), "takes longer than 0.5 s to read"),
        (replace(PATIENT, memory=250 * MB), "takes more memory than a page may|cannot be read|已损坏"),
    ],
    ids=["time", "memory"],
)
def test_a_greedy_file_is_a_named_error_and_pages_are_read_meanwhile(limits: Limits, reason: str) -> None:
    async def story() -> None:
        async with Reader(limits) as reader:
            greedy = asyncio.create_task(reader.text(file(GREEDY)))
            await asyncio.sleep(0)
            assert isinstance(await reader.listing(GOOD, SOURCE, family="generic"), Listing)
            with pytest.raises(ParseError, match=reason):
                await greedy
            limitless = await reader.text(file(LINE.encode()))
            assert limitless == LINE

    asyncio.run(story())


def test_the_death_of_its_worker_is_an_error_of_the_file_alone() -> None:
    async def story() -> None:
        async with Reader(PATIENT) as reader:
            assert await reader.text(file(LINE.encode())) == LINE
            assert reader._files
            greedy = asyncio.create_task(reader.text(file(GREEDY)))
            await asyncio.sleep(0)
            os.kill(reader._files.pid or 0, signal.SIGKILL)
            with pytest.raises(ParseError, match=r"reading it ended the parsing worker \(Killed\)"):
                await greedy
            assert await reader.text(file(LINE.encode())) == LINE

    asyncio.run(story())


def test_words_arrive_as_they_were_given() -> None:
    for words in (Words(text="甲\n乙"), Words(text="")):
        reply = to_reply(of_reply(reply_with(3, words, last=False)))
        assert isinstance(reply, Reply)
        assert said_by(reply) == words


def test_an_answer_of_another_kind_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def say_something_else(_desk: object, _question: object) -> str:
        return "trs"

    monkeypatch.setattr("monitor.reader.desk.Desk.ask", say_something_else)

    async def story() -> None:
        async with Reader(PATIENT) as reader:
            with pytest.raises(ParseError, match="answered another question"):
                await reader.text(file(LINE.encode()))

    asyncio.run(story())
