"""Which paragraph (sentence, row) is a rewriting of which, by the pairs of characters they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

from monitor.diff.align import Pairs, align, gaps
from monitor.diff.words import without_enumerator

Keys = Sequence[str]

# Of one comparison of bodies; beyond, what was rewritten is shown as gone and come.
MOST_COUPLES = 250_000  # a tenth of a second
MOST_TEXTS = 8_000  # a quarter of a second
ALIKE = 0.4  # of the pairs of characters; unrelated Chinese paragraphs share a tenth
OPENING = 8  # characters by which members of a crowd are told apart

_WIDTH = 1021
_BITS = tuple(1 << bit for bit in range(_WIDTH))


class Allowance:
    """How much may still be compared closely; used up in the order of the text."""

    def __init__(self, couples: int = MOST_COUPLES, texts: int = MOST_TEXTS) -> None:
        self._couples = couples
        self._texts = texts

    def covers(self, couples: int) -> bool:
        """Whether so many couples may be asked for their likeness; they are then spent."""
        if couples > self._couples:
            return False
        self._couples -= couples
        return True

    def covers_a_text(self) -> bool:
        """Whether one more text may be compared word by word."""
        self._texts -= 1
        return self._texts >= 0


def counterparts(old: Keys, new: Keys, allowance: Allowance) -> Pairs:
    """Equal members, then between them what reads alike: places ascending on both sides."""
    return _between(align(old, new), old, new, lambda a, b: rewritten(a, b, allowance))


def rewritten(old: Keys, new: Keys, allowance: Allowance) -> Pairs:
    """The same but for none being equal: what was only numbered anew, then what reads alike."""
    if not old or not new:
        return []
    renumbered = align(*([without_enumerator(key) for key in side] for side in (old, new)))
    return _between(renumbered, old, new, lambda a, b: _alike(a, b, allowance))


def _between(pairs: Pairs, old: Keys, new: Keys, more: Callable[[Keys, Keys], Pairs]) -> Pairs:
    """The pairs, and what `more` finds between them."""
    found: Pairs = []
    for a, b, c, d in gaps(pairs, len(old), len(new)):
        if a < b and c < d:
            found += [(i + a, j + c) for i, j in more(old[a:b], new[c:d])]
        if b < len(old):
            found.append((b, d))
    return found


def _alike(old: Keys, new: Keys, allowance: Allowance) -> Pairs:
    """A crowd is told apart by its openings alone."""
    if not allowance.covers(len(old) * len(new)):
        return align([key[:OPENING] for key in old], [key[:OPENING] for key in new])
    return _most_alike([_shape(key) for key in old], [_shape(key) for key in new])


def _shape(key: str) -> tuple[int, int]:
    """The pairs of neighbouring characters as bits, and how many bits are set."""
    codes = map(ord, f"\n{key}\n")
    bits = reduce(or_, map(_BITS.__getitem__, {(a * 31 + b) % _WIDTH for a, b in pairwise(codes)}))
    return bits, bits.bit_count()


def _likeness(old: tuple[int, int], new: tuple[int, int]) -> float:
    share = 2 * (old[0] & new[0]).bit_count() / (old[1] + new[1])
    return share if share >= ALIKE else 0.0


def _most_alike(old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]]) -> Pairs:
    """The pairing in order whose likenesses add up to the most."""
    table = [[0.0] * (len(new) + 1)]
    for shape in old:
        above, row = table[-1], [0.0]
        for j, other in enumerate(new):
            share = _likeness(shape, other)
            row.append(max(above[j + 1], row[j], above[j] + share if share else 0.0))
        table.append(row)
    return _way_back(table)


def _way_back(table: Sequence[Sequence[float]]) -> Pairs:
    i, j = len(table) - 1, len(table[0]) - 1
    found: Pairs = []
    while i and j:
        if table[i][j] == table[i - 1][j]:
            i -= 1
        elif table[i][j] == table[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]
