"""What a digest owes, and a piece's way from due to sent, due again, or dead."""

from __future__ import annotations

import pytest

from monitor.errors import StoreError
from monitor.model import Delivery, DeliveryState, Kind
from monitor.store import Store
from tests.store.make import DAY, HOUR, NOW, change_again, piece, tell_of


@pytest.fixture
def daily(store: Store) -> Store:
    """A store with a digest that has begun."""
    store.outbox.begin(["daily"], NOW)
    return store


def _untold(store: Store, digest: str = "daily") -> list[int]:
    return [record.notice_id for record in store.outbox.untold(digest)]


def _claim(store: Store, *, hours: float = 0, limit: int = 9) -> tuple[Delivery, ...]:
    return store.outbox.claim(NOW + hours * HOUR, lease=HOUR, limit=limit)


def _tell(store: Store, *numbers: int) -> None:
    store.outbox.tell("daily", [], [piece(number) for number in numbers], NOW)


def test_a_digest_owes_what_changed_since_it_began_oldest_first(store: Store) -> None:
    tell_of(store)
    store.outbox.begin(["daily"], NOW)
    first, second = tell_of(store), tell_of(store)
    tell_of(store, Kind.BASELINE)
    assert _untold(store) == [first, second]
    assert [record.kind for record in store.outbox.untold("daily")] == [Kind.NEW, Kind.NEW]


def test_beginning_again_forgets_nothing(daily: Store) -> None:
    notice_id = tell_of(daily)
    daily.outbox.begin(["daily", "weekly"], NOW + DAY)
    daily.outbox.begin([], NOW + DAY)
    assert _untold(daily) == [notice_id]
    assert _untold(daily, "weekly") == []


def test_a_digest_that_never_began_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match="no digest daily"):
        store.outbox.untold("daily")


def test_what_is_told_is_not_owed_and_other_digests_do_not_care(daily: Store) -> None:
    daily.outbox.begin(["weekly"], NOW)
    first, second = tell_of(daily), tell_of(daily)
    change = daily.outbox.untold("daily")[0]
    assert daily.outbox.tell("daily", [change.id], [piece(1), piece(2)], NOW) == 2
    assert _untold(daily) == [second]
    assert _untold(daily, "weekly") == [first, second]


def test_a_second_change_of_a_told_notice_is_owed(daily: Store) -> None:
    notice_id = tell_of(daily)
    daily.outbox.tell("daily", [daily.outbox.untold("daily")[0].id], [piece()], NOW)
    change_again(daily, notice_id, Kind.REVISED)
    assert [record.kind for record in daily.outbox.untold("daily")] == [Kind.REVISED]


def test_who_tells_second_writes_nothing(daily: Store) -> None:
    tell_of(daily), tell_of(daily)
    first, second = (record.id for record in daily.outbox.untold("daily"))
    daily.outbox.tell("daily", [first], [piece()], NOW)
    assert daily.outbox.tell("daily", [first, second], [piece(), piece(2)], NOW) == 0
    assert len(daily.outbox.untold("daily")) == 1
    assert len(daily.outbox.deliveries(9)) == 1


def test_a_change_that_does_not_exist_cannot_be_told(daily: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        daily.outbox.tell("daily", [99], [piece()], NOW)
    assert daily.outbox.deliveries(9) == ()


def test_a_piece_starts_due_and_comes_back_as_it_was_written(daily: Store) -> None:
    _tell(daily, 1)
    assert daily.outbox.deliveries(9) == (
        Delivery(
            id=1,
            digest="daily",
            piece=piece(1),
            state=DeliveryState.DUE,
            attempts=0,
            created_at=NOW,
            next_try_at=NOW,
            sent_at=None,
        ),
    )


def test_pieces_are_claimed_in_the_order_written_and_only_once(daily: Store) -> None:
    _tell(daily, 1, 2)
    _tell(daily, 3)
    assert [each.piece.number for each in _claim(daily, limit=2)] == [1, 2]
    (third,) = _claim(daily)
    assert (third.piece.number, third.state, third.attempts) == (3, DeliveryState.SENDING, 1)
    assert _claim(daily) == ()


def test_a_piece_sent_is_done(daily: Store) -> None:
    _tell(daily, 1)
    (claimed,) = _claim(daily)
    daily.outbox.sent(claimed.id, '{"errcode":0}', NOW + HOUR / 2)
    assert _claim(daily, hours=24) == ()
    (sent,) = daily.outbox.deliveries(9)
    assert (sent.state, sent.sent_at, sent.answer, sent.next_try_at) == (
        DeliveryState.SENT,
        NOW + HOUR / 2,
        '{"errcode":0}',
        None,
    )


def test_a_piece_refused_for_now_is_due_again_at_its_time(daily: Store) -> None:
    _tell(daily, 1)
    (claimed,) = _claim(daily)
    daily.outbox.again(claimed.id, "45009", NOW + 2 * HOUR)
    assert _claim(daily, hours=1.9) == ()
    (again,) = _claim(daily, hours=2)
    assert (again.attempts, again.answer, again.perhaps_duplicate) == (2, "45009", False)


def test_a_piece_that_nobody_began_to_send_waits_and_has_lost_no_attempt(daily: Store) -> None:
    _tell(daily, 1)
    (claimed,) = _claim(daily)
    daily.outbox.put_back(claimed.id, NOW + 2 * HOUR)
    assert _claim(daily, hours=1.9) == ()
    (again,) = _claim(daily, hours=2)
    assert (again.attempts, again.perhaps_duplicate) == (1, False)


def test_a_dead_piece_stays_dead_and_says_why(daily: Store) -> None:
    _tell(daily, 1)
    (claimed,) = _claim(daily)
    daily.outbox.dead(claimed.id, "93000", NOW)
    assert _claim(daily, hours=99) == ()
    (dead,) = daily.outbox.deliveries(9)
    assert (dead.state, dead.answer, dead.sent_at) == (DeliveryState.DEAD, "93000", None)


def test_a_piece_whose_sender_died_is_claimed_again_as_perhaps_a_duplicate(daily: Store) -> None:
    _tell(daily, 1)
    _claim(daily)
    assert _claim(daily, hours=0.9) == ()
    (second,) = _claim(daily, hours=1)
    assert (second.perhaps_duplicate, second.attempts) == (True, 2)
    daily.outbox.again(second.id, "45009", NOW + 2 * HOUR)
    (third,) = _claim(daily, hours=2)
    assert third.perhaps_duplicate


def test_deliveries_come_newest_first_and_no_more_than_asked(daily: Store) -> None:
    _tell(daily, 1, 2, 3)
    assert [each.piece.number for each in daily.outbox.deliveries(2)] == [3, 2]


def test_an_unknown_delivery_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match="no delivery 7"):
        store.outbox.sent(7, "", NOW)


def test_the_rate_counts_a_channels_posts_in_the_window(store: Store) -> None:
    for minute in (0, 30, 60):
        store.outbox.note_attempt("editors", NOW + minute / 60 * HOUR)
    store.outbox.note_attempt("leaders", NOW + HOUR)
    assert store.outbox.rate("editors", NOW + HOUR, HOUR) == 2
    assert store.outbox.rate("editors", NOW + HOUR, 2 * HOUR) == 3
    assert store.outbox.rate("nobody", NOW + HOUR, HOUR) == 0


def test_the_rate_survives_a_restart_and_old_posts_are_forgotten(store: Store) -> None:
    store.outbox.note_attempt("editors", NOW)
    assert dict(store.stats())["attempt"] == 1
    store.outbox.note_attempt("editors", NOW + DAY)
    assert dict(store.stats())["attempt"] == 1
