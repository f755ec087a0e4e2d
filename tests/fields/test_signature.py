"""落款: who signed a notice, and when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fields import doc_number, organs, signature
from monitor.fields.lines import lines
from monitor.fields.signature import Signature

TITLE = "关于组织开展演示项目推荐工作的通知"
PROSE = "各有关单位：\n为贯彻落实有关文件精神，推动产业高质量发展，现将有关事项通知如下，请结合实际认真组织实施。\n特此通知。\n"
FLAT = "各有关单位：为贯彻落实有关文件精神，推动产业高质量发展，现将有关事项通知如下，请结合实际认真组织实施。 特此通知。"


def read(body: str, *, title: str = TITLE) -> Signature:
    return signature.read(lines(body), title=title)


@pytest.mark.parametrize(
    ("closing", "names", "day"),
    [
        ("国家知识产权局办公室\n2019年8月30日", ["国家知识产权局办公室"], date(2019, 8, 30)),
        ("科技 部\n2019年8月29日", ["科技部"], date(2019, 8, 29)),
        ("科 技 部 办 公 厅\n2019年8月29日", ["科技部办公厅"], date(2019, 8, 29)),
        ("国 家 发 展 和 改 革 委 员 会\n2019年8月29日", ["国家发展和改革委员会"], date(2019, 8, 29)),
        ("财 政 部　税务总局\n二〇一九年八月三十一日", ["财政部", "税务总局"], date(2019, 8, 31)),
        ("财政部\n税务总局\n二○一九年八月三十一日", ["财政部", "税务总局"], date(2019, 8, 31)),
        (
            "财政部、税务总局、海关总署\n二零一九年八月三十一日",
            ["财政部", "税务总局", "海关总署"],
            date(2019, 8, 31),
        ),
        ("财政部税务总局\n2019年8月31日", ["财政部", "税务总局"], date(2019, 8, 31)),
        ("某省科学技术厅\n某省总工会\n2019年8月31日", ["某省科学技术厅", "某省总工会"], date(2019, 8, 31)),
        (
            "演示市财政局 演示市税务局\n演示海关\n2019年8月31日",
            ["演示市财政局", "演示市税务局", "演示海关"],
            date(2019, 8, 31),
        ),
        ("中共中央 国务院\n2019年8月31日", ["中共中央", "国务院"], date(2019, 8, 31)),
        (
            "某省财政厅　某省教育厅　某省\n生态环境厅\n2019年8月31日",
            ["某省财政厅", "某省教育厅", "某省生态环境厅"],
            date(2019, 8, 31),
        ),
        (
            "某省推进领导小组办公室（省财政厅代章）\n2019年8月31日",
            ["某省推进领导小组办公室"],
            date(2019, 8, 31),
        ),
        ("某省科协 某省妇联\n2019年8月31日", ["某省科协", "某省妇联"], date(2019, 8, 31)),
        (
            "工业和信息化部办公厅国家发展改革委办公厅\n2019年8月31日",
            ["工业和信息化部办公厅", "国家发展改革委办公厅"],
            date(2019, 8, 31),
        ),
        (
            "清远市工业和信息化局清远市生态环境局\n2019年8月31日",
            ["清远市工业和信息化局", "清远市生态环境局"],
            date(2019, 8, 31),
        ),
        ("国家税务总局北京市税务局\n2019年8月31日", ["国家税务总局北京市税务局"], date(2019, 8, 31)),
        ("广东省经济和信息化委会员\n2018年5月18日", ["广东省经济和信息化委员会"], date(2018, 5, 18)),
        ("工业和信息化部 办公厅\n２０１９年８月２９日", ["工业和信息化部办公厅"], date(2019, 8, 29)),
        (
            "科技部办公厅 中央宣传部文改办\n2019年8月27日",
            ["科技部办公厅", "中央宣传部文改办"],
            date(2019, 8, 27),
        ),
        ("科技部 高新司\n2019年8月27日", ["科技部高新司"], date(2019, 8, 27)),
        ("福建省工业和信息化厅 2019年9月2日", ["福建省工业和信息化厅"], date(2019, 9, 2)),
        (
            "福建省工业和信息化厅（盖章）\n2019年9月2日\n（此件公开发布）",
            ["福建省工业和信息化厅"],
            date(2019, 9, 2),
        ),
        ("福建省工业和信息化厅\n2019年9月2日（此件公开发布）", ["福建省工业和信息化厅"], date(2019, 9, 2)),
        ("福建省工业和信息化厅 2019年9月2日（此件主动公开）", ["福建省工业和信息化厅"], date(2019, 9, 2)),
        ("中华人民共和国工业和信息化部\n2019-9-2", ["工业和信息化部"], date(2019, 9, 2)),
        ("某市科学技术局\n2019.9.2", ["某市科学技术局"], date(2019, 9, 2)),
        ("某市科学技术局\n2O19年9月2日", ["某市科学技术局"], date(2019, 9, 2)),
        ("某市科学技术局\n二O一九年九月二日", ["某市科学技术局"], date(2019, 9, 2)),
        ("某市科学技术局\n二0一九年九月廿二日", ["某市科学技术局"], date(2019, 9, 22)),
        ("某市科学技术局\n2019 年 9 月 2 日", ["某市科学技术局"], date(2019, 9, 2)),
        ("某市科学技术局\n20190902", ["某市科学技术局"], date(2019, 9, 2)),
        ("某市科学技术局\n201992", ["某市科学技术局"], date(2019, 9, 2)),
        ("某市科学技术局\n2019092", ["某市科学技术局"], None),
        ("某市科学技术局\n2019年13月2日", ["某市科学技术局"], None),
        ("本通知自印发之日起施行。某市科学技术局\n2019年9月2日", ["某市科学技术局"], date(2019, 9, 2)),
        ("本通知自印发之日起施行。 某市科学技术局 2019年9月2日", ["某市科学技术局"], date(2019, 9, 2)),
        (
            "河北省工业和信息化厅\n2019年9月2日\n附件：申报指南.doc",
            ["河北省工业和信息化厅"],
            date(2019, 9, 2),
        ),
        (
            "附件：\n1.名单\n2.甲公司\n河北省工业和信息化厅\n2019年9月2日",
            ["河北省工业和信息化厅"],
            date(2019, 9, 2),
        ),
        (
            "甲（集团）有限公司\n乙股份有限公司\n河北省工业和信息化厅\n2019年9月2日",
            ["河北省工业和信息化厅"],
            date(2019, 9, 2),
        ),
        (
            "获奖名单：\n甲有限公司\n乙大学\n某市科学技术局\n2019年9月2日",
            ["某市科学技术局"],
            date(2019, 9, 2),
        ),
        ("某市科学技术局\n（印章）\n2019年9月2日", ["某市科学技术局"], date(2019, 9, 2)),
        ("某市科学技术局\n（此件主动公开）\n2019年9月2日", ["某市科学技术局"], date(2019, 9, 2)),
        ("2019年9月2日\n某市科学技术局\n（此件主动公开）", ["某市科学技术局"], date(2019, 9, 2)),
        ("某市科学技术局\n2019年9月2曰", ["某市科学技术局"], date(2019, 9, 2)),
        ("某市科学技术局\n2019年9月2日.", ["某市科学技术局"], date(2019, 9, 2)),
        (" | 某市科学技术局\n | 2019年9月2日", ["某市科学技术局"], date(2019, 9, 2)),
        ("某市科学技术局\n2019年9月", ["某市科学技术局"], None),
        ("部长 某某某\n2020年8月12日", [], date(2020, 8, 12)),
        ("商务部部长：某某某\n海关总署署长：某某\n2020年8月12日", ["商务部", "海关总署"], date(2020, 8, 12)),
        ("清远市工业和信息化局\n清远市生态环境局", ["清远市工业和信息化局", "清远市生态环境局"], None),
        ("清远市工业和信息化局\n【打印】【关闭】\n上一篇：某某公告", ["清远市工业和信息化局"], None),
        ("获奖单位：\n甲有限公司\n乙大学\n丙研究院", [], None),
        (
            "某市科学技术局\n2019年9月2日\n某市科学技术局办公室\n2019年9月3日印发",
            ["某市科学技术局"],
            date(2019, 9, 2),
        ),
        ("某市科学技术局办公室\n2019年9月3日印发", [], date(2019, 9, 3)),
        ("附件：二〇一一年六月二十七日 |", [], date(2011, 6, 27)),
        ("来源：某市科学技术局 2019-09-02", [], None),
        ("发布时间：2019-09-02", [], None),
        ("会议时间：2019年9月2日", [], None),
        ("有效期至2025年12月31日", [], None),
        ("", [], None),
    ],
)
def test_the_closing_says_who_and_when(closing: str, names: list[str], day: date | None) -> None:
    signed = read(PROSE + closing)
    assert (list(signed.issuers), signed.signed_on) == (names, day)


OWN = Signature(issuers=("某省科学技术厅",), signed_on=date(2019, 6, 19))
SIGNED = "某省科学技术厅\n2019年6月19日"


@pytest.mark.parametrize(
    "body",
    [
        f"{PROSE}{SIGNED}\n附件\n{PROSE}科技部火炬中心\n2019年6月3日",
        f"{PROSE}{SIGNED}\n科技部火炬中心关于开展认定工作的通知\n{PROSE}科技部火炬中心\n2019年6月3日",
        f"{TITLE}\n{PROSE}{SIGNED}\n抄送：某部\n某省科学技术厅办公室 2019年6月20日印发",
        f"{PROSE}安排如下：\n2019年5月1日\n2019年5月2日\n{SIGNED}",
        f"某学院科研处\n2019年7月1日\n{TITLE}\n{PROSE * 2}{SIGNED}",
        f"各位老师：\n现将省厅通知转发给大家，请有兴趣的老师积极申报，按时报送。\n科研处\n2019年7月1日\n{TITLE}\n{PROSE * 2}{SIGNED}",
        f"{PROSE}{SIGNED}\n相关文章\n{TITLE}\n2019-08-01",
    ],
)
def test_the_first_full_signature_below_the_title_is_the_notices_own(body: str) -> None:
    assert read(body) == OWN


def test_a_notice_that_is_cut_off_below_somebody_elses_note_has_no_signature() -> None:
    note = (
        "各位老师：\n现将省局通知转发给大家，请有兴趣的老师积极申报，按时将材料上报。\n科研处\n2017年4月5日\n"
    )
    assert read(note + f"{TITLE}\n{PROSE * 2}") == Signature()


def test_an_unknown_signer_keeps_the_date_from_an_enclosed_text() -> None:
    body = f"{PROSE}演示技术创新共同体\n2019年6月19日\n{PROSE}科技部火炬中心\n2019年6月3日"
    assert read(body).signed_on == date(2019, 6, 19)


@pytest.mark.parametrize(
    "body",
    [
        f"{TITLE} {FLAT} 某省科学技术厅 2019年6月19日",
        f"{TITLE} {FLAT} 某省科学技术厅 2019年6月19日 附件下载 1.申报书 2.汇总表 分享到：",
        f"{TITLE} {FLAT} 附件：1.申报书 2.汇总表 某省科学技术厅 2019 年 6 月 19 日 （联系人：某某，电话：55550101）",
        f"{TITLE} {FLAT}某省科学技术厅 二〇一九年六月十九日",
        f"{TITLE} 来源：某市科技局 2019年7月1日 {FLAT} 某省科学技术厅 2019年6月19日 附件 科技部 2019年6月3日",
    ],
)
def test_a_page_without_line_breaks_still_has_its_signature(body: str) -> None:
    assert read(body) == OWN


@given(
    st.lists(
        st.sampled_from(
            [
                "科技部",
                "财政部",
                "税务总局",
                "国家税务总局",
                "工业和信息化部办公厅",
                "福建省财政厅",
                "福州市科学技术局",
            ]
        ),
        min_size=1,
        max_size=5,
        unique=True,
    ),
    st.sampled_from([" ", "\u3000", "、", "　　", "\n", " \n"]),
)
def test_joint_signers_are_told_apart_in_their_order(names: list[str], gap: str) -> None:
    signed = read(f"{PROSE}{gap.join(names)}\n2019年9月2日")
    assert list(signed.issuers) == names
    spaced = [" ".join(name) for name in names]
    assert list(read(PROSE + "\n".join(spaced) + "\n2019年9月2日").issuers) == names


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(["〇", "○", "零", "O", "0", "Ｏ"]))
def test_any_day_in_chinese_numerals_is_read(day: date, zero: str) -> None:
    marks = zero + "一二三四五六七八九"
    year = "".join(marks[int(digit)] for digit in str(day.year))
    assert read(f"{PROSE}某市科学技术局\n{year}年{_tens(day.month)}月{_tens(day.day)}日").signed_on == day


def _tens(number: int) -> str:
    ones = " 一二三四五六七八九"
    tens, rest = divmod(number, 10)
    return (ones[tens] if tens > 1 else "") + ("十" if tens else "") + (ones[rest] if rest else "")


@given(st.text(max_size=300))
def test_any_text_has_a_signature_or_an_empty_one(body: str) -> None:
    signed = read(body)
    assert all(name == "".join(name.split()) for name in signed.issuers)


@given(st.text(alphabet="某市科学技术局财政部厅 、\n2019年月日〇一九（）()附件:。|印发", max_size=120))
def test_any_closing_has_a_signature_or_an_empty_one(body: str) -> None:
    signed = read(PROSE + body)
    assert all(organs.split(name) for name in signed.issuers)
    assert (
        doc_number.normal(body) is None
        or doc_number.year_of(doc_number.normal(body)) is not None
        or "第" in body
    )
