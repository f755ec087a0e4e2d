"""The long form: `python -m tests.crash SECONDS [SEED]`.

Half of the time for deaths at every commit and every step of both stories, in random order; the rest for a siege.
Figures on stdout; exit 1 where anything was lost or there twice.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.crash.points import Death, deaths, every, first_day, steps, usual_day
from tests.crash.siege import besiege
from tests.crash.town import town
from tests.process import Nursery, nursery


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def die_at_points(mother: Nursery, folder: Path, chance: random.Random, *, until: float) -> int:
    """Every commit, then every step while there is time; how many deaths ended badly."""
    bad = 0
    for telling in (first_day, usual_day):
        with town(mother) as place:
            story = telling(place, folder / telling.__name__)
            found = list(deaths(place, story, every("commit")))
            say(f"{telling.__name__}: killed at each of {len(found) - 1} points at commits")
            total = steps(place, story)
            points = chance.sample(range(1, total + 1), total)
            done: list[Death] = []
            for point in points:
                if time.monotonic() > until:
                    break
                done += deaths(place, story, [f"step:{point}"])
            say(f"{telling.__name__}: killed at {len(done)} of {total} steps")
        found += done
        say(f"{telling.__name__}: {sum(death.twice for death in found)} pieces told twice, each marked")
        for death in found:
            if death.complaints:
                bad += 1
                say(f"BAD {death}")
    return bad


def main() -> int:
    """Points, then the siege."""
    seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance, began = random.Random(seed), time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "processes").mkdir()
        with nursery(folder / "processes", runs="tests.crash.warm") as mother:
            bad = die_at_points(mother, folder, chance, until=began + seconds / 2)
            started = time.monotonic()
            with town(mother) as place:
                over = began + seconds
                toll = besiege(place, folder / "siege", chance, go_on=lambda _: time.monotonic() < over)
    say(
        f"siege: {toll.kills} kills in {time.monotonic() - started:.0f} s, {toll.lives} lives; {toll.changes} changes, "
        f"{toll.pieces} pieces, {toll.twice} of them told twice and marked; {len(toll.complaints)} complaints"
    )
    for complaint in toll.complaints:
        say(f"BAD {complaint}")
    return 1 if bad or toll.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
