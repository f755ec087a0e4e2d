"""Reading the pages behind the rows: what is owed, what is due again. Steps 3 to 10, notice by notice."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace

from monitor.classify import classify
from monitor.decide.attached import remembering
from monitor.decide.identity import leads
from monitor.decide.rhythm import next_reread, next_try, tells_from_row
from monitor.decide.what import first_seen, seen_again
from monitor.errors import Blocked, FetchError, Refused, SourceError
from monitor.jobs.attached import Errand, with_attachments
from monitor.jobs.reread import as_of_today
from monitor.jobs.rooms import Rooms
from monitor.jobs.settling import settle
from monitor.model import (
    Change,
    Intent,
    Kind,
    Notice,
    NotModified,
    Page,
    Posting,
    Reading,
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
MOST_SILENT = 5  # in a row: the site is down or our budget spent, and every page would wait as long
BATCH = 20  # notices settled in one transaction


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the pages of one check."""

    read: int = 0
    unread: int = 0
    new: int = 0
    changed: int = 0
    blocked: str = ""
    silent: int = 0
    files: Errand = field(default_factory=Errand)
    settled: list[Settlement] = field(default_factory=list)

    def count(self, error: SourceError) -> None:
        """Count an unread page; `silent` are those in a row to which the site has said nothing of its own."""
        self.unread += 1
        is_silence = isinstance(error, FetchError) and (error.status is None or error.status >= 500)
        self.silent = self.silent + 1 if is_silence and not isinstance(error, Refused) else 0
        if isinstance(error, Blocked):
            self.blocked = error.reason

    def take(self, decided: Settlement) -> None:
        """Remember a decision; it is carried out with the others of its batch."""
        self.settled.append(decided)

    def tell(self, change: Change | None) -> None:
        """Count what there is to tell of a decision that has been carried out."""
        if change and change.kind is not Kind.BASELINE:
            self.changed += 1
            self.new += change.kind is Kind.NEW


async def read_pages(source: Source, rooms: Rooms, *, family: str, everything: bool) -> Tally:
    """Read what is owed and what is due again.

    One unreadable page never stops the others; a block does, and so does a site that has fallen silent.
    """
    tally = Tally()
    for posting in await _due(source, rooms, everything=everything):
        try:
            await _deal_with(posting, source, rooms, family, tally)
            tally.silent = 0
        except SourceError as error:
            await _could_not(posting, source, rooms, error, tally)
            tally.count(error)
        if len(tally.settled) >= BATCH:
            await _settle(tally, source, rooms)
        if tally.blocked or tally.silent >= MOST_SILENT:
            break
    await _settle(tally, source, rooms)
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
    elif not await _leads(posting, rooms):
        await _leave(posting, rooms)
        return
    request = posting.item.request or Request(url=posting.item.url)
    answer = await rooms.fetcher.get(request, http=source.http, validators=posting.validators)
    if isinstance(answer, NotModified):
        decided = await _same_page(posting, source, rooms, family, tally)
        await _take(posting, decided, rooms, posting.validators, tally)
        return
    raw = await rooms.reader.notice(answer, source, family=family)
    tally.read += 1
    notice = normalise(raw, posting.item, source, bodies=rooms.bodies)
    notice = await with_attachments(notice, posting, source, rooms, tally.files)
    decided = await weigh(posting, notice, answer, rooms=rooms, source=source, family=family)
    await _take(posting, decided, rooms, answer.validators, tally)


async def _take(
    posting: Posting, decided: Settlement | None, rooms: Rooms, validators: Validators, tally: Tally
) -> None:
    if decided is None:
        await _as_it_was(posting, rooms, validators)
    else:
        tally.take(decided)


