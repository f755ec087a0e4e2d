"""Learning from decisions: when the model is trained, what it has changed its mind about, what is filed anew.

The model is never stored: it is trained from the reviews, so it cannot go stale.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.classify import MOST_LESSONS, NOTHING_LEARNT, Learnt, Sections, classify, learn
from monitor.model import Verdict
from monitor.store import Correction, Newest, Store

# Older notices keep the verdict that they have; they are in bulletins already.
MOST_RECONSIDERED = 2_000
BATCH = 100


@dataclass(slots=True)
class Learning:
    """What was learnt, up to which decision. The one thing in `Rooms` that changes.

    `filed` is up to which decision older notices were filed by it; -1: not since the program was started.
    """

    learnt: Learnt = NOTHING_LEARNT
    last: int = 0
    filed: int = -1

    async def look(self, store: Store, sections: Sections) -> None:
        """Learn afresh if anybody has decided anything since: two questions, else one."""
        last = await store.run(store.lessons.last)
        if last != self.last:
            lessons = await store.run(store.lessons.newest, MOST_LESSONS)
            self.learnt = await asyncio.to_thread(learn, lessons, sections)
            self.last = last


def learnt_now(store: Store, sections: Sections) -> Learnt:
    """Trained here and now, for commands that do one thing and end."""
    return learn(store.lessons.newest(MOST_LESSONS), sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    """A notice that nobody has reviewed: its stored verdict, today's, and what the words alone would say."""

    notice_id: int
    title: str
    stored: Verdict
    now: Verdict
    ruled: Verdict

    @property
    def is_moved(self) -> bool:
        """Whether it would be filed elsewhere than it stands."""
        return self.now.section != self.stored.section


async def minds(
    store: Store, sections: Sections, *, sources: Sequence[str], learnt: Learnt
) -> AsyncIterator[Mind]:
    """The newest notices on which today's verdict is not the stored one, or not the words' own."""
    async for each in _unreviewed(store, sources):
        notice = each.version.notice
        mind = Mind(
            notice_id=each.version.notice_id,
            title=notice.title,
            stored=each.verdict,
            now=classify(notice, sections, learnt),
            ruled=classify(notice, sections, NOTHING_LEARNT),
        )
        if mind.is_moved or mind.now.section != mind.ruled.section:
            yield mind


async def refresh(
    store: Store, sections: Sections, *, sources: Sequence[str], learnt: Learnt, now: Callable[[], datetime]
) -> int:
    """File anew those of the newest notices that now belong elsewhere and that nobody has reviewed; how many.

    Reviews are not touched and nobody is told: what a digest has passed over stays passed over.
    """
    found = [mind async for mind in minds(store, sections, sources=sources, learnt=learnt)]
    moved = [
        Correction(notice_id=mind.notice_id, version=None, verdict=mind.now)
        for mind in found
        if mind.is_moved
    ]
    for start in range(0, len(moved), BATCH):
        await store.run(store.notices.correct, moved[start : start + BATCH], now())
    return len(moved)


async def _unreviewed(store: Store, sources: Sequence[str]) -> AsyncIterator[Newest]:
    counts = await store.run(store.notices.counts)
    after = max(0, counts.notices - MOST_RECONSIDERED)  # notices are numbered without gaps
    while batch := await store.run(store.notices.newest, sources, after=after, limit=BATCH):
        after = batch[-1].version.notice_id
        for each in batch:
            if not each.reviewed:
                yield each
