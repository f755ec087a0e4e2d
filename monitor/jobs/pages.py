"""Reading the pages behind the rows: what is owed, what is due again. Steps 3 to 10, notice by notice."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence

from monitor.classify import classify
from monitor.decide import unsteady
from monitor.decide.breaker import MOST_WITNESSES, Held
from monitor.decide.gone import has_left, says_gone
from monitor.decide.identity import leads
from monitor.decide.rhythm import next_reread, next_try, tells_from_row
from monitor.decide.what import first_seen
from monitor.errors import SourceError
from monitor.fetch.deleted import refuse_detour
from monitor.jobs.attached import with_attachments
from monitor.jobs.gone import inherit, is_vacant
from monitor.jobs.lists import content
from monitor.jobs.rooms import Rooms
from monitor.jobs.settling import settle
from monitor.jobs.tally import Tally
from monitor.jobs.weighing import is_marked, latest, settlement, weigh, weigh_same_page
from monitor.jobs.witnesses import Bench, call_witnesses, end_acceptance, judge
from monitor.model import (
    ListingItem,
    NotModified,
    Posting,
    Request,
    Source,
    Validators,
    Version,
)
from monitor.normalise import from_row, normalise
from monitor.store import Settlement
from monitor.urls import canonical

log = logging.getLogger(__name__)

MOST_PAGES = 200  # in one check of one source; the rest is owed and comes next time
BATCH = 20  # notices settled in one transaction


async def read_pages(
    source: Source,
    rooms: Rooms,
    *,
    family: str,
    everything: bool,
    listed: Mapping[str, ListingItem] | None,
    held: Held | None,
) -> Tally:
    """Read what is owed and what is due again, and beside pages that are gone those that are not.

    One unreadable page never stops the others; a block does, and so does a site that has fallen silent.
    `listed` are the rows of the list by key, None where it says that it is as it was. `held` is what is held
    of the source's pages, or was accepted.
    """
    tally = Tally(listed=listed, bench=Bench(held=held))

    async def read(postings: Sequence[Posting]) -> None:
        await _read(postings, source, rooms, family, tally)

    await read(await _due(source, rooms, everything=everything, few=tally.bench.is_open))
    await read(await tally.absences.witnesses(rooms))
    heard = await call_witnesses(tally.bench, source, rooms, read)
    tally.held = await judge(tally.bench, source, rooms, heard=heard)
    tally.settled += tally.bench.differing
    is_well = not (tally.over or tally.held) and (listed is None or bool(listed))
    tally.settled += await tally.absences.judged(source, rooms, list_read=is_well)
    await _settle(tally, source, rooms)
    await end_acceptance(tally.bench, source, rooms)
    return tally


async def _read(postings: Iterable[Posting], source: Source, rooms: Rooms, family: str, tally: Tally) -> None:
    for posting in postings:
        if tally.over:
            return
        tally.bench.heard.add(posting.id)
        try:
            await _deal_with(posting, source, rooms, family, tally)
        except SourceError as error:
            await _could_not(posting, source, rooms, error, tally)
            tally.count(error)
        if len(tally.settled) >= BATCH:
            await _settle(tally, source, rooms)


async def _due(source: Source, rooms: Rooms, *, everything: bool, few: bool) -> tuple[Posting, ...]:
    """What is owed, and what is to be read again: of pages that are held only a `few`, as witnesses."""
    store, now = rooms.store, rooms.now()
    owed = await store.run(store.notices.owed, source.id, now, MOST_PAGES)
    if everything and not few:
        return owed + await store.run(store.notices.watched, source.id)
    most = 1 + MOST_WITNESSES if few else MOST_PAGES
    return owed + await store.run(store.notices.rereads, source.id, now, most)


async def _deal_with(posting: Posting, source: Source, rooms: Rooms, family: str, tally: Tally) -> None:
    store = rooms.store
    if posting.notice_id is None:
        known = await store.run(store.notices.same, canonical(posting.item.url))
        if known is not None:
            await store.run(store.notices.attach, posting.id, known, now=rooms.now(), reread_at=None)
            return
    before = await latest(posting, rooms)
    if before is None or leads(posting, before):
        await _read_page(posting, source, rooms, family, tally)
    elif await is_vacant(before, rooms):
        await _read_heir(posting, before, source, rooms, family, tally)
    else:
        await store.run(store.notices.leave, posting.id)


async def _read_page(posting: Posting, source: Source, rooms: Rooms, family: str, tally: Tally) -> None:
    """The page that speaks for its notice, compared with the versions that we have."""
    request = posting.item.request or Request(url=posting.item.url)
    known = None if is_marked(posting) else posting.validators
    answer = await rooms.fetcher.get(request, http=source.http, validators=known)
    refuse_detour(request.url, answer)
    if isinstance(answer, NotModified):
        tally.answered(posting)
        decided = await weigh_same_page(
            posting, rooms=rooms, source=source, family=family, errand=tally.files
        )
        await _take(posting, decided, rooms, posting.validators, tally)
        return
    raw = await rooms.reader.notice(answer, source, family=family)
    tally.answered(posting)
    tally.read += 1
    notice = normalise(raw, posting.item, source, bodies=rooms.bodies)
    notice = await with_attachments(notice, posting, source, rooms, tally.files)
    decided = await weigh(posting, notice, answer, rooms=rooms, source=source, family=family)
    await _take(posting, decided, rooms, answer.validators, tally)


async def _read_heir(
    posting: Posting, before: Version, source: Source, rooms: Rooms, family: str, tally: Tally
) -> None:
    """A page that may speak for the notice from now on, since the one that did is gone."""
    request = posting.item.request or Request(url=posting.item.url)
    page = await content(request, source, rooms)
    refuse_detour(request.url, page)
    raw = await rooms.reader.notice(page, source, family=family)
    tally.answered(posting)
    tally.read += 1
    notice = normalise(raw, posting.item, source, bodies=rooms.bodies)
    notice = await with_attachments(notice, posting, source, rooms, tally.files)
    decided = await inherit(posting, before, notice, page, rooms)
    if decided is not None:
        tally.take(decided)


async def _take(
    posting: Posting, decided: Settlement | None, rooms: Rooms, validators: Validators, tally: Tally
) -> None:
    wanted = tally.bench.hear(posting, decided)
    if wanted is not None:
        tally.take(wanted)
    elif decided is None:
        await _as_it_was(posting, rooms, validators)


async def _as_it_was(posting: Posting, rooms: Rooms, validators: Validators) -> None:
    before, now = await latest(posting, rooms), rooms.now()
    again = next_reread(before.notice, posting.first_seen_at, now) if before else None
    if posting.unsteady_since is not None:
        again = unsteady.next_look(again, now)
    store = rooms.store
    await store.run(store.notices.unchanged, posting.id, now=now, reread_at=again, validators=validators)


async def _could_not(
    posting: Posting, source: Source, rooms: Rooms, error: SourceError, tally: Tally
) -> None:
    """A page that cannot be read stays owed; after a day its notice is told from the row.

    Not when the page is gone and its row has left the list: then there is nothing that readers could find.
    """
    log.debug("page.unread", extra={"source": source.id, "url": posting.item.url, "reason": error.reason})
    if says_gone(error) and (posting.settled or _has_left(posting, tally)):
        await tally.absences.note(posting, error.reason, source, rooms)
        return
    now = rooms.now()
    if not posting.settled and tells_from_row(posting.first_seen_at, now):
        notice = from_row(posting.item, source, bodies=rooms.bodies)
        intent = first_seen(notice, classify(notice, rooms.sections, rooms.learnt), baseline=posting.baseline)
        tally.take(
            settlement(
                posting, intent, rooms, raw=None, reading=None, validators=Validators(), unsteady_since=None
            )
        )
        return
    retry_at = next_try(posting.failures, now)
    store = rooms.store
    await store.run(store.notices.failed, posting.id, now=now, retry_at=retry_at, reason=error.reason)


def _has_left(posting: Posting, tally: Tally) -> bool:
    """A list that is as it was says what it said when the page was first found to be gone."""
    if tally.listed is None:
        return posting.gone_at is not None
    return has_left(posting.item, tally.listed)


async def _settle(tally: Tally, source: Source, rooms: Rooms) -> None:
    if tally.settled:
        for settled in await settle(tally.settled, source, rooms):
            tally.tell(settled.change)
        tally.settled.clear()
