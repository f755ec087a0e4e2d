"""The line by which a new notice introduces itself: its first sentence, never a summary of ours.

It stands before the first numbered heading. Where there is none, nothing is better than a rule of detail.
"""

from __future__ import annotations

import re

from monitor.digest.cut import shorten
from monitor.model import Notice
from monitor.text import clean, fold

LONGEST = 240  # bytes, 80 Chinese characters
SHORTEST = 16  # characters; less is a heading, a number, a date
LOOKED_AT = 12  # lines: what has not begun by then does not begin with a sentence

_SENTENCE = re.compile(r"[^。！？]+[。！？]")
_NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、章条]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．])"
)


def lead(notice: Notice) -> str:
    """The first sentence of the text that is neither title, nor number, nor address of readers; or ""."""
    title = fold(notice.title)
    for line in notice.body.split("\n", LOOKED_AT)[:LOOKED_AT]:
        text = clean(line)
        if _NUMBERED.match(text):
            break
        found = _SENTENCE.match(text)
        if found and len(found[0]) >= SHORTEST and not _is_heading(fold(found[0]), title):
            return shorten(found[0], LONGEST)
    return ""


def _is_heading(text: str, title: str) -> bool:
    return text in title or (title != "" and title in text)
