"""The templates of the simulated sites and the few things they can say about a row."""

from __future__ import annotations

import posixpath
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.demo import MARK
from monitor.demo.columns import Column
from monitor.demo.rows import File, Row

_CUT = 26
_SHANGHAI = ZoneInfo("Asia/Shanghai")


def render(template: str, **values: object) -> str:
    """A template filled; page text is escaped, an unknown name is an error."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["MARK"] = MARK
    environment.filters |= {"cut": _cut, "relative_to": _relative_to, "file_in": _file_in, "hour": _hour}
    environment.filters["milliseconds"] = _milliseconds
    return environment


def _cut(title: str) -> str:
    """The title as lists print it that have no room: the whole of it is in `title=` only."""
    return title if len(title) <= _CUT else title[:_CUT] + "..."


def _relative_to(row: Row, column: Column) -> str:
    """The row's address as TRS writes it into the list: `./…` or `../…`."""
    path = posixpath.relpath(row.path, posixpath.dirname(column.path))
    return path if path.startswith("..") else f"./{path}"


def _file_in(file: File, column: Column, row: Row) -> str:
    """The address of an attachment as the notice page links it."""
    return column.files.format(file=file.file, on=row.on)


def _hour(row: Row) -> str:
    """The hour of PubDate, the same at every visit."""
    if row.listed:
        return f"{row.listed.astimezone(_SHANGHAI):%H:%M}"
    return f"{8 + int(row.id) % 9:02d}:{int(row.id) % 60:02d}"


def _milliseconds(closes: date) -> int:
    """The closing day as jpaas hides it: its first instant in China, in epoch milliseconds."""
    return int(datetime.combine(closes, time(), _SHANGHAI).timestamp() * 1000)
