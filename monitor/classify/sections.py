"""The sections with their words as a value, and the checked shape of seeds/sections.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.classify.words import Lexicon, Vote, any_of, lexicon

OTHER = "其他"
PLACES = ("act", "title", "issuer", "body")
LEVELS = ("national", "local")
_SECTION_KEYS = frozenset({"name", "about", "level", *PLACES})
_OTHER_KEYS = frozenset({"formless", "subjectless", "level", *PLACES})
_FILE_KEYS = frozenset({"sections", "other", "forms", "subjects", "national"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """Everything that the rules know. `names` in printing order, without 其他."""

    names: tuple[str, ...]
    about: Mapping[str, str]
    act: Lexicon
    title: Lexicon
    issuer: Lexicon
    body: Lexicon
    level: tuple[Vote, ...]
    forms: re.Pattern[str] | None
    subjects: re.Pattern[str] | None
    national: tuple[str, ...]
    formless: int
    subjectless: int


def parse_sections(data: object) -> Sections:
    """The value of seeds/sections.yaml; ValueError says which key is wrong and what was expected."""
    file = _mapping(data, "sections.yaml", _FILE_KEYS)
    blocks = [
        _mapping(block, f"sections[{place}]", _SECTION_KEYS)
        for place, block in enumerate(_list(file.get("sections"), "sections"))
    ]
    names = tuple(_name(block, place) for place, block in enumerate(blocks))
    if len(set(names)) < len(names) or OTHER in names or not names:
        raise ValueError(f"sections: at least one, names unique and none of them {OTHER}")
    other = _mapping(file.get("other", {}), "other", _OTHER_KEYS)
    by_name = {**dict(zip(names, blocks, strict=True)), OTHER: other}
    votes = {
        place: [v for name, block in by_name.items() for v in _votes(name, block, place)] for place in PLACES
    }
    return Sections(
        names=names,
        about={name: str(block.get("about", "")) for name, block in by_name.items()},
        act=lexicon(votes["act"]),
        title=lexicon(votes["title"]),
        issuer=lexicon(votes["issuer"]),
        body=lexicon(votes["body"]),
        level=tuple(vote for name, block in by_name.items() for vote in _levels(name, block)),
        forms=any_of(_words(file.get("forms", []), "forms")),
        subjects=any_of(_words(file.get("subjects", []), "subjects")),
        national=tuple(_words(file.get("national", []), "national")),
        formless=_points(other.get("formless", 0), "other.formless"),
        subjectless=_points(other.get("subjectless", 0), "other.subjectless"),
    )


def _name(block: Mapping[str, object], place: int) -> str:
    name = block.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"sections[{place}].name: the name of a section")
    return name


def _votes(section: str, block: Mapping[str, object], place: str) -> Iterator[Vote]:
    key = f"{section}.{place}"
    for points, words in _mapping(block.get(place, {}), key, None).items():
        for word in _words(words, f"{key}.{points}"):
            yield Vote(section, word, _points(points, f"{key}.{points}"))


def _levels(section: str, block: Mapping[str, object]) -> Iterator[Vote]:
    key = f"{section}.level"
    for level, points in _mapping(block.get("level", {}), key, frozenset(LEVELS)).items():
        yield Vote(section, str(level), _points(points, f"{key}.{level}"))


def _mapping(value: object, key: str, known: frozenset[str] | None) -> Mapping[str, object]:
    """A mapping; `known` None where the keys are points."""
    if not isinstance(value, dict):
        raise ValueError(f"{key}: a mapping was expected")
    if known is not None:
        for name in value:
            if name not in known:
                raise ValueError(f"{key}.{name}: unknown key, one of {', '.join(sorted(known))}")
    return value


def _list(value: object, key: str) -> list[object]:
    if not isinstance(value, list):
        raise ValueError(f"{key}: a list was expected")
    return value


def _words(value: object, key: str) -> list[str]:
    words: list[str] = []
    for place, word in enumerate(_list(value, key)):
        if not isinstance(word, str) or not word.strip(" …"):
            raise ValueError(f"{key}[{place}]: a word was expected")
        words.append(word)
    return words


def _points(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{key}: whole points were expected")
    return value
