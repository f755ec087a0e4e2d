"""Cutting by bytes at what a reader sees as characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.digest.cut import shorten, size


@pytest.mark.parametrize(
    ("text", "room", "cut"),
    [
        ("通知", 6, "通知"),
        ("通知公告", 9, "通知…"),
        ("通知公告", 11, "通知…"),
        ("ae\u0301x", 4, "a…"),
        ("一👨\u200d👩\u200d👧二", 17, "一…"),
        ("🇨🇳🇨🇳🇨🇳", 20, "🇨🇳🇨🇳…"),
        ("👍🏽好好", 8, "…"),
        ("👍🏽好好", 11, "👍🏽…"),
    ],
)
def test_cuts_between_graphemes(text: str, room: int, cut: str) -> None:
    assert shorten(text, room) == cut


@given(st.text(), st.integers(3, 60))
def test_what_is_cut_fits_and_begins_as_before(text: str, room: int) -> None:
    cut = shorten(text, room)
    assert size(cut) <= room
    assert cut == text or text.startswith(cut.removesuffix("…"))
