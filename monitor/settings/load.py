"""From sources.yaml, seeds/ and the environment to frozen Settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from monitor.classify import Sections, parse_sections
from monitor.decide.workdays import OwnDays
from monitor.errors import ConfigError
from monitor.fetch.limits import Limits
from monitor.fields.bodies import Bodies, parse_bodies
from monitor.model import ALERT, Channel, Digest, Http, Ignore, Publisher, Quiet, Source, Wants
from monitor.settings import yaml_
from monitor.settings.file import (
    AlertKeys,
    CalendarKeys,
    DigestKeys,
    FetchKeys,
    FileKeys,
    IgnoreKeys,
    PublisherKeys,
    SourceKeys,
    TellingKeys,
    days_of,
)
from monitor.settings.fill import Filling, Wrong
from monitor.settings.places import Places, seeds_folder, shipped
from monitor.settings.problems import problems, unknown_sections
from monitor.settings.sayings import saying
from monitor.settings.yaml_ import KeyPath
from monitor.urls import host

Seed = TypeVar("Seed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the program was told, checked."""

    places: Places
    limits: Limits
    publisher: Publisher
    template: Path | None
    operators: tuple[str, ...]
    sources: tuple[Source, ...]
    channels: tuple[Channel, ...]
    digests: tuple[Digest, ...]
    alerts: tuple[Digest, ...]
    calendar: OwnDays
    sections: Sections
    bodies: Bodies

    @property
    def enabled(self) -> tuple[Source, ...]:
        """The sources that are polled."""
        return tuple(source for source in self.sources if source.enabled)


def load(places: Places) -> Settings:
    """Read and check everything. ConfigError names file, line, key and what was expected."""
    text = _read(places.config)
    keys = read_file(text, places.config, places.environment)
    sections = load_sections(places.config)
    for path, problem in unknown_sections(keys, sections):
        raise ConfigError(yaml_.place(text, places.config, path), problem)
    return Settings(
        places=places,
        limits=_limits(keys.fetch),
        publisher=_publisher(keys.publisher),
        template=places.config.parent / keys.publisher.template if keys.publisher.template else None,
        operators=keys.operators.to,
        sources=tuple(_source(block) for block in keys.sources),
        channels=tuple(Channel(name=block.name, url=block.url) for block in keys.channels),
        digests=tuple(_digest(block) for block in keys.digests),
        alerts=tuple(_alert(block) for block in keys.alerts),
        calendar=_calendar(keys.calendar),
        sections=sections,
        bodies=load_bodies(places.config),
    )


def load_sections(config: Path) -> Sections:
    """The sections with their words, from seeds/ beside the configuration or from the program's own."""
    return _seed(config, "sections.yaml", parse_sections)


def load_bodies(config: Path) -> Bodies:
    """The bodies of the state by all their names, from the same seeds/."""
    return _seed(config, "issuers.yaml", parse_bodies)


def read_file(text: str, file: Path, environ: Mapping[str, str]) -> FileKeys:
    """The checked shape of one sources.yaml, its ${NAME} filled in."""
    data = yaml_.load(text, file)
    filling = Filling(environ)
    try:
        keys = FileKeys.model_validate(filling.fill({} if data is None else data))
        for path, problem in problems(keys):
            raise Wrong(path, problem)
    except Wrong as wrong:
        raise ConfigError(yaml_.place(text, file, wrong.path), filling.hide(wrong.expected)) from None
    except ValidationError as error:
        path, expected = saying(error)
        raise ConfigError(yaml_.place(text, file, path), filling.hide(expected)) from None
    return keys


def locate(places: Places, path: KeyPath) -> str:
    """File, line and key of what somebody else found to be wrong."""
    return yaml_.place(_read(places.config), places.config, path)


def _seed(config: Path, name: str, parse: Callable[[object], Seed]) -> Seed:
    file = seeds_folder(config) / name
    # Whoever brings sections of their own need not bring the bodies of the state.
    file = file if file.is_file() else shipped("seeds") / name
    try:
        return parse(yaml_.load(_read(file), file))
    except ValueError as error:
        raise ConfigError(f"seeds/{name}", str(error)) from error


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(str(file), "this file does not exist; `kuaixun init` writes one") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{file.name}:{line}", "not UTF-8 text; save the file as UTF-8") from error
    except OSError as error:
        raise ConfigError(str(file), f"cannot be read: {error.strerror}") from error


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
        max_file=keys.attachments.megabytes * 1024 * 1024,
        most_files=keys.attachments.most,
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
        http=_http(keys),
        replaces=keys.replaces,
        ignore=tuple(_ignore(rule) for rule in keys.ignore),
        may_be_empty=keys.may_be_empty,
        enabled=keys.enabled,
        note=keys.note,
    )


def _ignore(keys: IgnoreKeys) -> Ignore:
    return Ignore(selector=keys.selector or "", pattern=keys.pattern or "")


def _http(keys: SourceKeys) -> Http:
    http = keys.http
    return Http(
        headers=http.headers,
        user_agent=http.user_agent,
        source=keys.id,
        proxy=http.proxy,
        legacy_tls=frozenset({host(keys.url)}) if http.tls == "legacy" else frozenset(),
        stdlib=http.transport == "stdlib",
        ignore_robots=http.robots.ignore if http.robots else None,
        echo_cookie=http.echo_cookie,
    )


def _digest(keys: DigestKeys) -> Digest:
    return replace(
        _telling(keys, keys.name),
        at=keys.at,
        workdays=keys.workdays,
        heartbeat=keys.empty == "heartbeat",
        ics=keys.ics,
    )


def _alert(keys: AlertKeys) -> Digest:
    alert = _telling(keys, f"{ALERT}{keys.name}")
    return replace(alert, workdays=False, wants=replace(alert.wants, within=keys.deadline_within))


def _telling(keys: TellingKeys, name: str) -> Digest:
    return Digest(
        name=name,
        to=keys.to,
        at="",
        sections=keys.sections,
        reviewed_only=keys.only == "reviewed",
        pieces=keys.pieces,
        wants=_wants(keys),
        quiet=_quiet(keys.quiet) if keys.quiet else None,
        remind=tuple(sorted(set(keys.remind))),
        remind_kept_only=keys.remind_only == "kept",
    )


def _wants(keys: TellingKeys) -> Wants:
    return Wants(
        regions=keys.regions,
        levels=keys.levels,
        kinds=keys.kinds,
        keywords=keys.keywords,
        without=keys.exclude,
    )


def _quiet(hours: str) -> Quiet:
    since, until = map(time.fromisoformat, hours.split("-"))
    return Quiet(since=since, until=until)


def _calendar(keys: CalendarKeys) -> OwnDays:
    return OwnDays(
        holidays=frozenset(day for text in keys.holidays for day in days_of(text)),
        workdays=frozenset(day for text in keys.workdays for day in days_of(text)),
    )
