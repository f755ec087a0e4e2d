"""The daily reckoning: changes that reached nobody, and why; operators hear of each once.

Owed by absence means that nothing is lost by forgetting. This looks from the other side, at what was sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.classify import OTHER
from monitor.dates import local_date
from monitor.digest import owed
from monitor.digest.note import Note, compose_notes
from monitor.model import Address, ChangeRecord, Decision, Digest, Source
from monitor.store import Store, Unreached

log = logging.getLogger(__name__)

GRACE = timedelta(days=1)
KEPT = timedelta(days=60)
OCCASIONS = 400  # of one cron line, looked at for one on a working day

NextTime = Callable[[str, datetime], datetime | None]
Works = Callable[[date], bool]


class Why(StrEnum):
    """Why nobody has heard of a change."""

    DEAD = "dead"
    LATE = "late"
    UNREVIEWED = "unreviewed"
    UNCOVERED = "uncovered"


WORDS = {
    Why.DEAD: "各渠道均投递失败",
    Why.LATE: "应编入摘要而未编入",
    Why.UNREVIEWED: "只有审核后才发，尚未审核",
    Why.UNCOVERED: "没有摘要收录此栏目",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A change that reached nobody. `answer` is what a provider said last, `named` that operators know."""

    change: ChangeRecord
    why: Why
    answer: str
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is told when: digests and alerts, their sources, cron lines and working days."""

    digests: Sequence[Digest]
    sources: Mapping[str, Source]
    next_time: NextTime
    works: Works

    def why(self, found: Unreached, now: datetime) -> Why | None:
        """The reason that an operator can do something about; None: it is early, or meant to be so."""
        change = found.change
        decision = change.review.decision if change.review else None
        if found.composed:
            return Why.DEAD
        if decision is Decision.DROP or change.section == OTHER:
            return None
        covering = [digest for digest in self.digests if change.section in digest.sections]
        if not covering:
            return Why.UNCOVERED
        overdue = [digest for digest in covering if self._is_overdue(digest, change.at, now)]
        if any(owed(digest, [change], sources=self.sources, now=now) for digest in overdue):
            return Why.LATE
        waits = len(overdue) == len(covering) and all(digest.reviewed_only for digest in covering)
        return Why.UNREVIEWED if waits and decision is None else None

    def _is_overdue(self, digest: Digest, since: datetime, now: datetime) -> bool:
        """Whether the first occasion after an instant has been over for a day."""
        occasion = since if digest.is_alert else self._occasion(digest, since)
        return occasion is not None and occasion + GRACE <= now

    def _occasion(self, digest: Digest, since: datetime) -> datetime | None:
        found: datetime | None = since
        for _ in range(OCCASIONS):
            found = self.next_time(digest.at, found + timedelta(seconds=1)) if found else None
            if found is None or not digest.workdays or self.works(local_date(found)):
                return found
        return None


async def reconcile(store: Store, plan: Plan, *, now: datetime) -> tuple[Missed, ...]:
    """What reached nobody of the last two months; nothing is written."""
    found = await store.run(store.letters.unreached, since=now - KEPT, before=now - GRACE)
    return tuple(
        Missed(change=each.change, why=why, answer=each.answer, named=each.named)
        for each in found
        if (why := plan.why(each, now))
    )


async def call_missed(
    store: Store, plan: Plan, *, addresses: Sequence[Address], now: datetime, mark: str = ""
) -> tuple[Missed, ...]:
    """Name to operators, into the outbox, what reached nobody and they have not heard of; what that was."""
    missed = [each for each in await reconcile(store, plan, now=now) if not each.named]
    if not missed:
        return ()
    pieces = compose_notes(
        f"{mark}【快讯】{len(missed)} 项变更无人收到",
        _notes(missed),
        addresses=addresses,
        closing="全部清单：kuaixun digest reconcile",
    )
    if not await store.run(store.letters.name, [each.change.id for each in missed], pieces, now):
        return ()  # another process was first
    log.error("reconcile.missed", extra={"changes": len(missed)})
    return tuple(missed)


def _notes(missed: Iterable[Missed]) -> list[Note]:
    return [
        Note(
            heading=each.change.notice.title,
            lines=(WORDS[each.why] + (f"（{each.answer}）" if each.answer else ""), each.change.notice.url),
        )
        for each in missed
    ]
