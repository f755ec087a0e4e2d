"""A table as wide as the text, its columns as wide as their words ask for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from monitor.bulletin.docx_ import looks, nodes
from monitor.bulletin.docx_.nodes import w
from monitor.bulletin.docx_.sheet import Sheet

Row = Sequence[str]

_NARROWEST, _WIDEST = 5, 40  # in half characters; what is longer takes more lines


def table(sheet: Sheet, rows: Sequence[Row]) -> Node:
    """A bordered table; short rows are filled up. A heading row is repeated on every page."""
    count = max(map(len, rows))
    full = [(*row, *[""] * (count - len(row))) for row in rows]
    widths = _widths(full, sheet.width)
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=sheet.ids[looks.GRID]),
            w("tblW", w=str(sum(widths)), type="dxa"),
            w("jc", val="center"),
        ),
        w("tblGrid", *(w("gridCol", w=str(width)) for width in widths)),
        *(
            _row(sheet, row, widths, heads=place == 0 and len(full) > 1 and _is_heading(row))
            for place, row in enumerate(full)
        ),
    )


def _row(sheet: Sheet, row: Row, widths: Sequence[int], *, heads: bool) -> Node:
    repeated = (w("tblHeader"),) if heads else ()
    cells = (_cell(sheet, text, width, heads=heads) for text, width in zip(row, widths, strict=True))
    return w("tr", w("trPr", w("cantSplit"), *repeated), *cells)


def _cell(sheet: Sheet, text: str, width: int, *, heads: bool) -> Node:
    middle = (w("jc", val="center"),) if heads or text.isdigit() else ()
    bold = (w("b"),) if heads else ()
    return w(
        "tc",
        w("tcPr", w("tcW", w=str(width), type="dxa"), w("vAlign", val="center")),
        sheet.line(looks.CELL, nodes.run(text, *bold), different=middle),
    )


def _is_heading(row: Row) -> bool:
    """Words in every cell, and no number alone in one."""
    return all(row) and not any(cell.isdigit() for cell in row)


def _widths(rows: Sequence[Row], width: int) -> list[int]:
    wanted = [min(max(*_lengths(column), _NARROWEST), _WIDEST) + 2 for column in zip(*rows, strict=True)]
    return [width * each // sum(wanted) for each in wanted]


def _lengths(column: Row) -> Iterator[int]:
    yield 0
    yield from (sum(1 + (unicodedata.east_asian_width(mark) in "WF") for mark in cell) for cell in column)
