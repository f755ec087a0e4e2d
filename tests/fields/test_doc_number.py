"""The notice's own number: in any print, never a cited one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fields import doc_number
from monitor.fields.lines import lines
from monitor.model import Fact

TITLE = "关于开展示范企业推荐工作的通知"
PROSE = "各有关单位：\n根据《关于印发管理办法的通知》（国科发火〔2008〕172号）精神，现将有关事项通知如下，请认真组织落实并按时报送。"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("国知办发运字〔2019〕34号", "国知办发运字〔2019〕34号"),
        ("国科办高（2019）74 号", "国科办高〔2019〕74号"),
        ("内科发新字[2011]20号", "内科发新字〔2011〕20号"),
        ("京经信发【2019】60号", "京经信发〔2019〕60号"),
        ("京经信发﹝2019﹞60号", "京经信发〔2019〕60号"),
        ("京经信发〔2019]60", "京经信发〔2019〕60号"),
        ("(苏科计〔2011〕12号)", "苏科计〔2011〕12号"),
        ("鲁科字〔2015〕第５号", "鲁科字〔2015〕5号"),
        ("财 税 〔２０１９〕 0013 号", "财税〔2019〕13号"),
        ("财政部 税务总局公告2019年第84号", "财政部 税务总局公告2019年第84号"),
        ("财政部　税务总局公告 2019 年第 84 号", "财政部 税务总局公告2019年第84号"),
        ("中华人民共和国工业和信息化部公告（2021年第10号）", "工业和信息化部公告2021年第10号"),
        ("海关总署公告2024年第1号", "海关总署公告2024年第1号"),
        ("科学技术部令第二十三号", "科学技术部令第23号"),
        ("国令第736号", "国令第736号"),
        ("公告 2019年 第33号", "公告2019年第33号"),
        ("2024年第44号", "2024年第44号"),
        ("无", None),
        ("HJ 1038-2019", None),
        ("第17次部务会议", None),
        ("关于发布标准的公告2019年第33号", None),
    ],
)
def test_a_printed_number_has_one_normal_form(printed: str, expected: str | None) -> None:
    assert doc_number.normal(printed) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("闽工信函节能〔2019〕448号", "闽工信函节能〔2019〕448号"),
        ("福建省工业和信息化厅文件 闽工信函节能〔2019〕448号", "闽工信函节能〔2019〕448号"),
        ("工业和信息化部令\n第55号", "工业和信息化部令第55号"),
        ("中华人民共和国生态环境部\n公告\n2019年 第33号", "生态环境部公告2019年第33号"),
        ("索引号 | 000014672/2019-1 | 发文字号 | 环办标征函〔2021〕11号", "环办标征函〔2021〕11号"),
        ("发文字号：\n环办标征函〔2021〕11号", "环办标征函〔2021〕11号"),
        ("文号：工信部科〔2019〕188号 发布日期：2019-09-03", "工信部科〔2019〕188号"),
        ("", None),
    ],
)
def test_the_own_number_stands_in_the_opening(head: str, expected: str | None) -> None:
    body = f"{head}\n{TITLE}\n{PROSE}"
    assert doc_number.find(lines(body), title=TITLE, facts=()) == expected


def test_the_index_table_comes_before_the_text() -> None:
    facts = (Fact(label="文号", value="工信厅科函〔2019〕1号"),)
    assert (
        doc_number.find(lines(f"工信部科〔2019〕188号\n{PROSE}"), title="", facts=facts)
        == "工信厅科函〔2019〕1号"
    )


def test_an_empty_cell_of_the_index_table_leaves_it_to_the_text() -> None:
    facts = (Fact(label="文号", value=" "), Fact(label="发文字号", value="无"))
    assert (
        doc_number.find(lines(f"工信部科〔2019〕188号\n{PROSE}"), title="", facts=facts)
        == "工信部科〔2019〕188号"
    )


@pytest.mark.parametrize(
    "body",
    [
        PROSE,
        f"{PROSE}\n附件：关于推进基地建设的通知（发改办环资〔2018〕502号）",
        "现将《关于开展认定工作的通知》（国科火字〔2019〕133号）转发给你们，请按要求组织本辖区内的单位认真做好申报工作。",
    ],
)
def test_a_cited_number_is_never_taken(body: str) -> None:
    assert doc_number.find(lines(body), title="关于转发有关文件的通知", facts=()) is None


def test_in_a_forwarding_notice_the_number_of_the_enclosed_text_is_not_its_own() -> None:
    body = f"{PROSE}\n某市工业和信息化局\n2019年9月1日\n国科火字〔2019〕133号\n关于开展认定工作的通知"
    assert doc_number.find(lines(body), title="转发关于开展认定工作的通知", facts=()) is None


def test_a_covering_note_may_stand_above_the_notice() -> None:
    note = "各位老师：\n现将省局的通知转发给大家，请有兴趣的老师积极申报，并于月底前将材料上报到办公室。\n院科研办\n2017年4月5日"
    body = f"{note}\n{TITLE}\n闽知法〔2017〕15号\n{PROSE}"
    assert doc_number.find(lines(body), title=TITLE, facts=()) == "闽知法〔2017〕15号"


def test_a_title_may_carry_the_number_in_brackets_or_be_one() -> None:
    in_brackets = "《关于促进产业发展的指导意见》(工信部信管〔2025〕180号)"
    assert doc_number.find((), title=in_brackets, facts=()) == "工信部信管〔2025〕180号"
    assert (
        doc_number.find((), title="工业和信息化部公告2021年第10号", facts=())
        == "工业和信息化部公告2021年第10号"
    )


def test_a_number_tells_its_year() -> None:
    assert doc_number.year_of("闽知法〔2017〕15号") == 2017
    assert doc_number.year_of(None) is None


@given(st.text(alphabet="国科发火字〔〕[]（）2019年第 号公告令部、\n", max_size=60))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    once = doc_number.normal(text)
    assert once is None or doc_number.normal(once) == once


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_gives_a_number_or_none(body: str, title: str) -> None:
    found = doc_number.find(lines(body), title=title, facts=())
    assert found is None or found.endswith("号")
