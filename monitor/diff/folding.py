"""What stayed as it was, or was only numbered anew, folded away but for one paragraph around each edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from monitor.diff.values import Block, Kept, Renumbered

CONTEXT = 1


@dataclass(frozen=True, slots=True)
class Skipped:
    """So many paragraphs that are not shown, because nothing but their number differs."""

    count: int
    renumbered: bool

    @property
    def words(self) -> str:
        """…… 12 段未变 ……"""
        return f"…… {self.count} 段{'仅编号改动' if self.renumbered else '未变'} ……"


def folded(blocks: Sequence[Block]) -> Iterator[Block | Skipped]:
    """The blocks in order, long runs that need no reading shortened to what surrounds the edits."""
    done = 0
    for kind, group in groupby(blocks, type):
        run = list(group)
        first, last = done == 0, done + len(run) == len(blocks)
        done += len(run)
        if kind is Kept:
            yield from _shortened(run, 0 if first else CONTEXT, 0 if last else CONTEXT)
        elif kind is Renumbered:
            yield from _shortened(run, CONTEXT, CONTEXT)
        else:
            yield from run


def _shortened(run: Sequence[Block], head: int, tail: int) -> Iterator[Block | Skipped]:
    hidden = len(run) - head - tail
    if hidden <= 1:  # one paragraph is as short as the line that would stand for it
        yield from run
        return
    yield from run[:head]
    yield Skipped(hidden, isinstance(run[0], Renumbered))
    yield from run[len(run) - tail :]
