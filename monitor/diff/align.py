"""Which members of two sequences are the same, in bounded time and memory on any input.

The longest common subsequence by bit-parallel rows (Hyyrö 2004) over Python's own integers. Its
memory is old × new / 8 bytes: beyond a bound the sequences are first cut at what is unique in both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

Pairs = list[tuple[int, int]]

MOST_BITS = 8_000_000  # of one table: a megabyte
# How many neighbours make an anchor: first one that is unique by itself, then a phrase.
PHRASES = (1, 6)
MOST_ROUNDS = 6


def align(old: Sequence[Hashable], new: Sequence[Hashable], *, rounds: int = MOST_ROUNDS) -> Pairs:
    """Places of equal members, ascending on both sides.

    The most that can be paired; where the differing middle is too large, what its anchors leave of it.
    """
    head = _common(old, new)
    most = min(len(old), len(new)) - head
    tail = _common(old[len(old) - most :][::-1], new[len(new) - most :][::-1])
    pairs = [(place, place) for place in range(head)]
    middle = _middle(old[head : len(old) - tail], new[head : len(new) - tail], rounds)
    pairs += [(i + head, j + head) for i, j in middle]
    pairs += [(len(old) - left, len(new) - left) for left in range(tail, 0, -1)]
    return pairs


def gaps(pairs: Pairs, length_old: int, length_new: int) -> Iterator[tuple[int, int, int, int]]:
    """What lies before, between and behind the pairs: old from, to, new from, to; some are empty."""
    start_old = start_new = 0
    for i, j in [*pairs, (length_old, length_new)]:
        yield start_old, i, start_new, j
        start_old, start_new = i + 1, j + 1


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    pairs = zip(old, new, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _middle(old: Sequence[Hashable], new: Sequence[Hashable], rounds: int) -> Pairs:
    # What stands on one side only cannot be paired; without it the table is smaller.
    in_old, in_new = set(old), set(new)
    of_old = [place for place, member in enumerate(old) if member in in_new]
    of_new = [place for place, member in enumerate(new) if member in in_old]
    shared_old, shared_new = [old[place] for place in of_old], [new[place] for place in of_new]
    if len(of_old) * len(of_new) <= MOST_BITS:
        found = _longest(shared_old, shared_new)
    else:
        found = _anchored(shared_old, shared_new, rounds) if rounds else []
    return [(of_old[i], of_new[j]) for i, j in found]


def _longest(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    if len(old) > len(new):  # the shorter side makes the bits: few wide integers, not many
        return [(i, j) for j, i in _longest(new, old)]
    rows = _rows(old, new)
    i, j = len(old), len(new)
    found: Pairs = []
    # A bit that is 0 says: one more is paired with this member of old than without it.
    while i and j:
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
        elif j > 1 and not rows[j - 2] >> (i - 1) & 1:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]


def _rows(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int]:
    places: dict[Hashable, int] = {}
    for place, member in enumerate(old):
        places[member] = places.get(member, 0) | 1 << place
    row = ones = (1 << len(old)) - 1
    rows = []
    for member in new:
        hit = row & places[member]
        row = (row + hit | row - hit) & ones
        rows.append(row)
    return rows


def _anchored(old: Sequence[Hashable], new: Sequence[Hashable], rounds: int) -> Pairs:
    anchors = next(filter(None, (_anchors(old, new, size) for size in PHRASES)), [])
    if not anchors:
        return []
    found: Pairs = []
    for a, b, c, d in gaps(anchors, len(old), len(new)):
        found += [(i + a, j + c) for i, j in align(old[a:b], new[c:d], rounds=rounds - 1)]
        if b < len(old):
            found.append((b, d))
    return found


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], size: int) -> Pairs:
    """Phrases that stand once on either side, as many as keep their order."""
    of_old, of_new = _unique(old, size), _unique(new, size)
    return rising([(i, of_new[phrase]) for phrase, i in of_old.items() if phrase in of_new])


def _unique(members: Sequence[Hashable], size: int) -> dict[tuple[Hashable, ...], int]:
    phrases = list(zip(*(members[start:] for start in range(size)), strict=False))
    count = Counter(phrases)
    return {phrase: place for place, phrase in enumerate(phrases) if count[phrase] == 1}


def rising(pairs: Pairs) -> Pairs:
    """The longest part of the pairs in which the second number rises as the first does (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    below: list[int] = []
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        below.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        piles[pile : pile + 1] = [at]
    chain: Pairs = []
    at = piles[-1] if piles else -1
    while at >= 0:
        chain.append(pairs[at])
        at = below[at]
    return chain[::-1]
