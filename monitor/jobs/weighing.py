"""What the reading of one page amounts to, compared with what we have and with what readers were told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.classify import classify
from monitor.decide import unsteady
from monitor.decide.attached import remembering
from monitor.decide.moving import has_moved_here, seen_elsewhere
from monitor.decide.rhythm import is_watched, next_reread, next_try
from monitor.decide.what import first_seen, restored, seen_again
from monitor.jobs.attached import Errand, with_attachments
from monitor.jobs.reread import as_of_today
from monitor.jobs.rooms import Rooms
from monitor.model import Intent, Notice, Page, Posting, Reading, Source, Validators, Version
from monitor.store import Settlement, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """How the pages of a source are read; `name` None: by the marks of each page."""

    source: Source
    name: str | None


@dataclass(frozen=True, slots=True)
class _Weight:
    """What is to be written, and since when the page changes too often for it to be told."""

    intent: Intent
    unsteady_since: datetime | None = None


async def weigh(
    posting: Posting, notice: Notice, page: Page, *, rooms: Rooms, source: Source, family: str | None
) -> Settlement | None:
    """What a reading amounts to, its bytes kept in the archive; None where it says what we have.

    What seems a change is compared like with like (decision 8): the page that we had is first read again
    by today's reader. `family` None: the one that knows that page by its marks.
    """
    before = await latest(posting, rooms)
    if before is None:
        verdict = classify(notice, rooms.sections, rooms.learnt)
        weight: _Weight | None = _Weight(first_seen(notice, verdict, baseline=posting.baseline))
    else:
        notice = remembering(before.notice, notice)
        weight = await _weigh_again(posting, before, notice, rooms, _Family(source=source, name=family))
    if weight is None:
        return None
    key = await rooms.store.run(rooms.store.archive.put, page.body)
    return settlement(
        posting,
        weight.intent,
        rooms,
        raw=key,
        reading=reading(posting, page),
        validators=page.validators,
        unsteady_since=weight.unsteady_since,
    )


async def weigh_same_page(
    posting: Posting, *, rooms: Rooms, source: Source, family: str, errand: Errand
) -> Settlement | None:
    """A page that is as it was may link files that are not: what they amount to, None for nothing.

    Compared with the page as today's reader reads it, whose files have been asked for a moment ago.
    """
    before = await latest(posting, rooms)
    if before is None or before.reading is None or before.reading.posting_id != posting.id:
        return None
    same = before.notice == await with_attachments(before.notice, posting, source, rooms, errand)
    if same and not is_marked(posting):
        return None
    before = await as_of_today(before, source, rooms.study, family=family)
    notice = await with_attachments(before.notice, posting, source, rooms, errand)
    weight = await _weigh_again(posting, before, notice, rooms, _Family(source=source, name=family))
    if weight is None:
        return None
    return settlement(
        posting,
        weight.intent,
        rooms,
        raw=before.raw,
        reading=before.reading,
        validators=posting.validators,
        unsteady_since=weight.unsteady_since,
    )


async def latest(posting: Posting, rooms: Rooms) -> Version | None:
    """The newest version of the posting's notice, None before it has become one."""
    if posting.notice_id is None:
        return None
    return await rooms.store.run(rooms.store.notices.latest, posting.notice_id)


async def standing(notice_id: int, rooms: Rooms) -> Standing:
    """What readers know of a notice."""
    store = rooms.store
    return await store.run(store.notices.standing, notice_id, rooms.now() - unsteady.WINDOW)


def is_marked(posting: Posting) -> bool:
    """Whether its page was gone or changes too often: then a good answer says more than "as it was"."""
    return posting.gone_at is not None or posting.unsteady_since is not None


def settlement(
    posting: Posting,
    intent: Intent,
    rooms: Rooms,
    *,
    raw: str | None,
    reading: Reading | None,
    validators: Validators,
    unsteady_since: datetime | None,
) -> Settlement:
    """The decision about a posting, read from a page in the archive or told from its row alone."""
    now = rooms.now()
    again = next_reread(intent.notice, posting.first_seen_at, now)
    if intent.notice.unread:
        again = next_try(posting.failures, now)
    if unsteady_since is not None:
        again = unsteady.next_look(again, now)
    return Settlement(
        posting_id=posting.id,
        notice_id=posting.notice_id,
        intent=intent,
        raw=raw,
        validators=validators,
        reread_at=again,
        reading=reading,
        unsteady_since=unsteady_since,
    )


def reading(posting: Posting, page: Page) -> Reading:
    """How a page was read."""
    return Reading(
        posting_id=posting.id, page_url=page.url, content_type=page.content_type, item=posting.item
    )


async def _weigh_again(
    posting: Posting, before: Version, notice: Notice, rooms: Rooms, family: _Family
) -> _Weight | None:
    verdict = classify(notice, rooms.sections, rooms.learnt)
    if has_moved_here(posting, before):
        return await _weigh_moved(posting, before, notice, rooms, family)
    intent = seen_again(before, notice, verdict)
    if not is_marked(posting) and (intent is None or intent.change is None):
        return _Weight(intent) if intent else None
    before = await as_of_today(before, family.source, rooms.study, family=family.name)
    intent = seen_again(before, notice, verdict)
    known = await standing(before.notice_id, rooms)
    if known.is_withdrawn:
        return _Weight(restored(before, notice, verdict))
    if intent and intent.change:
        return _told_or_held(posting, intent, known, rooms)
    if posting.unsteady_since is None:
        return _Weight(intent) if intent else None
    return await _standing_still(posting, before, intent, known, rooms, family)


async def _weigh_moved(
    posting: Posting, before: Version, notice: Notice, rooms: Rooms, family: _Family
) -> _Weight:
    """The first reading where the page stands now: always a version, since the address is another one."""
    verdict = classify(notice, rooms.sections, rooms.learnt)
    before = await as_of_today(before, family.source, rooms.study, family=family.name)
    known = await standing(before.notice_id, rooms)
    if known.is_withdrawn:
        return _Weight(restored(before, notice, verdict))
    intent = seen_elsewhere(before, notice, verdict)
    if intent.change:
        return _told_or_held(posting, intent, known, rooms)
    return _Weight(intent, posting.unsteady_since)


def _told_or_held(posting: Posting, intent: Intent, known: Standing, rooms: Rooms) -> _Weight:
    """A difference is told, or kept without a word where the page has changed too often."""
    now, since = rooms.now(), posting.unsteady_since
    if since is None and unsteady.is_unsteady(known.edits, now):
        since = now
    return _Weight(intent) if since is None else _Weight(replace(intent, change=None), since)


async def _standing_still(
    posting: Posting, before: Version, intent: Intent | None, known: Standing, rooms: Rooms, family: _Family
) -> _Weight | None:
    """An unsteady page that says what it said: what there is to tell once it has done so for long enough."""
    notice = intent.notice if intent else before.notice
    is_still_watched = is_watched(notice, posting.first_seen_at, rooms.now())
    if not unsteady.is_calm(before.at, rooms.now(), watched=is_still_watched):
        return _Weight(intent, posting.unsteady_since) if intent else None
    shown = await as_of_today(known.shown, family.source, rooms.study, family=family.name)
    verdict = classify(notice, rooms.sections, rooms.learnt)
    return _Weight(unsteady.at_rest(shown, notice, verdict))
