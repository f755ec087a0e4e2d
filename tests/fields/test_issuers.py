"""Who speaks in a notice: the signature, and what says it where nobody signed."""

from __future__ import annotations

import pytest

from monitor.fields import issuers, labels, organs, signature
from monitor.fields.issuers import Where
from monitor.fields.lines import lines
from monitor.model import Fact
from tests.seeds import BODIES

TITLE = "关于组织开展演示项目推荐工作的通知"
PROSE = "各有关单位：\n为贯彻落实有关文件精神，推动产业高质量发展，现将有关事项通知如下，请结合实际认真组织实施。\n特此通知。\n"
NOWHERE = Where(facts=(), meta=(), site="")


def find(body: str = "", *, title: str = "", number: str | None = None, where: Where = NOWHERE) -> list[str]:
    text = lines(body)
    signed = signature.read(text, title=title)
    at = Where(facts=(*where.facts, *labels.read(text)), meta=where.meta, site=where.site)
    return list(issuers.find(text, title=title, number=number, signature=signed, where=at, bodies=BODIES))


def test_without_signature_the_red_heading_speaks() -> None:
    title = "市工业和信息化局关于开展节能诊断服务工作的通知"
    body = f"天津市工业和信息化局文件\n津工信节能〔2019〕15号\n{title}\n{PROSE}"
    assert find(body, title=title) == ["天津市工业和信息化局"]


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("福建省工业和信息化厅 福建省财政厅 文件", ["福建省工业和信息化厅", "福建省财政厅"]),
        ("工业和信息化部 发展改革委 科技部 财政部", ["工业和信息化部", "发展改革委", "科技部", "财政部"]),
        ("中华人民共和国生态环境部公告", ["生态环境部"]),
        (
            "某省科学技术厅\n某省财政厅\n国家税务总局某省税务局\n文件",
            ["某省科学技术厅", "某省财政厅", "国家税务总局某省税务局"],
        ),
        ("某省科学技术厅\n某省财政厅\n某科规〔2019〕3号", ["某省科学技术厅", "某省财政厅"]),
        ("工业和信息化部令", ["工业和信息化部"]),
        ("首页 > 通知公告", []),
    ],
)
def test_a_line_above_the_title_may_be_nothing_but_names(heading: str, names: list[str]) -> None:
    assert find(f"{heading}\n{TITLE}\n{PROSE}", title=TITLE) == names


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("国家知识产权局关于规范认证工作的通知", ["国家知识产权局"]),
        (
            "国家发展改革委办公厅 住房城乡建设部办公厅关于推进基地建设的通知",
            ["国家发展改革委办公厅", "住房城乡建设部办公厅"],
        ),
        ("财政部、国家税务总局关于有关政策的通知", ["财政部", "国家税务总局"]),
        ("财政部税务总局关于有关政策的公告", ["财政部", "税务总局"]),
        ("中共中央 国务院关于做好演示工作的意见", ["中共中央", "国务院"]),
        ("中共中央办公厅 国务院办公厅印发《演示意见》", ["中共中央办公厅", "国务院办公厅"]),
        ("湖南省科技厅转发科技部火炬中心关于开展认定工作的通知", ["湖南省科技厅"]),
        ("成都市经济和信息化局等12部门关于印发若干措施的通知", ["成都市经济和信息化局"]),
        ("工业和信息化部等八部门关于印发若干措施的通知", ["工业和信息化部"]),
        ("申报通知｜河北省科学技术厅关于组织申报项目的通知", ["河北省科学技术厅"]),
        ("河北省科学技术厅公开征集专家", ["河北省科学技术厅"]),
        ("关于开展推荐工作的通知", []),
        ("关于转发科技部通知的通知", []),
        ("某某有限责任的关于通知", []),
    ],
)
def test_without_signature_the_title_may_name_the_issuer(title: str, names: list[str]) -> None:
    assert find(title=title) == names


def test_a_title_inside_the_text_speaks_where_the_page_is_called_something_else() -> None:
    inner = "贵州省工业和信息化厅关于公布演示名单的通知"
    assert find(f"名单公布啦\n{inner}\n{PROSE}", title="名单公布啦") == ["贵州省工业和信息化厅"]
    enclosed = f"{PROSE}附件\n{inner}\n{PROSE}"
    assert find(enclosed, title="名单公布啦") == []


def test_the_number_of_an_announcement_names_its_issuers() -> None:
    assert find(number="财政部 税务总局公告2019年第84号") == ["财政部", "税务总局"]
    assert find(number="中国人民银行令〔2019〕1号") == ["中国人民银行"]


