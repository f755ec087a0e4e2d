"""Tables and lines for a terminal: Chinese characters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from monitor.dates import SHANGHAI
from monitor.model import ChangeRecord
from monitor.words import KINDS


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(
        2 if unicodedata.east_asian_width(ch) in "WF" else not unicodedata.combining(ch) for ch in text
    )


def pad(text: str, columns: int) -> str:
    """`text` with blanks to the right."""
    return text + " " * (columns - width(text))


def plain(text: str) -> str:
    """Page text for a terminal: no control characters, so no page can move the cursor."""
    return "".join(ch if ch.isprintable() else " " for ch in text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns aligned by width; the last one is not padded."""
    lines = [head, *[[plain(cell) for cell in row] for row in rows]]
    widths = [max(width(line[column]) for line in lines) for column in range(len(head) - 1)]
    return "\n".join(
        "  ".join(
            [*(pad(cell, columns) for cell, columns in zip(line, widths, strict=False)), line[-1]]
        ).rstrip()
        for line in lines
    )


def local(at: datetime | None) -> str:
    """An instant as people in Beijing read it."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else "—"


def change_line(record: ChangeRecord) -> str:
    """One change on one or two lines."""
    at = record.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
    said = f"  {record.summary}" if record.summary else ""
    title = plain(record.notice.title)
    head = f"{at}  {KINDS[record.kind]}  [{record.section}]  #{record.notice_id} {title}"
    return head + (f"\n{' ' * 13}{plain(said)}" if said else "")
