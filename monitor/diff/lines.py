"""A comparison for a terminal or a plain letter, line by line.

The sign before a line says what happened to the paragraph: `-` gone, `+` come, `~` rewritten, `<` moved away
and `>` moved here. Within one, plain text shows 【10月15日 → 10月31日】, 【删：…】 and 【增：…】; a terminal
shows colours, and strikes out what went.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from monitor.diff.folding import Skipped, folded
from monitor.diff.values import (
    Block,
    Changed,
    Come,
    Comparison,
    FieldChange,
    Gone,
    Kept,
    Mark,
    Moved,
    Pieces,
    Renumbered,
    Row,
)
from monitor.diff.words import CELLS

SHORT = 24  # characters that are read on either side of an arrow
LONGEST_KEPT = 90  # of a kept run within a line; of a longer one both ends are shown
END_SHOWN = 32

_SENTENCE_ENDS = frozenset("。！？；")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    gone: Callable[[str], str]
    come: Callable[[str], str]
    replaced: Callable[[str, str], str]
    soft: Callable[[str], str]
    line_gone: Callable[[str], str]
    line_come: Callable[[str], str]


def plain(comparison: Comparison) -> list[str]:
    """Lines without any markup; nothing that a page says can move a cursor."""
    return list(_lines(comparison, _PLAIN))


def terminal(comparison: Comparison) -> list[str]:
    """Lines with ANSI colours: red and struck out, green."""
    return list(_lines(comparison, _COLOURED))


def _lines(comparison: Comparison, style: _Style) -> Iterator[str]:
    for field in comparison.fields:
        yield _field(field, style)
    if comparison.fields and comparison.body_edited:
        yield ""
    if comparison.body_edited:
        yield from (_block(block, style) for block in folded(comparison.blocks))


def _field(field: FieldChange, style: _Style) -> str:
    if field.before == field.now:
        return f"{field.label}：{_printable(field.now)}"
    sides = ((field.before, style.line_gone), (field.now, style.line_come))
    return f"{field.label}：{' → '.join(paint(_printable(text)) for text, paint in sides if text)}"


def _block(block: Block | Skipped, style: _Style) -> str:
    match block:
        case Skipped():
            return style.soft(f"  {block.words}")
        case Kept(text):
            return style.soft(f"  {_shortened(_printable(text))}")
        case Gone(text):
            return f"- {style.line_gone(_printable(text))}"
        case Come(text):
            return f"+ {style.line_come(_printable(text))}"
        case Renumbered(changed):
            return _block(changed, style)
        case Changed(pieces):
            return f"~ {_inline(pieces, style)}"
        case Row(cells):
            return f"~ {CELLS.join(_inline(pieces, style) for pieces in cells)}"
        case Moved(pieces, was, now, here):
            if here:
                return f"> {style.soft(f'（原第 {was} 段，移至此处）')}{_inline(pieces, style)}"
            return style.soft(f"< （移至第 {now} 段）{_inline(pieces, _PLAIN)}")


def _inline(pieces: Pieces, style: _Style) -> str:
    """Pieces in a line; what went and what came in its stead are shown together."""
    texts = [_printable(piece.text) for piece in pieces]
    marks = [piece.mark for piece in pieces]
    swapped = {at for at, pair in enumerate(pairwise(marks)) if pair == (Mark.GONE, Mark.COME)}
    shown = []
    for at, (mark, text) in enumerate(zip(marks, texts, strict=True)):
        if at in swapped:
            shown.append(style.replaced(text, texts[at + 1]))
        elif at - 1 not in swapped:
            shown.append(_single(mark, text, style))
    return "".join(shown)


def _single(mark: Mark, text: str, style: _Style) -> str:
    if mark is Mark.KEPT:
        return _shortened(text)
    return style.gone(text) if mark is Mark.GONE else style.come(text)


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_KEPT:
        return text
    return f"{text[:END_SHOWN]}……{text[-END_SHOWN:]}"


def _printable(text: str) -> str:
    return text if text.isprintable() else "".join(ch if ch.isprintable() else " " for ch in text)


def _arrow(old: str, new: str) -> str:
    if max(len(old), len(new)) > SHORT or _SENTENCE_ENDS & {*old, *new}:
        return f"【删：{old}】【增：{new}】"
    return f"【{old} → {new}】"


def _painted(code: str) -> Callable[[str], str]:
    return lambda text: f"\x1b[{code}m{text}\x1b[0m"


_RED, _GREEN, _DIM = _painted("31;9"), _painted("32"), _painted("2")
_PLAIN = _Style(
    gone=lambda text: f"【删：{text}】",
    come=lambda text: f"【增：{text}】",
    replaced=_arrow,
    soft=str,
    line_gone=str,
    line_come=str,
)
_COLOURED = _Style(
    gone=_RED,
    come=_GREEN,
    replaced=lambda old, new: f"{_RED(old)}{_GREEN(new)}",
    soft=_DIM,
    line_gone=_RED,
    line_come=_GREEN,
)
