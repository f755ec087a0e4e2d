"""`python -m monitor.demo.sim DAYS COLUMNS SEED [HOURS]`: one run, polled every 4 HOURS, and its figures.

Ends with 1 where anything is wrong.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from monitor.demo.sim.play import Run, play, street
from monitor.demo.sim.report import report
from monitor.demo.sim.score import score


def main(days: int, columns: int, seed: int, hours: int = 4) -> int:
    """Play one run in a temporary folder."""
    run = Run(days=days, columns=columns, seed=seed, every=timedelta(hours=hours))
    with tempfile.TemporaryDirectory(prefix="kuaixun-sim-") as folder:
        played = asyncio.run(
            play(street(run), run=run, folder=Path(folder), config=Path("sources.yaml").resolve())
        )
    found = score(played)
    sys.stdout.write("".join(f"{line}\n" for line in report(played, found)))
    return 1 if found.mismatches else 0


if __name__ == "__main__":
    logging.disable(logging.INFO)
    sys.exit(main(*map(int, sys.argv[1:5])))
