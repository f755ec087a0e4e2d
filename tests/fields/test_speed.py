"""No text makes a field slow: every finder on long hostile texts, in processor time, with room to spare.

The texts repeat what a field looks for without ever completing it, which is what makes patterns backtrack. A
text of this length takes about 0.1 s; the limit is where work that grows with its square would be.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from monitor.fields import attachments, contacts
from monitor.fields.lines import lines
from monitor.model import Attachment, Level, ListingItem, RawNotice, Source
from monitor.normalise import normalise
from tests.seeds import BODIES

MB = 1_000_000
LONG = 60_000
SLOW = 1.5
SOURCE = Source(id="s", name="某厅", url="", family=None, level=Level.PROVINCIAL, region="")
ROW = ListingItem(url="http://a.example.cn/1", title="关于组织申报的通知", published_on=date(2019, 9, 1))
PROSE = "为贯彻落实有关文件精神，推动产业高质量发展，现将有关事项通知如下，请结合实际认真组织实施。"
# Each is repeated to its length, with and without line breaks between.
CRUMBS = [
    "0", "1", "１", " ", "　", "\t", "(", "（", ")", "〔", "《", "》", "@", ".", "-", "—", "/", "、", ":", "：", "。", "|", "一", "甲", "a",
    "a@", "a.", "a-", "a@a.", "@a.a", "010-", "(010)", "010 ", "1 ", "12345678、", "12345678/1", "13900000000-", "转", "(转", "+86-",
    "电话", "电话:1", "联系人:", "联系 ", "QQ", "400-", "http://", "www.", "(at)", "a (at) a. ", "[at]",
    "附件", "附 件 ", "附件:", "附件1", "附件:1.", "1.甲2.乙", "附:", " 附:", "附件1:附件2:", "1.", "(1)", "一、", "二〇一九年", "关于", "(略)", "[下载]",
    "2019年", "9月", "2日", "2019年9月2日", "9月2日至", "至", "前", "日前", "截止", "于", "每年", "5个工作日", "自公布之日起", "18:00", "(星期五)", "上旬",
    "〔2019〕", "某科〔2019", "号", "第1号", "公告", "令", "某部公告", "局", "某厅", "某局 ", "委员会", "办公室", "某省某厅、", "中华人民共和国", "司", "处",
    "各", "各区审核", "县(市、区)", "截止时间分别为", "受理截止时间分别为9月2日、", "原定", "延长至", "申报", "关闭", "某科〔2019〕1号、", "附件.", "时间:",
    "2019年9月2日起施行", "自2019年", "版权", "上一篇", "﷽", "\u200b", "Ａ", "ﬁ", "é", "e\u0301",
]  # fmt: skip
GROUPS = [CRUMBS[place : place + 12] for place in range(0, len(CRUMBS), 12)]


def cpu(call: Callable[[], object]) -> float:
    begin = time.process_time()
    call()
    return time.process_time() - begin


def read_all(body: str) -> None:
    normalise(RawNotice(title=ROW.title, body=body), ROW, SOURCE, bodies=BODIES)


def contacts_of(body: str) -> object:
    return contacts.find(lines(body))


def attachments_of(body: str) -> object:
    return attachments.find(lines(body), ())


def texts(crumb: str, length: int) -> list[str]:
    once = crumb * (length // len(crumb))
    broken = (crumb * (100 // len(crumb)) + "\n") * (length // 100)
    return [f"{PROSE}\n{once}", f"{PROSE}\n{broken}", once + "!"]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: repr(group[0]))
def test_a_crumb_repeated_without_end_is_read_in_time(group: list[str]) -> None:
    slow = {}
    for crumb in group:
        for place, body in enumerate(texts(crumb, LONG)):
            spent = cpu(lambda body=body: read_all(body))  # type: ignore[misc]
            if spent > SLOW:
                slow[crumb, place] = round(spent, 2)
    assert slow == {}


@pytest.mark.parametrize("seed", range(8))
def test_crumbs_in_any_order_are_read_in_time(seed: int) -> None:
    chance = Random(seed)
    pieces = chance.choices([*CRUMBS, "\n", PROSE], k=20_000)
    assert cpu(lambda: read_all("".join(pieces))) < 3


@pytest.mark.parametrize(
    "paragraph",
    [
        PROSE + "\n",
        PROSE,
        "联系人：某某，电话：010-55550101，邮箱：a.b@example.cn；",
        "附件：1.申报书 2.汇总表\n某省科学技术厅\n2019年9月2日\n",
        "请于9月2日至9月6日18:00前报送。",
        "自2019年9月2日起，某省某厅、",
    ],
)
@pytest.mark.parametrize("finder", [read_all, contacts_of, attachments_of])
def test_a_text_of_a_megabyte_is_read_in_time(finder: Callable[[str], object], paragraph: str) -> None:
    body = paragraph * (MB // len(paragraph.encode()))
    assert cpu(lambda: finder(body)) < 3


def test_many_links_are_matched_in_time() -> None:
    count = 2_000
    linked = [
        Attachment(name=f"附件{place}：申报书{place}.doc", url=f"http://a.cn/{place}")
        for place in range(count)
    ]
    body = "附件：" + "\n".join(f"{place}.申报书{place}号表" for place in range(1, count))
    assert cpu(lambda: attachments.find(lines(body), linked)) < 3
