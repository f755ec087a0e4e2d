"""What counts as a change, and how it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff import diff, meaning, opcodes
from monitor.model import Attachment, Change, Deadline, Kind, Notice


def due(month: int, day: int, *, year: int = 2019, time: str | None = None) -> Deadline:
    return Deadline(date=date(year, month, day), time=time, what="报送材料", kind="申报")


NOTICE = Notice(
    url="http://a.example.cn/1.htm",
    title="关于开展甲工作的通知",
    doc_number="甲〔2019〕1号",
    issuers=("甲部",),
    signed_on=date(2019, 9, 1),
    published_on=date(2019, 9, 2),
    deadlines=(due(10, 15),),
    body="各有关单位：\n现将有关事项通知如下。\n请于10月15日前报送（一式三份）。",
    attachments=(Attachment(name="申报书.doc", url="http://a.example.cn/f/1.doc"),),
)


@pytest.mark.parametrize(
    "noise",
    [
        {"published_on": date(2023, 5, 12)},
        {"url": "http://a.example.cn/other.htm"},
        {"index_number": "0001"},
        {"contacts": ("010-1",)},
        {"body": "各有关单位:\n\n现将有关事项\u3000通知如下。\n请于 10 月 15 日前报送(一式三份)。"},
        {"title": "关于开展甲工作的　通知"},
        {"attachments": (Attachment(name="申报书.doc", url="https://a.example.cn/f/1.doc?t=1568649540000"),)},
    ],
)
def test_falsepos_spacing_width_and_regenerated_dates_are_no_change(noise: dict[str, object]) -> None:
    again = replace(NOTICE, **noise)  # type: ignore[arg-type]
    assert meaning(again) == meaning(NOTICE)
    assert diff(NOTICE, again) is None


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        ({"title": "关于开展乙工作的通知"}, "title"),
        ({"doc_number": "甲〔2019〕2号"}, "doc_number"),
        ({"issuers": ("甲部", "乙部")}, "issuers"),
        ({"signed_on": date(2019, 9, 3)}, "signed_on"),
        ({"effective_on": date(2019, 9, 3)}, "effective_on"),
        ({"body": NOTICE.body + "\n另行通知。"}, "body"),
        ({"attachments": (Attachment(name="申报书.doc", url="http://a.example.cn/f/2.doc"),)}, "attachments"),
        ({"deadlines": (due(10, 15), due(10, 31))}, "deadlines"),
        ({"deadlines": ()}, "deadlines"),
    ],
)
def test_truepos_every_field_that_readers_act_on_is_a_revision(edit: dict[str, object], field: str) -> None:
    now = replace(NOTICE, **edit)  # type: ignore[arg-type]
    change = diff(NOTICE, now)
    assert change is not None
    assert (change.kind, change.fields) == (Kind.REVISED, (field,))
    assert meaning(now) != meaning(NOTICE)


def test_truepos_deadline_moved_outranks_the_edit_that_moved_it() -> None:
    now = replace(NOTICE, deadlines=(due(10, 31),), body=NOTICE.body.replace("10月15日", "10月31日"))
    assert diff(NOTICE, now) == Change(
        kind=Kind.DEADLINE_MOVED,
        fields=("deadlines", "body"),
        summary="截止时间由 10月15日 改为 10月31日；正文有改动（1 处）",
    )


def test_a_deadline_moved_into_another_year_shows_both_years_and_times() -> None:
    change = diff(NOTICE, replace(NOTICE, deadlines=(due(1, 10, year=2020, time="18:00"),)))
    assert change is not None
    assert change.summary == "截止时间由 2019年10月15日 改为 2020年1月10日 18:00"


def test_an_edit_of_title_and_body_counts_its_places() -> None:
    body = "各单位：\n现将有关事项通知如下。\n请于10月15日前报送（一式两份）。"
    change = diff(NOTICE, replace(NOTICE, title="关于开展乙工作的通知", body=body))
    assert change == Change(kind=Kind.REVISED, fields=("title", "body"), summary="标题、正文有改动（3 处）")


def test_a_field_that_was_never_read_does_not_enter_the_fingerprint() -> None:
    bare = Notice(url="u", title="甲")
    assert meaning(bare) == meaning(replace(bare, effective_on=None, issuers=(), body=""))


def test_opcodes_show_paragraphs_that_stayed_went_and_came() -> None:
    edits = opcodes("一\n二\n三\n四", "一\n贰\n三\n四\n五")
    assert [(edit.same, edit.before, edit.now) for edit in edits] == [
        (True, ("一",), ("一",)),
        (False, ("二",), ("贰",)),
        (True, ("三", "四"), ("三", "四")),
        (False, (), ("五",)),
    ]


@given(st.lists(st.sampled_from("甲乙丙")), st.lists(st.sampled_from("甲乙丙")))
def test_opcodes_lose_no_paragraph(old: list[str], new: list[str]) -> None:
    edits = opcodes("\n".join(old), "\n".join(new))
    assert [line for edit in edits for line in edit.before] == old
    assert [line for edit in edits for line in edit.now] == new
    assert all(edit.same for edit in edits) == (old == new)


@pytest.mark.parametrize("size", [2_000, 30_000])
def test_a_middle_too_large_to_align_is_one_replacement(size: int) -> None:
    # Aligning these would take minutes: paragraphs that return for ever are difflib's cubic case.
    old, new = "\n".join("甲乙丙丁" * (size // 4)), "\n".join("甲乙丁丙" * (size // 4))
    edits = opcodes(f"同\n始\n{old}\n终\n同", f"同\n初\n{new}\n末\n同")
    assert [(edit.same, len(edit.before), len(edit.now)) for edit in edits] == [
        (True, 1, 1),
        (False, size + 2, size + 2),
        (True, 1, 1),
    ]


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_change_means_the_same_fingerprint_and_the_other_way_round(old: str, new: str) -> None:
    before, now = replace(NOTICE, body=old), replace(NOTICE, body=new)
    assert (diff(before, now) is None) == (meaning(before) == meaning(now))
