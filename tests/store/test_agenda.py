"""What feeds and calendars are made from: the last change of each notice, and what was told before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitor.model import Deadline, Decision, Kind
from monitor.store import Store, Wanted
from tests.store.make import (
    DAY,
    HOUR,
    NOW,
    apply,
    change_again,
    correction,
    intent,
    owe,
    review,
    row,
    see,
    settlement,
    tell_of,
    watch,
)

ALL = Wanted()


def _told(store: Store) -> list[tuple[int, Kind]]:
    return [(each.last.notice_id, each.last.kind) for each in store.agenda.news(ALL, 9)]


def _dated(store: Store, wanted: Wanted = ALL) -> list[int]:
    return [each.last.notice_id for each in store.agenda.histories(wanted, NOW.date())]


def test_news_are_the_last_changes_newest_first_without_baselines(store: Store) -> None:
    one, two = tell_of(store), tell_of(store, at=NOW + HOUR)
    tell_of(store, Kind.BASELINE)
    change_again(store, one, Kind.REVISED, at=NOW + 2 * HOUR)
    assert _told(store) == [(one, Kind.REVISED), (two, Kind.NEW)]
    first = store.agenda.news(ALL, 1)
    assert [(each.last.at, each.told_at, each.created_at) for each in first] == [(NOW + 2 * HOUR, NOW, NOW)]


def test_a_baseline_notice_is_news_from_its_first_change_on(store: Store) -> None:
    old = tell_of(store, Kind.BASELINE)
    change_again(store, old, Kind.REVISED, at=NOW + DAY)
    (found,) = store.agenda.news(ALL, 9)
    assert (found.last.notice_id, found.told_at, found.created_at) == (old, NOW + DAY, NOW)


def test_what_an_editor_has_dropped_is_neither_news_nor_due_until_it_is_kept(store: Store) -> None:
    one = tell_of(store)
    store.reviews.add(review(one, Decision.DROP))
    assert (_told(store), _dated(store)) == ([], [])
    store.reviews.add(review(one, Decision.KEEP))
    assert (_told(store), _dated(store)) == ([(one, Kind.NEW)], [one])


def test_a_section_is_an_editors_before_the_machines(store: Store) -> None:
    one = tell_of(store, section="申报通知")
    store.reviews.add(review(one, Decision.MOVE, section="绿色制造"))
    assert _dated(store, Wanted(section="绿色制造")) == [one]
    assert _dated(store, Wanted(section="申报通知")) == []
    assert len(store.agenda.news(Wanted(section="绿色制造"), 9)) == 1


def test_a_notice_is_found_at_every_source_where_it_stands(store: Store) -> None:
    one = tell_of(store)
    watch(store, "ndrc", "mof")
    see(store, row("7"), source_id="ndrc")
    (posting,) = store.notices.owed("ndrc", NOW, 9)
    store.notices.attach(posting.id, one, now=NOW, reread_at=None)
    for sources, found in ((("miit",), [one]), (("ndrc",), [one]), (("mof",), []), ((), [])):
        assert _dated(store, Wanted(sources=sources)) == found
        assert len(store.agenda.news(Wanted(sources=sources), 9)) == len(found)


def test_a_history_has_every_state_that_was_told_baseline_and_withdrawal_included(store: Store) -> None:
    one = tell_of(store, Kind.BASELINE)
    change_again(store, one, Kind.DEADLINE_MOVED, at=NOW + HOUR)
    change_again(store, one, Kind.WITHDRAWN, at=NOW + DAY)
    (found,) = store.agenda.histories(ALL, NOW.date())
    assert [(state.kind, state.at) for state in found.states] == [
        (Kind.BASELINE, NOW),
        (Kind.DEADLINE_MOVED, NOW + HOUR),
        (Kind.WITHDRAWN, NOW + DAY),
    ]
    assert [len(state.deadlines) for state in found.states] == [2, 2, 2]
    assert (found.created_at, found.modified_at, found.last.kind) == (NOW, NOW + DAY, Kind.WITHDRAWN)


def test_a_version_without_a_word_to_readers_is_what_stands(store: Store) -> None:
    one = tell_of(store)
    change_again(store, one, None, at=NOW + HOUR, title="读到了正文")
    (found,) = store.agenda.histories(ALL, NOW.date())
    assert (found.last.notice.title, found.modified_at) == ("读到了正文", NOW + HOUR)
    assert [state.kind for state in found.states] == [Kind.NEW]


@pytest.mark.parametrize(
    ("since", "count"), [(date(2026, 10, 8), 1), (date(2026, 10, 9), 0), (date(1990, 1, 1), 1)]
)
def test_only_notices_that_ever_had_a_deadline_from_then_on(store: Store, since: date, count: int) -> None:
    tell_of(store)
    assert len(store.agenda.histories(ALL, since)) == count


def test_a_date_in_the_words_of_a_deadline_is_no_deadline(store: Store) -> None:
    (posting,) = owe(store, "1")
    decided = intent()
    trap = Deadline(date=date(2020, 1, 1), time=None, what='{"date":"2099-01-01"', kind="申报")
    decided = replace(decided, notice=replace(decided.notice, deadlines=(trap,)))
    apply(store, settlement(posting.id, decided=decided))
    assert _dated(store) == []


def test_more_notices_than_one_statement_takes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.store.agenda.AT_ONCE", 2)
    ids = [tell_of(store) for _ in range(5)]
    assert _dated(store) == ids


def test_what_feeds_show_was_last_touched_by_a_change_or_an_editor(store: Store) -> None:
    assert store.agenda.touched() is None
    one = tell_of(store)
    assert store.agenda.touched() == NOW
    store.reviews.add(replace(review(one, Decision.DROP), at=NOW + DAY))
    assert store.agenda.touched() == NOW + DAY
    change_again(store, one, Kind.REVISED, at=NOW + 2 * DAY)
    assert store.agenda.touched() == NOW + 2 * DAY


def test_a_correction_is_shown_without_being_news(store: Store) -> None:
    one = tell_of(store)
    store.notices.correct([correction(store, "更正的题名", of=one)], NOW + HOUR)
    (found,) = store.agenda.news(ALL, 9)
    assert (found.last.notice.title, found.last.at) == ("更正的题名", NOW)
