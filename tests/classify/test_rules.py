"""Into which section, and the reasons that an editor reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify import NOTHING_LEARNT, OTHER, Sections, classify, parse_sections
from monitor.model import Notice

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SECTIONS = parse_sections(yaml.safe_load((SEEDS / "sections.yaml").read_text("utf-8")))
FOUNDING = yaml.safe_load((SEEDS / "bulletin-2019-0901.yaml").read_text("utf-8"))["items"]
# What the rules reach on the shared sample today is 1.00 counting `alt`; the margin is for other samples.
FLOOR = 0.95


def section(
    title: str, *, issuers: tuple[str, ...] = (), body: str = "", sections: Sections = SECTIONS
) -> str:
    return classify(Notice(url="", title=title, issuers=issuers, body=body), sections, NOTHING_LEARNT).section


@pytest.mark.parametrize("item", FOUNDING, ids=lambda item: str(item["n"]))
@pytest.mark.parametrize("which", ["title", "original"])
@pytest.mark.parametrize("signed", [True, False], ids=["signed", "unsigned"])
def test_the_founding_twelve_are_filed_as_the_editors_filed_them(
    item: dict[str, str], which: str, signed: bool
) -> None:
    issuers = tuple(item["issuers"]) if signed else ()
    assert section(item.get(which, item["title"]), issuers=issuers) == item["section"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于印发《某省专项资金申报指南》的通知", "申报通知"),
        ("关于印发《某省专项资金管理办法》的通知", "政策文件"),
        ("关于印发某省专项资金申报指南的通知", "申报通知"),
        ("关于发布《申报材料编制技术规范》行业标准的公告", "政策文件"),
        ("关于转发《关于推荐绿色工厂的通知》的通知", "绿色制造"),
        ("关于公开征求《企业技术中心认定管理办法（征求意见稿）》意见的通知", "申报通知"),
        ("关于公布某省绿色工厂名单的通知", "绿色制造"),
        ("国家发展改革委令第39号 《企业技术中心认定管理办法（2025年版）》", "政策文件"),
        ("关于拟认定企业技术中心名单的公示", OTHER),
        ("某某厅召开工业经济运行调度会议", OTHER),
        ("《企业技术中心认定管理办法》解读", OTHER),
        ("一图读懂绿色工厂管理办法", OTHER),
        ("某某局2019年公开招聘工作人员公告", OTHER),
        ("信息化设备采购项目中标公告", OTHER),
        ("国务院办公厅关于调整某某委员会组成人员的通知", OTHER),
        ("我市工业经济稳中向好", OTHER),
        ("", OTHER),
    ],
)
def test_the_practice_in_small(title: str, expected: str) -> None:
    assert section(title) == expected


def test_a_reason_is_a_sentence_that_an_editor_understands() -> None:
    verdict = classify(
        Notice(url="", title="关于组织申报示范企业的通知", issuers=("某省科学技术厅",)),
        SECTIONS,
        NOTHING_LEARNT,
    )
    assert verdict.because[0] == "标题含“关于组织申报”"
    assert 0.5 <= verdict.confidence < 1


def test_the_body_is_asked_only_where_the_title_leaves_it_open() -> None:
    body = "请各申报单位于10月15日前报送申报材料，由推荐单位审核后推荐，逾期不予受理。"
    assert section("关于企业技术中心有关事项的通知", body=body) == "申报通知"
    assert section("关于公布企业技术中心评价结果的通知", body=body) == OTHER


def test_a_close_verdict_names_the_other_section() -> None:
    sections = parse_sections(
        {"sections": [{"name": "甲", "title": {3: ["申报"]}}, {"name": "乙", "title": {2: ["通知"]}}]}
    )
    verdict = classify(Notice(url="", title="申报通知"), sections, NOTHING_LEARNT)
    assert verdict.because == ("标题含“申报”", "也可能是乙：标题含“通知”")


def test_of_overlapping_words_the_longer_speaks() -> None:
    file = {
        "sections": [{"name": "甲", "title": {3: ["认定"]}}, {"name": "乙", "title": {2: ["认定管理办法"]}}]
    }
    assert section("认定管理办法", sections=parse_sections(file)) == "乙"


def test_a_word_may_have_a_gap_and_may_speak_against() -> None:
    file = {
        "sections": [
            {"name": "甲", "title": {3: ["意见"], -9: ["征求…意见"]}},
            {"name": "乙", "title": {1: ["征求"]}},
        ]
    }
    sections = parse_sections(file)
    assert section("指导意见", sections=sections) == "甲"
    assert section("征求对办法的意见", sections=sections) == "乙"


def test_many_weak_words_are_no_strong_one() -> None:
    file = {
        "sections": [
            {"name": "甲", "title": {2: list("一二三四五六七八九")}},
            {"name": "乙", "title": {4: ["十"]}},
        ]
    }
    assert section("一二三四五六七八九十", sections=parse_sections(file)) == "乙"


def test_without_any_word_it_is_other_and_unsure() -> None:
    verdict = classify(
        Notice(url="", title="甲"), parse_sections({"sections": [{"name": "乙"}]}), NOTHING_LEARNT
    )
    assert (verdict.section, verdict.confidence) == (OTHER, 0.5)


def test_the_labelled_sample_is_filed_as_labelled(shared: Callable[[str], Path]) -> None:
    rows = [json.loads(line) for line in shared("eval/titles-dev.jsonl").read_text("utf-8").splitlines()]
    right = [
        section(row["title"], issuers=(row["source"],) if row.get("source") else ())
        in (row["section"], row.get("alt"))
        for row in rows
    ]
    assert sum(right) / len(right) >= FLOOR


def surely_other(title: str, *, issuers: tuple[str, ...] = ()) -> bool:
    verdict = classify(Notice(url="", title=title, issuers=issuers), SECTIONS, NOTHING_LEARNT)
    return verdict.section == OTHER and verdict.confidence > 0.8


@pytest.mark.parametrize(
    "title",
    [
        "关于某某工程中标候选人的公示",
        "某某局2030年公开招聘工作人员面试公告",
        "某某办法答记者问",
        "某某厅党组召开理论学习会议",
        "关于某市国土空间总体规划的批复",
        "我市工业经济稳中向好",
    ],
)
def test_what_no_bulletin_ever_carries_is_surely_other(title: str) -> None:
    assert surely_other(title)


@pytest.mark.parametrize(
    "title",
    [
        "关于举办某某技术交流活动的通知",
        "某某委向企业下达某某任务的通知",
        "行政处罚裁量权适用规则",
        "环境影响评价公众参与办法",
        "关于举办专精特新企业申报培训的通知",
        "关于取消部分企业证明事项的公告",
    ],
)
def test_a_soft_word_or_a_rival_keeps_other_from_being_sure(title: str) -> None:
    assert not surely_other(title, issuers=("国家发展改革委",))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于举办某某创新创业大赛的通知", "申报通知"),
        ("关于组织申报省级工业旅游示范基地的通知", "申报通知"),
        ("关于开展第三批复核工作的通知", "申报通知"),
        ("关于发放设备补贴的公告", OTHER),
        ("关于企业所得税预缴纳税申报有关事项的公告", "政策文件"),
        ("国家某某建设领导小组关于推进某某工作的若干意见", "政策文件"),
        ("关于公布碳排放权交易管控单位名单的通知", "绿色制造"),
        ("某省绿色工厂拟认定名单公示", "绿色制造"),
        ("绿色制造专项资金拟支持项目公示", OTHER),
    ],
)
def test_words_that_look_alike_are_told_apart(title: str, expected: str) -> None:
    assert section(title) == expected


def test_a_tax_bureau_of_a_province_is_local_though_its_name_begins_with_state() -> None:
    def reasons(issuer: str) -> tuple[str, ...]:
        notice = Notice(url="", title="关于某某企业事项的通知", issuers=(issuer,))
        return classify(notice, SECTIONS, NOTHING_LEARNT).because

    assert "国家机关发文" in reasons("国家税务总局")
    assert "地方机关发文" in reasons("国家税务总局某某省税务局")


@given(st.text(max_size=120), st.text(max_size=300))
def test_any_notice_gets_a_verdict_with_a_reason(title: str, body: str) -> None:
    verdict = classify(Notice(url="", title=title, body=body), SECTIONS, NOTHING_LEARNT)
    assert verdict.section in (*SECTIONS.names, OTHER)
    assert 0.5 <= verdict.confidence <= 1
    assert verdict.because
