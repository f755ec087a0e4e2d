"""What has happened to a notice: facts in, an Intent out. Talks to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor.dates import local_date
from monitor.diff import diff, learns_a_file, meaning
from monitor.model import Change, Intent, Kind, Notice, Verdict, Version


def first_seen(notice: Notice, verdict: Verdict, *, baseline: bool) -> Intent:
    """A notice that we did not have: news, or part of what was there before us."""
    kind = Kind.BASELINE if baseline else Kind.NEW
    return Intent(notice=notice, fingerprint=meaning(notice), change=Change(kind=kind), verdict=verdict)


def seen_again(before: Version, notice: Notice, verdict: Verdict) -> Intent | None:
    """What a second reading of a notice means; None when it says the same.

    A notice told from its row alone is completed without a second word (decision 11). So is one whose
    files could be read at last: what they say must be known before it can be seen to change.
    """
    completed = before.notice.unread
    change = None if completed else diff(before.notice, notice)
    if change is None and not completed and not learns_a_file(before.notice, notice):
        return None
    return Intent(notice=notice, fingerprint=meaning(notice), change=change, verdict=verdict)


def withdrawn(before: Version, verdict: Verdict, since: datetime) -> Intent:
    """A notice that is proven to have been taken back: its last text stands, and since when it is gone."""
    day = local_date(since)
    change = Change(kind=Kind.WITHDRAWN, summary=f"原网页自{day.month}月{day.day}日起已不存在")
    return Intent(notice=before.notice, fingerprint=before.fingerprint, change=change, verdict=verdict)


def restored(before: Version, notice: Notice, verdict: Verdict) -> Intent:
    """A notice that was taken back and is there again: one change, whatever else differs."""
    edit = diff(before.notice, notice) or Change(kind=Kind.RESTORED)
    change = replace(edit, kind=Kind.RESTORED)
    return Intent(notice=notice, fingerprint=meaning(notice), change=change, verdict=verdict)
