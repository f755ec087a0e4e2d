"""The door to parsing: bytes and a family in, values or a ParseError out.

Pages are written by strangers, and the parser can neither be interrupted nor kept from memory: two
hundred thousand attributes in one tag hold it for a minute and a half. A page that cannot do such a thing
(`harmless`) is read on the spot (`here`), any other in a process that can be killed (`desk`, `process`,
`wire`; `worker` is that process). Both answer the same `questions`. Files are read in a process of
their own, so that none of them keeps a page waiting.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from monitor.errors import ParseError
from monitor.model import Listing, Page, RawNotice, Request, Source
from monitor.reader.limits import MOST_BYTES, Limits, check_size
from monitor.reader.questions import Answer, Question, WhatNotice, WhatRows, WhatText, WhichFamily, Words

if TYPE_CHECKING:
    from monitor.reader.desk import Desk

__all__ = ["MOST_BYTES", "Limits", "Reader"]

_USUAL = Limits()


class Reader:
    """Reads pages by family, and files. Its processes start when first needed and end with `close`."""

    def __init__(self, limits: Limits = _USUAL) -> None:
        self._limits = limits
        self._desk: Desk | None = None
        self._files: Desk | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def worker(self) -> int | None:
        """The process that reads what is not harmless, where there is one."""
        return self._desk.pid if self._desk else None

    async def close(self) -> None:
        """End the processes; what is being read in them has an error."""
        for desk in (self._desk, self._files):
            if desk:
                await desk.close()

    async def recognise(self, page: Page) -> str:
        """The family a list page is made by; `generic` when none is known."""
        said = await self._ask(WhichFamily(page=page))
        if isinstance(said, str):
            return said
        raise _beside_the_point(page)

    async def listing(self, page: Page, source: Source, *, family: str) -> Listing | Request:
        """The rows of a list page, or what must be fetched to see them; ParseError when it is no list."""
        said = await self._ask(WhatRows(page=page, source=source, family=family))
        if isinstance(said, Listing | Request):
            return said
        raise _beside_the_point(page)

    async def notice(self, page: Page, source: Source, *, family: str) -> RawNotice:
        """What a notice page says; ParseError when it is no notice."""
        said = await self._ask(WhatNotice(page=page, source=source, family=family))
        if isinstance(said, RawNotice):
            return said
        raise _beside_the_point(page)

    async def text(self, file: Page) -> str:
        """What a file says that a notice carries, a paragraph or row a line; ParseError with the reason else.

        Whatever the file is, it costs `file_seconds` and the worker's memory at most.
        """
        from monitor.reader.desk import Desk

        limits = replace(self._limits, seconds=self._limits.file_seconds)
        self._files = self._files or Desk(limits)
        said = await self._files.ask(WhatText(page=file))
        if isinstance(said, Words):
            return said.text
        raise _beside_the_point(file)

    async def _ask(self, question: Question) -> Answer:
        # Late: the worker imports this package too, and has no use for asyncio and the like.
        from monitor.reader.desk import Desk
        from monitor.reader.here import answer_here

        check_size(question.page)
        said = answer_here(question)
        if said is not None:
            return said
        self._desk = self._desk or Desk(self._limits)
        return await self._desk.ask(question)


def _beside_the_point(page: Page) -> ParseError:
    return ParseError(page.url, "the parsing worker answered another question")
