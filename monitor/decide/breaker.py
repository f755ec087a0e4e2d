"""When a poll is not believed: the site looks like another one (DESIGN, decision 6). Talks to nobody.

A list of which nearly nothing is known, or of which nearly every title or date has changed at once, is more
likely a redesign, a wrong page or a misread charset than the news of an hour. Such a poll is held as one
event until a person has looked. Rows that come back under new addresses with the titles and days that we
know are no event: the site has moved its pages, and nobody needs to hear of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.model import ListingItem
from monitor.text import fold

FEW = 5  # fewer rows than these can all be new, or all be corrected, in a day
NEARLY_ALL = 0.8
HARDLY_ANY = 0.1
WITNESSES = 3  # pages that must have been read again before their changing together says anything

_CHINESE = re.compile("[一-鿿]")
_Mark = tuple[str, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A row as we remember it."""

    key: str
    title: str
    published_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a poll is held: one Chinese sentence, and what the list showed before and shows now."""

    reason: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def doubt(
    rows: Mapping[str, ListingItem], remembered: Sequence[Known], *, usual: int, meets_known: bool
) -> Doubt | None:
    """Why a list should not be believed, None when it may.

    `rows` are those of the first page by key, `remembered` the rows listed last, newest first (more than a
    page of them), `usual` how many rows the list had. `meets_known` says that further pages lead back to
    rows that we know: after an outage a whole page may be news.
    """
    if not rows or usual < FEW:
        return None
    reason = _stranger(rows, remembered, meets_known=meets_known) or _rewritten(rows, remembered)
    if reason is None:
        return None
    before = tuple(_said(row.title, row.published_on) for row in remembered[:FEW])
    after = tuple(_said(item.title, item.published_on) for item in list(rows.values())[:FEW])
    return Doubt(reason=reason, before=before, after=after)


def moved(rows: Mapping[str, ListingItem], remembered: Sequence[Known]) -> Mapping[str, str]:
    """Rows under new addresses → the keys they had: the same title on the same day, unmistakably.

    Only what the page no longer lists under its old address can have moved, and only one row to one.
    """
    gone = [row for row in remembered if row.key not in rows and row.published_on]
    old = _unique((_mark(row.title, row.published_on), row.key) for row in gone)
    fresh = [(key, item) for key, item in rows.items() if key not in {row.key for row in remembered}]
    new = _unique((_mark(item.title, item.published_on), key) for key, item in fresh)
    return {key: old[mark] for mark, key in new.items() if mark in old}


def has_moved(rows: Mapping[str, ListingItem], remembered: Sequence[Known]) -> bool:
    """Whether the site has given its pages new addresses: most of a page's rows are old ones."""
    return len(rows) >= FEW and len(moved(rows, remembered)) * 2 > len(rows)


def together(changed: int, read: int) -> bool:
    """Whether pages changed so many at once that the template has, and not what they say."""
    return read >= WITNESSES and changed >= read * NEARLY_ALL


def _stranger(
    rows: Mapping[str, ListingItem], remembered: Sequence[Known], *, meets_known: bool
) -> str | None:
    known = sum(row.key in rows for row in remembered)
    if known > len(rows) * HARDLY_ANY or meets_known or has_moved(rows, remembered):
        return None
    return f"列表上的 {len(rows)} 条几乎都没有见过，往后翻页也接不上以前的条目"


def _rewritten(rows: Mapping[str, ListingItem], remembered: Sequence[Known]) -> str | None:
    """The rows are those we know, but nearly all say something else."""
    pairs = [(row, rows[row.key]) for row in remembered if row.key in rows]
    if len(pairs) < FEW:
        return None
    unreadable = sum(bool(_CHINESE.search(row.title)) and not _is_readable(item.title) for row, item in pairs)
    undated = sum(row.published_on is not None and item.published_on is None for row, item in pairs)
    redated = sum(row.published_on != item.published_on for row, item in pairs) - undated
    retitled = sum(fold(row.title) != fold(item.title) for row, item in pairs) - unreadable
    for count, words in (
        (unreadable, "标题成了乱码"),
        (retitled, "标题都变了"),
        (undated, "都没有了日期"),
        (redated, "日期都变了"),
    ):
        if count >= len(pairs) * NEARLY_ALL:
            return f"认得的 {len(pairs)} 条里有 {count} 条{words}"
    return None


def _is_readable(title: str) -> bool:
    return bool(_CHINESE.search(title)) and "\ufffd" not in title


def _mark(title: str, on: date | None) -> _Mark:
    return fold(title), on


def _unique(pairs: Iterable[tuple[_Mark, str]]) -> dict[_Mark, str]:
    """Marks that only one row bears."""
    found: dict[_Mark, list[str]] = {}
    for mark, key in pairs:
        found.setdefault(mark, []).append(key)
    return {mark: keys[0] for mark, keys in found.items() if len(keys) == 1}


def _said(title: str, on: date | None) -> str:
    return f"{on or '无日期'} {title}"
