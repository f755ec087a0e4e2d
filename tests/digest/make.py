"""Changes, sources and digests for the tests of telling: everything that does not matter is filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime

from monitor.model import (
    Address,
    ChangeRecord,
    Deadline,
    Decision,
    Digest,
    Form,
    Kind,
    Level,
    Notice,
    Review,
    Source,
    UnreadSource,
    Verdict,
)

NOW = datetime(2019, 8, 30, 0, 30, tzinfo=UTC)  # 8:30 in Beijing
SECTIONS = ("政策文件", "绿色制造", "申报通知")
DAILY = Digest(name="daily", to=("editors",), at="30 8 * * *", sections=SECTIONS, pieces=0)
MAIL = Address(channel="editors", form=Form.MAIL, recipient="editor@example.org")
WECOM = Address(channel="bot", form=Form.WECOM, recipient="")
TEXT = Address(channel="other", form=Form.TEXT, recipient="")


def a_source(name: str, region: str = "全国") -> Source:
    return Source(
        id=name,
        name=f"{region} · {name}",
        url="https://a.cn/",
        family="trs",
        level=Level.NATIONAL,
        region=region,
    )


SOURCES = {
    source.id: source
    for source in (a_source("beijing", "北京"), a_source("miit"), a_source("tianjin", "天津"))
}
BROKEN = UnreadSource(id="hebei", name="河北 · 通知", url="https://b.cn/", reason="timeout", since=NOW)


def a_notice(number: int, **said: object) -> Notice:
    known: dict[str, object] = {
        "url": f"https://www.example.gov.cn/c{number}/content.html",
        "title": f"关于第{number}号事项的通知",
        "issuers": ("工业和信息化部",),
        "published_on": date(2019, 8, 27),
    }
    return Notice(**(known | said))  # type: ignore[arg-type]


def a_change(
    number: int,
    kind: Kind = Kind.NEW,
    *,
    source: str = "miit",
    section: str = "政策文件",
    notice: Notice | None = None,
    notice_id: int | None = None,
    fields: tuple[str, ...] = (),
    summary: str = "",
    decision: Decision | None = None,
    at: datetime = NOW,
) -> ChangeRecord:
    about = notice_id if notice_id is not None else number
    review = decision and Review(
        notice_id=about, decision=decision, section=section, why="", who="编辑", at=NOW
    )
    return ChangeRecord(
        id=number,
        kind=kind,
        at=at,
        source_id=source,
        notice_id=about,
        notice=notice or a_notice(about),
        section=section,
        verdict=Verdict(section=section, confidence=0.9),
        fields=fields,
        summary=summary,
        review=review,
    )


def a_deadline(day: date, time: str | None = None, kind: str = "申报") -> Deadline:
    return Deadline(date=day, time=time, what="申报材料", kind=kind)
