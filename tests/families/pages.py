"""The pages of tests/pages: written by us in the shapes of real ones, each with its golden values."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from monitor.families import FAMILIES
from monitor.model import Fact, Level, Listing, Page, RawNotice, Request, Source

FOLDER = Path(__file__).resolve().parents[1] / "pages"


@dataclass(frozen=True)
class Saved:
    """A page as tests/pages/index.yaml names it: <family>/<list|notice>_<what>.<suffix>."""

    name: str
    url: str
    options: dict[str, object] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    recognised: str = ""  # where that is not the family: rows of a search lead to pages of other systems

    @property
    def family(self) -> str:
        return self.name.partition("/")[0]

    @property
    def is_list(self) -> bool:
        return self.name.partition("/")[2].startswith("list_")

    @property
    def golden(self) -> Path:
        return (FOLDER / self.name).with_suffix(".json")

    @property
    def body(self) -> bytes:
        return (FOLDER / self.name).read_bytes()

    def page(self, body: bytes | None = None, content_type: str = "") -> Page:
        return Page(
            url=self.url,
            body=self.body if body is None else body,
            content_type=content_type,
            form=tuple(self.form.items()),
        )

    def source(self) -> Source:
        return source(self.url, self.options)


def source(url: str, options: dict[str, object] | None = None) -> Source:
    """A source as settings would give it to a family."""
    return Source(
        id="test", name="测试", url=url, family=None, level=Level.NATIONAL, region="", options=options or {}
    )


def saved() -> list[Saved]:
    """Every page of the index."""
    index = yaml.safe_load((FOLDER / "index.yaml").read_text("utf-8"))
    return [Saved(name, **entry) for name, entry in index.items()]


def lists() -> list[Saved]:
    """The list pages, those that are only a shell left out."""
    return [one for one in saved() if one.is_list and "shell" not in one.name]


def notices() -> list[Saved]:
    """The notice pages."""
    return [one for one in saved() if not one.is_list]


def read(one: Saved, page: Page) -> Listing | Request | RawNotice:
    """The page by its family, as a list or as a notice."""
    family = FAMILIES[one.family]
    return family.listing(page, one.source()) if one.is_list else family.notice(page, one.source())


def plain(value: Listing | Request | RawNotice) -> object:
    """A value as JSON, dates as text, empty fields left out."""
    return json.loads(json.dumps(value, default=_plain, ensure_ascii=False))


def _plain(value: object) -> object:
    if isinstance(value, Fact):
        return [value.label, value.value]
    names = getattr(value, "__slots__", None)
    if names:
        fields = {name: getattr(value, name) for name in names}
        return {name: said for name, said in fields.items() if said not in ((), None, "", 0)}
    return str(value)
