"""Until when readers must have acted, and what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fields import deadlines
from monitor.fields.lines import lines
from monitor.model import Deadline, Fact

SIGNED = date(2019, 9, 1)


def find(
    text: str, *, title: str = "关于组织申报的通知", since: date | None = SIGNED, year: int | None = None
) -> tuple[Deadline, ...]:
    return deadlines.find(lines(text), title=title, facts=(), since=since, year=year)


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("请于2019年10月30日前将申报材料报送科技部高新司。", [("2019-10-30", None)]),
        ("请于 2019 年 9 月 16 日前，将意见反馈至我司。", [("2019-09-16", None)]),
        ("于9月28日前报送企业名单。", [("2019-09-28", None)]),
        ("于1月10日（星期五）前将推荐材料报我委。", [("2020-01-10", None)]),
        ("报名截止时间为11月28日，逾期不受理。", [("2019-11-28", None)]),
        ("网上申报时间：2019 年 9 月 2 日至 9 月 6 日 18:00。", [("2019-09-06", "18:00")]),
        ("纸质材料受理时间：9月3日至9日。", [("2019-09-09", None)]),
        ("申报截止时间：2019-10-08 24时。", [("2019-10-08", "24:00")]),
        ("请于10月8日下午5时前提交申报书。", [("2019-10-08", "17:00")]),
        (
            "征求意见截至2019年10月8日，请于2019年10月8日17:00前将修改意见反馈至我处。",
            [("2019-10-08", "17:00")],
        ),
        ("公示期为2019年9月3日至2019年9月9日。", [("2019-09-09", None)]),
        ("即日起至2019年9月30日，符合条件的企业可申报。", [("2019-09-30", None)]),
        (
            "企业在9月30日前登录平台申报；各区在10月15日前提交初审意见。",
            [("2019-09-30", None), ("2019-10-15", None)],
        ),
        ("明年1月15日前报送总结材料。", [("2020-01-15", None)]),
    ],
)
def test_a_bounded_day_on_which_something_is_asked_is_a_deadline(
    text: str, moments: list[tuple[str, str | None]]
) -> None:
    assert [(str(due.date), due.time) for due in find(text)] == moments


@pytest.mark.parametrize(
    "text",
    [
        "每年12月31日前报送年度总结材料。",
        "每年1月15日前对上一年度、7月15日前对半年度指标进行申报。",
        "到2022年12月31日前，推荐培育100家示范企业并完成名单公布。",
        "中央企业应当于规划期首年6月30日前将规划报送我委。",
        "次年3月31日前报送年度总结材料。",
        "申报企业须在2019年6月30日前注册成立。",
        "2020年6月30日前注册的企业可以申报。",
        "《管理办法》将于2022年7月29日到期，请提交意见。",
        "活动时间：12月5日15:00。",
        "根据2019年9月5日印发的通知组织申报。",
        "本办法有效期至2020年12月31日止，由申报单位提出。",
        "截至2018年12月31日，全省共申报100家。",
        "于8月15日以前上报的材料不再补正申报。",
        "自2019年10月1日起施行。",
        "2019年13月45日前报送材料。",
    ],
)
def test_a_day_that_asks_nothing_of_readers_is_none(text: str) -> None:
    assert find(text) == ()


def test_a_day_without_a_year_in_a_regulation_comes_round_every_year() -> None:
    text = "申报单位应当于10月30日前报送总结材料。"
    assert find(text, title="某某专项管理办法（试行）") == ()
    assert len(find(text, title="关于组织申报的通知")) == 1


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("关于组织申报项目的通知", "于2019年10月8日前网上申报。", "申报"),
        ("关于做好工作的通知", "于2019年10月8日前报送我厅。", "报送"),
        ("关于做好工作的通知", "纸质材料受理截止时间为2019年10月8日。", "受理"),
        ("公开征求对《指导意见》的意见", "于2019年10月8日前反馈。", "征求意见"),
        ("关于名单的公示", "公示期为2019年9月2日至9月8日。", "公示"),
        ("活动邀请", "报名截止时间为2019年10月8日。", "其他"),
    ],
)
def test_a_deadline_says_its_kind(title: str, text: str, kind: str) -> None:
    (due,) = find(text, title=title)
    assert due.kind == kind


def test_a_deadline_keeps_what_is_asked_and_the_words_it_came_from() -> None:
    (due,) = find("请各单位于2019年10月30日前将申报材料（一式三份）报送科技部高新司。")
    assert due.what == "将申报材料报送科技部高新司"
    assert "2019年10月30日前" in due.raw


def test_without_a_date_of_the_notice_its_number_tells_the_year() -> None:
    assert find("应在4月28日前报送材料。", since=None, year=2017)[0].date == date(2017, 4, 28)
    assert find("应在4月28日前报送材料。", since=None, year=None) == ()


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("1568649540000", ("2019-09-16", None)),  # 23:59 in Beijing says "the whole day"
        ("1568628000000", ("2019-09-16", "18:00")),
        ("2019-09-16", ("2019-09-16", None)),
    ],
)
def test_a_row_may_hide_its_deadline(value: str, moment: tuple[str, str | None]) -> None:
    facts = (Fact(label="截止时间", value=value),)
    (due,) = deadlines.find((), title="公开征求意见", facts=facts, since=None, year=None)
    assert ((str(due.date), due.time), due.kind) == (moment, "征求意见")


def test_a_hidden_deadline_that_the_text_also_names_is_told_once() -> None:
    facts = (Fact(label="截止时间", value="1568649540000"),)
    found = deadlines.find(
        lines("请于9月16日前反馈意见。"), title="征求意见", facts=facts, since=SIGNED, year=None
    )
    assert len(found) == 1


@given(st.text(alphabet="请于2019年10月1日至前截止时间申报报送材料:。，每-. 号", max_size=120))
def test_any_sentence_gives_plausible_deadlines_or_none(text: str) -> None:
    assert all(due.date >= SIGNED for due in find(text))
