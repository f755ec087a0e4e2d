"""The line by which a new notice introduces itself: its first sentence, never a summary of ours."""

from __future__ import annotations

import re

from monitor.digest.cut import shorten
from monitor.model import Notice
from monitor.text import clean, fold

LONGEST = 240  # bytes, 80 Chinese characters
SHORTEST = 16  # characters; less is a heading, a number, a date
LOOKED_AT = 12  # lines: what has not begun by then does not begin with a sentence

_SENTENCE = re.compile(r"[^。！？]*[。！？]?")


def lead(notice: Notice) -> str:
    """The first sentence of the text that is neither title, nor number, nor address of readers; or ""."""
    title = fold(notice.title)
    for line in notice.body.split("\n", LOOKED_AT)[:LOOKED_AT]:
        text = clean(line)
        if _is_sentence(text) and not _is_heading(fold(text), title):
            found = _SENTENCE.match(text)
            return shorten(found[0] if found else text, LONGEST)
    return ""


def _is_sentence(text: str) -> bool:
    """各省、自治区…主管部门： is whom it is for; a | b is a row of a table."""
    return len(text) >= SHORTEST and not text.endswith(("：", ":")) and " | " not in text


def _is_heading(text: str, title: str) -> bool:
    return text in title or (title != "" and title in text)
