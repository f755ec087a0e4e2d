"""The parts of a printed notice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.bulletin.blocks import Part, blocks
from tests.bulletin.make import NOTICE


def test_a_notice_is_laid_out_part_by_part() -> None:
    assert [(block.part, block.level) for block in blocks(NOTICE)] == [
        (Part.ADDRESSEES, 0),
        (Part.PARAGRAPH, 0),
        (Part.HEADING, 1),
        (Part.HEADING, 2),
        (Part.HEADING, 3),
        (Part.PARAGRAPH, 0),
        (Part.TABLE, 0),
        (Part.PARAGRAPH, 0),
        (Part.PARAGRAPH, 0),
        (Part.SIGNATURE, 0),
        (Part.SIGNATURE, 0),
        (Part.PARAGRAPH, 0),
    ]


def test_title_and_number_are_not_printed_twice() -> None:
    assert blocks(NOTICE)[0].text == "各有关单位："


def test_an_announcement_opens_with_a_sentence_and_only_a_signed_date_puts_names_to_the_right() -> None:
    body = "为支持发展，现将有关增值税事项公告如下，请遵照执行，具体要求和执行口径公告如下：\n税务总局\n一、适用范围\n税务总局\n2019年8月31日"
    parts = [block.part for block in blocks(replace(NOTICE, body=body))]
    assert parts == [Part.PARAGRAPH, Part.PARAGRAPH, Part.HEADING, Part.SIGNATURE, Part.SIGNATURE]


def test_rows_of_a_table_stay_together() -> None:
    (table,) = [block for block in blocks(NOTICE) if block.part is Part.TABLE]
    assert table.rows == (("序号", "名称", "数量"), ("1", "甲", "2"))


def test_a_persons_numbers_are_masked_and_an_offices_are_not() -> None:
    last = blocks(NOTICE)[-1].text
    assert "138****8000" in last
    assert "010-00000001" in last


@pytest.mark.parametrize(
    "line",
    [
        "一、请各单位于10月15日前报送材料。",
        "1.2亿元",
        "（一）各单位要加强领导，落实责任，明确分工，密切配合，确保各项任务按时按质完成",
        "甲 |",
    ],
)
def test_a_numbered_sentence_or_a_stray_bar_is_text(line: str) -> None:
    assert [block.part for block in blocks(replace(NOTICE, body=line))] == [Part.PARAGRAPH]


def test_names_of_files_below_附件_are_no_headings_and_what_comes_after_may_be() -> None:
    body = "附件：1.申报表\n2.汇总表\n3.承诺书\n一、总体要求\n1.坚持自愿"
    parts = [block.part for block in blocks(replace(NOTICE, body=body))]
    assert parts == [Part.PARAGRAPH] * 3 + [Part.HEADING] * 2


@given(st.text(max_size=300))
def test_any_body_can_be_printed(body: str) -> None:
    assert all(
        block.rows or block.text or block.part is Part.PARAGRAPH
        for block in blocks(replace(NOTICE, body=body))
    )
