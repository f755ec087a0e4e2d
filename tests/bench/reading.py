"""How fast texts are understood: titles filed, notices of 5 kB and a body of 1 MB read, on one core.

Measured in processor time of this process, medians; the texts are invented, in the shape of real notices.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from monitor.classify import NOTHING_LEARNT, classify
from monitor.fields.bodies import Bodies
from monitor.model import Level, ListingItem, Notice, RawNotice, Source
from monitor.normalise import normalise
from monitor.settings.load import load_bodies, load_sections

RUNS = 5
TITLES, NOTICES = 2_000, 100
CONFIG = Path(__file__).resolve().parents[2] / "sources.yaml"
SOURCE = Source(id="bench", name="某厅 · 通知", url="", family=None, level=Level.PROVINCIAL, region="某省")
KINDS = (
    "组织申报{}项目",
    "印发{}管理办法",
    "开展{}绿色工厂推荐工作",
    "公布{}名单",
    "征求{}意见",
    "举办{}座谈会",
)
OPENING = """\
某科发〔2019〕{0}号
某省科学技术厅关于组织申报2019年度{0}号专项的通知
各设区市科学技术局，各有关单位：
"""
PARAGRAPH = (
    "{0}、为贯彻落实《某省科技发展规划》（某政发〔2018〕{0}号）精神，推动产业高质量发展，申报单位应当在本省依法登记注册，"
    "具备独立法人资格，财务制度健全，近三年内（2016年1月1日以来）没有不良信用记录，并按照指南要求编制申请材料，"
    "经各设区市科学技术局审核后统一上报，逾期不予受理。\n"
)
CLOSING = """\
请各地于9月2日至10月15日18:00前完成网上填报，纸质材料一式两份于2019年10月20日前报送我厅高新处。
联系人：某某，电话：0591-55550101、55550102，邮箱：gxc@kjt.example.gov.cn
附件：1.申报书
2.推荐汇总表
某省科学技术厅
2019年9月2日
"""


def reading() -> None:
    """Print the bars of reading, one line each."""
    sections, bodies = load_sections(CONFIG), load_bodies(CONFIG)
    titles = [
        Notice(url="", title="关于" + KINDS[n % len(KINDS)].format(n) + "的通知") for n in range(TITLES)
    ]
    rate = TITLES / cpu(lambda: [classify(notice, sections, NOTHING_LEARNT) for notice in titles])
    print(f"titles classified: {rate:,.0f} a second (bar ≥ 5,000)")
    bodies_5k = [text(5_000, n) for n in range(NOTICES)]
    rate = NOTICES / cpu(lambda: [read(body, bodies=bodies) for body in bodies_5k])
    print(f"notices of 5 kB read: {rate:,.0f} a second (bar ≥ 300)")
    body = text(1_000_000, 1)
    print(f"a body of 1 MB read: {cpu(lambda: read(body, bodies=bodies)):.2f} s (bar < 1)")


def text(size: int, number: int) -> str:
    """A notice of so many bytes of UTF-8."""
    rest = size - len((OPENING + CLOSING).encode())
    count = rest // len(PARAGRAPH.encode())
    return OPENING.format(number) + "".join(PARAGRAPH.format(n) for n in range(1, count + 1)) + CLOSING


def read(body: str, *, bodies: Bodies) -> Notice:
    """As a check reads it."""
    title = body.split("\n", 2)[1]
    row = ListingItem(url="http://a.example.cn/1", title=title, published_on=date(2019, 9, 2))
    return normalise(RawNotice(title=title, body=body), row, SOURCE, bodies=bodies)


def cpu(call: Callable[[], object]) -> float:
    """Seconds of processor that a call takes, the median of some."""
    spent = []
    for _ in range(RUNS):
        begin = time.process_time()
        call()
        spent.append(time.process_time() - begin)
    return statistics.median(spent)
