"""What the learner sees of a notice: runs of two and three characters of its title, and who issued it.

Runs, not words: Chinese has no blanks, and a dictionary of words would be older than the notices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.fields.lines import plain

# What stands in any title says nothing about one; numbers and punctuation neither.
_EMPTY = re.compile(
    r"关于|的|通知|公告|工作|年度|有关|相关|事项|进一步|做好|开展|组织|印发|转发|[^一-鿿A-Za-z]+"
)
_LONGEST = 120
ISSUER = "@"


def grams(title: str, issuers: Sequence[str]) -> tuple[str, ...]:
    """Each run once, in the order of the title; an issuer is one gram, marked with @."""
    found: dict[str, None] = {}
    for part in _EMPTY.split(plain(title[:_LONGEST])):
        for start in range(len(part) - 1):
            found[part[start : start + 2]] = None
            if start + 3 <= len(part):
                found[part[start : start + 3]] = None
    return (*found, *(ISSUER + plain(name) for name in issuers))
