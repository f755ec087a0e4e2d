"""What must hold after any crash, read from the database itself and from what has arrived."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from monitor.errors import StoreError
from monitor.model import Kind
from monitor.store.archive import Archive
from tests.crash.town import Told, Town

MARK = "（可能重复）\n"

SOUND = {"PRAGMA integrity_check": "ok", "PRAGMA journal_mode": "wal"}
NONE_OF = {
    "rows whose parent is missing": "SELECT * FROM pragma_foreign_key_check",
    "postings still owed": "SELECT url FROM posting WHERE NOT settled",
    "notices without a version": "SELECT id FROM notice WHERE id NOT IN (SELECT notice_id FROM version)",
    "notices of two postings": "SELECT notice_id FROM posting GROUP BY notice_id HAVING count(*) > 1",
    "notices without a posting": "SELECT id FROM notice WHERE id NOT IN (SELECT notice_id FROM posting)",
    "texts stored twice": "SELECT notice_id, fingerprint FROM version GROUP BY 1, 2 HAVING count(*) > 1",
    "changes nobody was told of": (
        "SELECT id FROM change WHERE kind <> 'baseline' AND id NOT IN (SELECT change_id FROM told)"
    ),
    "baseline told": "SELECT id FROM change JOIN told ON id = change_id WHERE kind = 'baseline'",
    "told without a piece for bot and mail": (
        "SELECT change_id FROM told LEFT JOIN delivery USING (telling_id) "
        "GROUP BY change_id HAVING count(DISTINCT channel) <> 2"
    ),
    "pieces not sent": "SELECT id, state FROM delivery WHERE state <> 'sent'",
}


class Piece(NamedTuple):
    """A delivery of the outbox."""

    id: int
    channel: str
    text: str
    perhaps_duplicate: bool


class Copies(NamedTuple):
    """How often a piece has arrived as it is, and how often with the mark that it may come twice."""

    plain: int
    marked: int


def complaints(folder: Path, town: Town) -> list[str]:
    """What is wrong in a storage that has caught up; empty when nothing is."""
    with closing(opened(folder)) as database:
        return [
            *_unsound(database),
            *_differing(changes(database), town.changes),
            *_unsent(database, town),
            *_unreadable(database, folder),
        ]


def opened(folder: Path) -> sqlite3.Connection:
    """The database of a folder, read only."""
    return sqlite3.connect(f"file:{folder / 'storage' / 'monitor.db'}?mode=ro", uri=True)


def changes(database: sqlite3.Connection) -> Counter[Told]:
    """Title and kind of every change."""
    found = database.execute("SELECT title, kind FROM change JOIN version ON version.id = version_id")
    return Counter((title, Kind(kind)) for title, kind in found)


def pieces(database: sqlite3.Connection) -> list[Piece]:
    """Every delivery."""
    found = database.execute("SELECT id, channel, text, perhaps_duplicate FROM delivery")
    return [Piece(*row) for row in found]


def arrived(piece: Piece, town: Town) -> Copies:
    """The copies of a piece."""
    if piece.channel == "bot":
        return Copies(town.posts.count(piece.text), town.posts.count(MARK + piece.text))
    of_it = [
        mail for _, mail in town.mailbox.arrived if re.match(rf"<kuaixun-.*-{piece.id}-", mail["Message-ID"])
    ]
    marked = sum(mail["X-Kuaixun-Perhaps-Duplicate"] == "yes" for mail in of_it)
    return Copies(len(of_it) - marked, marked)


def _unsound(database: sqlite3.Connection) -> Iterator[str]:
    for question, right in SOUND.items():
        said = database.execute(question).fetchall()
        if said != [(right,)]:
            yield f"{question}: {said}"
    for what, question in NONE_OF.items():
        found = database.execute(question).fetchall()
        if found:
            yield f"{what}: {found}"


def _differing(found: Counter[Told], wanted: Counter[Told]) -> Iterator[str]:
    if found != wanted:
        yield f"changes lost: {sorted((wanted - found).elements())}; too many: {sorted((found - wanted).elements())}"


def _unsent(database: sqlite3.Connection, town: Town) -> Iterator[str]:
    for piece in pieces(database):
        copies = arrived(piece, town)
        if not sum(copies):
            yield f"piece {piece.id} for {piece.channel} never arrived"
        if copies.plain > 1:
            yield f"piece {piece.id} for {piece.channel} came twice and does not say so"
        if copies.marked and not piece.perhaps_duplicate:
            yield f"piece {piece.id} for {piece.channel} is not remembered as a possible duplicate"


def _unreadable(database: sqlite3.Connection, folder: Path) -> Iterator[str]:
    archive = Archive(folder / "storage")
    for (key,) in database.execute("SELECT DISTINCT raw FROM version WHERE raw IS NOT NULL"):
        try:
            archive.get(key)
        except StoreError as error:
            yield str(error)
