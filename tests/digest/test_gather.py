"""Folding, order and words of a digest before it has a form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.digest import Reminder
from monitor.digest.gather import Contents, gather
from monitor.model import ALERT, ChangeRecord, Deadline, Kind
from tests.digest.make import BROKEN, DAILY, NOW, SOURCES, a_change, a_deadline, a_notice

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
        ([Kind.NEW, Kind.WITHDRAWN, Kind.RESTORED], Kind.NEW),
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
    assert contents.subject == "【快讯】8月30日 4 条：关于第4号事项的通知 等"


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


def a_reminder(number: int, deadline: Deadline, *, days: int = 5) -> Reminder:
    notice = a_notice(number, deadlines=(a_deadline(date(2019, 8, 31)), deadline))
    return Reminder(last=a_change(number, notice=notice), deadline=deadline, days=days, keys=("key",))


def test_within_a_region_what_overturns_plans_then_the_soonest_deadline_then_the_newest() -> None:
    soon, late = (a_deadline(date(2019, 9, 2)),), (a_deadline(date(2019, 12, 1)),)
    passed = (a_deadline(date(2019, 8, 29)),)
    contents = gathered(
        a_change(1, notice=a_notice(1, published_on=date(2019, 8, 29))),
        a_change(2, notice=a_notice(2, published_on=date(2019, 8, 30), deadlines=passed)),
        a_change(3, notice=a_notice(3, deadlines=late)),
        a_change(4, notice=a_notice(4, deadlines=(*late, *soon))),
        a_change(5, Kind.REVISED, notice=a_notice(5, published_on=None)),
        a_change(6, Kind.WITHDRAWN),
        a_change(7, Kind.DEADLINE_MOVED, notice=a_notice(7, deadlines=late)),
        a_change(8, Kind.WITHDRAWN, notice=a_notice(8, deadlines=soon)),
    )
    assert [int(item.title[3:-6]) for item in contents.items] == [8, 7, 6, 4, 3, 2, 1, 5]


def test_every_source_where_the_notice_stands_is_named_where_it_was_seen_first_of_all() -> None:
    (item,) = gathered(replace(a_change(1, source="tianjin"), sources=("beijing", "tianjin", "gone"))).items
    assert item.sources == ("天津 · tianjin", "北京 · beijing", "gone")


def test_reminders_stand_on_top_the_soonest_first() -> None:
    later, soon = a_deadline(date(2019, 9, 6), "17:00"), a_deadline(date(2019, 9, 2))
    contents = gather(
        DAILY,
        [a_change(1)],
        reminders=[a_reminder(2, later), a_reminder(3, soon, days=1), a_reminder(4, soon, days=0)],
        sources=SOURCES,
        troubles=(),
        now=NOW,
        link="",
        mark="",
    )
    assert [(item.section, item.label, item.due, item.news) for item in contents.items] == [
        ("截止提醒", "提醒", "申报截止 9月2日（还有 3 天）", "申报材料：还剩 1 个工作日"),
        ("截止提醒", "提醒", "申报截止 9月2日（还有 3 天）", "申报材料：已无剩余工作日"),
        ("截止提醒", "提醒", "申报截止 9月6日 17:00（还有 7 天）", "申报材料：还剩 5 个工作日"),
        ("政策文件", "", "", ""),
    ]
    assert contents.counts == "提醒 3 · 新 1"
    assert contents.subject.startswith("【快讯】8月30日 4 条：")


def test_a_notice_with_news_is_not_reminded_of_beside_it() -> None:
    change = a_change(2, Kind.REVISED)
    reminder = a_reminder(2, a_deadline(date(2019, 9, 2)))
    contents = gather(
        DAILY, [change], reminders=[reminder], sources=SOURCES, troubles=(), now=NOW, link="", mark=""
    )
    assert [item.kind for item in contents.items] == [Kind.REVISED]
    assert contents.counts == "修订 1"


def test_without_anything_to_tell_it_says_that_all_is_well() -> None:
    contents = gather(DAILY, [], sources=SOURCES, troubles=[BROKEN], now=NOW, link="", mark="")
    assert contents.subject == "【快讯】8月30日 今日无新变更，2 个信息源正常"


def test_an_alert_says_that_it_is_one() -> None:
    alert = replace(DAILY, name=f"{ALERT}urgent", at="")
    contents = gather(alert, [a_change(1)], sources=SOURCES, troubles=(), now=NOW, link="", mark="")
    assert (contents.heading, contents.name) == ("【快讯】速报 8月30日", "urgent")


def test_a_new_notice_introduces_itself_and_a_changed_one_says_what_changed() -> None:
    notice = a_notice(1, body="各有关单位：\n为推动绿色发展，请联系13812345678，现将有关事项通知如下。")
    (new,) = gathered(a_change(1, notice=notice)).items
    (revised,) = gathered(a_change(1, Kind.REVISED, notice=notice, fields=("body",))).items
    assert (new.lead, new.news) == ("为推动绿色发展，请联系138****5678，现将有关事项通知如下。", "")
    assert (revised.lead, revised.news) == ("", "修订：正文")
