"""JSON answers: read into a model or walked by path, and the odd ways in which they write days and titles."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from monitor import text
from monitor.dates import from_epoch_ms, local_date, parse_date
from monitor.errors import ParseError
from monitor.model import Page

Model = TypeVar("Model", bound=BaseModel)

_TREE = TypeAdapter(dict[str, object] | list[object])
_TAG = re.compile(r"<[^<>]*>")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?")
_START = b"\xef\xbb\xbf \t\r\n"
_DEEP = 4


def looks(page: Page) -> bool:
    """Whether the answer begins as JSON does."""
    return page.body[:64].lstrip(_START)[:1] in (b"{", b"[")


def read(page: Page, model: type[Model]) -> Model:
    """The answer as a model; ParseError where it is something else."""
    try:
        return model.model_validate_json(text.decode(page.body, page.content_type).strip())
    except ValidationError as error:
        raise ParseError(page.url, "JSON, but not of the shape that this system answers in") from error


def tree(page: Page) -> dict[str, object] | list[object]:
    """The answer as it is; ParseError where it is no JSON."""
    try:
        return _TREE.validate_json(text.decode(page.body, page.content_type).strip())
    except ValidationError as error:
        raise ParseError(page.url, "no JSON") from error


def at(value: object, path: str) -> object:
    """What stands at a dotted path (`data.lists`, `groupData.0.data.title`); None where nothing does."""
    for key in path.split("."):
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def pairs(value: object, *, deep: int = _DEEP) -> Iterator[tuple[str, object]]:
    """Every key with its value, an object's own before those of what it holds."""
    if isinstance(value, dict):
        yield from value.items()
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for held in inner if deep else ():
        yield from pairs(held, deep=deep - 1)


def line(value: object) -> str:
    """A value as one line without markup; "" for what nobody filled in."""
    if value is None or isinstance(value, bool | dict | list):
        return ""
    said = str(value)
    if "<" in said:
        said = _TAG.sub("", said)
    said = text.clean(entities.unescape(said) if "&" in said else said)
    return "" if said == "null" else said


def day(value: object) -> date | None:
    """A day: epoch seconds or milliseconds as a day in Beijing, 20260131, or any written form."""
    said = line(value)
    if not (said.isascii() and said.isdigit()):
        return parse_date(said)
    if len(said) in (10, 13):
        instant = from_epoch_ms(int(said) * (1000 if len(said) == 10 else 1))
        return local_date(instant) if instant else None
    compact = _COMPACT.fullmatch(said)
    return parse_date("-".join(compact.groups())) if compact else None
