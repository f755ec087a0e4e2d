"""The process in which pages are parsed: it may be killed at any moment, and nobody else is hurt.

It has no environment, no open file but its socket, and no terminal. It ends when the program goes (end
of file) or, if it is lost in a page by then, by its own alarm. A mistake of ours ends it with a trace.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from monitor.errors import ParseError
from monitor.reader.limits import MB, MOST_ANSWER
from monitor.reader.questions import Answer, Question, answer
from monitor.reader.wire import Reply, Task, framed, next_task, of_reply, reply_with

# What a large page took is seldom given back: a worker that has grown to this asks to be replaced.
TOO_FAT = 160 * MB
_PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Answer until the program goes. The only argument is the most bytes of address space."""
    _be_bounded(int(sys.argv[1]))
    with (
        suppress(ConnectionError),  # the program went before it had our answer
        socket.socket(fileno=0) as connection,
        connection.makefile("rwb") as stream,
        Path("/proc/self/statm").open("rb") as memory,
    ):
        serve(cast(BinaryIO, stream), memory)


def _be_bounded(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl-C and a service manager's TERM are for the program, which ends us when it is done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def serve(stream: BinaryIO, memory: BinaryIO) -> None:
    """Say "ready", then answer task by task. `memory` is our own /proc/…/statm."""
    _send(stream, of_reply(Reply(number=0)))
    last = False
    while not last and (task := next_task(stream)):
        with _alarm(task.seconds):
            said = _answer(task.question)
            last = _resident(memory) > TOO_FAT
            _send(stream, _message(task, said, last=last))


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """There is no handler: the kernel ends us, whatever the parser is doing."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(question: Question) -> Answer | ParseError:
    try:
        return answer(question)
    except ParseError as error:
        return error
    except MemoryError:
        pass  # its trace holds all of that memory: only behind this block is there room to say so
    return ParseError(question.page.url, "takes more memory than a page may")


def _message(task: Task, said: Answer | ParseError, *, last: bool) -> bytes:
    try:
        message = of_reply(reply_with(task.number, said, last=last))
    except ValueError:  # half a surrogate pair, from a script that was read as JSON
        return _refusal(task, "text that is no text", last=last)
    if len(message) > MOST_ANSWER:
        return _refusal(task, f"says more than {MOST_ANSWER // MB} MB", last=last)
    return message


def _refusal(task: Task, reason: str, *, last: bool) -> bytes:
    return of_reply(reply_with(task.number, ParseError(task.question.page.url, reason), last=last))


def _resident(memory: BinaryIO) -> int:
    return int(os.pread(memory.fileno(), 100, 0).split()[1]) * _PAGE


def _send(stream: BinaryIO, message: bytes) -> None:
    stream.write(framed(message))
    stream.flush()
