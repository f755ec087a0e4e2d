"""A better reading of the same bytes: what is taken over from files, what counts as a difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitor.decide.correction import (
    MOST_EXAMPLES,
    Difference,
    Gains,
    Turn,
    differences,
    says_less,
    with_files,
)
from monitor.model import Attachment, Deadline, Doubt, Notice

PLAIN = Notice(url="https://a.example/1", title="关于组织申报的通知", body="请按时报送。")
FORM = Attachment(name="申报表.docx", url="https://a.example/1.docx", digest="ab")
ON_PAGE = Deadline(date=date(2026, 9, 30), time=None, what="申报", kind="申报")
IN_FILE = Deadline(date=date(2026, 10, 8), time="17:00", what="报送", kind="报送", place="申报表.docx")
STORED = replace(PLAIN, attachments=(FORM,), deadlines=(ON_PAGE, IN_FILE))


def bare(name: str = "申报表.docx", url: str = FORM.url) -> Notice:
    """What a reader of the page makes of it: files without their bytes."""
    return replace(PLAIN, attachments=(Attachment(name=name, url=url),), deadlines=(ON_PAGE,))


def test_what_the_files_told_is_taken_over() -> None:
    assert with_files(STORED, bare()) == STORED


def test_a_file_is_known_again_by_its_address_under_a_better_name() -> None:
    read = with_files(STORED, bare("附件1：申报表", "https://a.example/1.docx?t=1789000000000"))
    assert [file.digest for file in read.attachments] == ["ab"]
    assert read.deadlines == (ON_PAGE, replace(IN_FILE, place="附件1：申报表"))


def test_what_stood_in_a_file_that_is_no_attachment_any_more_is_left_behind() -> None:
    assert with_files(STORED, replace(PLAIN, deadlines=(ON_PAGE,))).deadlines == (ON_PAGE,)


def test_a_deadline_that_the_page_names_too_is_named_once() -> None:
    also = replace(IN_FILE, place="")
    assert with_files(STORED, replace(bare(), deadlines=(ON_PAGE, also))).deadlines == (ON_PAGE, also)


def test_taking_over_twice_is_taking_over_once() -> None:
    once = with_files(STORED, bare("附件1"))
    assert with_files(once, bare("附件1")) == once


@pytest.mark.parametrize(
    ("before", "now", "difference"),
    [
        ({}, {"doc_number": "演示函〔2026〕1号"}, ("doc_number", "", "演示函〔2026〕1号", Turn.GAINED)),
        ({"signed_on": date(2026, 9, 1)}, {}, ("signed_on", "2026-09-01", "", Turn.LOST)),
        ({"issuers": ("甲", "乙")}, {"issuers": ("甲",)}, ("issuers", "甲；乙", "甲", Turn.CHANGED)),
        ({"deadlines": ()}, {"deadlines": (IN_FILE,)}, ("deadlines", "", "2026-10-08 17:00 报送", Turn.GAINED)),
        ({"attachments": (FORM,)}, {"attachments": ()}, ("attachments", "申报表.docx", "", Turn.LOST)),
        ({"body": "一二三"}, {"body": "一二三四"}, ("body", "3 字", "4 字", Turn.CHANGED)),
        ({"contacts": ()}, {"contacts": ("010-00000000",)}, ("contacts", "", "010-00000000", Turn.GAINED)),
        ({"doubts": (Doubt("signed_on", "日期不一致"),)}, {}, ("doubts", "日期不一致", "", Turn.LOST)),
    ],
)  # fmt: skip
def test_a_difference_is_shown_as_people_read_it(
    before: dict[str, object], now: dict[str, object], difference: tuple[str, str, str, Turn]
) -> None:
    old, new = replace(PLAIN, **before), replace(PLAIN, **now)  # type: ignore[arg-type]
    (found,) = differences(old, new)
    assert (found.name, found.before, found.now, found.turn) == difference


def test_every_field_that_a_reader_finds_is_compared() -> None:
    other = Notice(
        url=PLAIN.url,
        title="另一个",
        doc_number="演示函〔2026〕1号",
        index_number="1",
        issuers=("甲",),
        signed_on=date(2026, 1, 1),
        published_on=date(2026, 1, 2),
        effective_on=date(2026, 1, 3),
        deadlines=(ON_PAGE,),
        contacts=("010-00000000",),
        body="别的",
        attachments=(FORM,),
        printed_number="甲（2026） 1号",
        bodies=("甲",),
        doubts=(Doubt("signed_on", "疑"),),
    )
    fields = set(Notice.__dataclass_fields__) - {"url", "unread"}
    assert {found.name for found in differences(PLAIN, other)} == fields


def test_a_reading_without_the_text_that_we_had_says_less() -> None:
    assert says_less(PLAIN, replace(PLAIN, body=""))
    assert not says_less(replace(PLAIN, body=""), replace(PLAIN, body=""))
    assert not says_less(PLAIN, replace(PLAIN, doc_number=None, body="短"))


def test_examples_are_few_and_of_every_turn() -> None:
    gains = Gains()
    for number in range(9):
        gains.count(number, Difference(name="title", before="旧", now="新"))
    gains.count(9, Difference(name="title", before="旧", now=""))
    assert gains.counts == {Turn.GAINED: 0, Turn.LOST: 1, Turn.CHANGED: 9}
    assert [notice_id for notice_id, _ in gains.examples] == [*range(MOST_EXAMPLES), 9]
