"""What a person says about a source that looks like another one: that it is right so, or that it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.decide.breaker import Held, Ruling
from monitor.decide.workdays import Works
from monitor.jobs.watch import acknowledge, watch
from monitor.model import Condition, Source
from monitor.store import Store

WHY = {
    Ruling.ACCEPTED: "已认可，等待下一次轮询",
    Ruling.REJECTED: "已否决，继续观察",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A person's word: who, when, which sources are polled at all, and which days are worked."""

    who: str
    now: datetime
    polled: Sequence[Source]
    works: Works


async def accept(source: Source, store: Store, word: Word) -> Held | int | None:
    """What is held is right, or else the list is rightly as short as it has become: its rows from now on.

    None where nothing is held and the list is as long as ever.
    """
    return await _decide(source, store, word, Ruling.ACCEPTED) or await _accept_length(source, store, word)


async def reject(source: Source, store: Store, word: Word) -> Held | None:
    """What is held is not right: the source stays held, and nobody hears of the like of it again."""
    return await _decide(source, store, word, Ruling.REJECTED)


async def _decide(source: Source, store: Store, word: Word, ruling: Ruling) -> Held | None:
    event = await store.run(store.held.of, source.id)
    if event is None or event.is_accepted:
        return None
    decided = await store.run(store.held.decide, source.id, ruling, who=word.who, now=word.now)
    await _acknowledge(source, store, word, ruling)
    return decided


async def _acknowledge(source: Source, store: Store, word: Word, ruling: Ruling) -> None:
    """Its trouble is known from now on: it counts no more for exit codes."""
    state = await store.run(store.sources.state, source.id)
    if state.status is not None and state.status.is_trouble and source in word.polled:
        await acknowledge(
            word.polled,
            source.id,
            store,
            who=word.who,
            why=WHY[ruling],
            now=word.now,
            works=word.works,
        )


async def _accept_length(source: Source, store: Store, word: Word) -> int | None:
    (found,) = await watch([source], store, word.now, works=word.works)
    if found.health.condition is not Condition.SHRUNK:
        return None
    await store.run(store.alarms.expect_rows, source.id, found.state.items)
    return found.state.items
