"""Gone is not withdrawn (DESIGN, decision 5): what proves that a notice was taken back. Talks to nobody.

The page itself must say that it is not there (404, 410, a page that says it was deleted) twice, a day apart,
both times while its site was healthy: the list of the same check could be read, has rows and was believed,
and the pages that stood beside this one when it was last read are there. One good answer in between, and
the proof begins anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

from monitor.decide.rows import horizon
from monitor.errors import FetchError, SourceError
from monitor.model import ListingItem, Posting
from monitor.urls import canonical

PROOF = timedelta(hours=24)
PATIENCE = timedelta(days=3)  # so long other postings are given to answer in place of the one that is gone
GONE = (404, 410)


class Proof(Enum):
    """What one more answer "it is not here" amounts to."""

    NOTHING = auto()
    BEGUN = auto()
    NOT_YET = auto()
    PROVEN = auto()


def says_gone(error: SourceError) -> bool:
    """Whether the page itself says that it is not there; silence, walls and mistakes say nothing."""
    return isinstance(error, FetchError) and error.status in GONE


def proof(first: datetime | None, now: datetime, *, healthy: bool) -> Proof:
    """What this answer adds to the one of `first` (None: there was none)."""
    if not healthy:
        return Proof.NOTHING
    if first is None:
        return Proof.BEGUN
    return Proof.PROVEN if now - first >= PROOF else Proof.NOT_YET


def is_healthy(*, there: int, gone: int, alone: bool) -> bool:
    """Whether a site whose list is well can be taken at its word about a page.

    `there` and `gone` count those pages beside it that have answered; when as many are gone, the site has
    moved or is out of order. `alone`: there is no other page that could be asked.
    """
    return alone or there > gone


def has_left(item: ListingItem, rows: Mapping[str, ListingItem] | None) -> bool:
    """Whether a list that reaches back beyond a row's day shows that row no more.

    `rows` by key, None where the list says that it is as it was. A row as old as the last one may only
    have aged.
    """
    if rows is None or canonical(item.url) in rows:
        return False
    oldest = horizon(tuple(rows.values()))
    return bool(oldest and item.published_on and item.published_on > oldest)


def may_inherit(leading: Posting, now: datetime) -> bool:
    """Whether another posting may speak for the notice, since the page that leads has long been gone."""
    return leading.gone_at is not None and now - leading.gone_at >= PROOF


def heirs(gone: Posting, places: Sequence[Posting], now: datetime) -> tuple[Posting, ...]:
    """The postings that may still stand for a notice whose leading page is proven gone.

    Those at another address that are not known to be gone themselves; nobody after `PATIENCE`: what has
    not answered by then cannot be asked.
    """
    if gone.gone_at is None or now - gone.gone_at >= PROOF + PATIENCE:
        return ()
    address = canonical(gone.item.url)
    return tuple(
        each
        for each in places
        if each.settled and canonical(each.item.url) != address and not may_inherit(each, now)
    )
