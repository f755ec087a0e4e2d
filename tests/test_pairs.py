"""Before and after: noise is told to nobody, every edit is told once, as what it is.

The pairs (tests/pairs) were written by hand before it was known what the program makes of them. Each goes the
whole path: bytes → family → normalise → diff, a list's rows → keyed → fingerprint.
"""

from __future__ import annotations

from datetime import date

import pytest

from monitor.decide.rows import keyed, rows_fingerprint
from monitor.diff import diff, meaning
from monitor.families import FAMILIES
from monitor.model import Level, Listing, ListingItem, Notice, Page, Source
from monitor.normalise import normalise
from tests.pairs import PAIRS, Pair, source_of
from tests.seeds import BODIES

NOTICES = [pair for pair in PAIRS if not pair.is_list]
LISTS = [pair for pair in PAIRS if pair.is_list]
ROW_TITLE = "示例省工业和信息化厅关于组织申报2026年度…"


def source(pair: Pair) -> Source:
    url, options = source_of(pair)
    return Source(
        id="pair",
        name="示例省工业和信息化厅 · 通知公告",
        url=url,
        family=pair.family,
        level=Level.PROVINCIAL,
        region="示例",
        options=options,
    )


def notice(pair: Pair, body: bytes) -> Notice:
    where = source(pair)
    row = ListingItem(url=where.url, title=ROW_TITLE, published_on=date(2026, 9, 10))
    raw = FAMILIES[pair.family].notice(Page(url=where.url, body=body), where)
    return normalise(raw, row, where, bodies=BODIES)


def rows(pair: Pair, body: bytes) -> dict[str, ListingItem]:
    where = source(pair)
    found = FAMILIES[pair.family].listing(Page(url=where.url, body=body), where)
    assert isinstance(found, Listing)
    return keyed(found.items)


def named(verdict: str, pairs: list[Pair]) -> list[object]:
    return [pytest.param(pair, id=pair.id) for pair in pairs if pair.name.startswith(verdict)]


@pytest.mark.parametrize("pair", named("falsepos_", NOTICES))
def test_noise_on_a_notice_is_no_change(pair: Pair) -> None:
    before, now = notice(pair, pair.before), notice(pair, pair.after)
    assert (diff(before, now), meaning(now)) == (None, meaning(before))


@pytest.mark.parametrize("pair", named("truepos_", NOTICES))
def test_an_edit_of_a_notice_is_one_change_of_its_kind(pair: Pair) -> None:
    before, now = notice(pair, pair.before), notice(pair, pair.after)
    change = diff(before, now)
    assert change is not None
    assert change.kind is pair.kind
    assert {*change.fields, "body"} == {*pair.fields, "body"}
    assert meaning(now) != meaning(before)


@pytest.mark.parametrize("pair", named("truepos_", NOTICES))
def test_the_way_back_is_a_change_as_well(pair: Pair) -> None:
    before, now = notice(pair, pair.before), notice(pair, pair.after)
    change = diff(now, before)
    assert change is not None
    assert {*change.fields, "body"} == {*pair.fields, "body"}


@pytest.mark.parametrize("pair", named("falsepos_", LISTS))
def test_noise_on_a_list_leaves_its_rows_as_they_were(pair: Pair) -> None:
    before, now = rows(pair, pair.before), rows(pair, pair.after)
    assert before.keys() == now.keys()
    assert rows_fingerprint(now) == rows_fingerprint(before)


@pytest.mark.parametrize("pair", named("truepos_", LISTS))
def test_an_edit_of_a_list_is_seen_as_what_it_is(pair: Pair) -> None:
    before, now = rows(pair, pair.before), rows(pair, pair.after)
    found = {
        "come": bool(now.keys() - before.keys()),
        "gone": bool(before.keys() - now.keys()),
        "said": any(now[key].title != before[key].title for key in before.keys() & now.keys()),
    }
    assert pair.fields <= {kind for kind, seen in found.items() if seen}
    assert rows_fingerprint(now) != rows_fingerprint(before)


def test_there_are_enough_pairs_of_each_verdict() -> None:
    verdicts = [name.partition("_")[0] for name in {pair.name for pair in PAIRS}]
    assert set(verdicts) == {"falsepos", "truepos"}
    assert min(map(verdicts.count, set(verdicts))) >= 30


def test_every_family_has_pairs_of_pages_and_of_lists() -> None:
    assert {pair.family for pair in NOTICES} == {pair.family for pair in LISTS} == set(FAMILIES)
