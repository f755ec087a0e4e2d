"""Pages that say they are not there: remembered, asked again, believed while the site is well (decision 5).

And what follows when it is proven: another posting speaks for the notice, or it is told as withdrawn.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.classify import classify
from monitor.decide.gone import PROOF, Proof, heirs, is_healthy, may_inherit, proof
from monitor.decide.identity import Same, leads, weigh_kin
from monitor.decide.rhythm import is_watched, next_look, next_try
from monitor.decide.what import withdrawn
from monitor.diff import meaning
from monitor.jobs.rooms import Rooms
from monitor.jobs.weighing import latest, reading, settlement, standing
from monitor.model import Change, Intent, Kind, Notice, Page, Posting, Source, Validators, Version
from monitor.normalise import from_row
from monitor.store import Settlement

log = logging.getLogger(__name__)

BESIDE = 6  # pages that are asked whether the site is well: enough to outvote two that went together
MOST_WITNESSES = 12  # in one check of one source
ANOTHER_TEXT = "another text"


@dataclass(slots=True, kw_only=True)
class Absences:
    """The pages of one check that say they are not there, and how the others have answered.

    `beside` are the pages by which each of them is judged, `there` says of a posting whether its page is.
    """

    absent: list[tuple[Posting, str]] = field(default_factory=list)
    beside: dict[int, tuple[Posting, ...]] = field(default_factory=dict)
    there: dict[int, bool] = field(default_factory=dict)

    async def note(self, posting: Posting, reason: str, source: Source, rooms: Rooms) -> None:
        """A page says that it is not there; what is known to be gone is only asked again some day."""
        self.there[posting.id] = False
        if not await _is_known(posting, reason, source, rooms):
            self.absent.append((posting, reason))

    async def witnesses(self, rooms: Rooms) -> tuple[Posting, ...]:
        """The pages beside those that are gone, as far as they have not answered in this check."""
        for posting, _ in self.absent:
            self.beside[posting.id] = await _beside(posting, posting.last_read_at or rooms.now(), rooms)
        wanted = {each.id: each for some in self.beside.values() for each in some}
        unasked = [each for each in wanted.values() if each.id not in self.there and each.gone_at is None]
        return tuple(unasked[:MOST_WITNESSES])

    async def judged(self, source: Source, rooms: Rooms, *, list_read: bool) -> list[Settlement]:
        """What is proven by now, as decisions to be settled; the rest is remembered for the next answer."""
        decided = []
        for posting, reason in self.absent:
            healthy = list_read and await self._is_healthy(posting, rooms)
            decided.append(await _judge(posting, reason, source, rooms, healthy=healthy))
        return [each for each in decided if each is not None]

    async def _is_healthy(self, posting: Posting, rooms: Rooms) -> bool:
        beside = self.beside.get(posting.id)
        if beside is None:  # it was asked as a witness itself
            beside = await _beside(posting, posting.last_read_at or rooms.now(), rooms)
        said = [self.there.get(each.id, False if each.gone_at else None) for each in beside]
        alone = not beside and not await _beside(posting, rooms.now(), rooms)
        return is_healthy(there=said.count(True), gone=said.count(False), alone=alone)


async def inherit(
    posting: Posting, before: Version, notice: Notice, page: Page, rooms: Rooms
) -> Settlement | None:
    """The page of another posting, read because the one that led is gone: it leads if it says the same.

    Readers of a notice that was told as withdrawn hear that it is there again. A page that says something
    else does not stand for this notice.
    """
    if weigh_kin(notice, [before]) != Same(before.notice_id):
        await _absent(posting, rooms, gone_at=rooms.now(), ask_at=None, reason=ANOTHER_TEXT)
        return None
    was_withdrawn = (await standing(before.notice_id, rooms)).is_withdrawn
    intent = Intent(
        notice=notice,
        fingerprint=meaning(notice),
        change=Change(kind=Kind.RESTORED) if was_withdrawn else None,
        verdict=classify(notice, rooms.sections, rooms.learnt),
    )
    decided = settlement(
        posting,
        intent,
        rooms,
        raw=await rooms.store.run(rooms.store.archive.put, page.body),
        reading=reading(posting, page),
        validators=page.validators,
        unsteady_since=None,
    )
    return replace(decided, leads=True)


async def is_vacant(before: Version, rooms: Rooms) -> bool:
    """Whether the page that has spoken for a notice is gone for long, so that another one may."""
    leading = _leading(before, await _places(before.notice_id, rooms))
    return leading is not None and may_inherit(leading, rooms.now())


async def _beside(posting: Posting, seen_by: datetime, rooms: Rooms) -> tuple[Posting, ...]:
    """Pages that had been listed by then. Rows that came later may be old ones under a new address."""
    store = rooms.store
    lately = rooms.now() - 2 * PROOF
    return await store.run(
        store.notices.beside, posting, seen_by=seen_by, not_gone_before=lately, limit=BESIDE
    )


async def _is_known(posting: Posting, reason: str, source: Source, rooms: Rooms) -> bool:
    """Whether the answer says nothing new: then the page is asked again as is due, and that is all.

    Of a notice told from its row alone nobody has seen a page that could have been taken back.
    """
    now = rooms.now()
    if not posting.settled:
        return False
    before = await latest(posting, rooms)
    if before is None:
        row = from_row(posting.item, source, bodies=rooms.bodies)
        again = next_look(row, posting.first_seen_at, now)
    elif before.notice.unread:
        again = _next_try(posting, before.notice, now)
    elif posting.gone_at and (await standing(before.notice_id, rooms)).is_withdrawn:
        again = next_look(before.notice, posting.first_seen_at, now)
    else:
        return False
    await _absent(posting, rooms, gone_at=posting.gone_at, ask_at=again, reason=reason)
    return True


def _next_try(posting: Posting, notice: Notice, now: datetime) -> datetime | None:
    return next_try(posting.failures, now) if is_watched(notice, posting.first_seen_at, now) else None


async def _judge(
    posting: Posting, reason: str, source: Source, rooms: Rooms, *, healthy: bool
) -> Settlement | None:
    now, first = rooms.now(), posting.gone_at
    match proof(first, now, healthy=healthy):
        case Proof.NOTHING:
            log.info("page.gone_not_believed", extra={"source": source.id, "url": posting.item.url})
            await _ask_later(posting, reason, source, rooms)
        case Proof.BEGUN:
            await _absent(posting, rooms, gone_at=now, ask_at=now + PROOF, reason=reason)
        case Proof.NOT_YET if first is not None:
            await _absent(posting, rooms, gone_at=first, ask_at=first + PROOF, reason=reason)
        case _:
            return await _proven(posting, reason, source, rooms)
    return None


async def _ask_later(posting: Posting, reason: str, source: Source, rooms: Rooms) -> None:
    """Nothing is believed today: asked again as a page that could not be read, until its watch is over."""
    now, store = rooms.now(), rooms.store
    before = await latest(posting, rooms)
    if before is None or is_watched(before.notice, posting.first_seen_at, now):
        again = next_try(posting.failures, now)
        await store.run(store.notices.failed, posting.id, now=now, retry_at=again, reason=reason)
    else:
        await _absent(posting, rooms, gone_at=None, ask_at=None, reason=reason)


async def _proven(posting: Posting, reason: str, source: Source, rooms: Rooms) -> Settlement | None:
    """The page is gone for good: what that means for its notice."""
    now, since = rooms.now(), posting.gone_at or rooms.now()
    before = await latest(posting, rooms)
    if before is None:
        row = from_row(posting.item, source, bodies=rooms.bodies)
        again = next_look(row, posting.first_seen_at, now)
        await _absent(posting, rooms, gone_at=since, ask_at=again, reason=reason)
        return None
    if not leads(posting, before):
        await _absent(posting, rooms, gone_at=since, ask_at=None, reason=reason)
        return None
    others = heirs(posting, await _places(before.notice_id, rooms), now)
    if others:
        store = rooms.store
        await store.run(store.notices.call, [each.id for each in others], now)
        await _absent(posting, rooms, gone_at=since, ask_at=now + PROOF, reason=reason)
        return None
    return _taken_back(posting, before, since, rooms)


def _taken_back(posting: Posting, before: Version, since: datetime, rooms: Rooms) -> Settlement:
    intent = withdrawn(before, classify(before.notice, rooms.sections, rooms.learnt), since)
    decided = settlement(
        posting, intent, rooms, raw=None, reading=None, validators=Validators(), unsteady_since=None
    )
    again = next_look(before.notice, posting.first_seen_at, rooms.now())
    return replace(decided, reread_at=again)


async def _absent(
    posting: Posting, rooms: Rooms, *, gone_at: datetime | None, ask_at: datetime | None, reason: str
) -> None:
    """Remember an absence. A row never read is settled only when its page is proven to be gone."""
    store = rooms.store
    is_proven = gone_at is not None and rooms.now() - gone_at >= PROOF
    await store.run(
        store.notices.absent,
        posting.id,
        now=rooms.now(),
        gone_at=gone_at,
        ask_at=ask_at,
        reason=reason,
        settled=posting.settled or is_proven,
    )


async def _places(notice_id: int, rooms: Rooms) -> tuple[Posting, ...]:
    return await rooms.store.run(rooms.store.notices.places, notice_id)


def _leading(before: Version, places: Sequence[Posting]) -> Posting | None:
    """The posting whose page the newest version was read from."""
    speaks = before.reading.posting_id if before.reading else None
    return next((each for each in places if each.id == speaks), None)
