"""From sources.yaml, seeds/ and the environment to frozen Settings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from monitor.classify import Sections, parse_sections
from monitor.errors import ConfigError
from monitor.families import FAMILIES
from monitor.fetch.limits import Limits
from monitor.model import Channel, Digest, Http, Publisher, Source
from monitor.settings import yaml_
from monitor.settings.file import DigestKeys, FetchKeys, FileKeys, PublisherKeys, SourceKeys
from monitor.settings.places import Places, seeds_folder
from monitor.settings.yaml_ import KeyPath

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")
_SAYINGS = {
    "extra_forbidden": "unknown key",
    "missing": "this key is required",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the program was told, checked."""

    places: Places
    limits: Limits
    publisher: Publisher
    operators: tuple[str, ...]
    sources: tuple[Source, ...]
    channels: tuple[Channel, ...]
    digests: tuple[Digest, ...]
    sections: Sections

    @property
    def enabled(self) -> tuple[Source, ...]:
        """The sources that are polled."""
        return tuple(source for source in self.sources if source.enabled)


def load(places: Places) -> Settings:
    """Read and check everything. ConfigError names file, line, key and what was expected."""
    text = _read(places.config)
    keys = read_file(text, places.config, places.environment)
    return Settings(
        places=places,
        limits=_limits(keys.fetch),
        publisher=_publisher(keys.publisher),
        operators=keys.operators.to,
        sources=tuple(_source(block) for block in keys.sources),
        channels=tuple(Channel(name=block.name, url=block.url) for block in keys.channels),
        digests=tuple(_digest(block) for block in keys.digests),
        sections=load_sections(places.config),
    )


def load_sections(config: Path) -> Sections:
    """The sections with their words, from seeds/ beside the configuration or from the program's own."""
    file = seeds_folder(config) / "sections.yaml"
    try:
        return parse_sections(yaml_.load(_read(file), file))
    except ValueError as error:
        raise ConfigError(f"seeds/{file.name}", str(error)) from error


def read_file(text: str, file: Path, environ: Mapping[str, str]) -> FileKeys:
    """The checked shape of one sources.yaml, its ${NAME} filled in."""
    data = yaml_.load(text, file)
    try:
        filled = _fill({} if data is None else data, environ, ())
        keys = FileKeys.model_validate(filled)
        for path, problem in _problems(keys):
            raise _Wrong(path, problem)
    except _Wrong as wrong:
        raise ConfigError(yaml_.place(text, file, wrong.path), wrong.expected) from wrong.__cause__
    except ValidationError as error:
        path, expected = _saying(error)
        raise ConfigError(yaml_.place(text, file, path), expected) from None
    return keys


class _Wrong(Exception):
    def __init__(self, path: KeyPath, expected: str) -> None:
        super().__init__(expected)
        self.path = path
        self.expected = expected


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(str(file), "this file does not exist; `kuaixun init` writes one") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(file), f"cannot be read as UTF-8 text: {type(error).__name__}") from error


def _fill(value: object, environ: Mapping[str, str], path: tuple[str | int, ...]) -> object:
    """`value` with ${NAME} replaced in every string; ${NAME:-words} has a default, which may be empty."""
    if isinstance(value, dict):
        return {key: _fill(child, environ, (*path, str(key))) for key, child in value.items()}
    if isinstance(value, list):
        return [_fill(child, environ, (*path, place)) for place, child in enumerate(value)]
    if not isinstance(value, str) or "${" not in value:
        return value

    def variable(match: re.Match[str]) -> str:
        name, default = match.groups()
        found = environ.get(name) or default
        if found is None:
            raise _Wrong(
                path, f"environment variable {name} is not set (write ${{{name}:-}} where it may be missing)"
            )
        return found

    return _VARIABLE.sub(variable, value)


def _saying(error: ValidationError) -> tuple[KeyPath, str]:
    """The first thing that pydantic found wrong, without the value."""
    first = error.errors(include_url=False, include_input=False)[0]
    said = _SAYINGS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    return first["loc"], said[:1].lower() + said[1:] if said[1:2].islower() else said


def _problems(keys: FileKeys) -> Iterator[tuple[KeyPath, str]]:
    """What the shape alone cannot see: names given twice, references to nothing, options of a family."""
    yield from _twice("sources", "id", [block.id for block in keys.sources])
    yield from _twice("channels", "name", [block.name for block in keys.channels])
    yield from _twice("digests", "name", [block.name for block in keys.digests])
    channels = {block.name for block in keys.channels}
    for place, digest in enumerate(keys.digests):
        for position, name in enumerate(digest.to):
            if name not in channels:
                yield ("digests", place, "to", position), f"no channel is called {name!r}"
    for place, block in enumerate(keys.sources):
        yield from _family_problems(place, block)


def _twice(list_name: str, key: str, names: list[str]) -> Iterator[tuple[KeyPath, str]]:
    for name, count in Counter(names).items():
        if count > 1:
            second = [place for place, other in enumerate(names) if other == name][1]
            yield (list_name, second, key), f"{key} {name!r} is given {count} times, it must be unique"


def _family_problems(place: int, block: SourceKeys) -> Iterator[tuple[KeyPath, str]]:
    if block.family is None:
        if block.options:
            yield ("sources", place, "options"), "options belong to a family: name it with `family:`"
        return
    family = FAMILIES.get(block.family)
    if family is None:
        known = ", ".join(sorted(FAMILIES))
        yield ("sources", place, "family"), f"one of: {known}"
        return
    try:
        family.Options.model_validate(block.options)
    except ValidationError as error:
        path, expected = _saying(error)
        yield ("sources", place, "options", *path), expected


def _limits(keys: FetchKeys) -> Limits:
    return Limits(
        contact=keys.contact,
        concurrency=keys.concurrency,
        per_host=keys.per_host,
        delay=keys.delay,
        per_day=keys.per_day,
        timeout=keys.timeout,
        allow_hosts=frozenset(keys.allow_hosts),
        connect_to=dict(keys.connect_to),
    )


def _publisher(keys: PublisherKeys) -> Publisher:
    return Publisher(
        name=keys.name, phone=keys.phone, site=keys.site, number=keys.number, closing=keys.closing
    )


def _source(keys: SourceKeys) -> Source:
    return Source(
        id=keys.id,
        name=keys.name,
        url=keys.url,
        family=keys.family,
        every=keys.every,
        level=keys.level,
        region=keys.region,
        options=keys.options,
        http=Http(headers=keys.http.headers, user_agent=keys.http.user_agent),
        replaces=keys.replaces,
        may_be_empty=keys.may_be_empty,
        enabled=keys.enabled,
        note=keys.note,
    )


def _digest(keys: DigestKeys) -> Digest:
    return Digest(
        name=keys.name,
        to=keys.to,
        at=keys.at,
        sections=keys.sections,
        workdays=keys.workdays,
        reviewed_only=keys.only == "reviewed",
        pieces=keys.pieces,
    )
