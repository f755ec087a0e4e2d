"""A notice that a person brings by hand: read, compared, classified, decided and kept as if fetched.

For sites that cannot be polled. A saved page takes the way of a fetched one; a document or pasted
text joins it where its strings are known. What is brought tells readers the same: new or revised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor import files
from monitor.decide.owner import IMPORT, owner
from monitor.errors import Blocked, FetchError, ParseError, StoreError
from monitor.fetch.blocked import crumb, stub
from monitor.jobs.reading import refuse_challenge
from monitor.jobs.rooms import Rooms
from monitor.jobs.settling import settle
from monitor.jobs.weighing import weigh
from monitor.model import (
    Kind,
    ListingItem,
    Notice,
    Page,
    Posting,
    RawNotice,
    Source,
    SourceState,
)
from monitor.normalise import normalise
from monitor.store import Row, Settlement
from monitor.urls import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a person brings: bytes, the name of their file ("" when pasted), the notice's address."""

    data: bytes
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What became of it. `kind` is None where nothing was to be told: known already, or completed."""

    notice_id: int
    source: Source
    kind: Kind | None
    changed: bool


async def bring(saved: Saved, rooms: Rooms, sources: Sequence[Source], *, at: Source | None) -> Brought:
    """Take a notice in at a source, by default where it stands already or where its host is watched.

    Blocked, FetchError or ParseError where the file holds no notice: then nothing has been stored.
    """
    store = rooms.store
    key = canonical(saved.url)
    postings = await store.run(store.notices.posted, key)
    source = at or owner(saved.url, sources, postings)
    known = next((posting for posting in postings if posting.source_id == source.id), None)
    notice, page = await _read(saved, source, known, rooms)
    posting = known or await _place(source, key, notice, rooms)
    elsewhere = next((other.notice_id for other in postings if other.notice_id), None)
    posting = replace(posting, notice_id=posting.notice_id or elsewhere)
    brought = page or Page(url=saved.url, body=saved.data)
    decided = await weigh(posting, notice, brought, rooms=rooms, source=source, family=source.family)
    if decided is None:
        return await _as_it_was(posting, source, rooms)
    if page is None:
        # Its bytes are no page: they cannot be read again as one, nor compared with one.
        watched = await _is_watched(posting, rooms)
        decided = replace(decided, reading=None, reread_at=decided.reread_at if watched else None)
    return await _settle(decided, source, rooms)


async def _read(
    saved: Saved, source: Source, known: Posting | None, rooms: Rooms
) -> tuple[Notice, Page | None]:
    """The notice in the file, and the page where the file is or holds one."""
    found = files.read(saved.data, name=saved.name, url=saved.url)
    page = found if isinstance(found, Page) else None
    raw = await _read_page(found, source, rooms) if isinstance(found, Page) else found
    row = known.item if known else ListingItem(url=saved.url, title="", published_on=None)
    named = source if source is not IMPORT else replace(source, name="")  # no issuer is called 手工导入
    notice = normalise(raw, row, named, bodies=rooms.bodies)
    if not notice.title:
        raise ParseError(saved.url, "no title in the file")
    return notice, page


async def _read_page(page: Page, source: Source, rooms: Rooms) -> RawNotice:
    """By the source's family; a page that it cannot read may have been made by another."""
    _refuse_error_page(page)
    state = await _state(source, rooms)
    recognised = await rooms.reader.recognise(page)
    family = source.family or state.family or recognised
    try:
        return await rooms.reader.notice(page, source, family=family)
    except ParseError:
        if family == recognised:
            raise
    return await rooms.reader.notice(page, replace(source, options={}), family=recognised)


def _refuse_error_page(page: Page) -> None:
    """As at the door to the web: what a wall or an error says never becomes a notice."""
    refuse_challenge(page)
    too_little = crumb(page.body)
    if too_little:
        raise Blocked(page.url, too_little)
    onward = stub(page.body)
    if onward is not None:
        raise FetchError(page.url, f"a stub that only leads to {onward[:80]}")


async def _state(source: Source, rooms: Rooms) -> SourceState:
    store = rooms.store
    states = await store.run(store.sources.states)
    return states.get(source.id, SourceState(id=source.id))


async def _place(source: Source, key: str, notice: Notice, rooms: Rooms) -> Posting:
    store = rooms.store
    if source is IMPORT:
        await store.run(store.sources.ensure, [IMPORT], rooms.now())
    row = ListingItem(url=notice.url, title=notice.title, published_on=notice.published_on)
    listed = Row(key=key, item=row, baseline=False)
    return await store.run(store.notices.place, source.id, listed, now=rooms.now())


async def _is_watched(posting: Posting, rooms: Rooms) -> bool:
    """Whether its page is read again anyway. Text is not compared with a page that nobody has read."""
    watched = await rooms.store.run(rooms.store.notices.watched, posting.source_id)
    return any(other.id == posting.id for other in watched)


async def _as_it_was(posting: Posting, source: Source, rooms: Rooms) -> Brought:
    store = rooms.store
    assert posting.notice_id is not None  # noqa: S101 - `weigh` decides something about any other
    if not posting.settled:
        await store.run(store.notices.attach, posting.id, posting.notice_id, now=rooms.now(), reread_at=None)
    return Brought(notice_id=posting.notice_id, source=source, kind=None, changed=False)


async def _settle(decided: Settlement, source: Source, rooms: Rooms) -> Brought:
    settled = await settle((decided,), source, rooms)
    if not settled:
        raise StoreError("not settled: other processes keep writing what may be the same; try again")
    change, again = settled[0].change, decided.notice_id is not None
    return Brought(
        notice_id=settled[0].notice_id,
        source=source,
        kind=change.kind if change else None,
        changed=again or change is not None,
    )
