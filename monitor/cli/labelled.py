"""Labelled rows as `kuaixun evaluate` reads them: JSON lines, checked; docs/evaluation.md shows both shapes.

A row with `text` is a notice to read, one without is a title to file. Unknown keys are left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monitor.classify import OTHER, Sections
from monitor.decide.score import Field, Label, Wanted
from monitor.errors import ConfigError

Json = dict[str, object]
_ONE = (Field.NUMBER, Field.SIGNED, Field.PUBLISHED, Field.EFFECTIVE)
_MANY = (Field.ISSUERS, Field.ATTACHMENTS, Field.CONTACTS)
_DAYS = (Field.SIGNED, Field.PUBLISHED, Field.EFFECTIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledRow:
    """One row: what goes in, and what should come out. `text` is None for a bare title.

    `accepted` holds the section and its `alt`, () where filing is not labelled.
    """

    title: str
    source: str
    text: str | None
    url: str
    label: Label
    accepted: tuple[str, ...]


def read_rows(file: Path, sections: Sections) -> list[LabelledRow]:
    """The rows of a file. ConfigError names file and line of the first that cannot be used."""
    rows = []
    for number, line in enumerate(file.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            try:
                rows.append(_row(_object(line), number, sections))
            except ValueError as error:
                raise ConfigError(f"{file}:{number}", str(error)) from error
    if not rows:
        raise ConfigError(str(file), "no labelled row in it")
    return rows


def _object(line: bytes) -> Json:
    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not a line of JSON ({error})") from error
    if not isinstance(row, dict):
        raise ValueError("an object is expected")
    return row


def _row(row: Json, number: int, sections: Sections) -> LabelledRow:
    name = row.get("id")
    if "text" not in row and not _string(row, "title"):
        raise ValueError('"text" or "title" is expected')
    return LabelledRow(
        title=_string(row, "title"),
        source=_string(row, "source") or _string(row, "issuer"),
        text=_string(row, "text") if "text" in row else None,
        url=_string(row, "from"),
        label=Label(
            row=str(name) if isinstance(name, str | int) else f"第{number}行",
            fields=dict(_fields(row)) if "text" in row else {},
            cited=_strings(row, "cited_doc_numbers"),
        ),
        accepted=_accepted(row, sections),
    )


def _fields(row: Json) -> Iterator[tuple[Field, Wanted]]:
    """The labels that the row has: an absent key is not scored, null and [] are."""
    for field in _ONE:
        if field in row:
            value = _string(row, field)
            yield field, Wanted(values=(_day(value, field) if field in _DAYS else value,) if value else ())
    for field in _MANY:
        if field in row:
            yield field, Wanted(values=_strings(row, field))
    if Field.DEADLINES in row:
        yield from _deadlines(row)


def _deadlines(row: Json) -> Iterator[tuple[Field, Wanted]]:
    """One label, scored three times: by day, by day and time, by day and kind (where all name one)."""
    dues = _objects(row, Field.DEADLINES)
    days = [_day(_string(due, "date"), "deadlines.date") for due in dues]
    times = [f"{day} {_string(due, 'time')}".strip() for day, due in zip(days, dues, strict=True)]
    yield Field.DEADLINES, _wanted(dues, days)
    yield Field.DEADLINE_TIMES, _wanted(dues, times)
    if all("kind" in due for due in dues):
        kinds = [f"{day} {_string(due, 'kind')}" for day, due in zip(days, dues, strict=True)]
        yield Field.DEADLINE_KINDS, _wanted(dues, kinds)


def _objects(row: Json, key: str) -> list[Json]:
    found = row.get(key)
    values = [] if found is None else found if isinstance(found, list) else [found]
    if not all(isinstance(value, dict) for value in values):
        raise ValueError(f'"{key}": a list of objects is expected')
    return [value for value in values if isinstance(value, dict)]


def _wanted(dues: list[Json], values: list[str]) -> Wanted:
    """A day that one deadline requires is required, whatever another says."""
    must = tuple(value for due, value in zip(dues, values, strict=True) if not due.get("optional"))
    may = tuple(value for due, value in zip(dues, values, strict=True) if due.get("optional"))
    return Wanted(values=must, optional=may)


def _accepted(row: Json, sections: Sections) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name for name in (_string(row, "section"), *_strings(row, "alt")) if name))
    if found and not _string(row, "section"):
        raise ValueError('"alt" without "section"')
    known = (*sections.names, OTHER)
    for name in found:
        if name not in known:
            raise ValueError(f'"section": {name!r} is none of {", ".join(known)}')
    return found


def _string(row: Mapping[str, object], key: str) -> str:
    """A string of the row; "" where it is absent or null."""
    value = row.get(key)
    if value is None or isinstance(value, str):
        return (value or "").strip()
    raise ValueError(f'"{key}": a string or null is expected')


def _strings(row: Json, key: str) -> tuple[str, ...]:
    """A list of strings (or one alone); () where it is absent or null."""
    value = row.get(key)
    values = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(each, str) for each in values):
        raise ValueError(f'"{key}": a list of strings is expected')
    return tuple(str(each) for each in values if each)


def _day(value: str, key: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError(f'"{key}": {value!r} is no day such as 2019-09-02') from None
