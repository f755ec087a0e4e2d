"""Two bodies paragraph by paragraph: what stayed, what is elsewhere now, what was rewritten, the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.diff.align import Pairs, align, gaps, rising
from monitor.diff.pieces import compare_texts, whole
from monitor.diff.similar import Allowance, rewritten
from monitor.diff.values import Block, Changed, Come, Gone, Kept, Mark, Moved, Pieces, Renumbered, Row
from monitor.diff.words import cells, is_row, without_enumerator
from monitor.text import fold_lines

# Shorter paragraphs (是, 附件：) stand at many places: that one went and one came is no move.
SHORTEST_MOVED = 4


@dataclass(frozen=True, slots=True)
class _Side:
    """One body: its paragraphs that are not empty, as printed and as compared."""

    printed: list[str]
    keys: list[str]


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where paragraphs went to (old → new) and came from (new → old)."""

    to: dict[int, int]
    come_from: dict[int, int]


def compare_bodies(before: str, now: str) -> tuple[Block, ...]:
    """The blocks of two bodies, one paragraph a line; all `Kept` where they say the same.

    Where paragraphs were only split or joined otherwise, they stand as they are now. Takes less than a
    second and 200 MB for any two bodies of 200 kB (docs/benchmarks.md).
    """
    old, new = _side(before), _side(now)
    if "".join(old.keys) == "".join(new.keys):
        return tuple(Kept(text) for text in new.printed)
    allowance = Allowance()
    equal = align(old.keys, new.keys)
    moves = _moves(old, new, equal)
    pairs = _paired(old, new, equal, moves, allowance)
    return tuple(_blocks(old, new, pairs, moves, allowance))


def _side(body: str) -> _Side:
    lines = body.splitlines()
    filled = [(line.strip(), key) for line, key in zip(lines, fold_lines(lines), strict=True) if key]
    return _Side([line for line, _ in filled], [key for _, key in filled])


def _moves(old: _Side, new: _Side, equal: Pairs) -> _Moves:
    """Paragraphs without a counterpart in place that stand elsewhere, whatever number they bear."""
    gone = sorted({*range(len(old.keys))} - {i for i, _ in equal})
    come = sorted({*range(len(new.keys))} - {j for _, j in equal})
    waiting: dict[str, list[int]] = defaultdict(list)
    for j in reversed(come):
        waiting[without_enumerator(new.keys[j])].append(j)
    to: dict[int, int] = {}
    for i in gone:
        text = without_enumerator(old.keys[i])
        if len(text) >= SHORTEST_MOVED and waiting.get(text):
            to[i] = waiting[text].pop()
    in_place = _stay(to, equal, len(old.keys), len(new.keys))
    to = {i: j for i, j in to.items() if i not in in_place}
    return _Moves(to, {j: i for i, j in to.items()})


def _stay(to: dict[int, int], equal: Pairs, length_old: int, length_new: int) -> set[int]:
    """Paragraphs numbered anew where they stand: they passed nothing that stayed, nor each other."""
    gap_old, gap_new = [0] * length_old, [0] * length_new
    for number, (a, b, c, d) in enumerate(gaps(equal, length_old, length_new)):
        gap_old[a:b] = [number] * (b - a)
        gap_new[c:d] = [number] * (d - c)
    return {i for i, _ in rising([(i, j) for i, j in to.items() if gap_old[i] == gap_new[j]])}


def _paired(old: _Side, new: _Side, equal: Pairs, moves: _Moves, allowance: Allowance) -> Pairs:
    found: Pairs = []
    for a, b, c, d in gaps(equal, len(old.keys), len(new.keys)):
        left_old = [i for i in range(a, b) if i not in moves.to]
        left_new = [j for j in range(c, d) if j not in moves.come_from]
        keys_old, keys_new = [old.keys[i] for i in left_old], [new.keys[j] for j in left_new]
        if "".join(keys_old) != "".join(keys_new):
            alike = rewritten(keys_old, keys_new, allowance)
            found += [(left_old[i], left_new[j]) for i, j in alike]
        if b < len(old.keys):
            found.append((b, d))
    return found


def _blocks(old: _Side, new: _Side, pairs: Pairs, moves: _Moves, allowance: Allowance) -> Iterator[Block]:
    for a, b, c, d in gaps(pairs, len(old.keys), len(new.keys)):
        if "".join(old.keys[a:b]) == "".join(new.keys[c:d]):
            yield from map(Kept, new.printed[c:d])
        else:
            yield from (_went(old, new, i, moves, allowance) for i in range(a, b))
            yield from (_came(old, new, j, moves, allowance) for j in range(c, d))
        if b < len(old.keys):
            yield _stayed(old, new, (b, d), allowance)


def _went(old: _Side, new: _Side, i: int, moves: _Moves, allowance: Allowance) -> Block:
    if i not in moves.to:
        return Gone(old.printed[i])
    return Moved(whole(Mark.KEPT, old.printed[i]), i + 1, moves.to[i] + 1, here=False)


def _came(old: _Side, new: _Side, j: int, moves: _Moves, allowance: Allowance) -> Block:
    if j not in moves.come_from:
        return Come(new.printed[j])
    i = moves.come_from[j]
    same = old.keys[i] == new.keys[j]
    pieces = (
        whole(Mark.KEPT, new.printed[j]) if same else compare_texts(old.printed[i], new.printed[j], allowance)
    )
    return Moved(pieces, i + 1, j + 1, here=True)


def _stayed(old: _Side, new: _Side, pair: tuple[int, int], allowance: Allowance) -> Block:
    i, j = pair
    key_old, key_new = old.keys[i], new.keys[j]
    if key_old == key_new:
        return Kept(new.printed[j])
    changed = _changed(old.printed[i], new.printed[j], allowance)
    only_number = without_enumerator(key_old) == without_enumerator(key_new)
    return Renumbered(changed) if only_number else changed


def _changed(old: str, new: str, allowance: Allowance) -> Changed | Row:
    if not (is_row(old) and is_row(new)):
        return Changed(compare_texts(old, new, allowance))
    return Row(_cells(cells(old), cells(new), allowance))


def _cells(old: Sequence[str], new: Sequence[str], allowance: Allowance) -> tuple[Pieces, ...]:
    """Cell by cell: by their place where no column came or went, otherwise by what they say."""
    keys_old, keys_new = fold_lines(old), fold_lines(new)
    if len(old) == len(new):
        pairs = [(place, place) for place in range(len(old))]
    else:
        pairs = align(keys_old, keys_new)
    found: list[Pieces] = []
    for a, b, c, d in gaps(pairs, len(old), len(new)):
        found += [whole(Mark.GONE, text) for text in old[a:b]]
        found += [whole(Mark.COME, text) for text in new[c:d]]
        if b < len(old):
            same = keys_old[b] == keys_new[d]
            found.append(whole(Mark.KEPT, new[d]) if same else compare_texts(old[b], new[d], allowance))
    return tuple(found)