@pytest.mark.parametrize(
    ("number", "names"),
    [
        ("内科发新字〔2011〕20号", ["内蒙古自治区科学技术厅"]),
        ("工信厅节函〔2021〕130号", ["工业和信息化部办公厅"]),
        ("工信部联通装〔2019〕1号", ["工业和信息化部"]),
        ("财税〔2019〕13号", ["财政部", "国家税务总局"]),
        ("闽工信函节能〔2019〕448号", ["福建省工业和信息化厅"]),
        ("闽工信函节能〔2017〕448号", []),
        ("京经信发〔2018〕60号", ["北京市经济和信息化委员会"]),
        ("京经信发〔2019〕60号", ["北京市经济和信息化局"]),
        ("津工信节能〔2019〕15号", ["天津市工业和信息化局"]),
        ("冀工信规〔2012〕15号", ["河北省工业和信息化厅"]),
        ("环办标征函〔2016〕11号", ["环境保护部办公厅"]),
        ("环办标征函〔2021〕11号", ["生态环境部办公厅"]),
        ("深科技创新〔2019〕1号", ["深圳市科技创新委员会"]),
        ("粤财工〔2019〕1号", ["广东省财政厅"]),
        ("苏科计〔2011〕12号", []),
        ("宁科〔2011〕12号", []),
        ("甲乙丙〔2011〕12号", []),
        ("2024年第44号", []),
    ],
)
def test_without_any_name_the_letters_of_the_number_speak_where_they_are_certain(
    number: str, names: list[str]
) -> None:
    assert find(number=number) == names


def test_where_a_site_posts_the_document_of_another_the_number_is_believed() -> None:
    facts = (
        Fact(label="发布机构", value="某市工业和信息化局"),
        Fact(label="来源", value="某市工业和信息化局"),
    )
    where = Where(facts=facts, meta=(), site="")
    assert find(number="工信部科〔2019〕188号", where=where) == ["工业和信息化部"]
    own = Where(facts=(Fact(label="发布机构", value="工信部 财政部"),), meta=(), site="")
    assert find(number="工信部科〔2019〕188号", where=own) == ["工信部", "财政部"]


def test_a_local_office_without_its_place_is_completed_from_the_page() -> None:
    where = Where(facts=(Fact(label="来源", value="天津市工业和信息化局"),), meta=(), site="")
    assert find(title="市工业和信息化局关于开展工作的通知", where=where) == ["天津市工业和信息化局"]


@pytest.mark.parametrize("printed", ["信息化和软件服务业司", "产权局", "本网", "本站", "原创"])
def test_a_department_or_the_site_itself_means_the_body_behind_it(printed: str) -> None:
    meta = (
        Fact(label="contentsource", value=printed),
        Fact(label="sitename", value="中华人民共和国工业和信息化部"),
    )
    assert find(where=Where(facts=(), meta=meta, site="")) == ["工业和信息化部"]
    named = Where(facts=(Fact(label="来源", value=printed),), meta=(), site="工业和信息化部 · 意见征集")
    assert find(where=named) == ["工业和信息化部"]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("请反馈我部。", ["工业和信息化部"]),
        ("请反馈至我司。", ["工业和信息化部"]),
        ("请反馈我厅。", []),
        ("请反馈。", []),
    ],
)
def test_who_says_we_on_his_own_site_is_the_site(said: str, names: list[str]) -> None:
    where = Where(facts=(), meta=(Fact(label="sitename", value="中华人民共和国工业和信息化部"),), site="")
    assert find(PROSE + said, where=where) == names


def test_a_department_named_beside_its_body_is_left_out() -> None:
    where = Where(facts=(Fact(label="来源", value="市人力资源社会保障局 流动管理处"),), meta=(), site="")
    assert find(where=where) == ["市人力资源社会保障局"]


def test_the_index_table_comes_before_the_source_and_nothing_is_invented() -> None:
    facts = (Fact(label="来源", value="科技日报社"), Fact(label="发布机构", value="科技部"))
    assert find(where=Where(facts=facts, meta=(), site="某某网")) == ["科技部"]
    assert find(where=Where(facts=(), meta=(), site="工业和信息化部 · 通知")) == []


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("文章来源：山东省发展和改革委员会发布时间：2015-08-05 13:48:57", ["山东省发展和改革委员会"]),
        ("来源：工业和信息化部网站 字号：【大 中 小】", ["工业和信息化部"]),
        ("索引号 | A1 | 发布机构 | 河北省科学技术厅", ["河北省科学技术厅"]),
        ("发文机关：\n财政部 税务总局", ["财政部", "税务总局"]),
        ("来源：某某环保网 发布时间：2015-08-05", []),
        ("来源：发布时间：2015-08-05", []),
        ("【发布单位】某省科学技术厅\n【发布文号】某科规〔2019〕3号", ["某省科学技术厅"]),
        ("【颁布部门】 某省科学技术厅 【颁布时间】 2019-09-02", ["某省科学技术厅"]),
    ],
)
def test_what_stands_under_a_label_above_the_text_counts_like_the_index_table(
    head: str, names: list[str]
) -> None:
    assert find(f"{head}\n{PROSE}") == names


@pytest.mark.parametrize(
    "line",
    [
        "联系人：张某，电话办公室",
        "一、总体要求",
        "现将有关事项报送我局",
        "各省工业和信息化厅",
        "附件",
        "",
        "二、总体布局",
        "总体布局",
        "加强部署",
    ],
)
def test_a_line_that_is_no_name_is_not_split_into_names(line: str) -> None:
    assert organs.split(line) == ()


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("北京市经济和信息化局", True),
        ("市工业和信息化局", True),
        ("某县发展和改革局", True),
        ("科技部", False),
        ("国家税务总局", False),
    ],
)
def test_a_name_tells_whether_its_body_is_local(name: str, local: bool) -> None:
    assert organs.is_local(name) is local
