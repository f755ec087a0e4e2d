"""Gone is not withdrawn (DESIGN, decision 5): what proves that a notice was taken back. Talks to nobody.

The page itself must say that it is not there (404, 410, a page that says it was deleted) twice, a day apart,
both times while its site was healthy: the list of the same check could be read and was believed, and the
site's pages were not all gone together. One good answer in between, and the proof begins anew.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto

from monitor.errors import FetchError, SourceError

PROOF = timedelta(hours=24)
FEW = 3  # so many pages gone in one check, and hardly one that is not, is the site and not the notices
HARDLY_ANY = 0.2
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


def is_healthy(*, list_read: bool, gone: int, there: int) -> bool:
    """Whether a site of which so many pages are gone and so many there can be taken at its word."""
    together = gone >= FEW and there < (gone + there) * HARDLY_ANY
    return list_read and not together
