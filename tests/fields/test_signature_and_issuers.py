"""Who signed and when, and who speaks where nobody signed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fields import issuers, organs, signature
from monitor.fields.bodies import parse_bodies
from monitor.fields.issuers import Where
from monitor.fields.lines import lines
from monitor.model import Fact

PROSE = "各有关单位：\n为贯彻落实有关文件精神，推动产业高质量发展，现将有关事项通知如下，请结合实际认真组织实施。\n特此通知。\n"
NOWHERE = Where(facts=(), meta=(), site="")


@pytest.mark.parametrize(
    ("closing", "names", "day"),
    [
        ("国家知识产权局办公室\n2019年8月30日", ["国家知识产权局办公室"], date(2019, 8, 30)),
        ("科技 部\n2019年8月29日", ["科技部"], date(2019, 8, 29)),
        ("财 政 部　税务总局\n二〇一九年八月三十一日", ["财政部", "税务总局"], date(2019, 8, 31)),
        ("财政部\n税务总局\n二○一九年八月三十一日", ["财政部", "税务总局"], date(2019, 8, 31)),
        ("工业和信息化部 办公厅\n２０１９年８月２９日", ["工业和信息化部办公厅"], date(2019, 8, 29)),
        (
            "科技部办公厅 中央宣传部文改办\n2019年8月27日",
            ["科技部办公厅", "中央宣传部文改办"],
            date(2019, 8, 27),
        ),
        ("福建省工业和信息化厅 2019年9月2日", ["福建省工业和信息化厅"], date(2019, 9, 2)),
        (
            "福建省工业和信息化厅（盖章）\n2019年9月2日\n（此件公开发布）",
            ["福建省工业和信息化厅"],
            date(2019, 9, 2),
        ),
        ("中华人民共和国工业和信息化部\n2019-9-2", ["工业和信息化部"], date(2019, 9, 2)),
        (
            "河北省工业和信息化厅\n2019年9月2日\n附件：申报指南.doc",
            ["河北省工业和信息化厅"],
            date(2019, 9, 2),
        ),
        ("部长 某某某\n2020年8月12日", [], date(2020, 8, 12)),
        ("清远市工业和信息化局\n清远市生态环境局", ["清远市工业和信息化局", "清远市生态环境局"], None),
        ("附件：二〇一一年六月二十七日 |", [], date(2011, 6, 27)),
        ("", [], None),
        ("有效期至2025年12月31日", [], None),
    ],
)
def test_the_closing_says_who_and_when(closing: str, names: list[str], day: date | None) -> None:
    signed = signature.read(lines(PROSE + closing))
    assert (list(signed.issuers), signed.signed_on) == (names, day)


def test_the_first_signature_is_the_notices_own_and_later_ones_belong_to_enclosures() -> None:
    body = f"{PROSE}某省科学技术厅\n2019年6月19日\n附件\n{PROSE}科技部火炬中心\n2019年6月3日"
    assert signature.read(lines(body)) == signature.Signature(
        issuers=("某省科学技术厅",), signed_on=date(2019, 6, 19)
    )


def test_a_page_without_line_breaks_still_ends_in_its_signature() -> None:
    body = "关于开展工作的通知 各单位：现将有关事项通知如下，请遵照执行。 特此通知。 广东省工业和信息化厅 2021年11月16日"
    signed = signature.read(lines(body))
    assert signed == signature.Signature(issuers=("广东省工业和信息化厅",), signed_on=date(2021, 11, 16))


def find(body: str = "", *, title: str = "", number: str | None = None, where: Where = NOWHERE) -> list[str]:
    signed = signature.read(lines(body))
    return list(issuers.find(lines(body), title=title, number=number, signature=signed, where=where))


def test_without_signature_the_red_heading_speaks() -> None:
    title = "市工业和信息化局关于开展节能诊断服务工作的通知"
    body = f"天津市工业和信息化局文件\n津工信节能〔2019〕15号\n{title}\n{PROSE}"
    assert find(body, title=title) == ["天津市工业和信息化局"]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("国家知识产权局关于规范认证工作的通知", ["国家知识产权局"]),
        (
            "国家发展改革委办公厅 住房城乡建设部办公厅关于推进基地建设的通知",
            ["国家发展改革委办公厅", "住房城乡建设部办公厅"],
        ),
        ("财政部、国家税务总局关于有关政策的通知", ["财政部", "国家税务总局"]),
        ("湖南省科技厅转发科技部火炬中心关于开展认定工作的通知", ["湖南省科技厅"]),
        ("关于开展推荐工作的通知", []),
    ],
)
def test_without_signature_the_title_may_name_the_issuer(title: str, names: list[str]) -> None:
    assert find(title=title) == names


def test_the_number_of_an_announcement_names_its_issuers() -> None:
    assert find(number="财政部 税务总局公告2019年第84号") == ["财政部", "税务总局"]


def test_a_local_office_without_its_place_is_completed_from_the_page() -> None:
    where = Where(facts=(Fact(label="来源", value="天津市工业和信息化局"),), meta=(), site="")
    assert find(title="市工业和信息化局关于开展工作的通知", where=where) == ["天津市工业和信息化局"]


@pytest.mark.parametrize("printed", ["信息化和软件服务业司", "产权局", "本网"])
def test_a_department_or_the_site_itself_means_the_body_behind_it(printed: str) -> None:
    meta = (
        Fact(label="contentsource", value=printed),
        Fact(label="sitename", value="中华人民共和国工业和信息化部"),
    )
    assert find(where=Where(facts=(), meta=meta, site="")) == ["工业和信息化部"]
    named = Where(facts=(Fact(label="来源", value=printed),), meta=(), site="工业和信息化部 · 意见征集")
    assert find(where=named) == ["工业和信息化部"]


def test_a_department_named_beside_its_body_is_left_out() -> None:
    where = Where(facts=(Fact(label="来源", value="市人力资源社会保障局 流动管理处"),), meta=(), site="")
    assert find(where=where) == ["市人力资源社会保障局"]


def test_the_index_table_comes_before_the_source_and_nothing_is_invented() -> None:
    facts = (Fact(label="来源", value="科技日报社"), Fact(label="发布机构", value="科技部"))
    assert find(where=Where(facts=facts, meta=(), site="某某网")) == ["科技部"]
    assert find(where=Where(facts=(), meta=(), site="工业和信息化部 · 通知")) == []


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


def test_other_names_of_a_body_lead_to_todays() -> None:
    known = parse_bodies({"bodies": {"科学技术部": ["科技部"], "深圳市科技创新局": ["深圳市科技创新委员会"]}})
    assert known.canonical("科技部办公厅") == "科学技术部"
    assert known.canonical("深圳市科技创新委员会") == "深圳市科技创新局"
    assert known.canonical("某省工业和信息化厅办公室") == "某省工业和信息化厅"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (None, "bodies"),
        ({"bodies": {"甲部": "乙"}}, "bodies.甲部"),
        ({"bodies": {"甲部": ["丙"], "乙部": ["丙"]}}, "bodies.乙部"),
    ],
)
def test_a_wrong_list_of_bodies_is_refused_with_its_key(data: object, key: str) -> None:
    with pytest.raises(ValueError, match=key):
        parse_bodies(data)


@given(st.text(max_size=300))
def test_any_text_has_a_signature_or_an_empty_one(body: str) -> None:
    signed = signature.read(lines(body))
    assert all(name == "".join(name.split()) for name in signed.issuers)
