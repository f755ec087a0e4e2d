"""What the simulated sites have to say: the rows of `texts/` as values, read once from YAML.

Twelve rows come from a file each; the older ones, which only fill the lists, get a short text
that says what it is. Talks to nobody but the files beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from pydantic import TypeAdapter

from monitor.demo.columns import Column, column

_TEXTS = Path(__file__).parent / "texts"
_SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An attachment: the name printed and the file's own."""

    name: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a notice page prints, in this order; everything but the body may be missing."""

    body: tuple[str, ...]
    heading: tuple[str, ...] = ()
    number: str = ""
    to: str = ""
    attachments: tuple[File, ...] = ()
    signature: tuple[str, ...] = ()
    date: str = ""
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """From `at` on, the body says something else in one place."""

    at: datetime
    instead_of: str
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a list and the page behind it. `number`, `index` and `signed` are the site's own labels."""

    column: str
    id: str
    title: str
    on: date
    path: str
    by: str
    text: Text
    listed: datetime | None = None
    gone: datetime | None = None
    pinned: bool = False
    closes: date | None = None
    signed: date | None = None
    number: str = ""
    index: str = ""
    revision: Revision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One file of the twelve."""

    column: str
    id: str
    listed: datetime
    title: str
    by: str
    text: Text
    closes: date | None = None
    signed: date | None = None
    number: str = ""
    index: str = ""
    revision: Revision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Older:
    """One row that was there before the first poll. (`day`, because YAML reads `on` as true.)"""

    day: date
    id: str
    title: str
    says: str = ""
    path: str = ""
    number: str = ""
    pinned: bool = False
    gone: datetime | None = None
    closes: date | None = None


@cache
def all_rows() -> tuple[Row, ...]:
    """Every row of every column, in no order that means anything."""
    return (*_twelve(), *_older())


def _twelve() -> Iterator[Row]:
    reader = TypeAdapter(_Entry)
    for path in sorted(_TEXTS.glob("[0-9]*.yaml")):
        yield _row_of_entry(reader.validate_python(yaml.safe_load(path.read_text("utf-8"))))


def _row_of_entry(entry: _Entry) -> Row:
    on = entry.listed.astimezone(_SHANGHAI).date()
    return Row(
        column=entry.column,
        id=entry.id,
        title=entry.title,
        on=on,
        path=_address(column(entry.column), on, entry.id),
        by=entry.by,
        text=entry.text,
        listed=entry.listed,
        closes=entry.closes,
        signed=entry.signed,
        number=entry.number,
        index=entry.index,
        revision=entry.revision,
    )


def _older() -> Iterator[Row]:
    reader = TypeAdapter(dict[str, tuple[_Older, ...]])
    for path in sorted(_TEXTS.glob("older-*.yaml")):
        for column_id, rows in reader.validate_python(yaml.safe_load(path.read_text("utf-8"))).items():
            where = column(column_id)
            yield from (_row_of_older(where, row) for row in rows)


def _row_of_older(where: Column, old: _Older) -> Row:
    return Row(
        column=where.id,
        id=old.id,
        title=old.title,
        on=old.day,
        path=old.path or _address(where, old.day, old.id),
        by=where.site,
        text=_short_text(where, old),
        gone=old.gone,
        pinned=old.pinned,
        closes=old.closes,
        signed=old.day,
        number=old.number,
    )


def _short_text(where: Column, old: _Older) -> Text:
    """Three invented lines: enough to be a page, too little to be taken for a document."""
    body = (
        f"现就“{old.title}”一事说明如下：本页是演示站点上的旧条目，标题和文字都是虚构的，只为使列表有来历。",
        "有关单位请按职责做好衔接，工作中的问题请及时反馈。",
        *((old.says,) if old.says else ()),
        "特此说明。",
    )
    printed = f"{old.day.year}年{old.day.month}月{old.day.day}日"
    return Text(to="各有关单位：", body=body, number=old.number, signature=(where.site,), date=printed)


def _address(where: Column, on: date, row_id: str) -> str:
    digest = blake2b(f"{where.id}/{row_id}".encode(), digest_size=16).hexdigest()
    return where.article.format(on=on, id=row_id, hex=digest)


def revised(text: Text, revision: Revision) -> Text:
    """The text after its site has changed it."""
    return replace(text, body=tuple(line.replace(revision.instead_of, revision.say) for line in text.body))
