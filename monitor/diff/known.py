"""What two readings can both know. A file that one of them has not read says nothing about that file.

Without this, an extra that learns to read attachments would revise the whole archive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.model import Attachment, Deadline, Notice
from monitor.text import fold
from monitor.urls import canonical

Identity = tuple[str, ...]  # name, address


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChanges:
    """Files that came, went, and took the place of another (before, now)."""

    come: tuple[Attachment, ...]
    gone: tuple[Attachment, ...]
    replaced: tuple[tuple[Attachment, Attachment], ...]

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.come or self.gone or self.replaced)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChanges:
    """Days (and times) that only one reading names though the other would have found them."""

    come: tuple[Deadline, ...]
    gone: tuple[Deadline, ...]

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.come or self.gone)


def identity(file: Attachment) -> Identity:
    """Name and address, for comparing."""
    return fold(file.name), canonical(file.url) if file.url else ""


def file_changes(before: Sequence[Attachment], now: Sequence[Attachment]) -> FileChanges:
    """What happened to the attachments; the order in which they are listed does not matter.

    A file is replaced when its bytes differ (where both were read), or one of name and address does.
    """
    old, new = list(map(identity, before)), list(map(identity, now))
    gone, come = dict(enumerate(old)), dict(enumerate(new))
    couples: list[tuple[int, int]] = []
    for part in (slice(0, 2), slice(0, 1), slice(1, 2)):  # name and address, name alone, address alone
        for i, j in _couples(gone, come, part):
            couples.append((i, j))
            del gone[i], come[j]
    return FileChanges(
        come=tuple(now[j] for j in come),
        gone=tuple(before[i] for i in gone),
        replaced=tuple(
            (before[i], now[j])
            for i, j in sorted(couples)
            if old[i] != new[j] or _differ(before[i].digest, now[j].digest)
        ),
    )


def deadline_changes(before: Notice, now: Notice) -> DeadlineChanges:
    """Deadlines that came and went, those left out that stand in a file only one reading has read."""
    return DeadlineChanges(come=_only_here(now, before), gone=_only_here(before, now))


def moment(due: Deadline) -> tuple[str, str]:
    """Day and time, for comparing."""
    return due.date.isoformat(), due.time or ""


def learns_a_file(before: Notice, now: Notice) -> bool:
    """Whether `now` has read a file that `before` had not: to be remembered, not to be told."""
    unread = {identity(file) for file in before.attachments if not file.digest}
    return any(file.digest and identity(file) in unread for file in now.attachments)


def _couples(gone: dict[int, Identity], come: dict[int, Identity], part: slice) -> Iterable[tuple[int, int]]:
    waiting: dict[Identity, list[int]] = defaultdict(list)
    for j in reversed(come):
        waiting[come[j][part]].append(j)
    found = []
    for i, key in gone.items():
        if (key[part] == key or any(key[part])) and waiting[key[part]]:
            found.append((i, waiting[key[part]].pop()))
    return found


def _differ(before: str, now: str) -> bool:
    return bool(before and now) and before != now


def _only_here(mine: Notice, other: Notice) -> tuple[Deadline, ...]:
    named = set(map(moment, other.deadlines))
    unread = {fold(file.name) for file in other.attachments if not file.digest}
    found = {moment(due): due for due in mine.deadlines if fold(due.place) not in unread}
    return tuple(due for at, due in sorted(found.items()) if at not in named)
