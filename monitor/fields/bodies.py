"""Which body stands behind a printed name: seeds/issuers.yaml as a value. Talks to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.fields import organs


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """seeds/issuers.yaml: other names of a body, and bodies of the state."""

    bodies: Mapping[str, str]
    national: frozenset[str]

    def canonical(self, name: str) -> str:
        """Today's body behind a printed name: offices speak for their body, renamed bodies are followed."""
        body = organs.body_of(organs.without_state(name))
        return self.bodies.get(name) or self.bodies.get(body) or body


def parse_bodies(data: object) -> Bodies:
    """The checked shape of seeds/issuers.yaml; ValueError names the key."""
    if not isinstance(data, dict) or not isinstance(data.get("bodies"), dict):
        raise ValueError("bodies: a mapping of a body to its other names")
    known: dict[str, str] = {}
    for body, names in data["bodies"].items():
        for name in _strings(names, f"bodies.{body}"):
            if name in known:
                raise ValueError(f"bodies.{body}: {name} is already a name of {known[name]}")
            known[name] = str(body)
    return Bodies(bodies=known, national=frozenset(_strings(data.get("national", []), "national")))


def _strings(value: object, key: str) -> Iterable[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError(f"{key}: a list of names")
    return value
