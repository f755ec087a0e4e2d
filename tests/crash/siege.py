"""`kill -9` at random moments, again and again, while the site goes on publishing and correcting."""

from __future__ import annotations

import random
import select
import signal
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.model import Kind
from tests.crash.ledger import arrived, changes, complaints, opened, pieces
from tests.crash.town import CATCH_UP, MOST_ROWS, Paper, Town

CYCLE = ["check", "--send"]
CYCLES = 10  # of a life that nobody ends
LONGEST_LIFE = 0.6  # seconds: some cycles
STEP = 0.25  # hours from one life to the next: what the dead had claimed is free again
OLDEST_NEWS = 105  # papers up to this number are the town's baseline
MOST_UNSEEN = 10  # well below a page: what rolls off it unseen was never published to us


@dataclass(slots=True)
class Toll:
    """How a siege went. `twice` are pieces that came more than once, each marked if nothing is complained of."""

    lives: int = 0
    kills: int = 0
    changes: int = 0
    pieces: int = 0
    twice: int = 0
    complaints: tuple[str, ...] = ()


def besiege(town: Town, folder: Path, chance: random.Random, *, go_on: Callable[[Toll], bool]) -> Toll:
    """Let the program live and die in a folder for as long as wanted, then catch up and look."""
    folder.mkdir()
    town.configure(folder)
    assert town.run(folder, CYCLE, hours=0).code == 0
    toll = Toll()
    while go_on(toll):
        toll.lives += 1
        _something_happens(town, folder, chance)
        toll.kills += _live(town, folder, toll.lives * STEP, chance)
    _look(town, folder, toll)
    return toll


def _live(town: Town, folder: Path, hours: float, chance: random.Random) -> bool:
    """One life; whether it was cut short. A life that ends by itself must end well."""
    life = town.start(folder, *[CYCLE] * CYCLES, hours=hours)
    select.select([life.news], [], [], chance.uniform(0, LONGEST_LIFE))
    life.kill()
    said = life.end()
    assert said.code in (0, -signal.SIGKILL), said
    return said.code != 0


def _something_happens(town: Town, folder: Path, chance: random.Random) -> None:
    """A new paper, a corrected one, or nothing. Only what has been recorded is corrected: each edition counts."""
    with closing(opened(folder)) as database:
        unseen = town.changes - changes(database)
    if chance.random() < 0.5 and len(unseen) < MOST_UNSEEN:
        town.publish(Paper(number=max(town.papers) + 1))
        return
    paper = town.papers[chance.choice(sorted(town.papers)[-MOST_ROWS // 2 :])]
    is_news = paper.number > OLDEST_NEWS and all(title != paper.title for title, _ in unseen)
    if is_news and chance.random() < 0.6:
        town.publish(replace(paper, edition=paper.edition + 1), Kind.REVISED)


def _look(town: Town, folder: Path, toll: Toll) -> None:
    said = town.run(folder, *CATCH_UP, hours=(toll.lives + 40) * STEP)
    toll.complaints = tuple(complaints(folder, town)) if said.code == 0 else (f"it does not go on: {said}",)
    with closing(opened(folder)) as database:
        toll.changes = sum(n for (_, kind), n in changes(database).items() if kind is not Kind.BASELINE)
        copies = [sum(arrived(piece, town)) for piece in pieces(database)]
    toll.pieces, toll.twice = len(copies), sum(n > 1 for n in copies)
