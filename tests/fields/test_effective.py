"""施行日期: from when a notice counts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dates import plausible
from monitor.fields import effective
from monitor.fields.lines import lines
from monitor.model import Fact

SIGNED, PUBLISHED = date(2019, 8, 27), date(2019, 9, 4)


def find(
    text: str,
    *,
    title: str = "演示管理办法",
    signed_on: date | None = SIGNED,
    published_on: date | None = PUBLISHED,
) -> date | None:
    return effective.find(lines(text), title=title, facts=(), signed_on=signed_on, published_on=published_on)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("现予公布，自2020年10月1日起施行。", date(2020, 10, 1)),
        ("本公告自 2019 年 6 月 1 日起执行。", date(2019, 6, 1)),
        ("本办法自２０２０年１月１日起施行，有效期5年。", date(2020, 1, 1)),
        ("本办法自二〇二〇年一月一日起施行。", date(2020, 1, 1)),
        ("本办法从2020年1月1日零时起正式施行。", date(2020, 1, 1)),
        ("本标准于2020年1月1日起实施。", date(2020, 1, 1)),
        ("以上标准自发布之日起实施。", SIGNED),
        ("本通知自公布之日起施行。", SIGNED),
        ("本通知自印发之日起执行，有效期三年。", SIGNED),
        ("自本通知印发之日起施行。", SIGNED),
        ("本通知自即日起执行。", SIGNED),
        ("本办法自发布之日起30日后施行。", date(2019, 9, 26)),
        ("本办法自公布之日起三十日后施行。", date(2019, 9, 26)),
        ("本办法自发布之日起满3个月后施行。", date(2019, 11, 27)),
        ("本办法自发布之日起六个月后施行。", date(2020, 2, 27)),
        ("本办法自发布之日起1年后施行。", date(2020, 8, 27)),
        ("《演示管理办法》已经审议通过，现予公布，自2020年10月1日起施行。", date(2020, 10, 1)),
        ("《演示管理办法》自2020年10月1日起施行。", date(2020, 10, 1)),
        (
            "第三十九条 本办法自2025年6月1日起施行。某委于2004年发布的《演示规划管理办法》同时废止。",
            date(2025, 6, 1),
        ),
        ("（2021年10月30日演示部令第189号公布 自2021年11月15日起施行）", date(2021, 11, 15)),
        ("第一条 自2019年1月1日起施行的做法照旧。\n第二条 本办法自2020年1月1日起施行。", date(2020, 1, 1)),
        ("《演示法》自2020年1月1日起施行，为做好衔接，请各地抓紧准备。", None),
        ("随着《演示法》将于2020年1月1日起施行，请各地抓紧准备。", None),
        ("称号自发布之日起有效期2年。", None),
        ("原《管理办法》自2015年1月1日起施行，现废止。", None),
        ("自2019年9月1日起开始申报。", None),
        ("自2019年9月1日起，各单位可登录系统填报。", None),
        ("本办法自2020年13月45日起施行。", None),
        ("", None),
    ],
)
def test_the_text_says_from_when_it_counts(text: str, expected: date | None) -> None:
    assert find(text) == expected


def test_the_day_of_issue_is_that_of_signing_else_of_publication_else_unknown() -> None:
    said = "本办法自发布之日起施行。"
    assert find(said, signed_on=None) == PUBLISHED
    assert find(said, signed_on=None, published_on=None) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于演示退税政策的公告", date(2019, 6, 1)),
        ("关于降低演示收费标准的通知", date(2019, 6, 1)),
        ("关于组织申报演示项目的通知", None),
        ("国家税务总局演示市税务局关于开展演示项目鉴定的通知", None),
    ],
)
def test_a_paragraph_may_begin_with_the_day_in_what_is_about_money(title: str, expected: date | None) -> None:
    assert find("一、自2019年6月1日起，符合条件的单位可以办理。", title=title) == expected


def test_the_index_table_may_say_it_first() -> None:
    facts = (Fact(label="施行日期", value="2020年1月1日"),)
    text = lines("本办法自发布之日起施行")
    assert effective.find(text, title="", facts=facts, signed_on=SIGNED, published_on=None) == date(
        2020, 1, 1
    )


def test_months_end_where_the_month_ends() -> None:
    said = "本办法自发布之日起1个月后施行。"
    assert find(said, signed_on=date(2020, 1, 31)) == date(2020, 2, 29)


@given(
    st.text(alphabet="本办法自发布公之日起满30三十个月年后施行2020年1月日，。《》废止", max_size=80),
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
)
def test_any_sentence_gives_a_plausible_day_or_none(text: str, signed_on: date) -> None:
    found = find(text, signed_on=signed_on)
    assert found is None or plausible(found)
