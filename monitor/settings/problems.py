"""What is wrong with sources.yaml beyond its shape: names given twice, references to nothing. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from monitor.classify import OTHER, Sections
from monitor.decide.owner import IMPORT
from monitor.decide.regions import NATION
from monitor.families import FAMILIES
from monitor.settings.file import FileKeys, SourceKeys, TellingKeys, days_of
from monitor.settings.sayings import saying
from monitor.settings.yaml_ import KeyPath

STORAGE_CHANNEL = "storage"  # where a digest goes whose channels are not set
_RESERVED = f"{STORAGE_CHANNEL} is the storage folder itself: no url, or a name of your own"


def problems(keys: FileKeys) -> Iterator[tuple[KeyPath, str]]:
    """What the shape alone cannot see: names given twice, references to nothing, options of a family."""
    yield from _twice("sources", "id", [block.id for block in keys.sources])
    yield from _twice("channels", "name", [block.name for block in keys.channels])
    yield from _twice("digests", "name", [block.name for block in keys.digests])
    yield from _twice("alerts", "name", [block.name for block in keys.alerts])
    yield from _reserved(keys)
    yield from _both_on_and_off(keys)
    channels = {block.name for block in keys.channels}
    regions = list(dict.fromkeys([NATION, *(block.region for block in keys.sources), IMPORT.region]))
    for path, telling in _tellings(keys):
        for position, name in enumerate(telling.to):
            if name not in channels:
                yield (*path, "to", position), f"no channel is called {name!r}"
        for position, name in enumerate(telling.regions):
            if name not in regions:
                yield (*path, "regions", position), f"the region of a source, one of: {'、'.join(regions)}"
    for place, block in enumerate(keys.sources):
        yield from _family_problems(place, block)


def _reserved(keys: FileKeys) -> Iterator[tuple[KeyPath, str]]:
    for place, block in enumerate(keys.channels):
        if block.name == STORAGE_CHANNEL and block.url:
            yield ("channels", place, "name"), _RESERVED


def unknown_sections(keys: FileKeys, sections: Sections) -> Iterator[tuple[KeyPath, str]]:
    """Sections that no digest can tell, because no notice is ever filed there."""
    known = [*sections.names, OTHER]
    for path, telling in _tellings(keys):
        for position, name in enumerate(telling.sections):
            if name not in known:
                yield (*path, "sections", position), f"one of: {'、'.join(known)}"


def _tellings(keys: FileKeys) -> Iterator[tuple[tuple[str, int], TellingKeys]]:
    lists: tuple[tuple[str, Sequence[TellingKeys]], ...] = (
        ("digests", keys.digests),
        ("alerts", keys.alerts),
    )
    for name, blocks in lists:
        for place, block in enumerate(blocks):
            yield (name, place), block


def _both_on_and_off(keys: FileKeys) -> Iterator[tuple[KeyPath, str]]:
    off = {day for text in keys.calendar.holidays for day in days_of(text)}
    for place, text in enumerate(keys.calendar.workdays):
        both = off.intersection(days_of(text))
        if both:
            yield ("calendar", "workdays", place), f"{min(both)} is among the holidays too: one of the two"


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
        path, expected = saying(error)
        yield ("sources", place, "options", *path), expected
