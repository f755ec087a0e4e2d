"""The long form: `python -m tests.crash SECONDS [SEED]`.

Power failures at every door; deaths at every commit and every step of both stories, in random order, in half of the
time; the rest for a siege.
Figures on stdout; exit 1 where anything was lost or there twice.
"""

from __future__ import annotations

import logging
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.crash.points import Telling, deaths, every, first_day, steps, usual_day
from tests.crash.power import fail, photograph
from tests.crash.siege import besiege
from tests.crash.town import town
from tests.process import Nursery, nursery


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def lose_power(folder: Path, chance: random.Random) -> int:
    """Images of the disk at every door, each cut often; how many ended badly."""
    images = photograph(folder / "photographed")
    found = list(fail(images, folder / "woken", chance, most=10))
    bad = [one for one in found if one[1]]
    say(f"power: {len(images)} images of the disk, {len(found)} cuts; {len(bad)} bad {bad or ''}")
    return len(bad)


def die(mother: Nursery, folder: Path, telling: Telling, chance: random.Random, *, until: float) -> int:
    """At every commit of a story, then at every step while there is time; how many deaths ended badly."""
    with town(mother) as place:
        story = telling(place, folder / telling.__name__)
        found = list(deaths(place, story, every("commit")))
        at_commits, total = len(found) - 1, steps(place, story)
        for point in chance.sample(range(1, total + 1), total):
            if time.monotonic() < until:
                found += deaths(place, story, [f"step:{point}"])
    at_steps, twice = len(found) - 1 - at_commits, sum(death.twice for death in found)
    bad = [death for death in found if death.complaints]
    say(
        f"{telling.__name__}: killed at {at_commits} points at commits and at {at_steps} of {total} steps; "
        f"{twice} pieces told twice and marked; {len(bad)} bad {bad or ''}"
    )
    return len(bad)


def besieged(mother: Nursery, folder: Path, chance: random.Random, *, until: float) -> int:
    """Random kills until the time is over; what is wrong then."""
    started = time.monotonic()
    with town(mother) as place:
        toll = besiege(place, folder / "siege", chance, go_on=lambda _: time.monotonic() < until)
    say(
        f"siege: {toll.kills} kills in {time.monotonic() - started:.0f} s, {toll.lives} lives; {toll.changes} changes, "
        f"{toll.pieces} pieces, {toll.twice} of them told twice and marked; {len(toll.complaints)} bad {toll.complaints or ''}"
    )
    return len(toll.complaints)


def main() -> int:
    """All of it; the exit code."""
    logging.disable()  # what dies complains
    seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance, began = random.Random(seed), time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "processes").mkdir()
        bad = lose_power(folder, chance)
        with nursery(folder / "processes", runs="tests.crash.warm") as mother:
            for share, telling in ((4, first_day), (2, usual_day)):
                bad += die(mother, folder, telling, chance, until=began + seconds / share)
            bad += besieged(mother, folder, chance, until=began + seconds)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
