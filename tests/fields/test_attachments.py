"""附件: the printed list, and its names matched to links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fields import attachments
from monitor.fields.lines import lines
from monitor.model import Attachment

PROSE = "为贯彻落实有关文件精神，推动产业高质量发展，现将有关事项通知如下，请结合实际认真组织实施。\n"
SIGNED = "\n某省工业和信息化厅\n2019年9月2日\n"
TWO = ["申报书", "汇总表"]


def listed(text: str) -> list[str]:
    return [file.name for file in attachments.find(lines(PROSE + text), ())]


def links(*names: str) -> list[Attachment]:
    return [Attachment(name=name, url=f"http://a.cn/{place}.doc") for place, name in enumerate(names, 1)]


def matched(text: str, linked: list[Attachment]) -> list[tuple[str, str]]:
    found = attachments.find(lines(PROSE + text), linked)
    return [(file.name, file.url.rpartition("/")[2].removesuffix(".doc")) for file in found]


@pytest.mark.parametrize(
    "text",
    [
        "附件：1.申报书\n2.汇总表",
        "附件：\n1.申报书\n2.汇总表" + SIGNED,
        "附件：1. 申报书 2. 汇总表",
        "附件：1.申报书2.汇总表",
        "附件：1、申报书；\n2、汇总表。",
        "附件：（1）申报书\n（2）汇总表",
        "附件：一、申报书\n二、汇总表" + SIGNED,
        "附件1：申报书\n附件2：汇总表\n特此通知",
        "附件一：申报书\n附件二：汇总表",
        "附件1.申报书 附件2.汇总表",
        "附件 1.申报书\n2.汇总表",
        "附件：1 申报书\n2 汇总表",
        "附件1：\n申报书\n附件2：\n汇总表" + SIGNED,
        "附：1.申报书\n2.汇总表",
        "附件：\n申报书\n汇总表" + SIGNED,
        "附 件：1.申报书（略）\n2.汇总表（另附）",
        "附件下载：1.申报书\n2.汇总表",
        "附件下载：\n·申报书\n·汇总表\n来源：某局",
        "附件：１．申报书２．汇总表",
        "请按时报送。 附件：1.申报书 2.汇总表 某市科学技术局 2017年6月22日",
        "附件1\n申报书\n一、基本情况\n附件2\n汇总表\n序号 | 名称",
        "附件：1.申报书\n2.汇总表" + SIGNED + "附件1\n申报书\n附件2\n汇总表",
        "附件：1.申报书\n2.汇总表\n附件下载：\n申报书.docx\n汇总表.xlsx",
        "附件：1.申报书\n2.汇总表\n相关链接：\n1.专家解读",
        "附件：1.申报书\n2.汇总表\n1.专家解读",
        "附件（点击下载）：1.申报书\n2.汇总表",
        "附件：（请自行下载）\n1.申报书\n2.汇总表" + SIGNED,
        "相关附件：\n申报书\n汇总表",
    ],
)
def test_a_list_is_read_in_every_form_that_pages_print(text: str) -> None:
    assert listed(text) == TWO


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("附件：某省绿色制造名单推荐汇总表", ["某省绿色制造名单推荐汇总表"]),
        ("附件：2019年第二批企业名单", ["2019年第二批企业名单"]),
        ("附件：1.2024年企业名单\n2.标识", ["2024年企业名单", "标识"]),
        ("附件：1.447项标准一览表\n2.1项修改单" + SIGNED, ["447项标准一览表", "1项修改单"]),
        ("附件.服务机构备案表", ["服务机构备案表"]),
        ("附件下载：申报书.docx（20KB） 汇总表.xlsx（12KB）", ["申报书.docx", "汇总表.xlsx"]),
        ("附件：某办公厅\n关于推进基地建设的通知（某办环资〔2018〕502号）", ["某办公厅关于推进基地建设的通知（某办环资〔2018〕502号）"]),
        ("附件：某委关于推荐的通知\n（某经信函〔2018〕23号）\n附件：某委关于推荐的通知", ["某委关于推荐的通知（某经信函〔2018〕23号）"]),
        (
            "附件：1.某省关于组织开展2019年度国家级\n科技企业孵化器认定工作的通知\n2.汇总表",
            ["某省关于组织开展2019年度国家级科技企业孵化器认定工作的通知", "汇总表"],
        ),
        ("附件：1.A表\n2.《某办法（2020年版，\n征求意见稿）》编制说明" + SIGNED, ["A表", "《某办法（2020年版，征求意见稿）》编制说明"]),
        ("附件：指导意见（征求意见稿）.docx；", ["指导意见（征求意见稿）.docx"]),
        ("附件：申报书.docx（12.5KB）下载", ["申报书.docx"]),
        ("点击查看附件：公示名单", ["公示名单"]),
        ("详见，附件：《某局关于征集的通知》某市科学技术局2022年4月12日联系人：某某", ["《某局关于征集的通知》"]),
        ("附件：某部关于申报的通知 某省科学技术厅 2020年4月28日 （此件主动公开）", ["某部关于申报的通知"]),
    ],
)  # fmt: skip
def test_a_name_is_whole_and_nothing_but_the_name(text: str, names: list[str]) -> None:
    assert listed(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "附件2：\n附件3：",
        "详见附件1。",
        "（见附件1、附件2），附件为准",
        "附件：略",
        "附件：" + SIGNED,
        "附件： 二〇一九年六月二十七日 |",
        "（五）附件材料：营业执照",
        "附件：\n联系人：某某",
        "附件：1. 2.\n二〇一二年六月七日",
    ],
)
def test_a_mention_is_no_list(text: str) -> None:
    assert listed(text) == []


def test_a_link_is_an_entrys_by_words_by_number_or_by_place() -> None:
    text = "附件：1.申报书\n2.汇总表\n3.承诺书\n4.样表"
    linked = links("附件1：申报书.doc", "附件2.doc", "点击下载")
    assert matched(text, linked) == [("申报书", "1"), ("汇总表", "2"), ("承诺书", "3"), ("样表", "")]


def test_the_order_is_the_lists() -> None:
    assert matched("附件：1.申报书\n2.汇总表", links("汇总表.xlsx", "附件1：申报书.doc", "操作手册.pdf")) == [
        ("申报书", "2"),
        ("汇总表", "1"),
        ("操作手册.pdf", "3"),
    ]


def test_one_file_in_two_formats_is_two_links_called_by_their_own_names() -> None:
    assert matched("附件：申报书", links("申报书.doc", "申报书.pdf")) == [
        ("申报书.doc", "1"),
        ("申报书.pdf", "2"),
    ]


def test_without_a_list_links_keep_their_own_words() -> None:
    assert matched("", links("附件：管理办法.pdf", "下载")) == [("管理办法.pdf", "1"), ("下载", "2")]


def test_pictures_and_programs_for_reading_are_no_attachments() -> None:
    picture = Attachment(name="二维码", url="http://a.cn/qr.png")
    assert matched("", [picture, *links("360浏览器下载", "PDF阅读器", "名单.pdf", "名单.pdf")]) == [
        ("名单.pdf", "3")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("附件1：申报书.docx", "申报书"),
        ("2.汇总表（ 试行）", "汇总表(试行).XLSX"),
        ("申报书.pdf（1.2MB）", "申报书"),
    ],
)
def test_number_extension_and_size_are_no_part_of_what_a_file_is_called(one: str, other: str) -> None:
    assert attachments.stem(one) == attachments.stem(other)
    assert attachments.stem(one) != attachments.stem("承诺书")


@given(st.text(alphabet="附件：1234.、（）()一二三申报书表 \n《》。年月日20", max_size=120))
def test_whatever_the_text_names_are_short_distinct_and_not_empty(text: str) -> None:
    names = listed(text)
    assert all(name.strip() and len(name) <= 200 for name in names)
    assert len(set(names)) == len(names)
