"""Adding a source to sources.yaml: the one thing that the program ever writes there.

The block goes behind the last source; every other byte of the file stays. The whole file is read and
checked as it would be, before anything is written.
"""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from uuid import uuid4

import yaml

from monitor.errors import ConfigError, StoreError
from monitor.model import Source
from monitor.settings.load import read_file
from monitor.settings.places import Places

_KEY = "sources"
_INDENT = 2
_LINE = re.compile(r".*?(?:\r\n|\n|\r|\x85|\u2028|\u2029|\Z)", re.S)


def block(source: Source, *, comment: str, indent: int = _INDENT) -> str:
    """The source as a block of `sources:`, with what differs from the defaults and one line above it."""
    keys: dict[str, object] = {"id": source.id, "name": source.name, "url": source.url}
    if source.family:
        keys["family"] = source.family
    keys |= {"level": source.level.value, "region": source.region}
    if not source.enabled:
        keys["enabled"] = False
    lines = yaml.safe_dump(keys, allow_unicode=True, sort_keys=False, width=10_000).splitlines()
    margin = " " * indent
    return "\n".join(
        [f"{margin}# {comment}", f"{margin}- {lines[0]}", *(f"{margin}  {line}" for line in lines[1:]), ""]
    )


def append_source(places: Places, source: Source, *, comment: str) -> None:
    """Write the source at the end of the list; ConfigError, and nothing written, where that cannot be."""
    file = places.config
    raw = _read(file)
    bom = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    before = raw[len(bom) :].decode("utf-8")
    old = read_file(before, file, places.environment)
    after = inserted(before, source, comment=comment, file=file)
    new = read_file(after, file, places.environment)
    added = new.sources[-1:]
    wanted = old.model_copy(update={"sources": (*old.sources, *added)})
    if new != wanted or [one.id for one in added] != [source.id]:
        raise ConfigError(file.name, "the place for a new source was not found; paste the block yourself")
    _replace(file, bom + after.encode("utf-8"))


def inserted(text: str, source: Source, *, comment: str, file: Path) -> str:
    """The text of a sources.yaml with one more source."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    ends = "\r\n" if "\r\n" in text else "\n"
    if root is None:
        return _joined(text, len(text), f"{_KEY}:\n{block(source, comment=comment)}", ends)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise ConfigError(file.name, "a mapping written with one key a line was expected")
    for key, value in root.value:
        if key.value == _KEY:
            return _into(text, key, value, source, comment=comment, ends=ends, file=file)
    return _joined(text, _end_of(root, text), f"{_KEY}:\n{block(source, comment=comment)}", ends)


def _into(
    text: str, key: yaml.Node, value: yaml.Node, source: Source, *, comment: str, ends: str, file: Path
) -> str:
    start, end = value.start_mark.index, value.end_mark.index
    if start < key.end_mark.index:
        raise ConfigError(file.name, f"`{_KEY}:` refers to another place; paste the block yourself")
    if isinstance(value, yaml.SequenceNode) and value.value and value.flow_style:
        raise ConfigError(file.name, f"`{_KEY}:` is written in brackets; paste the block yourself")
    if isinstance(value, yaml.SequenceNode) and value.value:
        indent = value.start_mark.column
        place = _past_comments(text, _end_of(value, text), indent)
        return _joined(text, place, block(source, comment=comment, indent=indent), ends)
    # Nothing yet: `[]`, `null`, `~` or nothing at all behind the key.
    bare = text[:start] + text[end:]
    place = _past_comments(bare, _line_end(bare, start), _INDENT)
    return _joined(bare, place, block(source, comment=comment), ends)


def _joined(text: str, place: int, addition: str, ends: str) -> str:
    before = text[:place]
    gap = "" if not before or before.endswith(("\n", "\r")) else ends
    return before + gap + addition.replace("\n", ends) + text[place:]


def _end_of(node: yaml.Node, text: str) -> int:
    """Behind the last line that belongs to a node: its own end mark already stands at the next key."""
    last = max(mark for mark in _end_marks(node) if mark <= node.end_mark.index)
    if last and text[last - 1] in "\r\n":
        return last
    return _line_end(text, last)


def _end_marks(node: yaml.Node) -> Iterator[int]:
    """Where the leaves of a node end; in brackets they are one leaf."""
    is_flow = isinstance(node, yaml.CollectionNode) and node.flow_style
    children = [] if is_flow else _children(node)
    if not children:
        yield node.end_mark.index
    for child in children:
        yield from _end_marks(child)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _line_end(text: str, place: int) -> int:
    found = _LINE.match(text, place)
    return found.end() if found else len(text)


def _past_comments(text: str, place: int, indent: int) -> int:
    """Behind comments that stand as deep as the sources: they belong to them, not to what follows."""
    deep = re.compile(rf"[ ]{{{max(indent, 1)},}}#")
    lines = takewhile(lambda line: not line.strip() or deep.match(line), _lines(text, place))
    end = place
    for line in lines:
        place += len(line)
        end = place if line.strip() else end
    return end


def _lines(text: str, place: int) -> Iterator[str]:
    while place < len(text):
        end = _line_end(text, place)
        yield text[place:end]
        place = end


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(str(file), f"cannot be read: {error.strerror}") from error


def _replace(file: Path, data: bytes) -> None:
    """Beside it first, with its rights, then in its place; a link keeps pointing where it points."""
    target = file.resolve()
    part = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        part.touch(mode=0o600)
        part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"cannot write {file}: {error.strerror}") from error
