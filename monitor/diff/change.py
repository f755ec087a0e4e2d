"""Whether two readings of a notice say the same, and what kind of change it is when they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitor.diff.body import compare_bodies
from monitor.diff.fields import SCALARS, changed_scalars, field_changes, scalar
from monitor.diff.known import deadline_changes, file_changes, identity, moment
from monitor.diff.summary import summary
from monitor.diff.values import Comparison
from monitor.fingerprint import fingerprint
from monitor.model import Change, Kind, Notice, Version
from monitor.text import fold


def meaning(notice: Notice) -> str:
    """The fingerprint of what the page of a notice says; empty fields are skipped.

    What stands in attachments is not part of it: it is known only where somebody could read them.
    """
    return fingerprint(_parts(notice))


def diff(before: Notice, now: Notice) -> Change | None:
    """What changed for readers, None when nothing did; a moved deadline outranks any other edit."""
    deadlines = deadline_changes(before, now)
    files = file_changes(before.attachments, now.attachments)
    edited = before.body != now.body and fold(before.body) != fold(now.body)
    found = {"deadlines": deadlines, "body": edited, "attachments": files}
    fields = (*changed_scalars(before, now), *(name for name, changed in found.items() if changed))
    if not fields:
        return None
    return Change(
        kind=Kind.DEADLINE_MOVED if deadlines.gone and deadlines.come else Kind.REVISED,
        fields=fields,
        summary=summary(
            before,
            now,
            deadlines=deadlines,
            files=files,
            blocks=compare_bodies(before.body, now.body) if edited else None,
        ),
    )


def compare(before: Notice, now: Notice) -> Comparison:
    """Two readings side by side, for the renderers."""
    return Comparison(field_changes(before, now), compare_bodies(before.body, now.body))


def last_edit(versions: Sequence[Version]) -> Comparison | None:
    """The newest version that says something else than the one before it; newest first, None where none does.

    A page that could be read at last says nothing else than its row did.
    """
    pairs = ((version.notice, earlier.notice) for version, earlier in pairwise(versions))
    edits = (compare(before, now) for now, before in pairs if not before.unread)
    return next(filter(None, edits), None)


def _parts(notice: Notice) -> Iterator[tuple[str, str]]:
    for name in SCALARS:
        yield name, fold(scalar(notice, name))
    days = {moment(due) for due in notice.deadlines if not due.place}
    yield "deadlines", "\n".join(sorted(map(" ".join, days)))
    yield "body", fold(notice.body)
    yield "attachments", "\n".join(sorted(" ".join(identity(file)) for file in notice.attachments))
