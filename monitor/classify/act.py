"""What a title says that the notice itself does. Talks to nobody.

关于印发《…申报指南》的通知 issues a guide for applicants; whatever else stands in the guide's name is its
subject. So of a named document only the last words count, except where it is itself a notice that
is passed on (关于转发《关于推荐…的通知》的通知).
"""

from __future__ import annotations

import re

_QUOTED = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_ISSUED = re.compile(r"(?<=印发)([^《》]{9,200})(?=的(?:通知|公告|函)$)")
_PASSED_ON = re.compile(r"(?:通知|公告|函)(?:\(.*\))?$")
_EDITION = re.compile(r"(?:\((?:[^()]{0,20}(?:版|本|年|试行|修订|修正|暂行)[^()]{0,4})\))+$")
_LAST_WORDS = 8


def act(title: str) -> str:
    """The title, with the names of the documents that it issues cut to their last words."""
    return _ISSUED.sub(_short, _QUOTED.sub(_short_quoted, title))


def _short_quoted(match: re.Match[str]) -> str:
    name = match[1]
    return f"《{name if _PASSED_ON.search(name) else _last_words(name)}》"


def _short(match: re.Match[str]) -> str:
    return _last_words(match[1])


def _last_words(name: str) -> str:
    """管理办法 of …管理办法(2025年版): the edition says nothing of what it is."""
    return _EDITION.sub("", name)[-_LAST_WORDS:]
