"""What holds for any two texts: nothing is lost, nothing is invented, equal is equal, it ends soon."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff import (
    Block,
    Changed,
    Come,
    Comparison,
    Gone,
    Kept,
    Mark,
    Moved,
    Pieces,
    Renumbered,
    Row,
    compare_bodies,
    diff,
    html,
    meaning,
    plain,
    terminal,
)
from monitor.model import Notice
from monitor.text import fold
from tests.bench import diffs

WORDS = [
    "请于",
    "10月15日",
    "10 月 31 日",
    "前",
    "报送",
    "，",
    "。",
    "100万元",
    "一、",
    "二、",
    " | ",
    "\n",
    "\n\n",
    "(2)",
    "（2）",
    "　",
    "ABC",
    "甲",
    "乙",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
    st.lists(
        st.sampled_from(
            ["一、总体要求", "1 | 甲 | 2", "2 | 甲 | 2", "特此通知。", "请认真落实。逾期不候。", "甲"]
        ),
        max_size=9,
    ).map("\n".join),
)
HEAVY = dict(diffs.worst())


def before(blocks: tuple[Block, ...]) -> str:
    """The old text: what was moved counts where it stood."""
    return "".join(_text(block, Mark.COME, there=False) for block in blocks)


def now(blocks: tuple[Block, ...]) -> str:
    """The new text: what was moved counts where it stands."""
    return "".join(_text(block, Mark.GONE, there=True) for block in blocks)


def _text(block: Block, without: Mark, *, there: bool) -> str:
    match block:
        case Kept(text):
            return text
        case Gone(text):
            return "" if without is Mark.GONE else text
        case Come(text):
            return "" if without is Mark.COME else text
        case Changed(pieces):
            return _joined(pieces, without)
        case Row(cells):
            # A cell that is not there has no border either; borders are not compared here.
            return "".join(_joined(cell, without) for cell in cells)
        case Renumbered(changed):
            return _text(changed, without, there=there)
        case Moved(pieces, _, _, here):
            return _joined(pieces, without) if here is there else ""


def _joined(pieces: Pieces, without: Mark) -> str:
    return "".join(piece.text for piece in pieces if piece.mark is not without)


def bare(text: str) -> str:
    return fold(text).replace("|", "")


@given(TEXTS, TEXTS)
def test_without_what_came_it_is_the_old_text_and_without_what_went_the_new(old: str, new: str) -> None:
    blocks = compare_bodies(old, new)
    assert bare(before(blocks)) == bare(old)
    assert bare(now(blocks)) == bare(new)


@given(TEXTS, TEXTS)
def test_blocks_are_all_kept_exactly_where_the_texts_say_the_same(old: str, new: str) -> None:
    same = all(isinstance(block, Kept) for block in compare_bodies(old, new))
    assert same == (fold(old) == fold(new))


@given(TEXTS)
def test_spacing_and_width_are_no_edit(text: str) -> None:
    wide = text.replace("(", "（").replace(",", "，").replace("月", " 月　").replace("\n", "\n\n")
    assert all(isinstance(block, Kept) for block in compare_bodies(text, wide))


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_compared_and_shown(old: str, new: str) -> None:
    comparison = Comparison((), compare_bodies(old, new))
    html(comparison)
    assert all(line.isprintable() for line in plain(comparison))
    assert all(line.replace("\x1b", "").isprintable() for line in terminal(comparison))


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_change_means_the_same_fingerprint_and_the_other_way_round(old: str, new: str) -> None:
    one, other = (Notice(url="u", title="甲", body=body) for body in (old, new))
    change = diff(one, other)
    assert (change is None) == (meaning(one) == meaning(other))
    assert change is None or change.summary


@given(st.lists(st.integers(0, 30), min_size=2, max_size=12, unique=True), st.randoms())
def test_paragraphs_in_another_order_are_moved_and_never_lost(
    numbers: list[int], chance: random.Random
) -> None:
    paragraphs = [f"这是内容各不相同的段落{chr(0x4E00 + number) * 3}" for number in numbers]
    shuffled = chance.sample(paragraphs, len(paragraphs))
    blocks = compare_bodies("\n".join(paragraphs), "\n".join(shuffled))
    assert {type(block) for block in blocks} <= {Kept, Moved}
    here = [block for block in blocks if isinstance(block, Moved) and block.here]
    assert len(here) == sum(isinstance(block, Moved) for block in blocks) / 2
    for moved in here:
        assert paragraphs[moved.was - 1] == shuffled[moved.now - 1] == moved.pieces[0].text


@pytest.mark.parametrize("name", HEAVY)
def test_no_pair_of_large_texts_takes_long(name: str) -> None:
    # `make bench` measures against one second; here a busy machine may be three times as slow.
    old, new = HEAVY[name]
    assert diffs.seconds(old, new) < 3
    blocks = compare_bodies(old, new)
    assert bare(before(blocks)) == bare(old)
    assert bare(now(blocks)) == bare(new)
