"""A notice whose page stands at another address now (移站): what has changed of it, but its place.

A site that gives its pages new addresses gives them a new template too, and its files new addresses. So only
other words count, or another deadline; the rest corrects what we had and is told to nobody. Talks to nobody.
"""

from __future__ import annotations

from monitor.decide import own_words
from monitor.diff import diff, meaning
from monitor.model import Change, Intent, Notice, Posting, Verdict, Version
from monitor.urls import canonical


def has_moved_here(posting: Posting, before: Version) -> bool:
    """Whether a posting has taken over from another one, where its notice was last read."""
    reading = before.reading
    if reading is None or reading.posting_id != posting.id:
        return False
    return canonical(reading.item.url) != canonical(posting.item.url)


def seen_elsewhere(before: Version, notice: Notice, verdict: Verdict) -> Intent:
    """The first reading at the new address: it replaces the one we had, and seldom says something else."""
    change = diff(before.notice, notice)
    if change and not _says_other(before.notice, notice, change):
        change = None
    return Intent(notice=notice, fingerprint=meaning(notice), change=change, verdict=verdict)


def _says_other(before: Notice, now: Notice, change: Change) -> bool:
    if before.unread:
        return False
    if "deadlines" in change.fields:
        return True
    printed = [
        words for each in (before, now) for words in (each.title, each.doc_number or "", *each.issuers)
    ]
    return "body" in change.fields and not own_words.alike(before.body, now.body, printed=printed)
