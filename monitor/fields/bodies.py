"""Which body stands behind a printed name or a number: seeds/issuers.yaml as a value. Talks to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from monitor.fields import organs

Since = tuple[tuple[int, tuple[str, ...]], ...]

_NUMBER = re.compile(r"([一-鿿]{2,30})〔(\d{4})〕")
_LONGEST_CODE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """seeds/issuers.yaml: other names of a body, bodies of the state, and 机关代字.

    `short` completes what is said briefly behind a place (科技厅 → 科学技术厅). `codes` are how numbers
    begin, with whose they are from which year on; `provinces` and `departments` make up the others
    (闽 + 工信 → 福建省工业和信息化厅). Letters that two places use are not in it.
    """

    bodies: Mapping[str, str]
    national: frozenset[str]
    short: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Since] = field(default_factory=dict)
    provinces: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, Since] = field(default_factory=dict)

    def canonical(self, name: str) -> str:
        """Today's body behind a printed name: offices speak for their body, renamed bodies are followed."""
        bare = organs.without_state(name)
        known = self.bodies.get(name) or self.bodies.get(bare)
        if known:
            return known
        body = self._in_full(organs.body_of(bare))
        return self.bodies.get(body) or body

    def canonicals(self, names: Iterable[str]) -> tuple[str, ...]:
        """The bodies behind several names in their order, each once."""
        return tuple(dict.fromkeys(map(self.canonical, names)))

    def speakers(self, number: str | None) -> tuple[str, ...]:
        """Whose 机关代字 a number in normal form begins with; () where that is not certain."""
        match = _NUMBER.match(number or "")
        if not match:
            return ()
        letters, year = match[1], int(match[2])
        own = _longest(self.codes, letters)
        if own is not None:
            return _at(own, year)
        place, parts = self.provinces.get(letters[0]), _longest(self.departments, letters[1:])
        return tuple(place + name for name in _at(parts, year)) if place and parts else ()

    def _in_full(self, name: str) -> str:
        if not organs.is_local(name):
            return name
        ends = (name[start:] for start in range(1, len(name)))
        end = next((end for end in ends if end in self.short), "")
        full = self.short.get(end, "")
        return name if not end or name.endswith(full) else name.removesuffix(end) + full


def parse_bodies(data: object) -> Bodies:
    """The checked shape of seeds/issuers.yaml; ValueError names the key."""
    if not isinstance(data, dict):
        raise ValueError("bodies: a mapping of a body to its other names")
    return Bodies(
        bodies=_other_names(data, "bodies"),
        national=frozenset(_strings(data.get("national", []), "national")),
        short=_other_names(data, "short") if "short" in data else {},
        codes=_speakers(data, "codes"),
        provinces={
            str(key): _text(name, f"provinces.{key}") for key, name in _mapping(data, "provinces").items()
        },
        departments=_speakers(data, "departments"),
    )


def _longest(codes: Mapping[str, Since], letters: str) -> Since | None:
    lengths = range(min(len(letters), _LONGEST_CODE), 0, -1)
    return next((codes[letters[:length]] for length in lengths if letters[:length] in codes), None)


def _at(names: Since, year: int) -> tuple[str, ...]:
    """The names of the latest beginning that is not after `year`."""
    return next((found for since, found in reversed(names) if since <= year), ())


def _other_names(data: Mapping[object, object], key: str) -> dict[str, str]:
    if not isinstance(data.get(key), dict):
        raise ValueError(f"{key}: a mapping of a body to its other names")
    known: dict[str, str] = {}
    for body, names in _mapping(data, key).items():
        for name in _strings(names, f"{key}.{body}"):
            if name in known:
                raise ValueError(f"{key}.{body}: {name} is already a name of {known[name]}")
            known[name] = str(body)
    return known


def _speakers(data: Mapping[object, object], key: str) -> dict[str, Since]:
    return {str(code): _since(value, f"{key}.{code}") for code, value in _mapping(data, key).items()}


def _since(value: object, key: str) -> Since:
    """A name, a list of names, or either from a year on."""
    if not isinstance(value, dict):
        return ((0, _names(value, key)),)
    if not all(isinstance(year, int) for year in value):
        raise ValueError(f"{key}: years with the name that holds from then on")
    return tuple((year, _names(name, f"{key}.{year}")) for year, name in sorted(value.items()))


def _names(value: object, key: str) -> tuple[str, ...]:
    return tuple(_strings(value if isinstance(value, list) else [value], key))


def _mapping(data: Mapping[object, object], key: str) -> Mapping[object, object]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise ValueError(f"{key}: a mapping")
    return value


def _text(value: object, key: str) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{key}: a name")
    return value


def _strings(value: object, key: str) -> Iterable[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError(f"{key}: a list of names")
    return value
