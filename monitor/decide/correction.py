"""A better reading of the same bytes: what it takes over from the one we had, and what it improves.

A correction is no change: the site has done nothing, and nobody is told. Talks to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum

from monitor.diff import meaning
from monitor.model import Attachment, Deadline, Doubt, Notice, Version
from monitor.urls import canonical

# A text is shown by its length: an example must fit a line.
BY_LENGTH = "body"
# What a reader of the page finds out; the address and whether it was read are not among it.
READ = tuple(each.name for each in fields(Notice) if each.name not in ("url", "unread"))
MOST_EXAMPLES = 3


class Turn(StrEnum):
    """What a correction does to one field."""

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that two readings do not agree about, as people read it; "" where it has no value."""

    name: str
    before: str
    now: str

    @property
    def turn(self) -> Turn:
        """Whether a value came, went or became another."""
        if not self.before:
            return Turn.GAINED
        return Turn.CHANGED if self.now else Turn.LOST


@dataclass(slots=True, kw_only=True)
class Gains:
    """How many notices gained, lost or changed a field, the first of each turn as examples (notice, what)."""

    counts: dict[Turn, int] = field(default_factory=lambda: dict.fromkeys(Turn, 0))
    examples: list[tuple[int, Difference]] = field(default_factory=list)

    def count(self, notice_id: int, difference: Difference) -> None:
        """One more."""
        turn = difference.turn
        if self.counts[turn] < MOST_EXAMPLES:
            self.examples.append((notice_id, difference))
        self.counts[turn] += 1


def with_files(stored: Notice, read: Notice) -> Notice:
    """A page read again, with what its attachments had told: no reader of the page can know that.

    What stands in a file that is no longer taken for an attachment is left behind.
    """
    known = {canonical(file.url): file for file in stored.attachments if file.url}
    files = tuple(_with_digest(file, known) for file in read.attachments)
    moments = {(due.date, due.time) for due in read.deadlines}
    found = tuple(_found_in_files(stored, files))
    extra = tuple(due for due in found if (due.date, due.time) not in moments)
    return replace(read, attachments=files, deadlines=(*read.deadlines, *extra))


def corrected(version: Version, read: Notice) -> Version:
    """The same state of the notice, better read."""
    return replace(version, notice=read, fingerprint=meaning(read))


def says_less(stored: Notice, read: Notice) -> bool:
    """Whether a reading has lost the text altogether: then the reader has failed, not the one before."""
    return bool(stored.body) and not read.body


def differences(before: Notice, now: Notice) -> tuple[Difference, ...]:
    """Every field in which two readings differ, none of them left out, in the order of `Notice`."""
    return tuple(
        Difference(name=name, before=_shown(before, name), now=_shown(now, name))
        for name in READ
        if getattr(before, name) != getattr(now, name)
    )


def _with_digest(file: Attachment, known: dict[str, Attachment]) -> Attachment:
    same = known.get(canonical(file.url)) if file.url else None
    return replace(file, digest=same.digest) if same else file


def _found_in_files(stored: Notice, files: Sequence[Attachment]) -> Iterator[Deadline]:
    """Deadlines out of attachments, each under the name that its file has today."""
    addresses = {file.name: canonical(file.url) for file in stored.attachments if file.url}
    names = {canonical(file.url): file.name for file in files if file.url}
    for due in stored.deadlines:
        name = names.get(addresses.get(due.place, ""))
        if due.place and name is not None:
            yield replace(due, place=name)


def _shown(notice: Notice, name: str) -> str:
    value: object = getattr(notice, name)
    if name == BY_LENGTH:
        return f"{len(notice.body)} 字" if notice.body else ""
    return "；".join(map(_word, value)) if isinstance(value, tuple) else _word(value)


def _word(value: object) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case Deadline():
            return " ".join(filter(None, (value.date.isoformat(), value.time, value.what)))
        case Attachment():
            return value.name
        case Doubt():
            return value.why
        case _:
            return str(value)
