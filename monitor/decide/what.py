"""What has happened to a notice: facts in, an Intent out. Talks to nobody."""

from __future__ import annotations

from monitor.diff import diff, meaning
from monitor.model import Change, Intent, Kind, Notice, Verdict, Version


def first_seen(notice: Notice, verdict: Verdict, *, baseline: bool) -> Intent:
    """A notice that we did not have: news, or part of what was there before us."""
    kind = Kind.BASELINE if baseline else Kind.NEW
    return Intent(notice=notice, fingerprint=meaning(notice), change=Change(kind=kind), verdict=verdict)


def seen_again(before: Version, notice: Notice, verdict: Verdict) -> Intent | None:
    """What a second reading of a notice means; None when it says the same.

    A notice told from its row alone is completed without a second word (decision 11).
    """
    print_now = meaning(notice)
    if print_now == before.fingerprint and not before.notice.unread:
        return None
    change = None if before.notice.unread else diff(before.notice, notice)
    if change is None and not before.notice.unread:
        return None
    return Intent(notice=notice, fingerprint=print_now, change=change, verdict=verdict)
