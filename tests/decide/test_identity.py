"""Pairs of notices with the verdict in the name: one document at two addresses, linked, or strangers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide import own_words, titles
from monitor.decide.identity import Same, Tie, keys, leads, outranks, weigh_kin
from monitor.decide.titles import Manner
from monitor.fields.bodies import Bodies
from monitor.model import (
    Deadline,
    Level,
    ListingItem,
    Notice,
    Posting,
    Reading,
    Relation,
    Source,
    Version,
)

Pair = tuple[Notice, Notice]
NOW = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
DAY = date(2026, 9, 1)
TEXT = """各省、自治区、直辖市工业和信息化主管部门：
为贯彻落实制造强国建设部署，推动工业领域绿色低碳发展，现组织开展2026年度绿色制造名单推荐工作。有关事项通知如下。
一、推荐范围包括绿色工厂、绿色工业园区、绿色供应链管理企业，申报主体应当具有独立法人资格，近三年无重大环境事件。
二、请各地区按照要求组织评审，于2026年10月15日前将推荐意见和汇总表报送我部节能与综合利用司。
三、联系人及电话：节能处，010-68200000。"""
RULES = """第一条 为了加强演示领域专项资金的管理，提高资金使用效益，根据有关法律法规，制定本办法。
第二条 本办法所称专项资金，是指由中央财政安排，用于支持演示领域公共服务和示范推广的资金。
第三条 专项资金的使用遵循公开透明、突出重点、注重绩效的原则，由演示部会同财政部门管理。
第四条 本办法自2026年10月1日起施行。"""


def notice(title: str, body: str = TEXT, **facts: object) -> Notice:
    """A notice of 工业和信息化部, signed on DAY, unless the facts say otherwise."""
    told: dict[str, object] = {"issuers": ("工业和信息化部",), "signed_on": DAY, "published_on": DAY}
    return replace(Notice(url="https://www.miit.gov.cn/a.html", title=title, body=body), **{**told, **facts})  # type: ignore[arg-type]


def due(month: int, day: int, *, place: str = "") -> Deadline:
    return Deadline(date=date(2026, month, day), time=None, what="报送", kind="报送", raw="前", place=place)


GREEN = notice(
    "工业和信息化部办公厅关于开展2026年度绿色制造名单推荐工作的通知",
    doc_number="工信厅节函〔2026〕188号",
    deadlines=(due(10, 15),),
    contacts=("010-68200000",),
)
ORDER = notice("演示专项资金管理办法", RULES, doc_number="演示部令第55号", issuers=("演示部",))
PRINTED = notice("关于印发《演示专项资金管理办法》的通知", f"现将《演示专项资金管理办法》印发给你们。\n{RULES}", doc_number="演财〔2026〕12号", issuers=("演示部",))  # fmt: skip
LOCAL = {"issuers": ("某省工业和信息化厅",), "signed_on": date(2026, 9, 5), "published_on": date(2026, 9, 6)}


def also(known: Notice, **facts: object) -> Pair:
    """A notice and a second posting of it in which some facts are others."""
    return known, replace(known, url="https://www.example.gov.cn/b.html", **facts)  # type: ignore[arg-type]


SAME: dict[str, Pair] = {
    "same_number_and_text_at_another_address": also(GREEN),
    "same_with_another_date_of_publication": also(GREEN, published_on=date(2026, 9, 20)),
    "same_in_other_line_breaks": also(GREEN, body=TEXT.replace("。", "。\n").replace("\n一、", " 一、")),
    "same_in_full_width_figures_and_other_blanks": also(GREEN, body=TEXT.replace("2026", "２０２６").replace("，", ", ")),
    "same_without_the_printed_heading": also(GREEN, body=f"工业和信息化部办公厅文件\n工信厅节函〔2026〕188号\n{GREEN.title}\n{TEXT}"),
    "same_with_the_signature_inside_the_text": also(GREEN, body=f"{TEXT}\n工业和信息化部\n2026年9月1日"),
    "same_with_a_date_in_chinese_figures_inside_the_text": also(GREEN, body=f"{TEXT}\n二〇二六年九月一日"),
    "same_with_what_a_site_puts_around": also(GREEN, body=f"来源：工业和信息化部\n发布时间：2026-09-20\n{TEXT}\n（此件公开发布）\n打印 关闭"),
    "same_with_a_list_of_files_printed_only_here": also(GREEN, body=f"{TEXT}\n附件：1.绿色制造名单推荐汇总表"),
    "same_with_a_misprint": also(GREEN, body=TEXT.replace("推动工业领域", "推动工业业领域")),
    "same_under_a_title_cut_by_the_site": also(GREEN, title="关于开展2026年度绿色制造名单推荐工作的通知"),
    "same_where_one_site_does_not_print_the_number": also(GREEN, doc_number=None),
    "same_order_by_number_and_issuer": also(ORDER),
    "same_announcement_numbered_by_year": also(replace(ORDER, doc_number="演示部公告2026年第84号"), doc_number="2026年第84号"),
    "same_joint_announcement_under_one_of_its_issuers": also(replace(ORDER, doc_number="2026年第84号", issuers=("财政部", "演示部")), issuers=("演示部",)),
    "same_text_that_goes_on_with_its_annex": also(GREEN, body=f"{TEXT}\n附件1\n{RULES}"),
    "same_short_text_word_for_word": also(notice("关于2026年第3号公告的说明", "现予公布。", doc_number="2026年第3号")),
    "same_interpretation_posted_again": also(notice("《演示专项资金管理办法》解读", RULES)),
    "same_forwarding_posted_again": also(notice("某省工业和信息化厅转发关于开展2026年度绿色制造名单推荐工作的通知", TEXT, **LOCAL)),
    "same_with_the_office_and_its_body_alike": also(replace(GREEN, issuers=("工业和信息化部办公厅",), bodies=("工业和信息化部",)), issuers=("工业和信息化部",)),
    "same_where_only_the_first_site_has_read_the_files": also(replace(GREEN, deadlines=(due(10, 15), due(9, 30, place="附件1.docx"))), deadlines=(due(10, 15),)),
}  # fmt: skip


def local(title: str, body: str = TEXT, **facts: object) -> Notice:
    """A notice of a province."""
    return notice(title, body, **{**LOCAL, **facts})


FORWARDED = "各设区市工信局：\n现将《工业和信息化部办公厅关于开展2026年度绿色制造名单推荐工作的通知》（工信厅节函〔2026〕188号）转发给你们，请于9月20日前报送我厅。"
CARRIED_OUT = "各设区市工信局：\n根据《工业和信息化部办公厅关于开展2026年度绿色制造名单推荐工作的通知》（工信厅节函〔2026〕188号）要求，现组织我省推荐工作。请于9月20日前报送。"
LINKED: dict[str, tuple[Notice, Notice, Relation]] = {
    "linked_interpretation_of_a_document": (PRINTED, notice("《演示专项资金管理办法》解读", "一、起草背景。", issuers=("演示部",)), Relation.INTERPRETS),
    "linked_interpretation_in_pictures": (PRINTED, notice("一图读懂《演示专项资金管理办法》", "", issuers=("演示部",)), Relation.INTERPRETS),
    "linked_interpretation_without_quotation": (PRINTED, notice("演示专项资金管理办法政策解读", "一、背景。", issuers=("演示部",)), Relation.INTERPRETS),
    "linked_questions_to_an_official": (PRINTED, notice("演示部有关负责人就《演示专项资金管理办法》答记者问", "问：", issuers=()), Relation.INTERPRETS),
    "linked_interpretation_without_an_issuer_on_the_same_site": (PRINTED, notice("《演示专项资金管理办法》解读", "一、背景。", issuers=()), Relation.INTERPRETS),
    "linked_press_conference_on_a_document": (PRINTED, notice("《演示专项资金管理办法》新闻发布会实录", "主持人：", issuers=("演示部",)), Relation.INTERPRETS),
    "linked_interpretation_of_a_document_by_its_full_title": (GREEN, notice("关于《工业和信息化部办公厅关于开展2026年度绿色制造名单推荐工作的通知》的解读", "一、背景。"), Relation.INTERPRETS),
    "linked_interpretation_that_carries_the_number_of_its_document": (ORDER, notice("政策解读：管好用好专项资金", "一、背景。", doc_number="演示部令第55号", issuers=("演示部",)), Relation.INTERPRETS),
    "linked_forwarding_with_a_deadline_of_its_own": (GREEN, local("某省工业和信息化厅关于转发开展2026年度绿色制造名单推荐工作的通知", FORWARDED, deadlines=(due(9, 20),)), Relation.FORWARDS),
    "linked_forwarding_of_a_title_in_quotation": (GREEN, local("转发《工业和信息化部办公厅关于开展2026年度绿色制造名单推荐工作的通知》的通知", FORWARDED), Relation.FORWARDS),
    "linked_forwarding_with_the_whole_document_behind": (GREEN, local("转发工业和信息化部办公厅关于开展2026年度绿色制造名单推荐工作的通知", f"现转发给你们，请遵照执行。\n{TEXT}"), Relation.FORWARDS),
    "linked_forwarding_that_only_the_text_says": (GREEN, local("关于做好2026年度绿色制造推荐的通知", FORWARDED), Relation.FORWARDS),
    "linked_forwarding_without_the_number": (GREEN, local("关于做好2026年度绿色制造推荐的通知", FORWARDED.replace("（工信厅节函〔2026〕188号）", "")), Relation.FORWARDS),
    "linked_forwarding_under_the_number_of_the_document": (GREEN, local("转发绿色制造名单推荐通知的通知", f"现转发给你们，请遵照执行。\n{TEXT}", doc_number=GREEN.doc_number), Relation.FORWARDS),
    "linked_carrying_out_with_an_earlier_deadline": (GREEN, local("关于组织申报2026年度绿色制造的通知", CARRIED_OUT, doc_number="某工信〔2026〕9号"), Relation.RELATED),
    "linked_publicity_of_a_list": (notice("关于公布2026年第一批演示企业名单的通知"), notice("2026年第一批演示企业名单公示", "公示期为5天。"), Relation.PUBLICISES),
    "linked_preface_before_the_same_text": (GREEN, replace(GREEN, body=f"现将通知转载如下，请我省企业认真准备材料，主动对接所在地主管部门。\n{TEXT}"), Relation.RELATED),
    "linked_note_behind_the_same_text": (GREEN, replace(GREEN, body=f"{TEXT}\n请我省企业认真准备材料，主动对接所在地主管部门。"), Relation.RELATED),
    "linked_other_deadline_in_the_same_text": (GREEN, replace(GREEN, body=TEXT.replace("10月15日", "9月15日"), deadlines=(due(9, 15),)), Relation.RELATED),
    "linked_one_deadline_more": (GREEN, replace(GREEN, deadlines=(due(9, 20), due(10, 15))), Relation.RELATED),
    "linked_a_deadline_in_a_file_of_its_own": (GREEN, replace(GREEN, deadlines=(due(10, 15), due(9, 20, place="附件1.docx"))), Relation.RELATED),
    "linked_one_contact_more": (GREEN, replace(GREEN, contacts=("010-68200000", "0591-87800000")), Relation.RELATED),
    "linked_one_figure_in_the_text_is_another": (GREEN, replace(GREEN, body=TEXT.replace("近三年", "近五年")), Relation.RELATED),
    "linked_one_word_turns_the_sentence_round": (GREEN, replace(GREEN, body=TEXT.replace("应当具有", "应当不具有")), Relation.RELATED),
    "linked_same_number_with_another_text": (GREEN, replace(GREEN, body=RULES), Relation.RELATED),
    "linked_same_number_for_another_year": (GREEN, replace(GREEN, title=GREEN.title.replace("2026", "2025")), Relation.RELATED),
    "linked_same_number_signed_on_another_day": (GREEN, replace(GREEN, signed_on=date(2026, 8, 1)), Relation.RELATED),
    "linked_unread_page_proves_nothing": (GREEN, replace(GREEN, body="", unread=True, doc_number=None), Relation.RELATED),
    "linked_empty_body_proves_nothing": (GREEN, replace(GREEN, body=""), Relation.RELATED),
    "linked_two_empty_bodies_prove_nothing": (replace(GREEN, body=""), replace(GREEN, body=""), Relation.RELATED),
    "linked_covering_notice_and_the_rules_alone": (PRINTED, notice("演示专项资金管理办法", RULES, issuers=("演示部",)), Relation.RELATED),
    "linked_a_short_extract": (GREEN, replace(GREEN, body=TEXT[:60]), Relation.RELATED),
}  # fmt: skip

MEETING = notice("关于召开2026年工作会议的通知", "定于9月10日召开会议，请准时参加，会期半天，地点另行通知，请勿迟到。", issuers=("演示部",))  # fmt: skip
YEARLY = notice("关于开展高新技术企业认定申报工作的通知", issuers=("某市科技局",))
STRANGERS: dict[str, Pair] = {
    "strangers_second_batch": (notice("2026年第一批拟认定演示企业名单公示"), notice("2026年第二批拟认定演示企业名单公示")),
    "strangers_batch_against_the_list_of_another": (notice("关于公布2026年第一批演示企业名单的通知"), notice("2026年第二批演示企业名单公示")),
    "strangers_another_year": (GREEN, notice(GREEN.title.replace("2026", "2025"), signed_on=date(2025, 9, 1), doc_number="工信厅节函〔2025〕170号")),
    "strangers_same_title_a_year_later": (YEARLY, replace(YEARLY, signed_on=date(2025, 9, 1))),
    "strangers_same_title_of_another_city": (YEARLY, replace(YEARLY, issuers=("某县科技局",))),
    "strangers_two_meetings": (MEETING, replace(MEETING, signed_on=date(2026, 3, 1), body="定于3月10日召开会议，请准时参加。")),
    "strangers_meetings_of_two_bodies": (MEETING, replace(MEETING, issuers=("某局",))),
    "strangers_title_that_says_nothing": (notice("公示", "一、名单。", doc_number=None), notice("公示", "二、名单。", doc_number=None)),
    "strangers_announcement_number_of_another_issuer": (replace(ORDER, doc_number="2026年第84号"), notice("关于演示商品关税的公告", TEXT, doc_number="2026年第84号", issuers=("海关总署",))),
    "strangers_order_number_of_another_issuer": (ORDER, notice("演示管理规定", TEXT, doc_number="交通部令第55号", issuers=("交通部",))),
    "strangers_number_without_a_code": (notice("关于甲事的通知", doc_number="〔2026〕34号", issuers=("甲局",)), notice("关于乙事的通知", doc_number="〔2026〕34号", issuers=("乙局",))),
    "strangers_two_interpretations_of_one_document": (notice("《演示专项资金管理办法》解读", RULES), notice("一图读懂《演示专项资金管理办法》", "")),
    "strangers_training_on_a_document": (PRINTED, notice("关于举办《演示专项资金管理办法》培训班的通知", "一、时间。")),
    "strangers_work_plan_of_another_body": (notice("2026年工作要点", TEXT, issuers=("甲局",)), notice("《2026年工作要点》解读", "一、背景。", issuers=("乙局",))),
    "strangers_interpretation_years_later": (PRINTED, notice("《演示专项资金管理办法》解读", "一、背景。", signed_on=date(2029, 1, 1), published_on=date(2029, 1, 1), issuers=("演示部",))),
    "strangers_short_name_on_another_site": (PRINTED, notice("《演示专项资金管理办法》解读", "一、背景。", issuers=(), url="https://www.example.gov.cn/c.html")),
    "strangers_call_about_interpretations": (PRINTED, notice("关于做好政策解读工作的通知", "请做好解读。", issuers=("演示部",))),
    "strangers_two_provinces_forward_one_document": (local("转发关于开展2026年度绿色制造名单推荐工作的通知", FORWARDED), local("转发关于开展2026年度绿色制造名单推荐工作的通知", FORWARDED, issuers=("另省工业和信息化厅",))),
    "strangers_citing_a_law_of_long_ago": (replace(GREEN, signed_on=date(2020, 1, 1)), local("关于组织申报2026年度绿色制造的通知", CARRIED_OUT)),
    "strangers_publicity_by_another_body": (notice("关于公布2026年第一批演示企业名单的通知"), notice("2026年第一批演示企业名单公示", "公示期为5天。", issuers=("某市科技局",))),
    "strangers_nothing_in_common": (GREEN, ORDER),
}  # fmt: skip


def version(known: Notice, notice_id: int = 7) -> Version:
    return Version(id=1, notice_id=notice_id, at=NOW, notice=known, fingerprint="", raw=None)


def weighed(known: Notice, read: Notice) -> Same | tuple[Tie, ...]:
    """As the jobs do: only what shares a key is compared."""
    return weigh_kin(read, [version(known)] if set(keys(known)) & set(keys(read)) else [])


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_one_document_whichever_posting_came_first(pair: Pair) -> None:
    known, read = pair
    assert weighed(known, read) == Same(7)


@pytest.mark.parametrize("name", set(SAME) - {"same_where_only_the_first_site_has_read_the_files"})
def test_one_document_the_other_way_round(name: str) -> None:
    known, read = SAME[name]
    assert weighed(read, known) == Same(7)


@pytest.mark.parametrize(("document", "about", "relation"), LINKED.values(), ids=LINKED)
def test_linked_and_never_merged(document: Notice, about: Notice, relation: Relation) -> None:
    assert weighed(document, about) == (Tie(7, relation),)


@pytest.mark.parametrize(
    ("document", "about", "relation"),
    [each for each in LINKED.values() if each[2] is not Relation.RELATED],
    ids=[name for name, each in LINKED.items() if each[2] is not Relation.RELATED],
)
def test_linked_the_right_way_round_when_the_document_comes_last(
    document: Notice, about: Notice, relation: Relation
) -> None:
    assert weighed(about, document) == (Tie(7, relation, outward=False),)


@pytest.mark.parametrize("pair", STRANGERS.values(), ids=STRANGERS)
def test_strangers_have_nothing_to_do_with_each_other(pair: Pair) -> None:
    assert weighed(*pair) == weighed(*reversed(pair)) == ()
    assert weigh_kin(pair[1], [version(pair[0])]) == ()


def test_of_several_notices_that_are_the_same_the_oldest_is_meant_and_links_are_all_told() -> None:
    known = [version(GREEN, 9), version(GREEN, 3), version(replace(GREEN, body=RULES), 5)]
    assert weigh_kin(GREEN, known) == Same(3)
    found = weigh_kin(replace(GREEN, body=RULES, contacts=()), known[:2])
    assert found == (Tie(9, Relation.RELATED), Tie(3, Relation.RELATED))


def test_keys_name_what_proves_most_first() -> None:
    assert keys(GREEN) == (
        "number:工信厅节函〔2026〕188号",
        "title:工业和信息化部:工业和信息化部办公厅关于开展2026年度绿色制造名单推荐工作的通知:2026-09-01",
        "name:开展2026年度绿色制造名单推荐工作",
    )
    assert keys(ORDER)[0] == "number:令第55号@演示部"
    assert keys(notice("公示", "", issuers=(), signed_on=None, published_on=None)) == ()


@given(st.text(max_size=200), st.text(max_size=400), st.text(max_size=30))
def test_any_text_has_keys_and_is_compared_with_itself(title: str, body: str, number: str) -> None:
    read = notice(title, body, doc_number=number)
    assert len(keys(read)) < 12
    assert isinstance(weigh_kin(read, [version(read)]), Same | tuple)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("科技部 财政部关于印发《演示专项资金管理办法》的通知", "演示专项资金管理办法"),
        ("关于印发〈演示专项资金管理办法〉的通知（演财〔2026〕12号）", "演示专项资金管理办法"),
        ("某厅关于转发《科技部关于印发〈演示专项资金管理办法〉的通知》的通知", "演示专项资金管理办法"),
        ("国务院办公厅转发国家发展改革委等十部门关于推进演示工作指导意见的通知", "推进演示工作指导意见"),
        ("国家发展改革委等部门关于推进演示工作的指导意见", "推进演示工作指导意见"),
        ("《演示专项资金管理办法》图文解读（三）", "演示专项资金管理办法"),
        ("工业和信息化部关于公开征求《演示专项资金管理办法》意见的通知", "演示专项资金管理办法"),
    ],
)
def test_a_document_is_called_by_its_name_whatever_is_wrapped_around(title: str, name: str) -> None:
    assert name in titles.names(title)


@pytest.mark.parametrize(
    ("title", "manner"),
    [
        ("关于开展政策解读工作的通知", Manner.DOCUMENT),
        ("关于征集图解方案的公告", Manner.DOCUMENT),
        ("《关于做好解读工作的意见》发布", Manner.DOCUMENT),
        ("十问十答：演示专项资金", Manner.INTERPRETATION),
        ("《转发某通知》解读", Manner.INTERPRETATION),
        ("2026年第一批演示企业名单公示", Manner.PUBLICITY),
        ("某厅转发关于甲事的通知", Manner.FORWARD),
        ("关于转发量统计的通报", Manner.FORWARD),  # a price: it is linked only where a name is shared
    ],
)
def test_a_title_tells_a_document_from_what_is_about_one(title: str, manner: Manner) -> None:
    assert titles.manner(title) is manner


def test_own_words_are_what_no_piece_of_the_other_text_covers() -> None:
    assert list(own_words.own_words(TEXT + "甲乙丙丁", TEXT)) == ["甲乙丙丁"]
    assert list(own_words.own_words("甲乙丙丁" + TEXT, TEXT)) == ["甲乙丙丁"]
    assert list(own_words.own_words(TEXT.replace("10月15日", "10月16日"), TEXT)) == ["6"]
    assert list(own_words.own_words(TEXT, TEXT)) == []


@given(st.text("甲乙丙。1\n", max_size=120), st.text("甲乙丙。1\n", max_size=120))
def test_whether_two_texts_are_one_does_not_depend_on_their_order(one: str, other: str) -> None:
    assert own_words.alike(one, other, printed=()) == own_words.alike(other, one, printed=())


def test_texts_beyond_the_limit_are_one_only_when_they_are_equal() -> None:
    long = "".join(f"第{number}条 各单位应当按照要求报送材料。\n" for number in range(9_000))
    assert own_words.alike(long, long, printed=())
    assert not own_words.alike(long, long.replace("第5条 各单位", "第5条 单位"), printed=())


# ── who speaks for a notice ───────────────────────────────────────────────────────────────────────────

BODIES = Bodies(bodies={"工信部": "工业和信息化部"}, national=frozenset())
MIIT = Source(id="miit", name="工信部 · 通知", url="https://www.miit.gov.cn/", family=None, level=Level.NATIONAL, region="全国")  # fmt: skip
FUJIAN = replace(MIIT, id="fj", name="福建省工业和信息化厅 · 通知", level=Level.PROVINCIAL, region="福建")
STATE = replace(MIIT, id="gov", name="中国政府网 · 政策")
AT_MIIT = GREEN
AT_STATE = replace(GREEN, url="https://www.gov.cn/b.html")
AT_FUJIAN = replace(GREEN, url="https://gxt.fujian.gov.cn/c.htm")


@pytest.mark.parametrize(
    ("read", "source", "leading", "expected"),
    [
        (AT_MIIT, MIIT, AT_STATE, True),
        (AT_MIIT, MIIT, AT_FUJIAN, True),
        (AT_STATE, STATE, AT_FUJIAN, True),
        (AT_STATE, STATE, AT_MIIT, False),
        (AT_FUJIAN, FUJIAN, AT_MIIT, False),
        (AT_FUJIAN, FUJIAN, AT_STATE, False),
        (replace(AT_MIIT, url="https://www.miit.gov.cn/other.html"), MIIT, AT_MIIT, False),
        (replace(AT_STATE, issuers=("福建省工业和信息化厅",)), STATE, AT_FUJIAN, False),
    ],
)
def test_the_issuers_own_site_leads_then_a_national_one_then_who_was_first(
    read: Notice, source: Source, leading: Notice, *, expected: bool
) -> None:
    assert outranks(read, source, leading, bodies=BODIES) is expected


def posting(number: int, url: str) -> Posting:
    row = ListingItem(url=url, title="通知", published_on=None)
    return Posting(id=number, source_id="a", item=row, baseline=False, settled=True, notice_id=7, first_seen_at=NOW, last_read_at=None)  # fmt: skip


def test_a_posting_leads_when_the_newest_version_was_read_there_or_at_the_same_address() -> None:
    first, copy, other = (
        posting(1, "http://a.gov.cn/1"),
        posting(2, "https://a.gov.cn/1"),
        posting(3, "http://b/"),
    )
    reading = Reading(posting_id=1, page_url="http://a.gov.cn/1", content_type="", item=first.item)
    newest = replace(version(GREEN), reading=reading)
    assert [leads(each, newest) for each in (first, copy, other)] == [True, True, False]
    assert leads(other, version(GREEN))
