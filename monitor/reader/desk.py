"""Where questions wait for the one worker: started when the first comes, replaced when it ends."""

from __future__ import annotations

import asyncio

from monitor.errors import ParseError, ReaderError
from monitor.reader.limits import Limits
from monitor.reader.process import Worker, start
from monitor.reader.questions import Answer, Question
from monitor.reader.wire import said_by


class Desk:
    """One worker, one question at a time, in the order in which they came."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turn = asyncio.Lock()
        self._worker: Worker | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The worker's process, where one has been started."""
        return self._worker.pid if self._worker else None

    async def ask(self, question: Question) -> Answer:
        """The worker's answer; ParseError where it has none, ReaderError for a mistake of ours.

        A worker that was not heard out (too slow, dead, nonsense, the caller gone) is ended: what it may
        still say can never be taken for the answer to another question.
        """
        async with self._turn:
            if self._closed:
                raise ReaderError("the reader has been closed")
            worker = await self._living()
            heard_out = False
            try:
                reply = await worker.ask(question)
                heard_out = not reply.last
            finally:
                if not heard_out:
                    await self._end()
        said = said_by(reply)
        if said is None or isinstance(said, ParseError):
            raise said or ParseError(question.page.url, "the parsing worker's answer makes no sense")
        return said

    async def close(self) -> None:
        """End the worker; the question that it is at has an error, and so have those in the queue."""
        self._closed = True
        if self._worker:
            self._worker.kill()
        async with self._turn:
            await self._end()

    async def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker:
            await worker.end()

    async def _living(self) -> Worker:
        if self._worker and not self._worker.lives:
            await self._end()
        if self._worker is None:
            self._worker = await start(self._limits)
        return self._worker
