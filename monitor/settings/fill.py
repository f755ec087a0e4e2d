"""${NAME} of sources.yaml filled in from the environment, whose values no message ever shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.settings.yaml_ import KeyPath

SHORTEST_SECRET = 4  # shorter ones keep nothing secret, and would riddle the message
MOST_VALUES = 50_000  # far more than any file holds; aliases of aliases of aliases reach it at once

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")


class Wrong(Exception):
    """A value that cannot be used: where it stands, and what was expected."""

    def __init__(self, path: KeyPath, expected: str) -> None:
        super().__init__(expected)
        self.path = path
        self.expected = expected


@dataclass(slots=True)
class Filling:
    """One filling of one file. It remembers what it filled in, to keep it out of messages."""

    environ: Mapping[str, str]
    used: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def fill(self, value: object, path: tuple[str | int, ...] = ()) -> object:
        """`value` with ${NAME} replaced in every string; ${NAME:-words} has a default, which may be empty.

        Wrong for a variable that is not set, a `${` that is none, and more values than a file can mean.
        """
        self.count += 1
        if self.count > MOST_VALUES:
            raise Wrong(path[:1], f"less than {MOST_VALUES} values (aliases of aliases multiply)")
        if isinstance(value, dict):
            return {_key(key, path): self.fill(child, (*path, str(key))) for key, child in value.items()}
        if isinstance(value, list):
            return [self.fill(child, (*path, place)) for place, child in enumerate(value)]
        if not isinstance(value, str) or "${" not in value:
            return value
        return self._filled(value, path)

    def hide(self, message: str) -> str:
        """The message with ${NAME} in place of what the environment says."""
        secrets = [pair for pair in self.used.items() if len(pair[0]) >= SHORTEST_SECRET]
        for value, name in sorted(secrets, key=lambda pair: -len(pair[0])):
            message = message.replace(value, f"${{{name}}}")
        return message

    def _filled(self, value: str, path: KeyPath) -> str:
        rest = _VARIABLE.sub("\n", value) + "".join(default for _, default in _VARIABLE.findall(value))
        if "${" in rest:
            raise Wrong(path, "${NAME}, or ${NAME:-words} with a default")
        return _VARIABLE.sub(lambda match: self._variable(match, path), value)

    def _variable(self, match: re.Match[str], path: KeyPath) -> str:
        name, default = match.groups()
        value = self.environ.get(name)
        if value:
            self.used[value] = name
            return value
        if default is None:
            expected = f"environment variable {name} is not set (write ${{{name}:-}} where it may be missing)"
            raise Wrong(path, expected)
        return str(default)


def _key(key: object, path: KeyPath) -> str:
    if not isinstance(key, str):
        raise Wrong((*path, str(key)), "keys are texts: put this one in quotes")
    return key
