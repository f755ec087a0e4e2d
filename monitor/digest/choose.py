"""Which untold changes a digest should tell now. Skipped ones stay owed: a review may bring them in."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.model import ChangeRecord, Decision, Digest, Kind


def owed(digest: Digest, changes: Iterable[ChangeRecord]) -> tuple[ChangeRecord, ...]:
    """Those of `changes` that belong to this digest, in their order."""
    return tuple(change for change in changes if _belongs(change, digest))


def _belongs(change: ChangeRecord, digest: Digest) -> bool:
    decision = change.review.decision if change.review else None
    if change.kind is Kind.BASELINE or decision is Decision.DROP:
        return False
    if digest.reviewed_only and decision not in (Decision.KEEP, Decision.MOVE):
        return False
    return change.section in digest.sections
