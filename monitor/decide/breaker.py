"""When a poll is not believed: the site looks like another one (DESIGN, decision 6). Talks to nobody.

A list of which nearly nothing is known, or of which nearly every title or date has changed at once, is more
likely a redesign, a wrong page or a misread charset than the news of an hour. So are pages that all change
in one check. Such a poll is held as one event until a person has looked. Rows that come back under new
addresses with the titles and days that we know are no event: the site has moved its pages, and nobody
needs to hear of that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.decide.rows import LATE, title_said
from monitor.model import ListingItem, Notice
from monitor.text import fold

FEW = 5  # fewer rows than these can all be new, or all be corrected, in a day
NEARLY_ALL = 0.8
HARDLY_ANY = 0.1
WITNESSES = 3  # pages that must have been read again before their changing together says anything
MOST_WITNESSES = 4  # besides the page that has changed
MOST_SAID = 100  # rows of a list that are kept for a person, and to know it again

_CHINESE = re.compile("[一-鿿]")
_DIGITS = re.compile(r"\d+")
_Mark = tuple[str, date | None]


class Part(StrEnum):
    """What of a source is held."""

    LIST = "list"
    PAGES = "pages"


class Ruling(StrEnum):
    """What a person has said about it."""

    NONE = ""
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A poll that is not believed. `reason`, `before` and `after` are Chinese lines for a person.

    `before` and `after` are rows of the list, or what the pages said and say. `raw` is the archive key of
    the page that was seen last.
    """

    source_id: str
    part: Part
    since: datetime
    reason: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    rows_fingerprint: str = ""
    raw: str | None = None
    ruling: Ruling = Ruling.NONE
    decided_at: datetime | None = None
    decided_by: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether a person has said that it is right."""
        return self.ruling is Ruling.ACCEPTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A row as we remember it."""

    key: str
    title: str
    published_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a list is compared with.

    `rows` are those of the page that we have seen before and the newest ones, newest first; `usual` is how
    many the list had, `since` the day on which it was believed last, `horizon` that before which we know
    nothing.
    """

    rows: Sequence[Known]
    usual: int
    since: date | None
    horizon: date | None

    @property
    def newest(self) -> date | None:
        """The newest day of which we know a row; days ahead of our last look are mistakes."""
        days = [row.published_on for row in self.rows if row.published_on]
        return max((day for day in days if self.since is None or day <= self.since), default=None)

    @property
    def news_from(self) -> date | None:
        """The day from which a row that we do not know may be news, however late the list shows it."""
        return min(filter(None, (self.since, self.newest)), default=None)


def doubt(rows: Mapping[str, ListingItem], past: Past, *, meets_known: bool) -> str | None:
    """Why a list should not be believed, as a Chinese sentence; None when it may.

    `rows` are those of the first page by key. `meets_known` says that further pages lead back to rows that
    we know: after an outage a whole page may be news, if it is dated so.
    """
    if not rows or past.usual < FEW:
        return None
    moving = has_moved(rows, past.rows)
    if not moving and is_strange(rows, past.rows) and not (meets_known and _is_news(rows, past)):
        return f"列表上的 {len(rows)} 条几乎都没有见过，不像是新发布的"
    return _rewritten(rows, past.rows) or (None if moving else _belated(rows, past))


def is_strange(rows: Mapping[str, ListingItem], remembered: Sequence[Known]) -> bool:
    """Whether nearly nothing on a page is known by its address."""
    return sum(row.key in rows for row in remembered) <= len(rows) * HARDLY_ANY


def moved(rows: Mapping[str, ListingItem], remembered: Sequence[Known]) -> Mapping[str, str]:
    """Rows under new addresses → the keys they had: the same title on the same day, unmistakably.

    Only what the page no longer lists under its old address can have moved, and only one row to one.
    """
    known = {row.key for row in remembered}
    gone = [row for row in remembered if row.key not in rows and row.published_on]
    old = _unique((_mark(row.title, row.published_on), row.key) for row in gone)
    new = _unique(
        (_mark(item.title, item.published_on), key) for key, item in rows.items() if key not in known
    )
    return {key: old[mark] for mark, key in new.items() if mark in old}


def has_moved(rows: Mapping[str, ListingItem], remembered: Sequence[Known]) -> bool:
    """Whether the site has given its pages new addresses: most of a page's rows are old ones."""
    return len(rows) >= FEW and len(moved(rows, remembered)) * 2 > len(rows)


def is_old(item: ListingItem, since: date | None) -> bool:
    """Whether a never-seen row of a list that is a new one was there before its last good check.

    What has no date cannot be told apart from twenty others like it, and is no news.
    """
    return item.published_on is None or since is None or item.published_on < since


def said(title: str, on: date | None) -> str:
    """A row as a person compares it."""
    return f"{on or '无日期'} {title}"


def shown(rows: Mapping[str, ListingItem]) -> tuple[str, ...]:
    """The rows of a page as they are kept with what is held."""
    return tuple(said(item.title, item.published_on) for item in list(rows.values())[:MOST_SAID])