async def _same_page(
    posting: Posting, source: Source, rooms: Rooms, family: str, tally: Tally
) -> Settlement | None:
    """A page that is as it was may link files that are not: what they amount to, None for nothing.

    Compared with the page as today's reader reads it, whose files have been asked for a moment ago.
    """
    before = await _before(posting, rooms)
    if before is None or before.reading is None or before.reading.posting_id != posting.id:
        return None
    if before.notice == await with_attachments(before.notice, posting, source, rooms, tally.files):
        return None
    before = await as_of_today(before, source, rooms.study, family=family)
    notice = await with_attachments(before.notice, posting, source, rooms, tally.files)
    intent = seen_again(before, notice, classify(notice, rooms.sections, rooms.learnt))
    if intent is None:
        return None
    decided = _settlement(posting, intent, rooms, page=None, raw=before.raw)
    return replace(decided, reading=before.reading, validators=posting.validators)


async def weigh(
    posting: Posting, notice: Notice, page: Page, *, rooms: Rooms, source: Source, family: str | None
) -> Settlement | None:
    """What a reading amounts to, its bytes kept in the archive; None where it says what we have.

    What seems a change is compared like with like (decision 8): the page that we had is first read again
    by today's reader. `family` None: the one that knows that page by its marks.
    """
    before = await _before(posting, rooms)
    verdict = classify(notice, rooms.sections, rooms.learnt)
    notice = remembering(before.notice, notice) if before else notice
    if before is None:
        intent: Intent | None = first_seen(notice, verdict, baseline=posting.baseline)
    else:
        intent = seen_again(before, notice, verdict)
        if intent is not None and intent.change is not None:
            before = await as_of_today(before, source, rooms.study, family=family)
            intent = seen_again(before, notice, verdict)
    if intent is None:
        return None
    key = await rooms.store.run(rooms.store.archive.put, page.body)
    return _settlement(posting, intent, rooms, page=page, raw=key)


async def _leads(posting: Posting, rooms: Rooms) -> bool:
    """Whether its page speaks for its notice: only that page is compared with the versions."""
    before = await _before(posting, rooms)
    return before is None or leads(posting, before)


async def _leave(posting: Posting, rooms: Rooms) -> None:
    """The page of a posting that does not lead says nothing to us, whatever its list shows."""
    store, validators = rooms.store, posting.validators
    await store.run(
        store.notices.unchanged, posting.id, now=rooms.now(), reread_at=None, validators=validators
    )


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
    log.debug("page.unread", extra={"source": source.id, "url": posting.item.url, "reason": error.reason})
    now = rooms.now()
    if not posting.settled and tells_from_row(posting.first_seen_at, now):
        notice = from_row(posting.item, source, bodies=rooms.bodies)
        intent = first_seen(notice, classify(notice, rooms.sections, rooms.learnt), baseline=posting.baseline)
        tally.take(_settlement(posting, intent, rooms, page=None, raw=None))
        return
    retry_at = next_try(posting.failures, now)
    store = rooms.store
    await store.run(store.notices.failed, posting.id, now=now, retry_at=retry_at, reason=error.reason)


def _settlement(
    posting: Posting, intent: Intent, rooms: Rooms, *, page: Page | None, raw: str | None
) -> Settlement:
    """The decision about a posting, read from a page in the archive or told from its row alone."""
    now = rooms.now()
    again = next_reread(intent.notice, posting.first_seen_at, now)
    if intent.notice.unread:
        again = next_try(posting.failures, now)
    return Settlement(
        posting_id=posting.id,
        notice_id=posting.notice_id,
        intent=intent,
        raw=raw,
        validators=page.validators if page else Validators(),
        reread_at=again,
        reading=_reading(posting, page) if page else None,
    )


def _reading(posting: Posting, page: Page) -> Reading:
    return Reading(
        posting_id=posting.id, page_url=page.url, content_type=page.content_type, item=posting.item
    )


async def _settle(tally: Tally, source: Source, rooms: Rooms) -> None:
    if tally.settled:
        for settled in await settle(tally.settled, source, rooms):
            tally.tell(settled.change)
        tally.settled.clear()
