"""What decisions teach, as the store gives it to the classifier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from monitor.classify import Lesson
from monitor.model import Decision, Verdict
from monitor.store import Correction, Store, is_there
from tests.store.make import HOUR, NOW, owe, review, settlement, watch


def _notices(store: Store, *names: str) -> None:
    watch(store, "miit")
    owe(store, *names)
    for posting_id in range(1, len(names) + 1):
        store.notices.apply([settlement(posting_id)], NOW)


def _refile(store: Store, section: str, *, hours: int) -> None:
    guess = Verdict(section=section, confidence=0.7, because=("词",))
    store.notices.correct([Correction(notice_id=1, version=None, verdict=guess)], NOW + hours * HOUR)


def test_a_lesson_has_the_title_the_issuers_and_the_section_seen(store: Store) -> None:
    _notices(store, "1")
    store.reviews.add(review(1, Decision.KEEP))
    assert store.lessons.newest(9) == (
        Lesson(
            notice_id=1,
            title="关于组织申报的通知",
            issuers=("演示部门", "演示办公室"),
            decision=Decision.KEEP,
            shown="申报通知",
        ),
    )


def test_what_was_seen_is_the_guess_of_that_time(store: Store) -> None:
    _notices(store, "1")
    _refile(store, "绿色制造", hours=1)
    store.reviews.add(replace(review(1), at=NOW + 2 * HOUR))
    (lesson,) = store.lessons.newest(9)
    assert (lesson.shown, lesson.section) == ("绿色制造", "绿色制造")
    store.reviews.add(replace(review(1), at=NOW))
    (lesson,) = store.lessons.newest(9)
    assert lesson.shown == "申报通知"


def test_the_last_decision_counts_and_a_deferral_says_nothing(store: Store) -> None:
    _notices(store, "1", "2")
    store.reviews.add(review(1, Decision.DROP))
    store.reviews.add(review(1, Decision.MOVE, section="政策文件"))
    store.reviews.add(review(1, Decision.DEFER))
    store.reviews.add(review(2, Decision.DEFER))
    (lesson,) = store.lessons.newest(9)
    assert (lesson.decision, lesson.section) == (Decision.MOVE, "政策文件")


def test_a_keep_after_a_move_confirms_the_move(store: Store) -> None:
    _notices(store, "1")
    store.reviews.add(review(1, Decision.MOVE, section="政策文件"))
    store.reviews.add(review(1, Decision.KEEP))
    (lesson,) = store.lessons.newest(9)
    assert (lesson.decision, lesson.section) == (Decision.KEEP, "政策文件")


def test_the_newest_come_last_and_no_more_than_asked(store: Store) -> None:
    _notices(store, "1", "2", "3")
    assert store.lessons.last() == 0
    for notice_id in (3, 1, 2):
        store.reviews.add(review(notice_id))
    assert [lesson.notice_id for lesson in store.lessons.newest(2)] == [1, 2]
    assert store.lessons.last() == 3


def test_asking_for_a_database_creates_none(store: Store, folder: Path) -> None:
    assert is_there("", folder)
    assert not is_there("", folder / "elsewhere")
    assert not is_there(f"sqlite:///{folder / 'other.db'}", folder)
    assert not (folder / "other.db").exists()
