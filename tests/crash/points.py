"""One death after the other: a story is lived until the fuse burns down, then the program is started again."""

from __future__ import annotations

import random
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from monitor.model import Kind
from tests.crash.ledger import arrived, complaints, opened, pieces
from tests.crash.town import CATCH_UP, Paper, Town, copy

CHECK_AND_TELL = ["check", "--reread", "--send"]


@dataclass(frozen=True, slots=True)
class Story:
    """A folder to begin from, and when the process that will die is started."""

    folder: Path
    hours: float


Telling = Callable[[Town, Path], Story]


@dataclass(frozen=True, slots=True)
class Death:
    """What was found after a process had died at a point and the program had caught up."""

    point: str
    died: bool
    complaints: tuple[str, ...]
    twice: int = 0


def first_day(town: Town, folder: Path) -> Story:
    """An empty folder: the database is made, the column's rows are its baseline."""
    folder.mkdir()
    town.configure(folder)
    town.mark()
    return Story(folder, 0)


def usual_day(town: Town, folder: Path) -> Story:
    """A watched column with news, a corrected notice and a deadline that has moved."""
    folder.mkdir()
    town.configure(folder)
    assert town.run(folder, CHECK_AND_TELL, hours=0).code == 0
    dated = Paper(number=2, until="2026年10月15日")
    for paper in (Paper(number=1), dated):
        town.publish(paper)
    assert town.run(folder, CHECK_AND_TELL, hours=1).code == 0
    for number in (3, 4):
        town.publish(Paper(number=number))
    town.publish(Paper(number=1, edition=2), Kind.REVISED)
    town.publish(replace(dated, until="2026年10月31日"), Kind.DEADLINE_MOVED)
    town.mark()
    return Story(folder, 24)


def every(kind: str) -> Iterator[str]:
    """All points of a kind, without end: stop at the first that nobody dies at."""
    return (f"{kind}:{number}" for number in count(1))


def some(kind: str, *, of: int, most: int, chance: random.Random) -> list[str]:
    """So many points of a kind, spread over all of them."""
    width = of / most
    return [f"{kind}:{int(width * (number + chance.random())) + 1}" for number in range(most)]


def steps(town: Town, story: Story) -> int:
    """How many steps the story takes."""
    with tempfile.TemporaryDirectory() as folder:
        here = copy(story.folder, Path(folder) / "count")
        town.rewind()
        said = town.run(here, CHECK_AND_TELL, hours=story.hours, fuse="step:0")
    assert said.code == 0, said
    return int(said.err.splitlines()[-1])


def deaths(town: Town, story: Story, points: Iterable[str]) -> Iterator[Death]:
    """Die at each point, catch up, look. Ends after the first point that is survived."""
    for point in points:
        with tempfile.TemporaryDirectory() as folder:
            death = _die(town, story, point, copy(story.folder, Path(folder) / "victim"))
        yield death
        if not death.died:
            break


def _die(town: Town, story: Story, point: str, folder: Path) -> Death:
    town.rewind()
    said = town.run(folder, CHECK_AND_TELL, hours=story.hours, fuse=point)
    died = said.code == -signal.SIGKILL
    found = [] if died or said.code == 0 else [f"ended by itself: {said}"]
    found += _catch_up(town, folder, story.hours + 1)
    with opened(folder) as database:
        twice = sum(sum(arrived(piece, town)) > 1 for piece in pieces(database))
    if twice and not died:
        found.append("told twice without a crash")
    return Death(point, died, tuple(found), twice)


def _catch_up(town: Town, folder: Path, hours: float) -> list[str]:
    said = town.run(folder, *CATCH_UP, hours=hours)
    return complaints(folder, town) if said.code == 0 else [f"it does not go on: {said}"]
