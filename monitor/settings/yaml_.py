"""YAML with a place for every key: what is wrong is named by file, line and key. Talks to nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import yaml

from monitor.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

KeyPath = Sequence[str | int]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
DEEPEST = 30  # libyaml's loader would run out of stack, and take the program with it


class _UniqueKeys(yaml.CSafeLoader):
    """A safe loader that refuses a key given twice: the second would silently win."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        """A date or number that is none has a place too."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            said = str(error).splitlines()[0]
            raise yaml.constructor.ConstructorError(None, None, said, node.start_mark) from error


def _mapping(loader: yaml.CSafeLoader, node: yaml.MappingNode) -> dict[object, object]:
    seen: set[object] = set()
    for key_node, _ in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a text", key_node.start_mark)
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"key {key!r} is given twice", key_node.start_mark
            )
        seen.add(key)
    return dict(loader.construct_mapping(node, deep=True))


_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load(text: str, file: Path) -> object:
    """The document as plain values. ConfigError with the line on bad YAML."""
    control = _CONTROL.search(text)
    if control:
        at = text.count("\n", 0, control.start()) + 1
        raise ConfigError(f"{file.name}:{at}", f"not valid YAML: control character {control[0]!r}")
    try:
        _refuse_depth(text, file)
        return yaml.load(text, Loader=_UniqueKeys)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise ConfigError(
            f"{file.name}{line}", f"not valid YAML: {error.problem or error.context}"
        ) from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise ConfigError(file.name, f"not valid YAML: {str(error).splitlines()[0]}") from error


def _refuse_depth(text: str, file: Path) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise ConfigError(f"{file.name}:{line}", f"nested deeper than {DEEPEST} levels")


def place(text: str, file: Path, path: KeyPath) -> str:
    """`sources.yaml:12, sources[3].url`: where a key stands, or its nearest parent that exists."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    line = node.start_mark.line + 1 if node else 1
    for step in path:
        found = _step(node, step)
        if found is None:
            break
        line, node = found
    return f"{file.name}:{line}, {dotted(path)}" if path else f"{file.name}:{line}"


def dotted(path: KeyPath) -> str:
    """("sources", 3, "url") as people write it: sources[3].url"""
    out = ""
    for step in path:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out


def _step(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child.start_mark.line + 1, child
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    return None
