"""联系方式: which numbers are telephones, and which of them are the notice's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fields import contacts
from monitor.fields.lines import lines

PROSE = "为贯彻落实有关文件精神，推动产业高质量发展，现将有关事项通知如下，请结合实际认真组织实施。\n"
SIGNED = "\n某省科学技术厅\n2019年9月2日\n"


def found(text: str) -> list[str]:
    return list(contacts.find(lines(PROSE + text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系电话：（010）55550101", ["(010)55550101"]),
        ("电话：010-5555 0101", ["010-55550101"]),
        ("电话：0471 5550101，传真：０４７１－５５５０１０２", ["04715550101", "0471-5550102"]),
        ("电话：0591-55550101、55550102", ["0591-55550101", "55550102"]),
        ("电话：010—55550101/0102", ["010—55550101/0102"]),
        ("电话：010-55550101转8012，55550102（转8013）", ["010-55550101转8012", "55550102(转8013)"]),
        ("联系电话：55550101×809，55550102*810", ["55550101×809", "55550102*810"]),
        ("电话：020-55550101 020-55550102", ["020-55550101", "020-55550102"]),
        ("电话：027-55550101 13900000000", ["027-55550101", "13900000000"]),
        ("手机：１３９００００００００，138-0000-1111", ["13900000000", "138-0000-1111"]),
        ("系统技术支持电话：400-555-0101、4005550102", ["400-555-0101", "4005550102"]),
        ("电话：0371--55550101 55550102", ["0371--55550101", "55550102"]),
        ("国际电话：+86-10-55550101", ["+86-10-55550101"]),
        ("电话/传真：0898-55550101（兼传真）。", ["0898-55550101"]),
        ("联系人及电话：赵某010-55550101 钱某010-55550102", ["010-55550101", "010-55550102"]),
        ("（联系人：某某，电话：55550101、55550102）", ["55550101", "55550102"]),
        ("公示期间的举报电话：（010）55550101", ["(010)55550101"]),
    ],
)
def test_a_telephone_is_kept_as_printed_without_blanks(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("邮箱：a.b_c@kjt.example.gov.cn", ["a.b_c@kjt.example.gov.cn"]),
        ("邮箱：abc＠example.cn，abc2 @ example . com", ["abc@example.cn", "abc2@example.com"]),
        ("邮箱：abc（at）example.cn、abd[AT]example.cn", ["abc@example.cn", "abd@example.cn"]),
        ("请发至1234567890@example.com邮箱", ["1234567890@example.com"]),
        ("邮箱：abc@example.com.报送时注明单位", ["abc@example.com"]),
        ("邮箱：某某@。", []),
    ],
)
def test_an_address_is_read_whatever_stands_for_its_mark(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "赣公网安备：36020202000049",
        "京ICP备12345678号",
        "邮编：100006，网址 https://10.1.80.112/x",
        "电话请见网站 https://a.example.cn/t20190815_1234567.html 及 www.example.cn/13900000000",
        "安排资金13734567万元，拨付20190001元",
        "账号：0200003309014448888，开户行行号：102100000021",
        "QQ群：55550101",
        "身份证号：110101199001011234",
        "热线：12345、0591-12366",
        "项目编号：20190815",
        "有效期至2019年12月31日",
    ],
)
def test_what_only_looks_like_a_telephone_is_none(text: str) -> None:
    assert found(text + SIGNED) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系方式：\n某中心: 0731-55550101\n某处: 0731-55550102", ["0731-55550101", "0731-55550102"]),
        ("联系人：某处 李某 55550101\n另一处 张某 55550102", ["55550101", "55550102"]),
        ("联系地址：某市某路979号\n邮政编码：215002\n业务部门：某某处，55550101", ["55550101"]),
        (
            "地区 | 联系人 | 联系电话\n甲市 | 某某 | 55550101\n乙市 | 某某 | 0592-5550101、5550102",
            ["55550101", "0592-5550101", "5550102"],
        ),
        ("联系方式：\n某市科技局某处：某某55550101\n某纪检监察组：某某 55550102", ["55550101", "55550102"]),
        ("某某处，55550101", []),
    ],
)
def test_a_block_or_a_table_of_contacts_needs_its_word_only_once(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("（联系人：某某，电话：55550101；\n某某，电话：55550102）", ["55550101", "55550102"]),
        (
            "联系人：某某\n电话：55550101\n传真：55550102\n\n客服：13900000000",
            ["55550101", "55550102"],
        ),
        ("咨询热线：173-0000-1111\n服务时间：9:00-18:00", []),
        ("地址：某路 邮编 100804 电话：010-55550101\n版权所有 某厅", []),
        ("附件1\n申报指南\n受理电话：55550101", ["55550101"]),
        ("各有关单位：\n请按时报送，电话55550101。", ["55550101"]),
    ],
)
def test_below_the_signature_only_a_note_an_enclosure_or_the_contacts_themselves_count(
    below: str, expected: list[str]
) -> None:
    assert found(SIGNED + below) == expected


def test_contacts_below_the_signature_are_a_re_posters_where_some_stand_above() -> None:
    assert found("电话：55550101" + SIGNED + "联系电话：13900000000") == ["55550101"]


def test_a_day_on_a_line_of_its_own_is_no_signature_where_a_body_signs_below() -> None:
    assert found("申报截止日期\n2019年9月30日\n电话：55550101" + SIGNED) == ["55550101"]


def test_a_signature_may_stand_on_one_line() -> None:
    assert found("电话：55550101\n某省科学技术厅 2019年9月2日\n电话：13900000000") == ["55550101"]


def test_a_hotline_is_the_notices_own_only_above_its_signature() -> None:
    assert found("申报系统客服：400-555-0101" + SIGNED) == ["400-555-0101"]
    assert found("咨询热线：400-555-0101") == []


def test_a_page_footer_ends_the_reading() -> None:
    assert found("电话：55550101 责任编辑：某某 电话：55550102\n联系电话：55550103") == ["55550101"]


def test_each_contact_is_told_once() -> None:
    assert found("电话：55550101，邮箱：a@b.cn\n（联系电话：55550101，a@b.cn）") == ["55550101", "a@b.cn"]


@given(st.text(alphabet="0123456789-()（）、/转电话联系：@a.cn \n，。年月", max_size=120))
def test_whatever_the_text_contacts_have_no_blanks_and_enough_digits(text: str) -> None:
    for contact in found(text):
        assert not any(map(str.isspace, contact))
        assert "@" in contact or sum(map(str.isdigit, contact)) >= 7
