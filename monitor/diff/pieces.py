"""Two paragraphs, or two cells, as runs of words that stayed, went and came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.diff.align import align, gaps
from monitor.diff.similar import Allowance, counterparts
from monitor.diff.values import Mark, Piece, Pieces
from monitor.diff.words import sentences, words
from monitor.text import fold, fold_lines

# A word or two that happen to be in both are no help to a reader between two edits.
ISLAND = 2
# Of the words; below that a sentence is another one, not a rewritten one.
LEAST_SHARED = 0.25


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of both texts; `same` where it is kept."""

    old: str
    new: str
    same: bool


def compare_texts(old: str, new: str, allowance: Allowance) -> Pieces:
    """The pieces of one paragraph: without what came it is the old text, without what went the new one."""
    if not allowance.covers_a_text():
        return whole(Mark.GONE, old) + whole(Mark.COME, new)
    runs = _joined(_by_sentence(old, new, allowance))
    return tuple(_pieces(_joined(_without_islands(runs))))


def whole(mark: Mark, text: str) -> Pieces:
    """A text of one piece; none where it is empty."""
    return (Piece(mark, text),) if text else ()


def _by_sentence(old: str, new: str, allowance: Allowance) -> Iterator[_Run]:
    olds, news = sentences(old), sentences(new)
    if len(olds) == len(news) == 1:
        yield from _by_word(old, new)
        return
    keys_old, keys_new = fold_lines(olds), fold_lines(news)
    pairs = counterparts(keys_old, keys_new, allowance)
    for a, b, c, d in gaps(pairs, len(olds), len(news)):
        yield _Run("".join(olds[a:b]), "".join(news[c:d]), same=False)
        if b == len(olds):
            continue
        if keys_old[b] == keys_new[d]:
            yield _Run(olds[b], news[d], same=True)
        else:
            yield from _by_word(olds[b], news[d])


def _by_word(old: str, new: str) -> Iterator[_Run]:
    olds, news = words(old), words(new)
    pairs = align(fold_lines(olds), fold_lines(news))
    if len(pairs) < LEAST_SHARED * max(len(olds), len(news)):
        yield _Run(old, new, same=False)
        return
    kept_old = kept_new = 0
    for a, b, c, d in gaps(pairs, len(olds), len(news)):
        if a < b or c < d or b == len(olds):
            yield _Run("".join(olds[kept_old:a]), "".join(news[kept_new:c]), same=True)
            yield _Run("".join(olds[a:b]), "".join(news[c:d]), same=False)
            kept_old, kept_new = b, d


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    """Neighbours of one kind as one; what differs only in spacing or width is kept."""
    joined: list[_Run] = []
    for same, old, new in _stretches(runs):
        run = _Run(old, new, same or fold(old) == fold(new))
        if joined and joined[-1].same and run.same:
            run = _Run(joined[-1].old + run.old, joined[-1].new + run.new, same=True)
            joined.pop()
        joined.append(run)
    return joined


def _stretches(runs: Iterable[_Run]) -> Iterator[tuple[bool, str, str]]:
    same, olds, news = True, [""], [""]
    for run in runs:
        if not run.old and not run.new:
            continue
        if run.same != same:
            yield same, "".join(olds), "".join(news)
            same, olds, news = run.same, [], []
        olds.append(run.old)
        news.append(run.new)
    yield same, "".join(olds), "".join(news)


def _without_islands(runs: Sequence[_Run]) -> Iterator[_Run]:
    for place, run in enumerate(runs):
        between = 0 < place < len(runs) - 1
        island = run.same and between and _is_island(runs[place - 1], run.new.strip(), runs[place + 1])
        yield _Run(run.old, run.new, same=run.same and not island)


def _is_island(before: _Run, text: str, behind: _Run) -> bool:
    """Whether text is too little to be read between two edits; a mark parts clauses and is read."""
    least = min(max(len(side.old), len(side.new)) for side in (before, behind))
    return text.isalnum() and len(text) <= min(ISLAND, least)


def _pieces(runs: Sequence[_Run]) -> Iterator[Piece]:
    """Blanks behind an edit belong to what follows."""
    owed = ""
    for run in runs:
        if run.same:
            yield from whole(Mark.KEPT, owed + run.new)
            owed = ""
            continue
        yield from whole(Mark.KEPT, owed)
        old, new = run.old.rstrip(), run.new.rstrip()
        yield from whole(Mark.GONE, old)
        yield from whole(Mark.COME, new)
        printed = run.new or run.old
        owed = printed[len(printed.rstrip()) :]
    yield from whole(Mark.KEPT, owed.rstrip())
