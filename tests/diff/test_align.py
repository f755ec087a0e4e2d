"""Equal members of two sequences: as many as there are, in order, cut at anchors where there are too many."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff import align as room
from monitor.diff.align import align, gaps
from monitor.diff.similar import OPENING, Allowance, counterparts, rewritten

LETTERS = st.lists(st.sampled_from("abcd"), max_size=24)


def longest(old: list[str], new: list[str]) -> int:
    """The length of the longest common subsequence, by the textbook."""
    row = [0] * (len(new) + 1)
    for a in old:
        corner = 0
        for j, b in enumerate(new):
            corner, row[j + 1] = row[j + 1], corner + 1 if a == b else max(row[j + 1], row[j])
    return row[-1]


@given(LETTERS, LETTERS)
def test_pairs_are_equal_members_in_order_and_as_many_as_can_be(old: list[str], new: list[str]) -> None:
    pairs = align(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    assert len(pairs) == longest(old, new)


@given(LETTERS, LETTERS)
def test_what_is_too_large_is_still_paired_in_order(old: list[str], new: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "MOST_BITS", 6)
        pairs = align(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_beyond_the_bound_anchors_find_nearly_everything() -> None:
    chance = random.Random(1)
    old = [str(chance.randint(0, 30_000)) for _ in range(20_000)]
    new = [member for member in old if chance.random() > 0.05]
    assert len(align(old, new)) > 0.99 * len(new)


def test_a_phrase_is_an_anchor_where_no_member_is_unique() -> None:
    chance = random.Random(1)
    old = chance.choices("0123456789", k=20_000)
    new = [*old[:5_000], *"31415", *old[5_000:15_000], *old[15_007:]]
    assert len(align(["x", *old, "x"], ["y", *new, "y"])) > 19_900


def test_periodic_sequences_without_an_anchor_are_one_replacement() -> None:
    assert align(list("abcd" * 10_000), list("badc" * 10_000)) == []


@given(LETTERS, LETTERS)
def test_gaps_and_pairs_make_up_both_sequences(old: list[str], new: list[str]) -> None:
    pairs = align(old, new)
    spans = list(gaps(pairs, len(old), len(new)))
    assert len(spans) == len(pairs) + 1
    assert sum(b - a for a, b, _, _ in spans) == len(old) - len(pairs)
    assert sum(d - c for _, _, c, d in spans) == len(new) - len(pairs)


def test_the_rewriting_of_a_paragraph_is_found_beside_a_new_one() -> None:
    old = ["申报单位应在本省注册并依法纳税"]
    new = ["评审由专家组进行结果在网站公示", "申报单位应在本省注册五年以上并依法纳税"]
    assert counterparts(old, new, Allowance()) == [(0, 1)]


def test_what_shares_nothing_has_no_counterpart() -> None:
    assert rewritten(["申报单位应在本省注册"], ["评审结果另行公告"], Allowance()) == []


def test_a_number_in_front_does_not_hide_a_counterpart() -> None:
    assert rewritten(["二、甲", "3|乙"], ["三、甲", "2|乙"], Allowance(0)) == [(0, 0), (1, 1)]


def test_beyond_the_allowance_the_opening_tells() -> None:
    opening = "绿色工厂评价通则总则"[:OPENING]
    assert rewritten([f"{opening}甲"], ["别的", f"{opening}乙"], Allowance(0)) == [(0, 1)]
    assert rewritten([f"甲{opening}"], [f"乙{opening}"], Allowance(0)) == []


def test_an_allowance_is_spent_once() -> None:
    allowance = Allowance(10)
    assert allowance.covers(7)
    assert not allowance.covers(4)
    assert allowance.covers(3)


def test_similarity_is_looked_for_in_the_whole_gap_and_kept_in_order() -> None:
    old = ["能源管理制度完善", "近三年无环保事故", "产品符合国家标准"]
    new = ["产品符合国家有关标准", "能源管理制度较为完善", "近五年无环保事故"]
    assert rewritten(old, new, Allowance()) == [(0, 1), (1, 2)]
