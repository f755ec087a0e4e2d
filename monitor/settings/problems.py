"""What is wrong with sources.yaml beyond its shape: names given twice, references to nothing. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pydantic import ValidationError

from monitor.classify import OTHER, Sections
from monitor.families import FAMILIES
from monitor.settings.file import FileKeys, SourceKeys
from monitor.settings.sayings import saying
from monitor.settings.yaml_ import KeyPath

STORAGE_CHANNEL = "storage"  # where a digest goes whose channels are not set
_RESERVED = f"{STORAGE_CHANNEL} is the storage folder itself: no url, or a name of your own"


def problems(keys: FileKeys) -> Iterator[tuple[KeyPath, str]]:
    """What the shape alone cannot see: names given twice, references to nothing, options of a family."""
    yield from _twice("sources", "id", [block.id for block in keys.sources])
    yield from _twice("channels", "name", [block.name for block in keys.channels])
    yield from _twice("digests", "name", [block.name for block in keys.digests])
    yield from _reserved(keys)
    channels = {block.name for block in keys.channels}
    for place, digest in enumerate(keys.digests):
        for position, name in enumerate(digest.to):
            if name not in channels:
                yield ("digests", place, "to", position), f"no channel is called {name!r}"
    for place, block in enumerate(keys.sources):
        yield from _family_problems(place, block)


def _reserved(keys: FileKeys) -> Iterator[tuple[KeyPath, str]]:
    for place, block in enumerate(keys.channels):
        if block.name == STORAGE_CHANNEL and block.url:
            yield ("channels", place, "name"), _RESERVED


def unknown_sections(keys: FileKeys, sections: Sections) -> Iterator[tuple[KeyPath, str]]:
    """Sections that no digest can tell, because no notice is ever filed there."""
    known = [*sections.names, OTHER]
    for place, digest in enumerate(keys.digests):
        for position, name in enumerate(digest.sections):
            if name not in known:
                yield ("digests", place, "sections", position), f"one of: {'、'.join(known)}"


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
