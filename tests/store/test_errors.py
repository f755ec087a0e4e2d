"""Every method that writes, one error test: locked, full; a clear sentence and nothing half-written.

Every method that reads goes on while another process holds the write lock.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor.decide.breaker import Ruling
from monitor.errors import StoreError
from monitor.model import Status, Validators
from monitor.store import ChangeFilter, FileAt, FileText, Move, Quiet, Store, Wanted
from monitor.store.refusals import plainly
from tests.store.make import (
    HOUR,
    NOW,
    bulletin,
    correction,
    doubtful,
    end_check,
    item,
    lapsed,
    noticed,
    owe,
    piece,
    review,
    row,
    see,
    settlement,
    source,
    tell_of,
    watch,
)

# Large enough that no free page of a small database takes it.
LONG = "长" * 100_000

WRITERS: dict[str, Callable[[Store], object]] = {
    "sources.ensure": lambda store: store.sources.ensure([source(LONG)], NOW),
    "sources.due": lambda store: store.sources.due(NOW, ids=["miit"], limit=1, owner=LONG, lease=HOUR),
    "sources.release": lambda store: store.sources.release("miit"),
    "sources.seen": lambda store: see(store, row("9"), row("8", LONG)),
    "sources.checked": lambda store: end_check(store, Status.FAILED, reason=LONG),
    "sources.quiet": lambda store: store.sources.quiet(
        [Quiet(source_id="miit", items=1, validators=Validators(etag=LONG), now=NOW, next_check_at=NOW)]
    ),
    "sources.spend": lambda store: store.sources.spend(NOW.date(), {"a": 1, LONG: 1}),
    "sources.beat": lambda store: store.sources.beat(NOW),
    "notices.apply": lambda store: store.notices.apply(
        [settlement(2), settlement(3), replace(settlement(4), raw=LONG)], NOW
    ),
    "notices.correct": lambda store: store.notices.correct([correction(store, LONG)], NOW),
    "notices.identify": lambda store: store.notices.identify(1, [f"name:{LONG}"]),
    "notices.attach": lambda store: store.notices.attach(2, 1, now=NOW, reread_at=None),
    "notices.unchanged": lambda store: store.notices.unchanged(
        1, now=NOW, reread_at=None, validators=Validators(etag=LONG)
    ),
    "notices.failed": lambda store: store.notices.failed(2, now=NOW, retry_at=NOW, reason=LONG),
    "notices.absent": lambda store: store.notices.absent(
        2, now=NOW, gone_at=NOW, ask_at=NOW, reason=LONG, settled=True
    ),
    "notices.leave": lambda store: store.notices.leave(1),
    "notices.call": lambda store: store.notices.call([1, 2], NOW),
    "notices.place": lambda store: store.notices.place("miit", row("9", LONG), now=NOW),
    "alarms.note": lambda store: store.alarms.note([noticed(LONG)], now=NOW),
    "alarms.tell": lambda store: store.alarms.tell([1], [], [piece(2, LONG)], NOW),
    "alarms.acknowledge": lambda store: store.alarms.acknowledge("miit", who="", why=LONG, now=NOW),
    "alarms.expect_rows": lambda store: store.alarms.expect_rows("miit", 9),
    "held.begin": lambda store: store.held.begin(doubtful(LONG)),
    "held.go_on": lambda store: store.held.go_on(doubtful(LONG)),
    "held.end": lambda store: store.held.end("miit"),
    "held.decide": lambda store: store.held.decide("miit", Ruling.ACCEPTED, who=LONG, now=NOW),
    "moves.take_over": lambda store: store.moves.take_over(
        "miit", [Move(old_key="miit.example/n0", key="miit.example/9", item=item("9", LONG))], NOW
    ),
    "moves.leave": lambda store: store.moves.leave("miit", []),
    "reviews.add": lambda store: store.reviews.add(replace(review(1), why=LONG)),
    "outbox.begin": lambda store: store.outbox.begin(["weekly", LONG], NOW),
    "outbox.tell": lambda store: store.outbox.tell("daily", [1], [piece(1), piece(2, LONG)], NOW),
    "outbox.claim": lambda store: store.outbox.claim(NOW, lease=HOUR, limit=1),
    "outbox.sent": lambda store: store.outbox.sent(1, LONG, NOW),
    "outbox.again": lambda store: store.outbox.again(1, LONG, NOW),
    "outbox.put_back": lambda store: store.outbox.put_back(1, NOW),
    "outbox.dead": lambda store: store.outbox.dead(1, LONG, NOW),
    "outbox.hold": lambda store: store.outbox.hold(["daily"], NOW + HOUR),
    "letters.call": lambda store: store.letters.call([1], [piece(2, LONG)], NOW),
    "letters.tell_anew": lambda store: store.letters.tell_anew(lapsed(1), [piece(2, LONG)], NOW),
    "letters.name": lambda store: store.letters.name([1], [piece(2, LONG)], NOW),
    "outbox.note_attempt": lambda store: store.outbox.note_attempt(LONG, NOW),
    "attachments.keep": lambda store: store.attachments.keep(FileAt(url=LONG)),
    "attachments.read": lambda store: store.attachments.read(
        FileText(digest="ab", size=1, text=LONG, reason="", reader="1")
    ),
    "bulletins.save": lambda store: store.bulletins.save(replace(bulletin(2), number=LONG), 2026, 9, 2, NOW),
}
READERS: dict[str, Callable[[Store], object]] = {
    "sources.states": lambda store: store.sources.states(),
    "sources.state": lambda store: store.sources.state("miit"),
    "sources.known": lambda store: store.sources.known("miit", ["miit.example/n0"]),
    "sources.troubles": lambda store: store.sources.troubles(None, NOW),
    "sources.spent": lambda store: store.sources.spent(NOW.date()),
    "sources.last_beat": lambda store: store.sources.last_beat(),
    "notices.owed": lambda store: store.notices.owed("miit", NOW, 9),
    "notices.rereads": lambda store: store.notices.rereads("miit", NOW, 9),
    "notices.watched": lambda store: store.notices.watched("miit"),
    "notices.waiting": lambda store: store.notices.waiting(NOW),
    "notices.same": lambda store: store.notices.same("miit.example/n0"),
    "notices.kin": lambda store: store.notices.kin([["number:演示函〔2026〕1号"]]),
    "notices.posted": lambda store: store.notices.posted("miit.example/n0"),
    "notices.newest": lambda store: store.notices.newest(["miit"], after=0, limit=9),
    "notices.source_of": lambda store: store.notices.source_of(1),
    "notices.latest": lambda store: store.notices.latest(1),
    "notices.changes": lambda store: store.notices.changes(ChangeFilter()),
    "notices.last_change": lambda store: store.notices.last_change(),
    "notices.record": lambda store: store.notices.record(1),
    "notices.places": lambda store: store.notices.places(1),
    "notices.beside": lambda store: store.notices.beside(
        store.notices.places(1)[0], seen_by=NOW, not_gone_before=NOW, limit=9
    ),
    "notices.standing": lambda store: store.notices.standing(1, NOW),
    "notices.counts": lambda store: store.notices.counts(),
    "agenda.histories": lambda store: store.agenda.histories(Wanted(), NOW.date()),
    "agenda.news": lambda store: store.agenda.news(Wanted(), 9),
    "agenda.touched": lambda store: store.agenda.touched(),
    "alarms.open": lambda store: store.alarms.open(),
    "alarms.ended_untold": lambda store: store.alarms.ended_untold(),
    "alarms.since": lambda store: store.alarms.since(NOW),
    "alarms.days": lambda store: store.alarms.days(["miit"]),
    "alarms.news": lambda store: store.alarms.news(NOW),
    "held.all": lambda store: store.held.all(),
    "held.of": lambda store: store.held.of("miit"),
    "moves.remembered": lambda store: store.moves.remembered("miit", ["miit.example/n0"], most=9),
    "lessons.newest": lambda store: store.lessons.newest(9),
    "lessons.last": lambda store: store.lessons.last(),
    "reviews.of": lambda store: store.reviews.of(1),
    "outbox.untold": lambda store: store.outbox.untold("daily"),
    "outbox.composed_at": lambda store: store.outbox.composed_at(["daily"]),
    "outbox.reminded": lambda store: store.outbox.reminded(["daily remind 5"]),
    "letters.failing": lambda store: store.letters.failing(NOW, attempts=1),
    "letters.called": lambda store: store.letters.called(NOW),
    "letters.lapsed": lambda store: store.letters.lapsed(NOW, attempts=1),
    "letters.unreached": lambda store: store.letters.unreached(since=NOW, before=NOW),
    "outbox.deliveries": lambda store: store.outbox.deliveries(9),
    "outbox.rate": lambda store: store.outbox.rate("editors", NOW, HOUR),
    "attachments.known": lambda store: store.attachments.known(["http://miit.example/1.docx"]),
    "attachments.files": lambda store: store.attachments.files(["ab"]),
    "bulletins.list": lambda store: store.bulletins.list(),
    "bulletins.get": lambda store: store.bulletins.get("2026-0901"),
    "bulletins.last_until": lambda store: store.bulletins.last_until(),
    "bulletins.next_number": lambda store: store.bulletins.next_number(2026, 9),
    "bulletins.kept": lambda store: store.bulletins.kept(None, NOW, ["申报通知"]),
}
# These change bytes in place, so that a full disk does not stop them.
IN_PLACE = {
    "alarms.expect_rows",
    "held.end",
    "moves.leave",
    "sources.release",
    "sources.beat",
    "notices.attach",
    "notices.call",
    "notices.leave",
    "outbox.claim",
    "outbox.hold",
    "outbox.put_back",
}


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with something for every method to touch."""
    watch(store, "miit")
    store.outbox.begin(["daily"], NOW)
    tell_of(store)
    store.outbox.tell("daily", [], [piece(1)], NOW)
    store.alarms.note([noticed("HTTP 500")], now=NOW)
    store.held.begin(doubtful("列表"))
    store.bulletins.save(bulletin(1), 2026, 9, 1, NOW)
    owe(store, "2", "3", "4")
    return store


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(folder / "monitor.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def _full(store: Store) -> Iterator[None]:
    """The database may not grow by another page: SQLite says SQLITE_FULL, as on a full disk."""
    with store._database.writing() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    yield
    with store._database.writing() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000000"))


def _dump(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "monitor.db")) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("method", WRITERS)
def test_a_lock_of_another_process_is_a_sentence(filled: Store, folder: Path, method: str) -> None:
    before = _dump(folder)
    with _locked(folder), pytest.raises(StoreError, match="not written: the database is locked by another"):
        WRITERS[method](filled)
    assert _dump(folder) == before
    WRITERS[method](filled)


