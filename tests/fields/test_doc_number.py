"""The notice's own number: in any print, never a cited one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fields import doc_number, labels
from monitor.fields.lines import lines
from monitor.fields.number_form import Number
from monitor.model import Fact

TITLE = "关于开展示范企业推荐工作的通知"
PROSE = "各有关单位：\n根据《关于印发管理办法的通知》（国科发火〔2008〕172号）精神，现将有关事项通知如下，请认真组织落实并按时报送。"
OWN = "闽演示函〔2019〕8号"


def find(body: str, *, title: str = TITLE) -> str | None:
    text = lines(body)
    return doc_number.find(text, title=title, facts=labels.read(text))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("国知办发运字〔2019〕34号", "国知办发运字〔2019〕34号"),
        ("国科办高（2019）74 号", "国科办高〔2019〕74号"),
        ("内科发新字[2011]20号", "内科发新字〔2011〕20号"),
        ("京经信发【2019】60号", "京经信发〔2019〕60号"),
        ("京经信发﹝2019﹞60号", "京经信发〔2019〕60号"),
        ("京经信发〖2019〗60号", "京经信发〔2019〕60号"),
        ("京经信发［2019］60号", "京经信发〔2019〕60号"),
        ("京经信发〈2019〉60号", "京经信发〔2019〕60号"),
        ("京经信发(2019〕60号", "京经信发〔2019〕60号"),
        ("京经信发【2019）60号", "京经信发〔2019〕60号"),
        ("京经信发〔2019]60", "京经信发〔2019〕60号"),
        ("京经信发〔201960号", "京经信发〔2019〕60号"),
        ("京经信发2019〕60号", "京经信发〔2019〕60号"),
        ("京经信发201960号", None),
        ("京经信发\ufffd2019\ufffd60号", "京经信发〔2019〕60号"),
        ("京经信发〔2O19〕6O号", "京经信发〔2019〕60号"),
        ("京经信发〔2〇19〕60号", "京经信发〔2019〕60号"),
        ("京经信发〔二〇一九〕60号", "京经信发〔2019〕60号"),
        ("京经信发〔2019年〕60号", "京经信发〔2019〕60号"),
        ("(苏科计〔2011〕12号)", "苏科计〔2011〕12号"),
        ("【苏科计〔2011〕12号】", "苏科计〔2011〕12号"),
        ("鲁科字〔2015〕第５号", "鲁科字〔2015〕5号"),
        ("鲁科字第〔2015〕5号", "鲁科字〔2015〕5号"),
        ("鲁科〔2015〕字第5号", "鲁科〔2015〕5号"),
        ("财 税 〔２０１９〕 0013 号", "财税〔2019〕13号"),
        ("国科发火〔2008〕 172 号", "国科发火〔2008〕172号"),
        ("国\u200b科发\u202e火〔2008〕172号\ufeff", "国科发火〔2008〕172号"),
        ("便函〔2019〕123号", "便函〔2019〕123号"),
        ("函〔2019〕12号", "函〔2019〕12号"),
        ("环办便函〔2019〕12号", "环办便函〔2019〕12号"),
        ("工信厅科函〔2019〕20-1号", "工信厅科函〔2019〕20-1号"),
        ("闽演示函〔2019〕8号 签发人：某某某", "闽演示函〔2019〕8号"),
        ("特急 闽演示函〔2019〕8号", "闽演示函〔2019〕8号"),
        ("中国人民银行令〔2019〕第1号", "中国人民银行令〔2019〕1号"),
        ("中国证券监督管理委员会公告〔2019〕16号", "中国证券监督管理委员会公告〔2019〕16号"),
        ("财政部 税务总局公告2019年第84号", "财政部 税务总局公告2019年第84号"),
        ("财政部　税务总局公告 2019 年第 84 号", "财政部 税务总局公告2019年第84号"),
        ("财政部、税务总局公告2019年第84号", "财政部 税务总局公告2019年第84号"),
        ("财政部 税务总局公告二〇一九年第八十四号", "财政部 税务总局公告2019年第84号"),
        ("财政部 税务总局 2019年第84号公告", "财政部 税务总局公告2019年第84号"),
        ("中华人民共和国工业和信息化部公告（2021年第10号）", "工业和信息化部公告2021年第10号"),
        ("海关总署公告2024年第1号", "海关总署公告2024年第1号"),
        ("国家知识产权局公告第三一八号", "国家知识产权局公告第318号"),
        ("国家知识产权局公告（第318号）", "国家知识产权局公告第318号"),
        ("科学技术部令第二十三号", "科学技术部令第23号"),
        ("科学技术部令 第 23 号", "科学技术部令第23号"),
        ("令第 23 号", "令第23号"),
        ("第23号令", "令第23号"),
        ("商务部令2019年第3号", "商务部令2019年第3号"),
        ("国令第736号", "国令第736号"),
        ("公告 2019年 第33号", "公告2019年第33号"),
        ("2024年第44号", "2024年第44号"),
        ("2024年第44号（总第326号）", "2024年第44号"),
        ("生态环境部 公 告 2024年 第44号", "生态环境部公告2024年第44号"),
        ("中华人民共和国国家标准公告 2024年第44号", "中华人民共和国国家标准公告2024年第44号"),
        ("苏科演〔2013〕22号、苏财演〔2013〕6号", "苏科演〔2013〕22号"),
        ("二○二四年 第一百零四号", "2024年第104号"),
        ("2024年第0号", None),
        ("某科〔2024〕0号", None),
        ("无", None),
        ("HJ 1038-2019", None),
        ("GB/T 9704-2012", None),
        ("第17次部务会议", None),
        ("第十届", None),
        ("关于发布标准的公告2019年第33号", None),
        ("根据国科发火〔2008〕172号", None),
        ("国科发火〔2008〕172号文件", None),
        ("国科发火〔2008〕172号、国科发火〔2008〕362号", None),
        ("附件〔2019〕1号", None),
        ("2019年9月2日", None),
        ("（2019）京0108民初1号判决书", None),
        ("", None),
    ],
)
def test_a_printed_number_has_one_normal_form(printed: str, expected: str | None) -> None:
    assert doc_number.normal(printed) == expected


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("内科发新字[2011] 20 号", Number("内科发新字〔2011〕20号", "内科发新字[2011] 20 号")),
        ("（便函【2019】6号）", Number("便函〔2019〕6号", "便函【2019】6号")),
    ],
)
def test_the_printed_form_is_kept_beside_it(printed: str, number: Number) -> None:
    assert doc_number.read(lines(f"{printed}\n{TITLE}\n{PROSE}"), title=TITLE, facts=()) == number


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("闽工信函节能〔2019〕448号", "闽工信函节能〔2019〕448号"),
        ("闽工信函节能〔2019〕448号 |", "闽工信函节能〔2019〕448号"),
        ("福建省工业和信息化厅文件\n闽工信函节能〔2019〕448号", "闽工信函节能〔2019〕448号"),
        ("福建省工业和信息化厅文件 闽工信函节能〔2019〕448号", "闽工信函节能〔2019〕448号"),
        ("工业和信息化部令\n第55号", "工业和信息化部令第55号"),
        ("中华人民共和国生态环境部\n公告\n2019年 第33号", "生态环境部公告2019年第33号"),
        ("财政部\n税务总局公告\n2019年第84号", "财政部 税务总局公告2019年第84号"),
        ("财政部\n税务总局\n海关总署\n公　告\n2019年 第84号", "财政部 税务总局 海关总署公告2019年第84号"),
        ("财政部\n税务总局\n海关总署\n令\n第 84 号", "财政部 税务总局 海关总署令第84号"),
        ("索引号 | 000014672/2019-1 | 发文字号 | 环办标征函〔2021〕11号", "环办标征函〔2021〕11号"),
        ("发文字号：\n环办标征函〔2021〕11号", "环办标征函〔2021〕11号"),
        ("发 文 字 号：环办标征函〔2021〕11号", "环办标征函〔2021〕11号"),
        ("文号：工信部科〔2019〕188号 发布日期：2019-09-03", "工信部科〔2019〕188号"),
        (
            "索引号：A1 发文机关：某部 文号：工信部科〔2019〕188号发布日期：2019-09-03",
            "工信部科〔2019〕188号",
        ),
        ("文号：发布日期：2019-09-03", None),
        ("编号：2019-34", None),
        ("【发文字号】 某科规〔2019〕3号", "某科规〔2019〕3号"),
        ("（某科规〔2019〕3号 2019年9月2日）", "某科规〔2019〕3号"),
        ("某科规〔2019〕3号 2019-09-02", "某科规〔2019〕3号"),
        ("", None),
    ],
)
def test_the_own_number_stands_in_the_opening(head: str, expected: str | None) -> None:
    assert find(f"{head}\n{TITLE}\n{PROSE}") == expected


@pytest.mark.parametrize(
    "body",
    [
        f"{TITLE}\n{OWN}\n{PROSE}",
        f"{TITLE}\n（{OWN}）\n{PROSE}",
        f"关于开展示范企业\n推荐工作的通知\n{OWN}\n{PROSE}",
        f"{TITLE} {OWN}\n{PROSE}",
        f"{OWN} {TITLE}\n{PROSE}",
        f"{TITLE}（{OWN}）\n{PROSE}",
        f"{TITLE}{OWN}各有关单位：现将有关事项通知如下，请认真组织落实并按时报送，逾期不予受理。",
        f"首页 > 通知公告 {TITLE} {OWN} 各有关单位：现将有关事项通知如下，请认真组织落实并按时报送，逾期不予受理。",
        f"某省工业和信息化厅文件 {OWN} {TITLE} 各有关单位：现将有关事项通知如下，请认真组织落实并按时报送。",
        f"首页 > 正文\n近日，某厅印发通知，部署推荐工作，要求各地抓紧组织，按时报送材料。\n{OWN}\n{TITLE}\n{PROSE}",
        f"来源：某某网 时间：2019-09-03\n{OWN}\n{PROSE}",
    ],
)
def test_the_own_number_stands_beside_the_title(body: str) -> None:
    assert find(body) == OWN


def test_the_index_table_comes_before_the_text() -> None:
    facts = (Fact(label="文号", value="工信厅科函〔2019〕1号"),)
    text = lines(f"工信部科〔2019〕188号\n{PROSE}")
    assert doc_number.find(text, title="", facts=facts) == "工信厅科函〔2019〕1号"


def test_an_empty_cell_of_the_index_table_leaves_it_to_the_text() -> None:
    facts = (Fact(label="文号", value=" "), Fact(label="发文字号", value="无"))
    text = lines(f"工信部科〔2019〕188号\n{PROSE}")
    assert doc_number.find(text, title="", facts=facts) == "工信部科〔2019〕188号"


CITED = "国科火字〔2019〕133号"


@pytest.mark.parametrize(
    "body",
    [
        PROSE,
        f"{PROSE}\n附件：关于推进基地建设的通知（{CITED}）",
        f"{PROSE}\n一、政策依据\n《关于推进基地建设的通知》\n{CITED}\n《办法》\n国科发火〔2016〕32号",
        f"{PROSE}\n1.关于推进基地建设的通知\n{CITED}",
        f"{PROSE}\n文件名称 | 文号 | 日期\n关于推进基地建设的通知 | {CITED} | 2019年5月1日",
        f"{PROSE}\n某市工业和信息化局\n2019年9月1日\n附件\n{CITED}\n关于推进基地建设的通知\n各省：",
        f"{PROSE}\n某市工业和信息化局\n2019年9月1日\n{CITED}\n关于推进基地建设的通知\n各省：",
        f"{PROSE}\n相关链接：\n关于推进基地建设的通知\n{CITED}",
        f"现将《关于开展认定工作的通知》（{CITED}）转发给你们，请按要求组织本辖区内的单位认真做好申报工作。",
        f"{CITED}文件要求，各单位应当于每年年底前报送总结材料，现将有关事项通知如下，请认真落实。",
        f"根据{CITED}，现将有关事项通知如下，请认真组织落实并按时报送，逾期不予受理。",
        f"按照{CITED}精神\n{PROSE}",
        f"上级文号：{CITED}转发",
    ],
)
def test_a_cited_number_is_never_taken(body: str) -> None:
    assert find(body) is None
    assert find(f"{TITLE}\n{body}") is None


@pytest.mark.parametrize(
    "title",
    [
        "转发关于开展认定工作的通知",
        f"转发《关于开展认定工作的通知》（{CITED}）",
        f"关于转发《办法》的通知 {CITED}",
    ],
)
def test_in_a_forwarding_notice_the_number_of_the_enclosed_text_is_not_its_own(title: str) -> None:
    body = f"{PROSE}\n某市工业和信息化局\n2019年9月1日\n{CITED}\n关于开展认定工作的通知"
    assert find(body, title=title) is None
    assert find(f"{OWN}\n{title}\n{body}", title=title) == OWN


@pytest.mark.parametrize(
    "title",
    [
        "《推荐工作实施办法》解读",
        "解读：推荐工作的通知",
        "一图读懂推荐工作实施办法",
        "《推荐工作实施办法》答记者问",
    ],
)
def test_who_explains_a_document_has_not_its_number(title: str) -> None:
    assert find(f"文号：{CITED}\n{PROSE}", title=title) is None


def test_below_a_long_title_that_quotes_another_the_number_still_stands_in_the_opening() -> None:
    title = (
        "关于转发《某部办公厅关于开展2019年演示工程重点产品、工艺“一条龙”应用示范项目推荐工作的通知》的通知"
    )
    body = f"{title}\n{OWN}\n各盟市科技局：\n现将通知（某部函〔2019〕7号）转发给你们，请组织符合条件的企业按要求认真申报并按时报送。"
    assert find(body, title=title) == OWN


def test_a_covering_note_may_stand_above_the_notice() -> None:
    note = "各位老师：\n现将省局的通知转发给大家，请有兴趣的老师积极申报，并于月底前将材料上报到办公室。\n院科研办\n2017年4月5日"
    assert find(f"{note}\n{TITLE}\n闽知法〔2017〕15号\n{PROSE}") == "闽知法〔2017〕15号"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("《关于促进产业发展的指导意见》(工信部信管〔2025〕180号)", "工信部信管〔2025〕180号"),
        ("关于印发《办法》的通知（国科发火〔2016〕32号）", "国科发火〔2016〕32号"),
        ("关于印发《办法》的通知 国科发火〔2016〕32号", "国科发火〔2016〕32号"),
        ("国科发火〔2016〕32号 关于印发《办法》的通知", "国科发火〔2016〕32号"),
        ("工业和信息化部公告2021年第10号", "工业和信息化部公告2021年第10号"),
        ("国家税务总局关于退税的公告（国家税务总局公告2019年第33号）", "国家税务总局公告2019年第33号"),
        ("关于贯彻落实国科发火〔2016〕32号的通知", None),
        ("关于落实《办法》（国科发火〔2016〕32号）有关事项的通知", None),
        ("国科发火〔2016〕32号文件学习会", None),
        ("关于2019年第33号产品的通知", None),
    ],
)
def test_a_title_may_carry_the_number_beside_its_words(title: str, expected: str | None) -> None:
    assert doc_number.find((), title=title, facts=()) == expected


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("（2021年10月30日演示部令第189号公布 自2021年11月15日起施行）", "演示部令第189号"),
        ("（2001年1月20日演示部令第4号公布 根据2018年5月1日演示部令第9号修订）", None),
    ],
)
def test_the_note_under_the_title_of_a_rule_names_its_order(caption: str, expected: str | None) -> None:
    assert (
        find(f"演示产品持续监督管理办法\n{caption}\n第一章 总则\n{PROSE}", title="演示产品持续监督管理办法")
        == expected
    )


def test_a_number_tells_its_year() -> None:
    assert doc_number.year_of("闽知法〔2017〕15号") == 2017
    assert doc_number.year_of("财政部 税务总局公告2019年第84号") == 2019
    assert doc_number.year_of("国令第1998号") is None
    assert doc_number.year_of(None) is None


@given(st.text(alphabet="国科发火字〔〕[]（）2019年第 号公告令部、\n", max_size=60))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    once = doc_number.normal(text)
    assert once is None or doc_number.normal(once) == once


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_gives_a_number_or_none(body: str, title: str) -> None:
    found = doc_number.find(lines(body), title=title, facts=())
    assert found is None or found.endswith("号")


OPENERS, CLOSERS = "〔[(（【﹝〖［", "〕])）】﹞〗］"


@given(
    st.text(alphabet="京闽工信发函科办节能字", min_size=2, max_size=8),
    st.integers(1990, 2099),
    st.integers(1, 99999),
    st.sampled_from(OPENERS),
    st.sampled_from(CLOSERS),
    st.sampled_from(["", " ", "\u3000", "\u200b"]),
    st.booleans(),
)
def test_any_print_of_a_number_has_the_same_normal_form(
    organ: str, year: int, count: int, left: str, right: str, blank: str, said: bool
) -> None:
    printed = f"{organ}{blank}{left}{blank}{year}{blank}{right}{blank}{count}{blank}{'号' if said else ''}"
    assert doc_number.normal(printed) == f"{organ}〔{year}〕{count}号"
    assert find(f"{printed}\n{TITLE}\n{PROSE}") == f"{organ}〔{year}〕{count}号"
