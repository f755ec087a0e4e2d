"""From strings as found to a notice as we mean it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Attachment, Fact, Level, ListingItem, Notice, RawNotice, Source
from monitor.normalise import bare_title, from_row, normalise
from tests.seeds import BODIES

SOURCE = Source(
    id="fujian-tzgg",
    name="福建省工业和信息化厅 · 通知公告",
    url="http://gxt.example.cn/",
    family=None,
    level=Level.PROVINCIAL,
    region="福建",
)
TITLE = "关于增补推荐演示名单的通知"
BODY = """【演示文本，非官方文件】
闽演示函〔2019〕8号
　　各设区市工业和信息化局：
　　为做好名单推荐工作，请各单位认真组织，于 2019 年 10 月 15 日前将申请材料寄送我厅节能处。

　　附件：推荐汇总表
　　福建省工业和信息化厅
　　2019 年 9 月 2 日"""
ITEM = ListingItem(url="http://gxt.example.cn/1.htm", title=TITLE, published_on=date(2019, 9, 3))
RAW = RawNotice(title=TITLE, body=BODY)


def test_a_page_and_its_row_become_a_notice() -> None:
    notice = normalise(RAW, ITEM, SOURCE, bodies=BODIES)
    assert (notice.url, notice.title, notice.doc_number) == (ITEM.url, TITLE, "闽演示函〔2019〕8号")
    assert (notice.issuers, notice.signed_on) == (("福建省工业和信息化厅",), date(2019, 9, 2))
    assert [due.date for due in notice.deadlines] == [date(2019, 10, 15)]
    assert notice.attachments == (Attachment(name="推荐汇总表", url=""),)
    assert notice.body.splitlines()[2] == "各设区市工业和信息化局："
    assert not notice.unread


@pytest.mark.parametrize(
    ("page", "row", "title"),
    [
        ("关于开展甲工作的通知", "关于开展甲工作的…", "关于开展甲工作的通知"),
        ("关于开展甲工作的…", "关于开展甲工作的通知", "关于开展甲工作的通知"),
        ("关于开展甲工作的...", "关于开展甲工作的通知", "关于开展甲工作的通知"),
        ("某厅门户网站", "关于开展甲工作的通知", "关于开展甲工作的通知"),
        ("", "关于开展甲工作的通知", "关于开展甲工作的通知"),
        ("关于开展甲工作的通知_某厅门户网站", "关于开展甲工作的通知", "关于开展甲工作的通知"),
        ("某厅关于开展甲工作的通知", "关于开展甲工作的通知", "某厅关于开展甲工作的通知"),
        ("关于开展甲工作的通知", "", "关于开展甲工作的通知"),
        ("关于开展\n 甲工作的　通知", "", "关于开展 甲工作的 通知"),
    ],
)
def test_the_full_title_wins_whichever_side_has_it(page: str, row: str, title: str) -> None:
    raw = RawNotice(title=page, body="", meta=(Fact(label="sitename", value="某厅门户网站"),))
    assert normalise(raw, replace(ITEM, title=row), SOURCE, bodies=BODIES).title == title


@pytest.mark.parametrize(
    "printed",
    [
        "[置顶]关于开展甲工作的通知",
        "【置顶】 [图文] 关于开展甲工作的通知",
        "· 关于开展甲工作的通知",
        "[2019-09-02] 关于开展甲工作的通知",
        "关于开展甲工作的通知 2019-09-02",
        "关于开展甲工作的通知[NEW]",
        "（已结束）关于开展甲工作的通知",
    ],
)
def test_marks_of_the_list_are_no_part_of_a_title(printed: str) -> None:
    assert bare_title(printed) == "关于开展甲工作的通知"


@pytest.mark.parametrize(
    ("facts", "meta", "expected"),
    [
        ((Fact(label="发布时间", value="2019年9月4日 10:20"),), "2023-05-12", date(2019, 9, 4)),
        ((Fact(label="发布日期", value="—"),), "2019-09-05 08:00", date(2019, 9, 5)),
        ((), "2019-09-05\u00a008:00", date(2019, 9, 5)),
        ((), "", date(2019, 9, 3)),
    ],
)
def test_publication_is_what_the_page_shows_then_the_meta_block_then_the_row(
    facts: tuple[Fact, ...], meta: str, expected: date
) -> None:
    raw = replace(RAW, facts=facts, meta=(Fact(label="pubdate", value=meta),))
    assert normalise(raw, ITEM, SOURCE, bodies=BODIES).published_on == expected


def test_a_date_in_the_text_is_never_the_publication() -> None:
    assert normalise(RAW, replace(ITEM, published_on=None), SOURCE, bodies=BODIES).published_on is None


def test_the_index_table_gives_what_the_text_leaves_out() -> None:
    facts = (
        Fact(label="索引号", value=" 000014672/2019-00881 "),
        Fact(label="成文日期", value="2019-08-30"),
        Fact(label="发布机构", value="科技部"),
        Fact(label="文号", value="国科演〔2019〕 1 号"),
    )
    notice = normalise(RawNotice(title=TITLE, body="", facts=facts), ITEM, SOURCE, bodies=BODIES)
    assert notice.index_number == "000014672/2019-00881"
    assert (notice.signed_on, notice.issuers, notice.doc_number) == (
        date(2019, 8, 30),
        ("科技部",),
        "国科演〔2019〕1号",
    )


def test_a_notice_that_cannot_be_read_is_told_from_its_row() -> None:
    item = ListingItem(
        url="http://a.example.cn/1.pdf",
        title="[置顶] 国家知识产权局关于甲的公告",
        published_on=date(2019, 9, 3),
        facts=(Fact(label="截止时间", value="1568628000000"),),
    )
    notice = from_row(item, SOURCE, bodies=BODIES)
    assert notice == Notice(
        url=item.url,
        title="国家知识产权局关于甲的公告",
        issuers=("国家知识产权局",),
        bodies=("国家知识产权局",),
        published_on=date(2019, 9, 3),
        deadlines=notice.deadlines,
        unread=True,
    )
    assert [(due.date, due.time) for due in notice.deadlines] == [(date(2019, 9, 16), "18:00")]


def test_the_seed_texts_print_what_the_page_said_between_blanks_and_invisible_marks() -> None:
    noisy = BODY.replace("通知", "通\u200b知").replace(" ", "\u3000").replace("\n", "\r\n\n")
    plain = normalise(RAW, ITEM, SOURCE, bodies=BODIES)
    assert normalise(replace(RAW, body=noisy), ITEM, SOURCE, bodies=BODIES).deadlines == plain.deadlines


def test_the_bodies_of_today_stand_beside_the_printed_issuers() -> None:
    body = BODY.replace("福建省工业和信息化厅\n", "福建省经济和信息化委员会 福建省科技厅办公室\n")
    notice = normalise(replace(RAW, body=body), ITEM, SOURCE, bodies=BODIES)
    assert notice.issuers == ("福建省经济和信息化委员会", "福建省科技厅办公室")
    assert notice.bodies == ("福建省工业和信息化厅", "福建省科学技术厅")


@pytest.mark.parametrize(
    ("body", "facts", "row", "notes"),
    [
        (BODY, (), date(2019, 9, 3), ()),
        (BODY, (), date(2019, 9, 1), ("成文日期（2019-09-02）晚于发布日期（2019-09-01）",)),
        (
            BODY,
            (Fact(label="成文日期", value="2019-08-30"),),
            date(2019, 9, 3),
            ("落款日期（2019-09-02）与索引信息中的成文日期（2019-08-30）不一致",),
        ),
        (BODY, (Fact(label="生成日期", value="2019-09-03"),), date(2019, 9, 3), ()),
        (
            BODY.replace("〔2019〕8号", "〔2020〕8号"),
            (),
            date(2019, 9, 3),
            ("发文字号的年份（2020）与成文日期（2019-09-02）不一致",),
        ),
        (BODY.replace("〔2019〕8号", "〔2018〕8号"), (), date(2019, 9, 3), ()),
    ],
)
def test_dates_that_contradict_each_other_give_values_and_a_note(
    body: str, facts: tuple[Fact, ...], row: date, notes: tuple[str, ...]
) -> None:
    notice = normalise(
        replace(RAW, body=body, facts=facts), replace(ITEM, published_on=row), SOURCE, bodies=BODIES
    )
    assert tuple(doubt.why for doubt in notice.doubts) == notes
    assert (notice.signed_on, notice.published_on) == (date(2019, 9, 2), row)


def test_a_table_of_labels_in_the_text_counts_where_the_page_has_none() -> None:
    body = f"索引号：A-1 发文机关：某部 成文日期：2019年8月30日 发布日期：2019年9月4日 发文字号：某部函〔2019〕3号\n{TITLE}\n{BODY[20:60]}"
    notice = normalise(RawNotice(title=TITLE, body=body), ITEM, SOURCE, bodies=BODIES)
    assert (notice.doc_number, notice.signed_on, notice.published_on) == (
        "某部函〔2019〕3号",
        date(2019, 8, 30),
        date(2019, 9, 4),
    )


INVISIBLE = st.text(alphabet="\x00\u200b\u200f\u202e\u2067\ufeff\u00ad\uf0b7\ud800", min_size=1, max_size=3)


@given(place=st.integers(0, len(BODY)), noise=INVISIBLE)
def test_what_nobody_sees_changes_nothing(place: int, noise: str) -> None:
    noisy = replace(RAW, title=noise + TITLE, body=BODY[:place] + noise + BODY[place:])
    assert normalise(noisy, ITEM, SOURCE, bodies=BODIES) == normalise(RAW, ITEM, SOURCE, bodies=BODIES)


@given(st.text(st.characters(), max_size=200))
def test_any_text_even_with_lone_surrogates_ends_in_values_that_can_be_stored(text: str) -> None:
    raw = RawNotice(
        title=text[:40], body=text, facts=(Fact(label="文号", value=text), Fact(label="来源", value=text))
    )
    notice = normalise(raw, ITEM, SOURCE, bodies=BODIES)
    for said in (
        notice.title,
        notice.body,
        *notice.issuers,
        *notice.bodies,
        *(doubt.why for doubt in notice.doubts),
        notice.doc_number or "",
    ):
        assert said.encode().decode() == said
        assert "\x00" not in said


@given(title=st.text(max_size=60), body=st.text(max_size=400))
def test_normalising_twice_is_normalising_once(title: str, body: str) -> None:
    once = normalise(RawNotice(title=title, body=body), ITEM, SOURCE, bodies=BODIES)
    twice = normalise(
        RawNotice(title=once.title, body=once.body, attachments=tuple(f for f in once.attachments if f.url)),
        replace(ITEM, title=once.title),
        SOURCE,
        bodies=BODIES,
    )
    assert twice == once
