"""Settling what was decided: first readings compared with the notices that we have, then one transaction.

A notice that is new here may be another posting of one that we know (decision 7): then nothing is told,
but that a notice is there again which was taken back elsewhere. What may be the same and
came between comparing and writing, from another source or in the same batch, is compared again at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.decide.identity import Same, Tie, keys, outranks, weigh_kin
from monitor.jobs.rooms import Rooms
from monitor.model import Change, Kind, Notice, Relation, Source
from monitor.store import Settled, Settlement
from monitor.store.identity import Kin

# Each round settles at least one of a batch, or another process has been faster; then a check comes by again.
MOST_SPARE_ROUNDS = 3


async def settle(decided: Sequence[Settlement], source: Source, rooms: Rooms) -> tuple[Settled, ...]:
    """Settle readings of one source; what became of those that are settled now, the others stay owed."""
    done: list[Settled] = []
    for _ in range(len(decided) + MOST_SPARE_ROUNDS):
        if not decided:
            break
        wanted, attached = await _among_kin(decided, source, rooms)
        settled = await rooms.store.run(rooms.store.notices.apply, wanted, rooms.now())
        done += [*attached, *filter(None, settled)]
        decided = [each for each, one in zip(wanted, settled, strict=True) if one is None]
    return tuple(done)


async def _among_kin(
    decided: Sequence[Settlement], source: Source, rooms: Rooms
) -> tuple[list[Settlement], list[Settled]]:
    """What is to be written, and what was only one more posting and is attached already."""
    found = [keys(each.intent.notice) for each in decided]
    kin = await rooms.store.run(rooms.store.notices.kin, found)
    wanted: list[Settlement] = []
    attached: list[Settled] = []
    for each, own, known in zip(decided, found, kin, strict=True):
        placed = _placed(replace(each, keys=own), known, source, rooms)
        if isinstance(placed, Same):
            attached.append(await _attach(each, placed, rooms))
        else:
            wanted.append(placed)
    return wanted, attached


def _placed(decided: Settlement, kin: Kin, source: Source, rooms: Rooms) -> Settlement | Same:
    """As what a reading is settled: a notice with its links, or the page that speaks for one from now on."""
    notice = decided.intent.notice
    found = weigh_kin(notice, [each for each in kin.versions if each.notice_id != decided.notice_id])
    if decided.notice_id is not None and isinstance(found, Same):
        # Both have been told: it is too late to be one.
        found = (Tie(found.notice_id, Relation.RELATED),)
    if not isinstance(found, Same):
        return replace(decided, ties=found, considered_up_to=kin.up_to)
    if found.notice_id in kin.withdrawn:
        return _leading(decided, found, Change(kind=Kind.RESTORED))
    if outranks(notice, source, _notice(kin, found), bodies=rooms.bodies):
        return _leading(decided, found, None)
    return found


def _leading(decided: Settlement, same: Same, change: Change | None) -> Settlement:
    """One more posting, whose page speaks for the notice from now on."""
    intent = replace(decided.intent, change=change)
    return replace(decided, notice_id=same.notice_id, intent=intent, leads=True)


def _notice(kin: Kin, same: Same) -> Notice:
    return next(version.notice for version in kin.versions if version.notice_id == same.notice_id)


async def _attach(decided: Settlement, same: Same, rooms: Rooms) -> Settled:
    store = rooms.store
    await store.run(store.notices.attach, decided.posting_id, same.notice_id, now=rooms.now(), reread_at=None)
    return Settled(same.notice_id, None)
