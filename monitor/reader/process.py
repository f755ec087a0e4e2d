"""One worker process, as the program sees it: started, asked, ended."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import monitor
from monitor.errors import ParseError, ReaderError
from monitor.reader.limits import MOST_ANSWER, Limits
from monitor.reader.questions import Question, bare
from monitor.reader.wire import HEAD, Reply, Task, framed, length, of_task, to_reply

_GRACE = 1.0  # the worker's own alarm is for when there is no program left to kill it
_CHUNK = 256 * 1024
# Isolated (-I) and without site (-S): nothing is imported but what a family needs, found where we found it.
_BOOT = "import sys; sys.path[:] = sys.argv[2:]; from monitor.reader.worker import main; main()"


class Worker:
    """A running worker. It hears one question at a time; one that was not heard out has to be ended."""

    def __init__(self, process: subprocess.Popen[bytes], connection: socket.socket, limits: Limits) -> None:
        self._process = process
        self._connection = connection
        self._limits = limits
        self._asked = 0

    @property
    def pid(self) -> int:
        """The process, for those who watch it."""
        return self._process.pid

    @property
    def lives(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    async def ready(self) -> None:
        """Wait until it has imported everything; ReaderError when it does not come to that."""
        try:
            async with asyncio.timeout(self._limits.start):
                await self._message()
        except (TimeoutError, ConnectionError) as error:
            raise ReaderError("the parsing worker does not start, stderr may say why") from error

    async def ask(self, question: Question) -> Reply:
        """Its reply. ParseError when the page takes too long, or its life; ReaderError for our mistakes."""
        self._asked += 1
        seconds = self._limits.seconds
        task = Task(number=self._asked, question=bare(question), seconds=seconds + _GRACE)
        url = question.page.url
        try:
            async with asyncio.timeout(seconds):
                await asyncio.get_running_loop().sock_sendall(self._connection, framed(of_task(task)))
                message = await self._message()
        except TimeoutError:
            raise ParseError(url, f"takes longer than {seconds:g} s to read") from None
        except ConnectionError:
            raise await self._died(url) from None
        reply = to_reply(message)
        if reply is None or reply.number != self._asked:
            raise ParseError(url, "the parsing worker's answer makes no sense")
        return reply

    def kill(self) -> None:
        """Let it die. Whoever waits for its answer will hear."""
        self._process.kill()

    async def end(self) -> None:
        """Kill it and bury it: in a thread, since the kernel may take a second to take back a gigabyte."""
        self._process.kill()
        self._connection.close()
        await asyncio.to_thread(self._process.wait)

    async def _message(self) -> bytes:
        """The next message; what is longer than any answer is cut, and so makes no sense."""
        got = bytearray()
        while len(got) < HEAD or len(got) < HEAD + min(length(got), MOST_ANSWER):
            chunk = await asyncio.get_running_loop().sock_recv(self._connection, _CHUNK)
            if not chunk:
                raise ConnectionResetError
            got += chunk
        return bytes(got[HEAD:])

    async def _died(self, url: str) -> ParseError | ReaderError:
        """Python ends with 1 and a trace on stderr; what a page does to a parser written in C is a signal."""
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self._process.wait, _GRACE)
        code = self._process.returncode
        if code is not None and code > 0:
            return ReaderError(f"a mistake in reading {url}, its trace is on stderr")
        how = signal.strsignal(-code) if code else "no signal"
        return ParseError(url, f"reading it ended the parsing worker ({how})")


async def start(limits: Limits) -> Worker:
    """A new worker, ready to be asked; ReaderError when there can be none."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    try:
        with theirs:
            worker = Worker(_spawn(theirs, limits), ours, limits)
    except OSError as error:
        ours.close()
        raise ReaderError(f"the parsing worker cannot be started: {error.strerror}") from error
    is_ready = False
    try:
        await worker.ready()
        is_ready = True
    finally:
        if not is_ready:
            await worker.end()
    return worker


def _spawn(connection: socket.socket, limits: Limits) -> subprocess.Popen[bytes]:
    """Without our environment, working folder, open files, session (and so the terminal's signals)."""
    root = Path(monitor.__file__).parents[1]
    places = [str(Path(place).absolute()) for place in sys.path if isinstance(place, str)]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-I", "-S", "-c", _BOOT, str(limits.memory), str(root), *places],
        stdin=connection.fileno(),
        stdout=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
