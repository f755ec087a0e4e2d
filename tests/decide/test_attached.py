"""Which files bring dates, and what becomes of the dates that they brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitor.decide.attached import remembering, speaks, with_dates
from monitor.model import Attachment, Deadline, Notice

GUIDE = "绿色工厂申报指南\n各单位请于9月30日前将申报材料报送至本中心。"
ONE, TWO = "a" * 40, "b" * 40
PAGE = Deadline(date=date(2026, 9, 20), time=None, what="报送材料", kind="报送")


def file(name: str = "申报指南", digest: str = ONE, url: str = "") -> Attachment:
    return Attachment(name=name, url=url or f"http://a.gov.cn/{name}", digest=digest)


def notice(*files: Attachment, deadlines: tuple[Deadline, ...] = (), number: str | None = None) -> Notice:
    return Notice(
        url="http://a.gov.cn/1.html",
        title="关于组织申报绿色工厂的通知",
        doc_number=number,
        signed_on=date(2026, 9, 1),
        published_on=date(2026, 9, 2),
        deadlines=deadlines,
        attachments=files,
    )


def days(found: Notice) -> list[tuple[date, str]]:
    return [(due.date, due.place) for due in found.deadlines]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("2026年度绿色工厂申报指南.pdf", True),
        ("申报指南（含申报书模板）.docx", True),
        ("附件1：关于组织申报的通知", True),
        ("《绿色工厂创建工作方案》", True),
        ("申报要求20260901.doc", True),
        ("某某部关于商请支持有关工作的函.pdf", True),
        ("绿色工厂申报书.docx", False),
        ("绿色工厂申报书（2026年版）.docx", False),
        ("绿色工厂实施方案（模板）.docx", False),
        ("推荐汇总表.xlsx", False),
        ("专家推荐函", False),
        ("拟公示名单.pdf", False),
        ("绿色设计产品标准清单", False),
        ("某某管理办法", False),
    ],
)
def test_a_name_says_whether_a_file_speaks_to_readers(name: str, says: bool) -> None:
    headings = ("绿色工厂申报书\n一、基本信息", "关于组织申报的通知\n各单位：")
    assert {speaks(name, text) for text in headings} == {says}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("附件2\n关于组织申报的通知\n各单位：", True),
        ("绿色工厂申报指南\n一、申报条件", True),
        ("绿色工厂申报书\n申报单位：", False),
        ("序号 | 名称\n1 | 甲厂", False),
        ("", False),
    ],
)
def test_where_the_name_says_nothing_the_heading_does(text: str, says: bool) -> None:
    assert speaks("附件2", text) is says
    assert speaks("附件2.docx", text) is says


def test_a_day_that_only_a_guide_names_is_added_with_its_place() -> None:
    found = with_dates(notice(file(), deadlines=(PAGE,)), {ONE: GUIDE})
    assert days(found) == [(date(2026, 9, 20), ""), (date(2026, 9, 30), "申报指南")]


def test_a_form_brings_no_dates() -> None:
    said = "绿色工厂申报书\n请于9月30日前将申报材料报送至本中心。"
    for name in ("绿色工厂申报书", "附件2"):
        assert with_dates(notice(file(name)), {ONE: said}).deadlines == ()


def test_a_day_that_the_page_or_another_file_names_is_not_said_again() -> None:
    here = replace(PAGE, date=date(2026, 9, 30))
    assert days(with_dates(notice(file(), deadlines=(here,)), {ONE: GUIDE})) == [(here.date, "")]
    both = notice(file("甲指南"), file("乙指南", TWO))
    assert days(with_dates(both, {ONE: GUIDE, TWO: GUIDE})) == [(date(2026, 9, 30), "甲指南")]


def test_how_long_a_step_takes_is_no_deadline() -> None:
    said = "绿色工厂申报指南\n各单位请于本通知发布之日起20个工作日内报送申报材料。"
    assert with_dates(notice(file()), {ONE: said}).deadlines == ()


FORWARDED = "某某部关于组织申报的通知\n某部函〔2026〕88号\n各省：\n请各单位于9月30日前将申报材料报送我部。"


@pytest.mark.parametrize(
    ("own", "number", "expected"),
    [
        ((PAGE,), "省厅函〔2026〕5号", [PAGE.date]),
        ((), "省厅函〔2026〕5号", [date(2026, 9, 30)]),
        ((PAGE,), "某部函〔2026〕88号", [PAGE.date, date(2026, 9, 30)]),
        ((PAGE,), None, [PAGE.date, date(2026, 9, 30)]),
    ],
    ids=["another document", "another, and the page names no day", "the document itself", "who knows"],
)
def test_the_days_of_another_document_count_only_where_the_page_names_none(
    own: tuple[Deadline, ...], number: str | None, expected: list[date]
) -> None:
    found = with_dates(notice(file("附件1"), deadlines=own, number=number), {ONE: FORWARDED})
    assert [due.date for due in found.deadlines] == expected


def test_searching_twice_is_searching_once_and_what_no_text_speaks_of_stays() -> None:
    once = with_dates(notice(file(), file("乙指南", TWO), deadlines=(PAGE,)), {ONE: GUIDE})
    assert with_dates(once, {ONE: GUIDE}) == once
    assert with_dates(once, {}) == once
    assert days(with_dates(once, {ONE: "绿色工厂申报指南"})) == [(PAGE.date, "")]


def test_what_is_known_of_a_file_is_remembered_by_a_reading_that_could_not_read_it() -> None:
    before = with_dates(notice(file(), deadlines=(PAGE,)), {ONE: GUIDE})
    unread = notice(file(digest=""), deadlines=(PAGE,))
    assert remembering(before, unread) == before
    assert remembering(before, before) == before


def test_what_was_read_anew_is_not_remembered_as_it_was() -> None:
    before = with_dates(notice(file()), {ONE: GUIDE})
    now = notice(file(digest=TWO))
    assert remembering(before, now) == now
    elsewhere = notice(file(digest="", url="http://a.gov.cn/other"))
    assert remembering(before, elsewhere) == elsewhere
