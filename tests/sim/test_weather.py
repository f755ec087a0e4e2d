"""What goes wrong on the way: about one answer in twenty, the same for the same seed, over real sockets too."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from monitor.demo.exchange import Answer, Ask, html
from monitor.demo.sim.acts import Act
from monitor.demo.sim.server import serving
from monitor.demo.sim.weather import WELL, Fault, Weather, spoilt

HOST = "www.s000.gov.cn"
PAGE = html("<html><body>" + "通知" * 900 + "</body></html>")


def drawn(seed: int, visits: int = 4000) -> list[Fault]:
    weather = Weather(seed)
    return [weather.fault(HOST, visit, set()) for visit in range(visits)]


def test_one_answer_in_twenty_is_spoilt_and_every_fault_has_its_turn() -> None:
    faults = Counter(drawn(1))
    assert 0.04 < 1 - faults[Fault.NONE] / 4000 < 0.06
    assert set(Fault) - set(faults) == {Fault.HANG, Fault.SLOW}


def test_a_seed_draws_the_same_faults_again() -> None:
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (Act.OUTAGE, Fault.CLOSED),
        (Act.CHALLENGE, Fault.CHALLENGE),
        (Act.BURST, Fault.BUSY),
        (Act.HANG, Fault.HANG),
        (Act.SLOW, Fault.SLOW),
    ],
)
def test_what_a_site_suffers_falls_on_every_answer(act: Act, fault: Fault) -> None:
    weather = Weather(1)
    assert {weather.fault(HOST, visit, {act}) for visit in range(100)} == {fault}


@pytest.mark.parametrize(
    "fault", [fault for fault in Fault if fault not in (*WELL, Fault.CUT, Fault.HANG, Fault.CLOSED)]
)
def test_what_is_spoilt_is_another_answer(fault: Fault) -> None:
    assert spoilt(PAGE, fault) != PAGE


def test_what_is_mislabelled_has_the_same_bytes() -> None:
    answer = spoilt(PAGE, Fault.MISLABELLED)
    assert answer.body == PAGE.body
    assert answer.headers == (("Content-Type", "text/html; charset=gb2312"),)


async def _asked(answer: Answer, fault: Fault) -> tuple[Ask, bytes, bool]:
    """What the server was asked, what it sent in half a second, and whether it closed the connection."""
    asks: list[Ask] = []

    def serve(ask: Ask) -> tuple[Answer, Fault]:
        asks.append(ask)
        return answer, fault

    async with serving(serve) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        form = b"page=2&size=12"
        head = (
            f"POST /list?x=%E9%80%9A&y=1 HTTP/1.1\r\nHost: {HOST}:80\r\nContent-Length: {len(form)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        writer.write(head.encode() + form)
        got = b""
        try:
            async with asyncio.timeout(0.5):
                while chunk := await reader.read(65536):
                    got += chunk
            is_closed = True
        except TimeoutError:
            is_closed = False
        writer.close()
    return asks[0], got, is_closed


def test_a_request_arrives_as_it_was_sent() -> None:
    ask, _, _ = asyncio.run(_asked(PAGE, Fault.NONE))
    assert (ask.host, ask.path, ask.method) == (HOST, "/list", "POST")
    assert (ask.query, ask.form) == ({"x": "通", "y": "1"}, {"page": "2", "size": "12"})


@pytest.mark.parametrize(
    ("fault", "is_whole", "is_closed"),
    [
        (Fault.NONE, True, False),
        (Fault.SLOW, True, False),
        (Fault.CUT, False, True),
        (Fault.HANG, False, False),
        (Fault.CLOSED, False, True),
    ],
)
def test_the_wire_carries_out_what_bytes_alone_cannot_say(
    fault: Fault, is_whole: bool, is_closed: bool
) -> None:
    _, got, closed = asyncio.run(_asked(PAGE, fault))
    head, _, body = got.partition(b"\r\n\r\n")
    announced = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0]) if head else -1
    assert (announced == len(body), closed) == (is_whole, is_closed)
