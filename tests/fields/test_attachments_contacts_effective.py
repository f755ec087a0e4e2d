"""Files, telephones and the day of coming into force."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.fields import attachments, contacts, effective
from monitor.fields.lines import lines
from monitor.model import Attachment, Fact

PROSE = "为贯彻落实有关文件精神，推动产业高质量发展，现将有关事项通知如下，请结合实际认真组织实施。\n"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("附件：福建省绿色制造名单推荐汇总表", ["福建省绿色制造名单推荐汇总表"]),
        ("附件：1.申报书\n2.汇总表", ["申报书", "汇总表"]),
        ("附件：\n1.申报书\n2.汇总表\n某省工业和信息化厅\n2019年9月2日", ["申报书", "汇总表"]),
        ("附件：1. 申报书 2. 汇总表", ["申报书", "汇总表"]),
        ("附件1：申报书\n附件2：汇总表", ["申报书", "汇总表"]),
        ("附件：2019年第二批企业名单", ["2019年第二批企业名单"]),
        ("附件：1.2024年企业名单\n2.标识\n相关链接：\n1.专家解读", ["2024年企业名单", "标识"]),
        (
            "附件：国家发展改革委办公厅\n关于推进基地建设的通知（发改办环资〔2018〕502号）",
            ["国家发展改革委办公厅关于推进基地建设的通知（发改办环资〔2018〕502号）"],
        ),
        ("附件：指导意见（征求意见稿）.docx；", ["指导意见（征求意见稿）.docx"]),
        ("附件2：\n附件3：", []),
        ("详见附件1。", []),
    ],
)
def test_the_list_of_attachments_gives_their_names(text: str, names: list[str]) -> None:
    assert [file.name for file in attachments.find(lines(PROSE + text), ())] == names


def test_a_link_and_its_entry_in_the_list_are_one_attachment() -> None:
    linked = (
        Attachment(name="附件1：申报书.doc", url="http://a.cn/1.doc"),
        Attachment(name="附件2.doc", url="http://a.cn/2.doc"),
        Attachment(name="点击下载", url="http://a.cn/3.doc"),
    )
    found = attachments.find(lines("附件：1.申报书\n2.汇总表\n3.承诺书\n4.样表"), linked)
    assert [(file.name, file.url[-5:]) for file in found] == [
        ("申报书.doc", "1.doc"),
        ("汇总表", "2.doc"),
        ("承诺书", "3.doc"),
        ("样表", ""),
    ]


def test_a_link_without_any_list_keeps_its_own_words() -> None:
    linked = (
        Attachment(name="附件：管理办法.pdf", url="http://a.cn/x.pdf"),
        Attachment(name="下载", url="http://a.cn/y"),
    )
    assert [file.name for file in attachments.find((), linked)] == ["管理办法.pdf", "下载"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系电话：(010)66556826\n邮箱：a.b@mee.gov.cn", ["(010)66556826", "a.b@mee.gov.cn"]),
        ("（联系人：某某，电话：020-83135943、83387376）", ["020-83135943", "83387376"]),
        (
            "联系方式：\n省生产力促进中心: 0731-88988998\n高新处: 0731-88988745",
            ["0731-88988998", "0731-88988745"],
        ),
        ("联系电话：0471-6280581 2. 某处", ["0471-6280581"]),
        ("手机：17310487004", ["17310487004"]),
        ("咨询热线：173-2318-3961", []),
        ("赣公网安备：36020202000049", []),
        ("邮编：100006，网址 https://10.1.80.112/x", []),
        ("安排资金13734567万元", []),
    ],
)
def test_contacts_are_the_notices_own_numbers(text: str, expected: list[str]) -> None:
    assert list(contacts.find(lines(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("现予公布，自2020年10月1日起施行。", date(2020, 10, 1)),
        ("本公告自 2019 年 6 月 1 日起执行。", date(2019, 6, 1)),
        ("以上标准自发布之日起实施。", date(2019, 8, 27)),
        ("一、自2019年6月1日起，符合条件的纳税人可以申请退税。", date(2019, 6, 1)),
        ("称号自发布之日起有效期2年。", None),
        ("原《管理办法》自2015年1月1日起施行，现废止。", None),
        ("自2019年9月1日起开始申报。", None),
    ],
)
def test_the_text_says_from_when_it_counts(text: str, expected: date | None) -> None:
    found = effective.find(lines(text), facts=(), signed_on=date(2019, 8, 27), published_on=date(2019, 9, 4))
    assert found == expected


def test_the_index_table_may_say_it_first() -> None:
    facts = (Fact(label="施行日期", value="2020年1月1日"),)
    assert effective.find(lines("自发布之日起施行"), facts=facts, signed_on=None, published_on=None) == date(
        2020, 1, 1
    )
