"""What goes into an issue, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitor.model import ChangeRecord, Decision, Kind, Publisher, Review
from tests.bulletin.make import NOTICE, START, issue, record


def printed(*records: ChangeRecord) -> list[int]:
    return [item.notice_id for section in issue(*records).sections for item in section.items]


def test_the_number_and_key_are_those_of_the_founding_issue() -> None:
    first = issue(record(1))
    assert (first.number, first.key) == ("(2019) 0901期", "2019-0901")


def test_the_publisher_numbers_as_it_likes() -> None:
    assert issue(publisher=Publisher(name="甲", number="{year}年第{n}期")).number == "2019年第1期"


def test_sections_stand_in_the_order_asked_for_and_empty_or_unknown_ones_are_left_out() -> None:
    made = issue(record(1, section="申报通知"), record(2, section="政策文件"), record(3, section="其他"))
    assert [section.name for section in made.sections] == ["政策文件", "申报通知"]


def test_a_notice_is_printed_once_in_its_newest_state() -> None:
    newer = replace(record(1, kind=Kind.REVISED, hours=30), summary="标题有改动（1 处）")
    made = issue(newer, record(1))
    (item,) = made.sections[0].items
    assert item.note == "2019年9月2日读取；标题有改动（1 处）"


def test_a_notice_that_moved_to_another_section_stands_only_there() -> None:
    made = issue(record(1, section="政策文件"), record(1, section="申报通知", kind=Kind.REVISED, hours=2))
    assert [section.name for section in made.sections] == ["申报通知"]


def test_withdrawn_notices_are_not_printed_and_restored_ones_are() -> None:
    assert printed(record(1), record(1, kind=Kind.WITHDRAWN, hours=5)) == []
    gone_and_back = (record(1, kind=Kind.WITHDRAWN, hours=5), record(1, kind=Kind.RESTORED, hours=9))
    assert printed(*gone_and_back) == [1]


@pytest.mark.parametrize(
    ("decision", "stays"), [(Decision.KEEP, True), (Decision.DROP, False), (Decision.DEFER, False)]
)
def test_an_editors_decision_counts(decision: Decision, stays: bool) -> None:
    review = Review(notice_id=1, decision=decision, section=None, why="", who="editor", at=START)
    assert bool(printed(replace(record(1), review=review))) is stays


def test_the_state_comes_before_the_provinces_then_the_older_then_the_first_found() -> None:
    local = replace(NOTICE, issuers=("福建省工业和信息化厅",), published_on=date(2019, 9, 1))
    older = replace(NOTICE, published_on=date(2019, 9, 2))
    records = (record(3), record(1), replace(record(4), notice=local), replace(record(5), notice=older))
    assert printed(*records) == [5, 1, 3, 4]
