"""The calendar that goes along with a digest: open deadlines of what it is about. Looks at the store only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.calendar import upcoming
from monitor.dates import local_date
from monitor.decide.workdays import Works
from monitor.digest import is_wanted
from monitor.model import Digest, File, Piece, Source
from monitor.store import Store, Wanted

NAME = "截止时间.ics"


async def calendar_of(
    digest: Digest, *, store: Store, sources: Mapping[str, Source], now: datetime, works: Works
) -> File | None:
    """Its deadlines as a file, cancelled ones too; None where the digest does not want it or has none."""
    if not digest.ics:
        return None
    # Late: whoever sends no calendar need not pay for icalendar.
    from monitor.calendar.ics import MEDIA_TYPE, REMIND_DAYS, Reminder, write

    histories = await store.run(store.agenda.histories, Wanted(), local_date(now))
    lasting = replace(digest, wants=replace(digest.wants, within=None))
    found = [
        each for each in upcoming(histories, now) if is_wanted(lasting, each.last, sources=sources, now=now)
    ]
    if not found:
        return None
    name = f"快讯截止 · {digest.title}"
    content = write(found, name=name, reminder=Reminder(days=REMIND_DAYS, works=works))
    return File(name=NAME, kind=MEDIA_TYPE.partition(";")[0], content=content)


def enclosing(pieces: Sequence[Piece], file: File | None) -> tuple[Piece, ...]:
    """The pieces, mails with the file beside what they carry; chats show none."""
    if file is None:
        return tuple(pieces)
    return tuple(
        replace(piece, attachments=(*piece.attachments, file)) if piece.html else piece for piece in pieces
    )
