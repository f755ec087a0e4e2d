"""Working out a source block for a list page: fetched through the door, or saved by a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from monitor.decide.suggest import GENERIC, About, Reading, about, already, best, notes, propose
from monitor.errors import SourceError
from monitor.jobs.lists import content, follow
from monitor.jobs.reading import refuse_challenge, rows
from monitor.jobs.rooms import Rooms
from monitor.model import Level, Listing, Page, Request, Source
from monitor.reader import Reader
from monitor.text import decode

Rows = Callable[[Page, str], Awaitable[Listing]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A source as it could be configured, what it gives, and what a person should know (Chinese)."""

    source: Source
    reading: Reading
    notes: tuple[str, ...]


async def suggest_address(url: str, rooms: Rooms, sources: Sequence[Source]) -> Suggestion:
    """From a list's address, with all the steps that its system asks for. Never raises a SourceError."""
    try:
        page = await content(Request(url=url), _nameless(url), rooms)
    except SourceError as error:
        return _suggestion(url, About(), [_failed("", error)], sources)

    async def read(page: Page, family: str) -> Listing:
        listing, _ = await follow(_nameless(url), page, family, rooms)
        return listing

    return _suggestion(url, _about(page), await _readings(page, rooms.reader, read), sources)


async def suggest_saved(page: Page, reader: Reader, sources: Sequence[Source]) -> Suggestion:
    """From a saved list page, without a network. Never raises a SourceError."""

    async def read(page: Page, family: str) -> Listing:
        refuse_challenge(page)
        return await rows(page, _nameless(page.url), family=family, reader=reader)

    return _suggestion(page.url, _about(page), await _readings(page, reader, read), sources)


async def _readings(page: Page, reader: Reader, read: Rows) -> list[Reading]:
    """By the family that recognises the page; where that reads poorly, by the generic one as well."""
    try:
        family = await reader.recognise(page)
    except SourceError as error:
        return [_failed("", error)]
    found = [await _reading(page, family, read)]
    if found[0].is_poor and family != GENERIC:
        found.append(await _reading(page, GENERIC, read))
    return found


async def _reading(page: Page, family: str, read: Rows) -> Reading:
    try:
        return Reading(family=family, listing=await read(page, family))
    except SourceError as error:
        return _failed(family, error)


def _failed(family: str, error: SourceError) -> Reading:
    return Reading(family=family, listing=Listing(items=()), kind=error.kind, trouble=error.reason)


def _about(page: Page) -> About:
    return about(decode(page.body, page.content_type))


def _suggestion(url: str, page: About, readings: Sequence[Reading], sources: Sequence[Source]) -> Suggestion:
    chosen = best(readings)
    taken = {source.id for source in sources}
    source, sure = propose(url, page, chosen, taken=taken)
    said = notes(chosen, readings, sure=sure, known=already(url, sources))
    return Suggestion(source=source, reading=chosen, notes=said)


def _nameless(url: str) -> Source:
    return Source(id="page", name="", url=url, family=None, level=Level.NATIONAL, region="")
