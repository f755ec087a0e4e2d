"""移站: postings that become others, and what the rows of a list are compared with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.model import Posting, Reading, Validators
from monitor.store import ChangeFilter, Move, Row, Store
from tests.store.make import DAY, HOUR, NOW, apply, item, notice, owe, row, see, settlement, watch

LATER = NOW + DAY


def keys(store: Store, *, most: int = 100, asked: tuple[str, ...] = ()) -> list[str]:
    return [
        known.key.removeprefix("miit.example/")
        for known in store.moves.remembered("miit", [f"miit.example/{key}" for key in asked], most=most)
    ]


def dated(name: str, day: date | None) -> Row:
    found = row(name)
    return replace(found, item=replace(found.item, published_on=day))


def told(store: Store, *names: str, reread_at: bool = True) -> list[Posting]:
    """Rows of these names that have become notices, read at their own pages."""
    postings = owe(store, *names)
    for posting in postings:
        read = Reading(posting_id=posting.id, page_url=posting.item.url, content_type="", item=posting.item)
        one = settlement(posting.id, reread_at=NOW + HOUR if reread_at else None)
        apply(store, replace(one, reading=read))
    return [each for each in (_at(store, name) for name in names) if each]


def _at(store: Store, name: str) -> Posting | None:
    return next(iter(store.notices.posted(f"miit.example/{name}")), None)


def there(store: Store, name: str) -> Posting:
    found = _at(store, name)
    assert found is not None
    return found


def move(old: str, new: str) -> Move:
    return Move(old_key=f"miit.example/{old}", key=f"miit.example/{new}", item=item(new))


def test_the_newest_rows_are_remembered_by_their_day_and_those_that_are_asked_for(store: Store) -> None:
    watch(store, "miit", "ndrc")
    see(store, dated("a", date(2026, 9, 1)), dated("b", date(2026, 9, 3)), dated("old", date(2020, 1, 1)))
    see(store, dated("c", date(2026, 9, 2)), dated("no day", None))
    see(store, row("elsewhere"), source_id="ndrc")
    assert keys(store) == ["b", "c", "a", "old", "no day"]
    assert keys(store, most=2) == ["b", "c"]
    assert keys(store, most=2, asked=("old", "b", "unknown")) == ["b", "c", "old"]
    (newest, *_) = store.moves.remembered("miit", [], most=1)
    assert (newest.title, newest.published_on) == ("关于组织申报的通知", date(2026, 9, 3))


def test_more_keys_than_one_statement_takes(store: Store) -> None:
    watch(store, "miit")
    see(store, *(row(f"n{n}") for n in range(1201)))
    assert len(keys(store, most=1, asked=tuple(f"n{n}" for n in range(1201)))) == 1201


def test_a_notice_stands_where_its_row_has_gone_and_is_read_there(store: Store) -> None:
    (old,) = told(store, "1")
    assert store.moves.take_over("miit", [move("1", "new")], LATER) == 1
    new = there(store, "new")
    assert (new.notice_id, new.settled, new.first_seen_at) == (old.notice_id, True, old.first_seen_at)
    assert new.validators == Validators()
    assert [each.id for each in store.notices.watched("miit")] == [new.id]
    assert [each.id for each in store.notices.rereads("miit", LATER, 9)] == [new.id]
    record = store.notices.record(old.notice_id or 0)
    assert record is not None
    assert [posting.item.url for posting in record.postings] == [
        "https://miit.example/1",
        "https://miit.example/new",
    ]
    (version,) = record.versions
    assert version.reading is not None
    assert (version.reading.posting_id, version.reading.item.url) == (new.id, "https://miit.example/1")


def test_taking_over_twice_is_taking_over_once(store: Store) -> None:
    told(store, "1")
    store.moves.take_over("miit", [move("1", "new")], LATER)
    before = store.notices.counts()
    assert store.moves.take_over("miit", [move("1", "new")], LATER) == 0
    assert store.notices.counts() == before


def test_what_was_never_listed_cannot_move(store: Store) -> None:
    told(store, "1")
    assert store.moves.take_over("miit", [move("9", "new")], LATER) == 0
    assert _at(store, "new") is None


def test_a_row_that_nobody_has_read_only_has_another_address(store: Store) -> None:
    (old,) = owe(store, "1")
    store.notices.failed(old.id, now=NOW, retry_at=NOW + 9 * DAY, reason="HTTP 404")
    store.moves.take_over("miit", [move("1", "new")], LATER)
    (owed,) = store.notices.owed("miit", LATER, 9)
    assert (owed.id, owed.item.url, owed.failures) == (old.id, "https://miit.example/new", 0)
    assert _at(store, "1") is None


def test_of_a_notice_that_is_watched_no_more_the_page_is_read_once_where_it_stands(store: Store) -> None:
    told(store, "1", reread_at=False)
    store.moves.take_over("miit", [move("1", "new")], LATER)
    assert [each.item.url for each in store.notices.rereads("miit", LATER, 9)] == ["https://miit.example/new"]


def test_a_posting_that_does_not_speak_for_its_notice_takes_nothing_over_but_its_place(store: Store) -> None:
    (leading,) = told(store, "1")
    (second,) = owe(store, "2")
    store.notices.attach(second.id, leading.notice_id or 0, now=NOW, reread_at=None)
    store.moves.take_over("miit", [move("2", "new")], LATER)
    assert there(store, "new").notice_id == leading.notice_id
    assert [each.id for each in store.notices.watched("miit")] == [leading.id]


def test_pages_that_are_listed_nowhere_are_not_asked_for_again(store: Store) -> None:
    watch(store, "ndrc")
    kept, *_ = told(store, "1", "2", "3")
    assert store.moves.leave("miit", ["miit.example/1", "miit.example/unknown"]) == 2
    assert [each.id for each in store.notices.watched("miit")] == [kept.id]
    assert store.moves.leave("miit", ["miit.example/1"]) == 0


def test_what_moves_keeps_what_a_reader_knows_of_it(store: Store) -> None:
    (old,) = told(store, "1")
    changed = store.notices.last_change()
    store.moves.take_over("miit", [move("1", "new")], LATER)
    assert store.notices.last_change() == changed
    (change,) = store.notices.changes(ChangeFilter())
    assert (change.notice_id, change.notice) == (old.notice_id, notice())
