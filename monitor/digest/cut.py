"""Cutting text to a number of UTF-8 bytes, never inside what a reader sees as one character."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"


def size(text: str) -> int:
    """Bytes of UTF-8, the unit in which chat services count."""
    return len(text.encode())


def shorten(text: str, room: int, *, more: str = "…") -> str:
    """`text` if it fits into `room` bytes, else as much of it as fits together with `more`."""
    if size(text) <= room:
        return text
    end = _fitting(text, room - size(more))
    while end > 0 and _joined(text, end):
        end -= 1
    return text[:end] + more


def _fitting(text: str, room: int) -> int:
    return len(text.encode()[: max(room, 0)].decode(errors="ignore"))


def _joined(text: str, at: int) -> bool:
    """Whether the characters before and after `at` are one grapheme: the rules of UAX 29 that matter."""
    before, after = text[at - 1], text[at]
    if before == _JOINER or after == _JOINER or unicodedata.category(after).startswith("M"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    return _is_flag_half(after) and _flag_halves_before(text, at) % 2 == 1


def _flag_halves_before(text: str, at: int) -> int:
    start = at
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return at - start


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
