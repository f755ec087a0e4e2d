"""Folding, order and words of a digest before it has a form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from monitor.digest.gather import Contents, gather
from monitor.model import ChangeRecord, Kind
from tests.digest.make import DAILY, NOW, SOURCES, a_change, a_deadline, a_notice

LATER = NOW + timedelta(hours=1)


def gathered(*changes: ChangeRecord) -> Contents:
    return gather(DAILY, changes, sources=SOURCES, troubles=(), now=NOW, link="http://desk/", mark="")


def test_sections_in_the_order_of_the_digest_then_the_nation_before_regions_then_the_newest() -> None:
    contents = gathered(
        a_change(1, section="申报通知", source="tianjin"),
        a_change(2, section="申报通知", source="beijing"),
        a_change(3, section="申报通知", source="miit"),
        a_change(4, section="政策文件", notice=a_notice(4, published_on=date(2019, 8, 1))),
        a_change(5, section="政策文件", notice=a_notice(5, published_on=date(2019, 8, 29))),
        a_change(6, section="政策文件", source="gone-from-the-configuration"),
    )
    shown = [(item.section, item.region, item.title) for item in contents.items]
    assert shown == [
        ("政策文件", "全国", "关于第5号事项的通知"),
        ("政策文件", "全国", "关于第4号事项的通知"),
        ("政策文件", "其他", "关于第6号事项的通知"),
        ("申报通知", "全国", "关于第3号事项的通知"),
        ("申报通知", "北京", "关于第2号事项的通知"),
        ("申报通知", "天津", "关于第1号事项的通知"),
    ]


@pytest.mark.parametrize(
    ("kinds", "folded"),
    [
        ([Kind.NEW], Kind.NEW),
        ([Kind.NEW, Kind.REVISED], Kind.NEW),
        ([Kind.REVISED, Kind.REVISED], Kind.REVISED),
        ([Kind.DEADLINE_MOVED, Kind.REVISED], Kind.DEADLINE_MOVED),
        ([Kind.NEW, Kind.WITHDRAWN], Kind.WITHDRAWN),
        ([Kind.WITHDRAWN, Kind.RESTORED], Kind.RESTORED),
        ([Kind.RESTORED, Kind.REVISED], Kind.RESTORED),
    ],
)
def test_all_that_happened_to_a_notice_is_one_item(kinds: list[Kind], folded: Kind) -> None:
    changes = [
        a_change(number, kind, notice_id=7, at=NOW + timedelta(minutes=number))
        for number, kind in enumerate(kinds)
    ]
    contents = gathered(*reversed(changes))
    assert [item.kind for item in contents.items] == [folded]


def test_the_last_state_is_shown_and_every_edit_is_named() -> None:
    contents = gathered(
        a_change(1, notice_id=7, notice=a_notice(7, title="旧标题")),
        a_change(
            2,
            Kind.REVISED,
            notice_id=7,
            notice=a_notice(7, title="新标题"),
            fields=("title", "body"),
            at=LATER,
        ),
    )
    (item,) = contents.items
    assert (item.title, item.news) == ("新标题", "修订：标题、正文")
    assert contents.counts == "新 1"


@pytest.mark.parametrize(
    ("kind", "summary", "news"),
    [
        (Kind.REVISED, "", "修订：正文"),
        (Kind.REVISED, "正文有改动（1 处）", "修订：正文有改动（1 处）"),
        (
            Kind.DEADLINE_MOVED,
            "截止时间由 9月6日 改为 9月20日；正文有改动（1 处）",
            "截止时间由 9月6日 改为 9月20日；正文有改动（1 处）",
        ),
        (Kind.DEADLINE_MOVED, "", "截止变更：正文"),
        (Kind.NEW, "新发布", ""),
    ],
)
def test_the_summary_of_a_change_outranks_its_fields(kind: Kind, summary: str, news: str) -> None:
    (item,) = gathered(a_change(1, kind, fields=("body",), summary=summary)).items
    assert item.news == news


def test_counts_name_each_kind_that_occurs() -> None:
    contents = gathered(a_change(1), a_change(2), a_change(3, Kind.REVISED), a_change(4, Kind.WITHDRAWN))
    assert contents.counts == "新 2 · 修订 1 · 撤回 1"
    assert contents.heading == "【快讯】8月30日"
    assert contents.subject == "【快讯】8月30日 4 条：关于第1号事项的通知 等"


def test_facts_stand_in_one_order_and_unknown_ones_are_left_out() -> None:
    full = a_notice(1, issuers=("甲", "乙", "丙", "丁"), doc_number="工信部节〔2019〕188号", unread=True)
    bare = a_notice(2, issuers=(), published_on=None)
    first, second = gathered(a_change(1, notice=full), a_change(2, notice=bare)).items
    assert first.facts == ("甲等 4 部门", "工信部节〔2019〕188号", "2019-08-27", "正文未能读取")
    assert second.facts == ()


def test_private_numbers_are_masked_wherever_words_are_shown() -> None:
    notice = a_notice(1, title="联系13812345678", issuers=("张三 13812345678",))
    (item,) = gathered(a_change(1, Kind.REVISED, notice=notice, summary="电话改为13912345678")).items
    assert "12345678" not in f"{item.title}{item.facts}{item.news}"


def test_a_withdrawn_notice_has_no_deadline_any_more() -> None:
    notice = a_notice(1, deadlines=(a_deadline(date(2019, 9, 6)),))
    (open_one,) = gathered(a_change(1, notice=notice)).items
    (withdrawn,) = gathered(a_change(1, Kind.WITHDRAWN, notice=notice)).items
    assert (open_one.due, withdrawn.due) == ("申报截止 9月6日（还有 7 天）", "")