def remembered_as(past: Past) -> tuple[str, ...]:
    """The newest rows that we know, as many as the list usually has."""
    return tuple(said(row.title, row.published_on) for row in past.rows[: min(past.usual, MOST_SAID)])


def is_like(rows: Mapping[str, ListingItem], held: Held) -> bool:
    """Whether a list is the one that is held, give or take what has come since: half of it is the same."""
    now, then = set(shown(rows)), set(held.after)
    return bool(now) and len(now & then) * 2 >= min(len(now), len(then))


def together(changed: int, read: int) -> bool:
    """Whether pages changed so many at once that the template has, and not what they say."""
    return read >= WITNESSES and changed >= read * NEARLY_ALL


def is_template(pairs: Sequence[tuple[Notice, Notice]]) -> bool:
    """Whether notices that changed together, before and now, changed in the same way.

    The same line came or went (numbers apart), the same end of the text or the same field was touched, or
    most of the text is another: editors who correct five notices in an afternoon do nothing of the kind.
    """
    counts = Counter(mark for before, now in pairs for mark in _marks(before, now))
    return max(counts.values(), default=0) >= len(pairs) * NEARLY_ALL


def is_drastic(before: Notice, now: Notice) -> bool:
    """Whether a page has changed too much to be believed unheard: its title, or most of the text."""
    return not {"text", "title"}.isdisjoint(_marks(before, now))


def may_be_together(changed: int, read: int, *, further: int) -> bool:
    """Whether so many further witnesses could still show that pages have changed together."""
    return changed > 0 and together(changed + further, read + further)


def are_still(changed: int, read: int) -> bool:
    """Whether pages that have changed together still look so: at least half of those read again now."""
    return changed > 0 and changed * 2 >= read


def _is_news(rows: Mapping[str, ListingItem], past: Past) -> bool:
    """Whether a page of strange rows is dated as news is; a list that never had dates says nothing."""
    dated = [item.published_on for item in rows.values() if item.published_on]
    if not dated:
        return not any(row.published_on for row in past.rows)
    recent = sum(_is_recent(day, past) for day in dated)
    return recent >= len(dated) * NEARLY_ALL


def _is_recent(day: date, past: Past) -> bool:
    """Whether a row of that day can be news: a list that was frozen shows at once what it has kept back."""
    if past.since is None or day >= past.since - LATE:
        return True
    return past.newest is not None and day > past.newest


def _belated(rows: Mapping[str, ListingItem], past: Past) -> str | None:
    """Rows dated within the time in which we have looked, and yet never seen: another list among ours."""
    if past.since is None:
        return None
    known = {row.key for row in past.rows}
    days = [item.published_on for key, item in rows.items() if key not in known and item.published_on]
    late = sum((past.horizon or date.min) <= day and not _is_recent(day, past) for day in days)
    if late < FEW or late * 2 < len(rows):
        return None
    return f"{len(rows)} 条里有 {late} 条日期较早，却从未见过"


def _rewritten(rows: Mapping[str, ListingItem], remembered: Sequence[Known]) -> str | None:
    """The rows are those we know, but nearly all say something else."""
    pairs = [(row, rows[row.key]) for row in remembered if row.key in rows]
    if len(pairs) < FEW:
        return None
    unreadable = sum(bool(_CHINESE.search(row.title)) and not _is_readable(item.title) for row, item in pairs)
    undated = sum(row.published_on is not None and item.published_on is None for row, item in pairs)
    redated = sum(row.published_on != item.published_on for row, item in pairs) - undated
    retitled = sum(title_said(row.title) != title_said(item.title) for row, item in pairs) - unreadable
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
    return title_said(title), on


def _marks(before: Notice, now: Notice) -> Iterator[str]:
    """What is characteristic of a change, in a form in which those of other pages can be equal."""
    old, new = _lines(before), _lines(now)
    gone, come = set(old) - set(new), set(new) - set(old)
    # What only goes is the template's; a line that is said in another way may be one that many notices have.
    yield from (f"+{line}" for line in come) if come else (f"-{line}" for line in gone)
    for place, name in ((0, "first"), (-1, "last")):
        if old and new and (old[place] in gone) is not (new[place] in come):
            yield name
    if len(gone) * 2 > len(old) or len(come) * 2 > len(new):
        yield "text"
    for field in ("title", "doc_number", "issuers", "signed_on", "attachments"):
        if getattr(before, field) != getattr(now, field):
            yield field


def _lines(notice: Notice) -> list[str]:
    return [_DIGITS.sub("0", fold(line)) for line in notice.body.splitlines()]


def _unique(pairs: Iterable[tuple[_Mark, str]]) -> dict[_Mark, str]:
    """Marks that only one row bears."""
    found: dict[_Mark, list[str]] = {}
    for mark, key in pairs:
        found.setdefault(mark, []).append(key)
    return {mark: keys[0] for mark, keys in found.items() if len(keys) == 1}
