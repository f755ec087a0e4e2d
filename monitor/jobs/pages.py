"""Reading the pages behind the rows: what is owed, what is due again. Steps 3 to 10, notice by notice."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from monitor.classify import classify
from monitor.decide.rhythm import next_reread, next_try, tells_from_row
from monitor.decide.what import first_seen, seen_again
from monitor.errors import Blocked, SourceError
from monitor.jobs.rooms import Rooms
from monitor.model import (
    Intent,
    Kind,
    Notice,
    NotModified,
    Page,
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


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the pages of one check."""

    read: int = 0
    unread: int = 0
    new: int = 0
    changed: int = 0
    blocked: str = ""
    settled: list[Settlement] = field(default_factory=list)


async def read_pages(source: Source, rooms: Rooms, *, family: str, everything: bool) -> Tally:
    """Read what is owed and what is due again. One unreadable page never stops the others; a block does."""
    tally = Tally()
    for posting in await _due(source, rooms, everything=everything):
        try:
            await _deal_with(posting, source, rooms, family, tally)
        except Blocked as error:
            tally.blocked = error.reason
            await _could_not(posting, source, rooms, error, tally)
            break
        except SourceError as error:
            await _could_not(posting, source, rooms, error, tally)
        if len(tally.settled) >= BATCH:
            await _settle(tally, rooms)
    await _settle(tally, rooms)
    return tally


async def _due(source: Source, rooms: Rooms, *, everything: bool) -> tuple[Posting, ...]:
    store, now = rooms.store, rooms.now()
    owed = await store.run(store.notices.owed, source.id, now, MOST_PAGES)
    if everything:
        return owed + await store.run(store.notices.watched, source.id)
    return owed + await store.run(store.notices.rereads, source.id, now, MOST_PAGES)


async def _deal_with(posting: Posting, source: Source, rooms: Rooms, family: str, tally: Tally) -> None:
    store = rooms.store
    if posting.notice_id is None:
        known = await store.run(store.notices.same, canonical(posting.item.url))
        if known is not None:
            await store.run(store.notices.attach, posting.id, known, now=rooms.now(), reread_at=None)
            return
    request = posting.item.request or Request(url=posting.item.url)
    answer = await rooms.fetcher.get(request, http=source.http, validators=posting.validators)
    if isinstance(answer, NotModified):
        await _as_it_was(posting, rooms, posting.validators)
        return
    raw = await rooms.reader.notice(answer, source, family=family)
    tally.read += 1
    await _weigh(posting, normalise(raw, posting.item, source), answer, rooms, tally)


async def _weigh(posting: Posting, notice: Notice, page: Page, rooms: Rooms, tally: Tally) -> None:
    before = await _before(posting, rooms)
    verdict = classify(notice, rooms.sections)
    if before is None:
        intent: Intent | None = first_seen(notice, verdict, baseline=posting.baseline)
    else:
        intent = seen_again(before, notice, verdict)
    if intent is None:
        await _as_it_was(posting, rooms, page.validators)
        return
    key = await rooms.store.run(rooms.store.archive.put, page.body)
    _keep(posting, intent, key, page.validators, rooms, tally)


async def _before(posting: Posting, rooms: Rooms) -> Version | None:
    if posting.notice_id is None:
        return None
    return await rooms.store.run(rooms.store.notices.latest, posting.notice_id)


async def _as_it_was(posting: Posting, rooms: Rooms, validators: Validators) -> None:
    before = await _before(posting, rooms)
    again = next_reread(before.notice, posting.first_seen_at, rooms.now()) if before else None
    store = rooms.store
    await store.run(
        store.notices.unchanged, posting.id, now=rooms.now(), reread_at=again, validators=validators
    )


async def _could_not(
    posting: Posting, source: Source, rooms: Rooms, error: SourceError, tally: Tally
) -> None:
    """A page that cannot be read stays owed; after a day its notice is told from the row."""
    tally.unread += 1
    log.debug("page.unread", extra={"source": source.id, "url": posting.item.url, "reason": error.reason})
    now = rooms.now()
    if not posting.settled and tells_from_row(posting.first_seen_at, now):
        notice = from_row(posting.item, source)
        intent = first_seen(notice, classify(notice, rooms.sections), baseline=posting.baseline)
        _keep(posting, intent, None, Validators(), rooms, tally)
        return
    retry_at = next_try(posting.failures, now)
    store = rooms.store
    await store.run(store.notices.failed, posting.id, now=now, retry_at=retry_at, reason=error.reason)


def _keep(
    posting: Posting, intent: Intent, raw: str | None, validators: Validators, rooms: Rooms, tally: Tally
) -> None:
    now = rooms.now()
    again = next_reread(intent.notice, posting.first_seen_at, now)
    if intent.notice.unread:
        again = next_try(posting.failures, now)
    tally.settled.append(
        Settlement(
            posting_id=posting.id,
            notice_id=posting.notice_id,
            intent=intent,
            raw=raw,
            validators=validators,
            reread_at=again,
        )
    )
    if intent.change and intent.change.kind is not Kind.BASELINE:
        tally.changed += 1
        tally.new += intent.change.kind is Kind.NEW


async def _settle(tally: Tally, rooms: Rooms) -> None:
    if tally.settled:
        await rooms.store.run(rooms.store.notices.apply, tuple(tally.settled), rooms.now())
        tally.settled.clear()