@pytest.mark.parametrize("method", sorted(WRITERS.keys() - IN_PLACE))
def test_a_full_disk_is_a_sentence_and_nothing_is_half_written(
    filled: Store, folder: Path, method: str
) -> None:
    before = _dump(folder)
    with _full(filled), pytest.raises(StoreError, match="the disk is full: nothing was written"):
        WRITERS[method](filled)
    assert _dump(folder) == before
    WRITERS[method](filled)


@pytest.mark.parametrize("method", READERS)
def test_readers_go_on_while_another_process_writes(filled: Store, folder: Path, method: str) -> None:
    with _locked(folder):
        READERS[method](filled)


def test_every_method_of_the_store_has_its_error_test(store: Store) -> None:
    rooms = (
        "sources",
        "agenda",
        "alarms",
        "held",
        "moves",
        "notices",
        "reviews",
        "lessons",
        "letters",
        "outbox",
        "attachments",
        "bulletins",
    )
    methods = {
        f"{room}.{name}" for room in rooms for name in dir(getattr(store, room)) if not name.startswith("_")
    }
    assert methods == WRITERS.keys() | READERS.keys()


def test_a_reader_cannot_write(store: Store) -> None:
    with (
        pytest.raises(StoreError, match="not writable"),
        store._database.reading() as connection,
    ):
        connection.execute(text("DELETE FROM source"))


def test_a_statement_that_fails_does_not_quote_what_it_was_given(filled: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY") as caught:
        filled.notices.attach(2, 99, now=NOW, reread_at=None)
    assert "UPDATE" not in str(caught.value)


def test_a_naive_instant_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="naive datetime"):
        store.sources.beat(NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "x"), "it failed: the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), "it failed: Permission denied: /x"),
        (sqlite3.OperationalError("no such table: x"), "it failed: no such table: x"),
    ],
)
def test_foreign_errors_become_one_sentence(error: Exception, sentence: str) -> None:
    with pytest.raises(StoreError, match=sentence) as caught, plainly("it failed"):
        raise error
    assert caught.value.__cause__ is error


def test_our_own_errors_pass_as_they_are() -> None:
    with pytest.raises(StoreError, match=r"^no notice 7$"), plainly("it failed"):
        raise StoreError("no notice 7")


def test_patience_is_how_long_a_lock_is_waited_for(folder: Path) -> None:
    patient = Store.open("", folder=folder, patience=timedelta(milliseconds=1234))
    for engine in (patient._database.writer, patient._database.reader):
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 1234
    patient.close()
