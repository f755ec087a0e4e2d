"""Which rows of a list are news, which were there before us. Talks to nobody.

The first good listing of a source is its baseline, recorded as such. After that a row that we
have never seen is news, unless it is older than the source's horizon: then it stood on page 2
all along and slid up because a row above it went away (shared facts: every plain spider reports
those as new).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from monitor.dates import local_date
from monitor.fingerprint import fingerprint
from monitor.model import ListingItem, SourceState
from monitor.normalise import bare_title
from monitor.text import fold, fold_lines
from monitor.urls import canonical

FULL_PAGE = 10  # a list with fewer rows has no second page
LATE = timedelta(days=3)  # so much later than it is dated a notice may be listed


def keyed(items: Sequence[ListingItem]) -> dict[str, ListingItem]:
    """Rows by canonical address, in the order of the page; the first of two equal ones counts."""
    rows: dict[str, ListingItem] = {}
    for item in items:
        rows.setdefault(canonical(item.url), item)
    return rows


def rows_fingerprint(rows: Mapping[str, ListingItem]) -> str:
    """What a list says, whatever its markup and order: pinned rows that change places are noise."""
    titles = fold_lines([bare_title(item.title) for item in rows.values()])  # at once: cheaper
    said = zip(rows.items(), titles, strict=True)
    lines = sorted(f"{key}\x1d{title}\x1d{item.published_on or ''}" for (key, item), title in said)
    return fingerprint((str(place), line) for place, line in enumerate(lines))


def title_said(title: str) -> str:
    """A row's title for comparing: blanks, width and marks of the list (置顶, 进行中) do not count."""
    return fold(bare_title(title))


def horizon(items: Sequence[ListingItem]) -> date | None:
    """The oldest day that a listing reaches back to: the date of its last dated rows.

    Not the minimum: pinned rows stand first and are often years old. Of the last two the older one: a
    last row that is dated into the future by mistake would make all that ever comes no news.
    """
    dates = [item.published_on for item in items if item.published_on]
    return min(dates[-2:], default=None)


def is_baseline(item: ListingItem, state: SourceState) -> bool:
    """Whether a never-seen row was there before the source was (decision 4).

    Of the horizon's own day there may be more rows on the second page of a list that fills its first one;
    of the last days before the baseline more may have come since.
    """
    if state.baseline_at is None:
        return True
    if state.horizon is None or item.published_on is None:
        return False
    is_long_ago = state.horizon < local_date(state.baseline_at) - LATE
    if is_long_ago and state.items >= FULL_PAGE:
        return item.published_on <= state.horizon
    return item.published_on < state.horizon


def reads_on(rows: Mapping[str, ListingItem], known: frozenset[str], state: SourceState) -> bool:
    """Whether the next page must be read too: its last row is news, so more news may have passed by.

    The last row and not the first ones decides: rows pinned on top stay known for ever.
    """
    if not rows or state.baseline_at is None:
        return False
    last = next(reversed(list(rows)))
    return last not in known and not is_baseline(rows[last], state)


def reaches(rows: Mapping[str, ListingItem], since: date | None) -> bool:
    """Whether a backfill to the day `since` must go past these rows: their last dated one is not older."""
    if since is None:
        return False
    oldest = horizon(tuple(rows.values()))
    return bool(rows) and (oldest is None or oldest >= since)


def not_before(item: ListingItem, since: date | None) -> bool:
    """Whether a row belongs to a backfill from the day `since`; a row without a date does."""
    return since is None or item.published_on is None or item.published_on >= since
