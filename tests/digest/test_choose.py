"""Which changes a digest owes its readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.digest import owed
from monitor.model import Attachment, ChangeRecord, Decision, Digest, Kind, Level, Wants
from tests.digest.make import DAILY, NOW, SOURCES, a_change, a_deadline, a_notice

REVIEWED = replace(DAILY, reviewed_only=True)


def chosen(digest: Digest, *changes: ChangeRecord) -> list[int]:
    return [change.id for change in owed(digest, changes, sources=SOURCES, now=NOW)]


@pytest.mark.parametrize(
    ("decision", "to_all", "to_outside"),
    [
        (None, True, False),
        (Decision.KEEP, True, True),
        (Decision.MOVE, True, True),
        (Decision.DEFER, True, False),
        (Decision.DROP, False, False),
    ],
)
def test_a_review_decides_who_hears_of_a_change(
    decision: Decision | None, to_all: bool, to_outside: bool
) -> None:
    change = a_change(1, decision=decision)
    assert bool(chosen(DAILY, change)) is to_all
    assert bool(chosen(REVIEWED, change)) is to_outside


def test_other_sections_and_baselines_are_not_its_business() -> None:
    assert chosen(DAILY, a_change(2, section="其他"), a_change(1), a_change(3, Kind.BASELINE)) == [1]


NOTICE = a_notice(
    1,
    title="关于组织开展２０１９年 绿色工厂推荐工作的通知",
    doc_number="工信部节〔2019〕188号",
    issuers=("工业和信息化部",),
    body="现将稀土总量控制指标下达。",
    attachments=(Attachment(name="推荐汇总表.docx", url=""),),
    deadlines=(a_deadline(date(2019, 8, 1)), a_deadline(date(2019, 9, 2)), a_deadline(date(2019, 12, 31))),
)


@pytest.mark.parametrize(
    ("wants", "is_wanted"),
    [
        (Wants(), True),
        (Wants(regions=("天津",)), True),
        (Wants(regions=("北京", "全国")), True),
        (Wants(regions=("北京",)), False),
        (Wants(levels=(Level.NATIONAL,)), True),
        (Wants(levels=(Level.MUNICIPAL,)), False),
        (Wants(kinds=(Kind.NEW,)), True),
        (Wants(kinds=(Kind.REVISED, Kind.WITHDRAWN)), False),
        (Wants(keywords=("2019年绿色工厂",)), True),
        (Wants(keywords=("稀土",)), True),
        (Wants(keywords=("汇总表",)), True),
        (Wants(keywords=("氢能", "稀土")), True),
        (Wants(keywords=("氢能",)), False),
        (Wants(without=("工信部节",)), False),
        (Wants(without=("稀土",)), True),
        (Wants(keywords=("稀土",), without=("推荐",)), False),
        (Wants(within=3), True),
        (Wants(within=2), False),
    ],
)
def test_a_subscription_chooses_by_place_level_kind_words_and_time_left(
    wants: Wants, is_wanted: bool
) -> None:
    change = replace(a_change(1, notice=NOTICE), sources=("miit", "tianjin"))
    assert bool(chosen(replace(DAILY, wants=wants), change)) is is_wanted


def test_a_notice_is_chosen_with_all_its_changes_so_that_its_last_state_is_shown() -> None:
    only_new = replace(DAILY, wants=Wants(kinds=(Kind.NEW,)))
    new = a_change(1, notice_id=7)
    later = a_change(2, Kind.DEADLINE_MOVED, notice_id=7, at=NOW + timedelta(hours=1))
    assert chosen(only_new, new, later) == [1, 2]
    assert chosen(only_new, later) == []


@pytest.mark.parametrize(
    ("kinds", "is_told"),
    [
        ([Kind.NEW, Kind.WITHDRAWN], False),
        ([Kind.NEW, Kind.REVISED, Kind.WITHDRAWN], False),
        ([Kind.NEW, Kind.WITHDRAWN, Kind.RESTORED], True),
        ([Kind.WITHDRAWN], True),
        ([Kind.REVISED, Kind.WITHDRAWN], True),
        ([Kind.BASELINE, Kind.WITHDRAWN], True),
    ],
)
def test_what_was_taken_back_before_anybody_heard_of_it_is_not_told(kinds: list[Kind], is_told: bool) -> None:
    changes = [a_change(number, kind, notice_id=7) for number, kind in enumerate(kinds, 1)]
    assert bool(chosen(DAILY, *changes)) is is_told
