"""Change records and issues for the tests of this folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from monitor.bulletin import compose
from monitor.model import (
    Attachment,
    Bulletin,
    ChangeRecord,
    Kind,
    Notice,
    Publisher,
    UnreadSource,
    Verdict,
)

START = datetime(2019, 9, 1, 1, 0, tzinfo=UTC)
UNTIL = datetime(2019, 9, 6, 10, 0, tzinfo=UTC)
SECTIONS = ("政策文件", "绿色制造", "申报通知")
PUBLISHER = Publisher(name="演示科技有限公司", phone="010-00000000", site="www.example.cn")
BODY = """关于开展演示工作的通知
演〔2019〕1号
各有关单位：
【演示文本，非官方文件】为做好演示工作，推动产业高质量发展，现将有关事项通知如下，请认真组织实施。
一、总体要求
（一）基本原则
1.坚持自愿
企业自愿参加，不得收取费用。
序号 | 名称 | 数量
1 | 甲 | 2
特此通知。
附件：演示表
演示部
2019年9月2日
（联系人：演示联系人，手机：13800138000，电话：010-00000001）"""
NOTICE = Notice(
    url="http://www.example.cn/art/1.html",
    title="关于开展演示工作的通知",
    doc_number="演〔2019〕1号",
    issuers=("演示部",),
    signed_on=date(2019, 9, 2),
    published_on=date(2019, 9, 3),
    body=BODY,
    attachments=(
        Attachment(name="演示表.doc", url="http://www.example.cn/f/1.doc"),
        Attachment(name="无址", url=""),
    ),
)


def record(
    notice_id: int, *, section: str = "政策文件", kind: Kind = Kind.NEW, hours: int = 0
) -> ChangeRecord:
    """A change of the notice with that id, `hours` after the first."""
    return ChangeRecord(
        id=notice_id * 100 + hours,
        kind=kind,
        at=START + timedelta(hours=hours),
        source_id="demo",
        notice_id=notice_id,
        notice=replace(NOTICE, title=f"{NOTICE.title}（{notice_id}）"),
        section=section,
        verdict=Verdict(section=section, confidence=0.9),
    )


def issue(
    *records: ChangeRecord, publisher: Publisher = PUBLISHER, unread: tuple[UnreadSource, ...] = ()
) -> Bulletin:
    """The first issue of September 2019."""
    return compose(
        records,
        publisher=publisher,
        sections=SECTIONS,
        since=START,
        until=UNTIL,
        year=2019,
        month=9,
        n=1,
        unread_sources=unread,
    )
