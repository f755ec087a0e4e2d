"""Learning while the program runs: when it learns, what it would file elsewhere, what it leaves alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from monitor.classify import NOTHING_LEARNT
from monitor.jobs.learn import Learning, Mind, learnt_now, minds, refresh
from monitor.model import Decision, Kind, Review
from monitor.store import ChangeFilter, Store
from tests.classify.practice import CALL, GREEN, seed_sections
from tests.store.make import HOUR, NOW, intent, owe, settlement, watch

SECTIONS = seed_sections()
PLACES = ("河北省", "山西省", "辽宁省", "吉林省", "江苏省", "浙江省", "安徽省", "福建省")
TITLES = [f"{place}关于组织申报算力中心的通知" for place in PLACES]


def _store(folder: Path, *, kind: Kind = Kind.BASELINE) -> Store:
    """Eight calls for computing centres, filed as calls."""
    store = Store.open("", folder=folder)
    watch(store, "miit")
    store.outbox.begin(["daily"], NOW)
    owe(store, *map(str, range(1, 9)))
    for place, title in enumerate(TITLES, 1):
        store.notices.apply([settlement(place, decided=intent(kind, title=title, section=CALL))], NOW)
    return store


def _move(store: Store, *notice_ids: int) -> None:
    for notice_id in notice_ids:
        store.reviews.add(
            Review(
                notice_id=notice_id, decision=Decision.MOVE, section=GREEN, why="", who="编辑", at=NOW + HOUR
            )
        )


def _minds(store: Store) -> list[Mind]:
    async def all_of() -> list[Mind]:
        learnt = learnt_now(store, SECTIONS)
        return [mind async for mind in minds(store, SECTIONS, sources=("miit",), learnt=learnt)]

    return asyncio.run(all_of())


def _refresh(store: Store, sources: Sequence[str] = ("miit",)) -> int:
    learnt = learnt_now(store, SECTIONS)
    return asyncio.run(refresh(store, SECTIONS, sources=sources, learnt=learnt, now=lambda: NOW + 2 * HOUR))


def test_it_learns_when_somebody_has_decided_and_only_then(tmp_path: Path) -> None:
    store = _store(tmp_path)
    learning = Learning()
    asyncio.run(learning.look(store, SECTIONS))
    assert learning.learnt is NOTHING_LEARNT
    _move(store, 1, 2)
    asyncio.run(learning.look(store, SECTIONS))
    first = learning.learnt
    assert [lesson.notice_id for lesson in first.lessons] == [1, 2]
    asyncio.run(learning.look(store, SECTIONS))
    assert learning.learnt is first
    store.close()


def test_what_it_changed_its_mind_about_is_reported_with_the_decisions(tmp_path: Path) -> None:
    store = _store(tmp_path)
    assert _minds(store) == []
    _move(store, *range(1, 7))
    found = _minds(store)
    assert [
        (mind.notice_id, mind.stored.section, mind.now.section, mind.ruled.section) for mind in found
    ] == [
        (7, CALL, GREEN, CALL),
        (8, CALL, GREEN, CALL),
    ]
    assert "等 6 条类似通知归入绿色制造" in found[0].now.because[0]
    store.close()


def test_filing_anew_leaves_reviewed_notices_and_tells_nobody(tmp_path: Path) -> None:
    store = _store(tmp_path)
    _move(store, *range(1, 7))
    before = store.stats()
    assert _refresh(store, ("elsewhere",)) == 0
    assert _refresh(store) == 2
    assert _refresh(store) == 0
    record, reviewed = store.notices.record(7), store.notices.record(1)
    assert record is not None
    assert reviewed is not None
    assert (record.section, record.reviews) == (GREEN, ())
    assert reviewed.verdict.section == CALL
    assert store.outbox.untold("daily") == ()
    assert len(store.notices.changes(ChangeFilter())) == 0
    rows = {name: count for name, count in store.stats() if name != "bytes"}
    assert rows == {name: count + 2 * (name == "verdict") for name, count in before if name != "bytes"}
    store.close()


def test_filed_anew_it_still_is_in_the_report_as_what_was_learnt(tmp_path: Path) -> None:
    store = _store(tmp_path)
    _move(store, *range(1, 7))
    _refresh(store)
    assert [(mind.is_moved, mind.now.section, mind.ruled.section) for mind in _minds(store)] == [
        (False, GREEN, CALL),
        (False, GREEN, CALL),
    ]
    store.close()
