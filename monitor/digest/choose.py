"""Which untold changes a digest tells now. What it passes over is set aside by whoever asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.dates import local_date
from monitor.digest.due import open_deadlines
from monitor.model import ChangeRecord, Decision, Digest, Kind, Notice, Source, Wants
from monitor.text import fold


def owed(
    digest: Digest, changes: Iterable[ChangeRecord], *, sources: Mapping[str, Source], now: datetime
) -> tuple[ChangeRecord, ...]:
    """Those of `changes` that belong to this digest, in their order.

    A notice is chosen as it stands after its last change, and then with all of its changes. One that
    was taken back before its readers heard of it is not told at all.
    """
    told = [change for change in changes if change.kind is not Kind.BASELINE]
    stories: dict[int, list[ChangeRecord]] = {}
    for change in told:
        stories.setdefault(change.notice_id, []).append(change)
    chosen = {
        notice_id
        for notice_id, story in stories.items()
        if _is_of_kind(story, digest.wants) and is_wanted(digest, story[-1], sources=sources, now=now)
    }
    return tuple(change for change in told if change.notice_id in chosen)


def is_wanted(digest: Digest, change: ChangeRecord, *, sources: Mapping[str, Source], now: datetime) -> bool:
    """Whether a notice, as it stands after this change of whatever kind, is the digest's business."""
    decision = change.review.decision if change.review else None
    if decision is Decision.DROP or change.section not in digest.sections:
        return False
    if digest.reviewed_only and decision not in (Decision.KEEP, Decision.MOVE):
        return False
    return (
        _stands_in(change, digest.wants, sources)
        and _speaks_of(change.notice, digest.wants)
        and _is_near(change.notice, digest.wants, now)
    )


def _is_of_kind(story: Sequence[ChangeRecord], wants: Wants) -> bool:
    kinds = {change.kind for change in story}
    if Kind.NEW in kinds and story[-1].kind is Kind.WITHDRAWN:
        return False
    return not wants.kinds or not kinds.isdisjoint(wants.kinds)


def _stands_in(change: ChangeRecord, wants: Wants, sources: Mapping[str, Source]) -> bool:
    """One of the notice's sources is of a wanted region, one of a wanted level."""
    standing = [sources[each] for each in {change.source_id, *change.sources} if each in sources]
    if wants.regions and not any(source.region in wants.regions for source in standing):
        return False
    return not wants.levels or any(source.level in wants.levels for source in standing)


def _speaks_of(notice: Notice, wants: Wants) -> bool:
    if not wants.keywords and not wants.without:
        return True
    heading = fold("\n".join((notice.title, notice.doc_number or "", *notice.issuers)))
    if any(fold(word) in heading for word in wants.without):
        return False
    if not wants.keywords:
        return True
    files = (file.name for file in notice.attachments)
    whole = heading + fold("\n".join((notice.body, *files)))
    return any(fold(word) in whole for word in wants.keywords)


def _is_near(notice: Notice, wants: Wants, now: datetime) -> bool:
    if wants.within is None:
        return True
    last = local_date(now) + timedelta(days=wants.within)
    return any(deadline.date <= last for deadline in open_deadlines(notice.deadlines, now))
