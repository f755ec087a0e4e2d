"""`python -m monitor.demo.sim DAYS COLUMNS SEED`: one run, its figures on stdout; 1 where anything is wrong."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from monitor.demo.sim.play import Run, play
from monitor.demo.sim.score import KINDS, score


def main(days: int, columns: int, seed: int) -> int:
    """Play one run in a temporary folder."""
    run = Run(days=days, columns=columns, seed=seed)
    with tempfile.TemporaryDirectory(prefix="kuaixun-sim-") as folder:
        played = asyncio.run(play(run, folder=Path(folder), config=Path("sources.yaml").resolve()))
    found = score(played)
    out = sys.stdout.write
    book = played.street.book
    out(f"{played.count} polls, {book.answers} answers, {book.spoilt} spoilt, {played.seconds:.1f} s\n")
    for kind in KINDS:
        said = f"precision {found.precision(kind):.4f} recall {found.recall(kind):.4f}"
        out(f"{kind:15} {found.expected[kind]:6} expected {found.told[kind]:6} told  {said}\n")
    for each in found.mismatches:
        out(f"{'MISSED' if each.is_missed else 'FALSE'} {each.column} {each.notice} {each.kind} {each.words}\n")
    return 1 if found.mismatches else 0


if __name__ == "__main__":
    logging.disable(logging.INFO)
    sys.exit(main(*map(int, sys.argv[1:4])))
