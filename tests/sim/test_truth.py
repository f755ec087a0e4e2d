"""The plain rules by which the simulator says what must have been told, over books written by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from monitor.demo.sim.served import Entry, Shown, What
from monitor.demo.sim.truth import truth

FIRST = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE, AFTER = [FIRST - DAY] * 4, [FIRST + HOUR]


def rows(at: datetime, *numbers: int) -> Entry:
    return Entry(at=at, shown=Shown(what=What.ROWS, rows=numbers))


def page(at: datetime, state: str, due: date | None = None) -> Entry:
    return Entry(at=at, shown=Shown(what=What.PAGE, notice=0, state=state, due=due))


def gone(at: datetime, *, is_own: bool = True) -> Entry:
    return Entry(at=at, shown=Shown(what=What.GONE, notice=0, is_own=is_own))


def file(at: datetime, state: str) -> Entry:
    return Entry(at=at, shown=Shown(what=What.FILE, notice=0, state=state))


def kinds(entries: list[Entry], born: list[datetime] = BEFORE) -> list[str]:
    return [change.kind for change in truth([rows(FIRST, 0), *entries], born)]


def days(*states: str) -> list[Entry]:
    return [page(FIRST + n * DAY, state) for n, state in enumerate(states)]


def test_what_was_listed_at_the_first_poll_is_told_to_nobody() -> None:
    assert kinds([page(FIRST, "A")]) == []


def test_what_is_published_later_is_new_once() -> None:
    one, two = FIRST + 4 * HOUR, FIRST + 8 * HOUR
    entries = [rows(FIRST, 1), rows(one, 0), page(one, "A"), rows(two, 0), page(two, "A")]
    assert [c.kind for c in truth(entries, [*AFTER, *BEFORE])] == ["new"]


def test_a_row_is_news_by_itself_when_it_has_stood_for_a_day() -> None:
    seen = [rows(FIRST, 1), *(rows(FIRST + (1 + n) * 12 * HOUR, 0) for n in range(3))]
    assert [c.kind for c in truth(seen[:-1], [*AFTER, *BEFORE])] == []
    assert [c.kind for c in truth(seen, [*AFTER, *BEFORE])] == ["new"]


def test_what_was_edited_behind_a_new_template_nobody_can_tell() -> None:
    dressed = Entry(at=FIRST + DAY, shown=Shown(what=What.PAGE, notice=0, state="B", dress="new"))
    later = Entry(at=FIRST + 2 * DAY, shown=Shown(what=What.PAGE, notice=0, state="C", dress="new"))
    assert kinds([page(FIRST, "A"), dressed]) == []
    assert kinds([page(FIRST, "A"), dressed, later]) == ["revised"]


def test_an_older_row_that_slides_up_is_not_new() -> None:
    assert [c.kind for c in truth([rows(FIRST, 1), rows(FIRST + DAY, 0, 1)], [FIRST - DAY] * 2)] == []


def test_a_state_that_nobody_was_served_is_no_change() -> None:
    assert kinds(days("A", "A", "C")) == ["revised"]


def test_there_and_back_is_two() -> None:
    assert kinds(days("A", "B", "A")) == ["revised", "revised"]


def test_a_deadline_that_moves_outranks_what_else_was_edited() -> None:
    moved = [page(FIRST, "A", date(2026, 4, 1)), page(FIRST + DAY, "B", date(2026, 4, 9))]
    assert kinds(moved) == ["deadline_moved"]


def test_other_bytes_behind_a_link_are_a_revision_and_the_first_ones_are_not() -> None:
    first, second, third = FIRST, FIRST + DAY, FIRST + 2 * DAY
    learnt = [page(first, "A"), page(second, "A"), file(second, "0")]
    assert kinds(learnt) == []
    assert kinds([*learnt, page(third, "A"), file(third, "1")]) == ["revised"]


def test_page_and_file_in_one_poll_are_one_change() -> None:
    later = FIRST + DAY
    assert kinds([page(FIRST, "A"), file(FIRST, "0"), page(later, "B"), file(later, "1")]) == ["revised"]


def absences(*at: datetime, listed: tuple[datetime, ...], is_own: bool = True) -> list[Entry]:
    entries = [
        page(FIRST, "A"),
        *(gone(each, is_own=is_own) for each in at),
        *(rows(each, 3) for each in listed),
    ]
    return sorted(entries, key=lambda entry: entry.at)


def test_two_absences_a_day_apart_are_a_withdrawal() -> None:
    one, two = FIRST + 30 * HOUR, FIRST + 54 * HOUR
    assert kinds(absences(one, two, listed=(one, two))) == ["withdrawn"]
    assert kinds(absences(one, two - HOUR, listed=(one, two - HOUR))) == []
    assert kinds(absences(one, two, listed=(one,))) == []
    assert kinds(absences(one, two, listed=(one, two), is_own=False)) == []


def test_one_good_answer_between_two_absences_begins_the_proof_anew() -> None:
    one, two = FIRST + 30 * HOUR, FIRST + 60 * HOUR
    entries = [*absences(one, two, listed=(one, two)), page(FIRST + 40 * HOUR, "A")]
    assert kinds(sorted(entries, key=lambda entry: entry.at)) == []


def test_what_is_there_again_is_restored_once_even_with_another_text() -> None:
    one, two = FIRST + DAY, FIRST + 2 * DAY
    there = [page(FIRST + 3 * DAY, "B"), page(FIRST + 4 * DAY, "B")]
    assert kinds([*absences(one, two, listed=(one, two)), *there]) == ["withdrawn", "restored"]


def test_what_flaps_is_told_four_times_a_week_and_once_when_it_has_stood_for_a_week() -> None:
    flapping = days(*"ABABABAB")
    assert kinds(flapping) == ["revised"] * 4
    stands = [page(FIRST + (7 + n) * DAY, "B") for n in range(1, 9)]
    assert kinds([*flapping, *stands]) == ["revised"] * 5
    back = [page(FIRST + (7 + n) * DAY, "A") for n in range(1, 10)]
    assert kinds([*flapping, *back]) == ["revised"] * 4
