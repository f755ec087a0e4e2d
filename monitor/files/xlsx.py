"""A .xlsx, by openpyxl where the extra `attachments` is there: one line a row, its cells joined by " | ".

A workbook may declare a million rows of sixteen thousand columns and mean ten of them: so many are looked
at as people read, and what stands beyond is left out. Talks to nobody.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from importlib import import_module
from itertools import islice

from monitor.errors import ConfigError, ParseError
from monitor.files import plain, zips

WORKBOOK = "xl/workbook.xml"
MOST_SHEETS = 20
MOST_ROWS = 5_000
MOST_COLUMNS = 60

# What openpyxl raises over a workbook that is not what it says: nearly anything.
_CHOKED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, SyntaxError, RecursionError)


def lines(data: bytes, url: str) -> list[str]:
    """Rows that say something, sheet by sheet; ParseError where there is no workbook, or a bomb.

    ConfigError without the extra.
    """
    with zips.opened(data, url) as archive:
        for name in archive.NameToInfo:  # any of them may be called a sheet
            zips.xml(archive, name, url)
        try:
            return list(_within_bounds(_rows(data), url))
        except _CHOKED as error:
            raise ParseError(url, "这个 .xlsx 已损坏") from error


def _rows(data: bytes) -> Iterator[str]:
    try:
        openpyxl = import_module("openpyxl")
    except ImportError as error:
        raise ConfigError(
            "import", "reading a workbook needs openpyxl: pip install 'kuaixun[attachments]'"
        ) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that carry no words
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in islice(book.worksheets, MOST_SHEETS):
            for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True):
                yield _row(row)


def _within_bounds(rows: Iterable[str], url: str) -> Iterator[str]:
    letters = 0
    for row in filter(None, rows):
        letters += len(row)
        if letters > plain.MOST_LETTERS:
            raise ParseError(url, plain.TOO_LONG)
        yield row


def _row(cells: Iterable[object]) -> str:
    return " | ".join(filter(None, map(_cell, cells)))


def _cell(value: object) -> str:
    """As it is shown, or nearly so: days as they are written in a notice, numbers without an idle .0."""
    match value:
        case None | bool():
            return ""
        case datetime():
            time = f"{value:%H:%M}"
            return f"{_day(value)}{'' if time == '00:00' else time}"
        case date():
            return _day(value)
        case float() if value.is_integer():
            return f"{value:.0f}"
    return " ".join(str(value).split())


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
