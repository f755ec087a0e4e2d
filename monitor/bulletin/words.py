"""The fixed words of an issue, the same in every format. Talks to nobody."""

from __future__ import annotations

from datetime import datetime

from monitor.dates import local_date
from monitor.model import Bulletin, Publisher, UnreadSource
from monitor.reasons import in_chinese

NAME = "快 讯"
CONTENTS = "目 录"
LINKS = "相关链接："
FILES = "附件（原网站下载）："
UNREAD_SOURCES = "本期未能读取的信息源"
UNREAD_BODY = "正文未能读取，请查看原文。"
NOTHING = "本期没有收录通知公告。"
DRAFT = "草稿"


def running_foot(publisher: Publisher) -> tuple[str, ...]:
    """The lines at the foot of every page, as far as the publisher's settings have the words."""
    phone = f" 电话：{publisher.phone} 欢迎咨询" if publisher.phone else ""
    site = f"网址：{publisher.site}" if publisher.site else ""
    return tuple(filter(None, (f"{publisher.name}{phone}".strip(), site)))


def closing(publisher: Publisher) -> str:
    """The last words of an issue: the publisher's own, else an invitation with what is known."""
    if publisher.closing:
        return publisher.closing
    ways = [
        f"访问 {publisher.site}" if publisher.site else "",
        f"致电 {publisher.phone}" if publisher.phone else "",
    ]
    return f"欢迎{'或'.join(filter(None, ways))}咨询。" if any(ways) else ""


def period(issue: Bulletin) -> str:
    """收录 2019年9月1日 至 2019年9月6日 发现的通知公告."""
    last = _day(issue.until)
    return (
        f"收录 {_day(issue.since)} 至 {last} 发现的通知公告"
        if issue.since
        else f"收录截至 {last} 发现的通知公告"
    )


def trouble(source: UnreadSource) -> str:
    """Since when and why a source could not be read."""
    since = f"自 {_day(source.since)} 起，" if source.since else ""
    return f"{since}{in_chinese(source.reason)}"


def _day(instant: datetime) -> str:
    day = local_date(instant)
    return f"{day.year}年{day.month}月{day.day}日"
