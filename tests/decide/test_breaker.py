"""Polls that are not believed, and those that only look odd."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.breaker import (
    MOST_WITNESSES,
    Held,
    Known,
    Part,
    Past,
    are_still,
    doubt,
    has_moved,
    is_drastic,
    is_like,
    is_old,
    is_template,
    may_be_together,
    moved,
    remembered_as,
    shown,
    together,
)
from monitor.model import ListingItem, Notice

DAY = date(2026, 9, 1)
USUAL = 20


def remembered(count: int = 40) -> list[Known]:
    """Rows 1 (newest) to `count`, one a day."""
    return [
        Known(
            key=f"http://a.gov.cn/{n}.html",
            title=f"关于第{n}件事的通知",
            published_on=DAY - timedelta(days=n),
        )
        for n in range(1, count + 1)
    ]


def row(known: Known) -> ListingItem:
    """The row as it was."""
    return ListingItem(url=known.key, title=known.title, published_on=known.published_on)


def page(*, first: int = 1, count: int = USUAL) -> dict[str, ListingItem]:
    """The page that shows remembered rows from `first` on."""
    return {known.key: row(known) for known in remembered()[first - 1 : first - 1 + count]}


def strangers(count: int = USUAL) -> dict[str, ListingItem]:
    """Rows that nobody has seen."""
    keys = [f"http://a.gov.cn/new/{n}" for n in range(count)]
    return {key: ListingItem(url=key, title=f"陌生条目{key[-2:]}", published_on=DAY) for key in keys}


def at_new_addresses(rows: Mapping[str, ListingItem]) -> dict[str, ListingItem]:
    """The same rows after the site has moved its pages."""
    return {f"{key}?moved": replace(item, url=f"{key}?moved") for key, item in rows.items()}


def past(**known: object) -> Past:
    """Forty remembered rows, of a list that was believed yesterday."""
    usually = {
        "rows": remembered(),
        "usual": USUAL,
        "since": DAY - timedelta(days=1),
        "horizon": DAY - timedelta(days=60),
    }
    return Past(**(usually | known))  # type: ignore[arg-type]


def why(listed: Mapping[str, ListingItem], *, meets_known: bool = False, **known: object) -> str | None:
    """What the breaker says of a page."""
    return doubt(listed, past(**known), meets_known=meets_known)


BELIEVED = {
    "the page as it was": page(),
    "three new rows on top": strangers(3) | page(count=17),
    "a busy week: half the page is new": strangers(10) | page(count=10),
    "all but three new": strangers(17) | page(count=3),
    "old rows slid up": page(first=10),
    "a page moved as a whole": at_new_addresses(page()),
    "moved, and four are news": strangers(4) | at_new_addresses(page(count=16)),
    "no rows at all (an error elsewhere)": {},
    "one title corrected": page()
    | {remembered()[0].key: replace(row(remembered()[0]), title="更正后的通知")},
    "a mark of the list on every title": {
        key: replace(item, title=f"【置顶】{item.title}") for key, item in page().items()
    },
    "half the dates corrected": page()
    | {k.key: replace(row(k), published_on=DAY + timedelta(days=3)) for k in remembered()[:10]},
}


@pytest.mark.parametrize("rows", BELIEVED.values(), ids=BELIEVED)
def test_a_poll_that_is_believed(rows: Mapping[str, ListingItem]) -> None:
    assert why(rows) is None


DOUBTED = {
    "nothing known": (strangers(), "几乎都没有见过"),
    "nothing known, and few": (strangers(2), "几乎都没有见过"),
    "another column": ({k: replace(v, title=f"{k}动态") for k, v in strangers().items()}, "几乎都没有见过"),
    "the same addresses, the header as title": (
        {key: replace(item, title="通知公告") for key, item in page().items()},
        "标题都变了",
    ),
    "a misread charset": (
        {key: replace(item, title="¹ØÓÚµÚ\ufffd¼þÊÂ") for key, item in page().items()},
        "乱码",
    ),
    "dates lost": ({key: replace(item, published_on=None) for key, item in page().items()}, "没有了日期"),
    "day and month swapped": (
        {key: replace(item, published_on=date(2026, 1, 9)) for key, item in page().items()},
        "日期都变了",
    ),
}


@pytest.mark.parametrize(("rows", "words"), DOUBTED.values(), ids=DOUBTED)
def test_a_poll_that_is_held(rows: Mapping[str, ListingItem], words: str) -> None:
    found = why(rows)
    assert found is not None
    assert words in found


def test_what_a_person_compares_is_what_the_list_usually_shows() -> None:
    assert remembered_as(past())[0] == "2026-08-31 关于第1件事的通知"
    assert len(remembered_as(past())) == USUAL
    assert shown(strangers(2)) == ("2026-09-01 陌生条目/0", "2026-09-01 陌生条目/1")


def test_a_whole_page_of_news_after_an_outage_is_believed_where_further_pages_lead_back() -> None:
    assert why(strangers(), meets_known=True) is None
    assert why(strangers(), meets_known=False) is not None


def test_a_page_of_old_dates_is_no_news_wherever_it_leads() -> None:
    old = {key: replace(item, published_on=DAY - timedelta(days=20)) for key, item in strangers().items()}
    assert why(old, meets_known=True) is not None
    assert why(old, meets_known=True, since=DAY - timedelta(days=21)) is None


def test_a_list_that_never_had_dates_is_believed_where_it_leads_back() -> None:
    undated = {key: replace(item, published_on=None) for key, item in strangers().items()}
    known = [replace(row, published_on=None) for row in remembered()]
    assert why(undated, meets_known=True, rows=known) is None
    assert why(undated, meets_known=True) is not None


@pytest.mark.parametrize(
    ("late", "known", "held"), [(10, 10, True), (9, 11, False), (4, 4, False), (5, 4, True)]
)
def test_rows_that_should_have_been_seen_long_ago(late: int, known: int, *, held: bool) -> None:
    old = {key: replace(item, published_on=DAY - timedelta(days=9)) for key, item in strangers(late).items()}
    assert (why(old | page(count=known)) is not None) is held


def test_rows_from_before_we_watched_may_come_late() -> None:
    older = {key: replace(item, published_on=DAY - timedelta(days=90)) for key, item in strangers(12).items()}
    assert why(page(count=8) | older) is None


@pytest.mark.parametrize(
    ("on", "since", "is_no_news"),
    [
        (DAY, DAY, False),
        (DAY - timedelta(days=1), DAY, True),
        (None, DAY, True),
        (DAY, None, True),
    ],
)
def test_of_a_new_list_only_what_is_dated_since_the_last_good_check_is_news(
    on: date | None, since: date | None, *, is_no_news: bool
) -> None:
    assert is_old(ListingItem(url="http://a.gov.cn/1", title="通知", published_on=on), since) is is_no_news


def test_a_source_that_never_had_many_rows_cannot_be_judged() -> None:
    assert why(strangers(3), usual=3) is None


def test_moved_rows_are_matched_one_to_one() -> None:
    there = at_new_addresses(page(count=6))
    assert moved(there, remembered()) == {key: key.removesuffix("?moved") for key in there}
    assert has_moved(there, remembered())


def test_a_row_that_is_still_listed_has_not_moved() -> None:
    known = remembered()[0]
    twice = {known.key: row(known), f"{known.key}?x": row(known)}
    assert moved(twice, remembered()) == {}


def test_two_rows_of_one_title_and_day_are_not_matched() -> None:
    known = remembered()[0]
    both = {f"{known.key}?{n}": row(known) for n in range(2)}
    assert moved(both, remembered()) == {}


def test_rows_without_a_date_are_not_matched() -> None:
    known = [replace(each, published_on=None) for each in remembered()]
    there = at_new_addresses({each.key: row(each) for each in known[:10]})
    assert not has_moved(there, known)


def held(rows: Mapping[str, ListingItem]) -> Held:
    """A list that is held."""
    return Held(
        source_id="a",
        part=Part.LIST,
        since=datetime(2026, 9, 1, tzinfo=UTC),
        reason="",
        before=(),
        after=shown(rows),
    )


def test_a_held_list_is_known_again_while_half_of_it_is_the_same() -> None:
    assert is_like(strangers(), held(strangers()))
    assert is_like(page(count=10) | strangers(10), held(strangers()))
    assert is_like({key: replace(item, url="x") for key, item in strangers().items()}, held(strangers()))
    assert not is_like(page(count=11) | strangers(9), held(strangers()))
    assert not is_like(page(), held(strangers()))
    assert not is_like({}, held(strangers()))


@pytest.mark.parametrize(
    ("changed", "read", "further", "may"),
    [(1, 1, 4, True), (1, 2, 3, True), (1, 3, 2, False), (0, 0, 5, False), (1, 1, 1, False)],
)
def test_witnesses_are_heard_as_long_as_they_could_matter(
    changed: int, read: int, further: int, *, may: bool
) -> None:
    assert may_be_together(changed, read, further=further) is may


@given(
    changed=st.integers(1, 9),
    unchanged=st.integers(0, 9),
    more=st.lists(st.booleans(), max_size=MOST_WITNESSES),
)
def test_no_verdict_is_missed_by_stopping_early(changed: int, unchanged: int, more: list[bool]) -> None:
    if not may_be_together(changed, changed + unchanged, further=len(more)):
        assert not together(changed + sum(more), changed + unchanged + len(more))


@pytest.mark.parametrize(
    ("changed", "read", "still"), [(5, 5, True), (3, 5, True), (2, 5, False), (0, 1, False), (0, 0, False)]
)
def test_pages_look_so_still_while_half_of_them_do(changed: int, read: int, *, still: bool) -> None:
    assert are_still(changed, read) is still


@pytest.mark.parametrize(
    ("changed", "read", "is_template"),
    [(3, 3, True), (2, 2, False), (4, 5, True), (3, 5, False), (0, 9, False)],
)
def test_pages_that_change_together(changed: int, read: int, *, is_template: bool) -> None:
    assert together(changed, read) is is_template


@given(new=st.integers(0, USUAL), first=st.integers(1, 20))
def test_as_long_as_a_few_rows_are_known_a_page_is_believed(new: int, first: int) -> None:
    rows = strangers(new) | page(first=first, count=USUAL - new)
    assert (why(rows) is None) is (USUAL - new > 2)


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=40))
def test_no_two_rows_take_the_place_of_one_and_none_that_is_still_listed(
    rows: list[tuple[int, bool]],
) -> None:
    known = {row.key: row for row in remembered()}
    listed = {
        f"{key}{'?moved' * moves}": row(known[key])
        for key, moves in ((f"http://a.gov.cn/{number}.html", moves) for number, moves in rows)
    }
    found = moved(listed, remembered())
    assert len(set(found.values())) == len(found)
    assert not found.keys() & known.keys()
    assert not set(found.values()) & listed.keys()


def notices(*edits: tuple[str, str]) -> list[tuple[Notice, Notice]]:
    """Pages before and now, by their texts."""
    return [
        (Notice(url=str(n), title="通知", body=before), Notice(url=str(n), title="通知", body=now))
        for n, (before, now) in enumerate(edits)
    ]


TEXT = "各单位：\n第{0}项工作安排如下。\n请于9月{0}日前完成第{0}项。\n特此通知。"


@pytest.mark.parametrize(
    ("edit", "is_one"),
    [
        (lambda n, body: f"{body}\n阅读 {n}7 次", True),
        (lambda n, body: f"字号：大 中 小\n{body}", True),
        (lambda n, body: body.split("\n", 1)[1], True),
        (lambda n, body: f"本站第{'甲乙丙丁'[n]}栏目已整理", True),
        (lambda n, body: body.replace("安排如下", f"{['调整', '变更', '推迟', '取消'][n]}如下"), False),
        (lambda n, body: body.replace("特此通知。", f"{'甲乙丙丁'[n]}类另行通知。"), False),
    ],
)
def test_a_template_does_the_same_to_every_page_and_editors_do_not(
    edit: Callable[[int, str], str], *, is_one: bool
) -> None:
    texts = [TEXT.format(n) for n in range(4)]
    pairs = notices(*((body, edit(n, body)) for n, body in enumerate(texts)))
    assert is_template(pairs) is is_one


def test_a_page_that_says_something_else_altogether_is_drastic() -> None:
    ((before, now),) = notices((TEXT.format(1), TEXT.format(1).replace("9月", "10月")))
    assert not is_drastic(before, now)
    assert is_drastic(before, replace(now, title="另一个标题"))
    assert is_drastic(before, replace(now, body="请到新版页面查看。"))
