"""A comparison as HTML: ins and del, tables as tables. Everything a page said goes through `escape`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from monitor.diff.folding import Skipped, folded
from monitor.diff.pieces import whole
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
    Piece,
    Pieces,
    Renumbered,
    Row,
)
from monitor.diff.words import cells, is_row
from monitor.escape import html as escape

# For a page that shows comparisons; the colours follow the page's own where it names them.
STYLE = """\
.diff del { color: var(--red, #b3261e); background: color-mix(in srgb, currentColor 9%, transparent) }
.diff ins { color: var(--green, #1f7a45); background: color-mix(in srgb, currentColor 11%, transparent) }
.diff ins { text-decoration: none } .diff p { overflow-wrap: anywhere }
.diff p { margin: 0 0 .5rem; padding-left: .75rem; border-left: 3px solid transparent }
.diff p.changed { border-color: var(--amber, #96640a) } .diff p.gone { border-color: var(--red, #b3261e) }
.diff p.come { border-color: var(--green, #1f7a45) } .diff p.moved { border-color: var(--blue, #1b5e9e) }
.diff p.away { color: var(--soft, #6b7278) }
.diff .skipped, .diff .where { color: var(--soft, #6b7278); font-size: .875em }
.diff .where { margin-right: .5em } .diff ul { list-style: none; margin: 0 0 1rem; padding: 0 }
.diff table { width: auto; max-width: 100%; border-collapse: collapse; margin: 0 0 .5rem .75rem }
.diff td { border: 1px solid var(--line, #e4e6e8); padding: .2rem .6rem; vertical-align: top }
"""

_TAGS = {Mark.GONE: "del", Mark.COME: "ins"}


def html(comparison: Comparison) -> str:
    """One `<div class="diff">`; "" where nothing differs. `STYLE` is what it looks like."""
    if not comparison:
        return ""
    fields = "".join(f"<li>{_field(field)}</li>\n" for field in comparison.fields)
    listed = f"<ul>\n{fields}</ul>\n" if fields else ""
    body = "".join(_groups(comparison.blocks)) if comparison.body_edited else ""
    return f'<div class="diff">\n{listed}{body}</div>\n'


def _field(field: FieldChange) -> str:
    if field.before == field.now:
        return f"{escape(field.label)}：{escape(field.now)}"
    sides = (whole(Mark.GONE, field.before), whole(Mark.COME, field.now))
    return f"{escape(field.label)}：{' → '.join(_inline(side) for side in sides if side)}"


def _groups(blocks: Sequence[Block]) -> Iterator[str]:
    """Rows that follow each other are one table."""
    for rows, group in groupby(folded(blocks), _is_row):
        shown = list(group)
        yield _table(map(_cells, shown)) if rows else "".join(map(_paragraph, shown))


def _is_row(block: Block | Skipped) -> bool:
    match block:
        case Kept(text) | Gone(text) | Come(text):
            return is_row(text)
        case Renumbered(changed):
            return isinstance(changed, Row)
        case _:
            return isinstance(block, Row)


def _cells(block: Block | Skipped) -> Iterable[Pieces]:
    match block:
        case Row(found):
            return found
        case Renumbered(changed):
            return _cells(changed)
        case Kept(text):
            return [whole(Mark.KEPT, cell) for cell in cells(text)]
        case Gone(text):
            return [whole(Mark.GONE, cell) for cell in cells(text)]
        case Come(text):
            return [whole(Mark.COME, cell) for cell in cells(text)]
        case _:
            return []


def _table(rows: Iterable[Iterable[Pieces]]) -> str:
    lines = ("".join(f"<td>{_inline(cell)}</td>" for cell in row) for row in rows)
    return f"<table>\n{''.join(f'<tr>{line}</tr>{chr(10)}' for line in lines)}</table>\n"


def _paragraph(block: Block | Skipped) -> str:
    match block:
        case Skipped():
            return f'<p class="skipped">{block.words}</p>\n'
        case Kept(text):
            return f"<p>{escape(text)}</p>\n"
        case Gone(text):
            return f'<p class="gone"><del>{escape(text)}</del></p>\n'
        case Come(text):
            return f'<p class="come"><ins>{escape(text)}</ins></p>\n'
        case Moved(pieces, was, now, here):
            where = f"原第 {was} 段，移至此处" if here else f"移至第 {now} 段"
            kind = "moved" if here else "moved away"
            return f'<p class="{kind}"><span class="where">{where}</span>{_inline(pieces)}</p>\n'
        case Renumbered(changed):
            return _paragraph(changed)
        case Changed(pieces):
            return f'<p class="changed">{_inline(pieces)}</p>\n'
        case Row(found):
            return _table([found])


def _inline(pieces: Pieces) -> str:
    return "".join(map(_piece, pieces))


def _piece(piece: Piece) -> str:
    tag = _TAGS.get(piece.mark)
    return f"<{tag}>{escape(piece.text)}</{tag}>" if tag else escape(piece.text)
