"""A change as one Chinese line: 截止时间由 10月15日 改为 10月31日；新增附件 1 个；正文改动 2 处."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from monitor.diff.fields import NOTHING, SCALARS, changed_scalars, day, days, scalar
from monitor.diff.known import DeadlineChanges, FileChanges
from monitor.diff.values import Block, Changed, Come, Gone, Mark, Moved, Pieces, Renumbered, Row
from monitor.model import Notice

# What is longer is not told word by word: the line is read on a telephone.
LONGEST_VALUE = 16
MOST_DAYS = 2


def summary(
    before: Notice,
    now: Notice,
    *,
    deadlines: DeadlineChanges,
    files: FileChanges,
    blocks: Sequence[Block] | None,
) -> str:
    """The whole line, what readers act on first; `blocks` are None where the bodies say the same."""
    parts = [deadlines_line(deadlines), *_scalars(before, now), *_files(files)]
    return "；".join(filter(None, [*parts, *(_body(blocks) if blocks is not None else [])]))


def deadlines_line(changes: DeadlineChanges) -> str:
    """截止时间由 10月15日 改为 10月31日; "" where none came or went."""
    both = (*changes.gone, *changes.come)
    with_year = len({due.date.year for due in both}) > 1
    gone, come = (
        f"{len(side)} 个" if len(side) > MOST_DAYS else days(side, with_year=with_year)
        for side in (changes.gone, changes.come)
    )
    if gone and come:
        return f"截止时间由 {gone} 改为 {come}"
    return f"新增截止时间 {come}" if come else f"删去截止时间 {gone}" if gone else ""


def places(blocks: Sequence[Block]) -> int:
    """In how many places a text was edited: runs of words, or of whole paragraphs, with kept text between.

    Paragraphs in a row that were only numbered anew are one place.
    """
    runs = [key for key, _ in groupby(blocks, _run)]
    whole = sum(key in ("whole", "renumbered") for key in runs)
    return whole + sum(_edits(pieces) for block in blocks for pieces in _parts(block))


def _run(block: Block) -> str:
    if isinstance(block, Gone | Come):
        return "whole"
    return "renumbered" if isinstance(block, Renumbered) else ""


def _scalars(before: Notice, now: Notice) -> Iterator[str]:
    for name in changed_scalars(before, now):
        yield (
            "标题改动" if name == "title" else _scalar(SCALARS[name], _value(before, name), _value(now, name))
        )


def _scalar(label: str, old: str, new: str) -> str:
    if max(len(old), len(new)) > LONGEST_VALUE:
        return f"{label}改动"
    return f"{label}由 {old} 改为 {new}"


def _value(notice: Notice, name: str) -> str:
    if name in ("signed_on", "effective_on"):
        found: date | None = notice.signed_on if name == "signed_on" else notice.effective_on
        return day(found, with_year=True) if found else NOTHING
    return scalar(notice, name) or NOTHING


def _files(changes: FileChanges) -> Iterator[str]:
    counts = {"新增": len(changes.come), "删去": len(changes.gone), "替换": len(changes.replaced)}
    yield from (f"{word}附件 {count} 个" for word, count in counts.items() if count)


def _body(blocks: Sequence[Block]) -> Iterator[str]:
    edited = places(blocks)
    moved = sum(isinstance(block, Moved) and block.here for block in blocks)
    if edited or not moved:
        yield f"正文改动 {edited} 处" if edited else "正文改动"
    if moved:
        yield f"正文移动 {moved} 段"


def _parts(block: Block) -> Sequence[Pieces]:
    match block:
        case Changed(pieces):
            return (pieces,)
        case Row(cells):
            return cells
        case Moved(pieces, _, _, True):
            return (pieces,)
        case _:
            return ()


def _edits(pieces: Pieces) -> int:
    marks = [piece.mark is Mark.KEPT for piece in pieces]
    return sum(not kept and (at == 0 or marks[at - 1]) for at, kept in enumerate(marks))
