"""Files: replaced ones are seen, unread ones say nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff import diff, learns_a_file, meaning
from monitor.diff.known import file_changes
from monitor.model import Attachment, Deadline, Kind, Notice

GUIDE = "申报指南.docx"


def due(day: int, place: str = GUIDE) -> Deadline:
    return Deadline(date=date(2019, 10, day), time=None, what="报送", kind="申报", place=place)


def notice(digest: str, *dues: Deadline, name: str = GUIDE) -> Notice:
    """A notice with one file of these bytes; "" is a file that nobody could read."""
    guide = Attachment(name=name, url="http://a.example.cn/1.docx", digest=digest)
    return Notice(url="http://a.example.cn/1", title="甲", attachments=(guide,), deadlines=dues)


def test_truepos_a_file_with_other_bytes_under_its_old_name_is_replaced() -> None:
    change = diff(notice("a"), notice("b"))
    assert change is not None
    assert (change.kind, change.fields, change.summary) == (Kind.REVISED, ("attachments",), "替换附件 1 个")


@pytest.mark.parametrize(("before", "now"), [("", "b"), ("a", ""), ("", "")])
def test_falsepos_a_file_that_one_reading_has_not_read(before: str, now: str) -> None:
    assert diff(notice(before), notice(now)) is None


def test_falsepos_a_deadline_from_a_file_that_could_not_be_read_before() -> None:
    assert diff(notice(""), notice("a", due(31))) is None


def test_falsepos_a_deadline_from_a_file_that_cannot_be_read_now() -> None:
    assert diff(notice("a", due(31)), notice("")) is None


def test_falsepos_a_day_that_only_the_unread_file_repeats() -> None:
    assert diff(notice("", due(15, "")), notice("a", due(15))) is None


def test_truepos_a_deadline_moved_within_a_replaced_file() -> None:
    change = diff(notice("a", due(15)), notice("b", due(31)))
    assert change is not None
    assert change.kind is Kind.DEADLINE_MOVED
    assert change.summary == "截止时间由 10月15日 改为 10月31日；替换附件 1 个"


def test_truepos_a_deadline_of_the_page_moves_whatever_the_file_says() -> None:
    change = diff(notice("", due(15, "")), notice("", due(31, "")))
    assert change is not None
    assert change.kind is Kind.DEADLINE_MOVED


def test_truepos_a_new_file_brings_its_deadline() -> None:
    bare = replace(notice(""), attachments=())
    change = diff(bare, notice("a", due(31)))
    assert change is not None
    assert change.fields == ("deadlines", "attachments")


def test_what_files_say_is_not_in_the_fingerprint() -> None:
    assert meaning(notice("")) == meaning(notice("a", due(31)))
    assert meaning(notice("")) != meaning(notice("", due(31, "")))


def test_a_file_read_at_last_is_learnt_once() -> None:
    assert learns_a_file(notice(""), notice("a"))
    assert not learns_a_file(notice("a"), notice("b"))
    assert not learns_a_file(notice("a"), notice(""))
    assert not learns_a_file(notice(""), notice("a", name="别的.docx"))


FILES = st.lists(
    st.builds(
        Attachment,
        name=st.sampled_from(["1", "2", ""]),
        url=st.sampled_from(["http://a.cn/1", "http://a.cn/2", ""]),
        digest=st.sampled_from(["", "x", "y"]),
    ),
    max_size=5,
)


@given(FILES, FILES)
def test_every_file_is_gone_or_come_or_replaced_or_the_same(
    before: list[Attachment], now: list[Attachment]
) -> None:
    changes = file_changes(before, now)
    assert len(before) - len(changes.gone) == len(now) - len(changes.come) >= len(changes.replaced)
    assert not file_changes(before, before)


def test_thousands_of_files_are_compared_at_once() -> None:
    old = [Attachment(name=f"{n}", url=f"http://a.cn/{n}") for n in range(20_000)]
    changes = file_changes(old, old[::-1][:-1])
    assert (len(changes.gone), len(changes.come), len(changes.replaced)) == (1, 0, 0)
