"""What a digest says, before any form: one item a notice, grouped and worded for readers, not yet escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from monitor.dates import SHANGHAI
from monitor.digest.due import due
from monitor.escape import link as safe_link
from monitor.escape import mask
from monitor.model import ChangeRecord, Digest, Kind, Notice, Source, UnreadSource

LABELS = {
    Kind.NEW: "新",
    Kind.DEADLINE_MOVED: "截止变更",
    Kind.REVISED: "修订",
    Kind.WITHDRAWN: "撤回",
    Kind.RESTORED: "恢复",
}
_FIELDS = {
    "title": "标题",
    "doc_number": "发文字号",
    "index_number": "索引号",
    "issuers": "发文机关",
    "signed_on": "成文日期",
    "published_on": "发布日期",
    "effective_on": "施行日期",
    "deadlines": "截止时间",
    "contacts": "联系方式",
    "attachments": "附件",
    "body": "正文",
}
FIRST_REGION = "全国"
UNKNOWN_REGION = "其他"
MANY_ISSUERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One notice in words. `link` is safe to write; other texts are as the page said them."""

    kind: Kind
    section: str
    region: str
    title: str
    link: str
    facts: tuple[str, ...]
    news: str
    due: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A digest in words. `items` stand in the order of telling; `link` leads to the desk, or is ""."""

    name: str
    day: str
    counts: str
    items: tuple[Item, ...]
    troubles: tuple[UnreadSource, ...]
    link: str
    mark: str

    @property
    def subject(self) -> str:
        """One line that says how much there is and what comes first."""
        more = " 等" if len(self.items) > 1 else ""
        return f"{self.heading} {len(self.items)} 条：{self.items[0].title[:40]}{more}"

    @property
    def heading(self) -> str:
        """What stands on top of every message."""
        return f"{self.mark}【快讯】{self.day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """All that happened to one notice since it was last told, folded: the last state counts."""

    kind: Kind
    last: ChangeRecord
    news: str


def gather(
    digest: Digest,
    changes: Sequence[ChangeRecord],
    *,
    sources: Mapping[str, Source],
    troubles: Sequence[UnreadSource],
    now: datetime,
    link: str,
    mark: str,
) -> Contents:
    """Fold the changes of each notice, put them in order, find the words."""
    stories = _in_order([_fold(group) for group in _by_notice(changes)], digest, sources)
    today = now.astimezone(SHANGHAI)
    return Contents(
        name=digest.name,
        day=f"{today.month}月{today.day}日",
        counts=_counts(stories),
        items=tuple(_item(story, sources, now) for story in stories),
        troubles=tuple(troubles),
        link=safe_link(link),
        mark=mark,
    )


def _by_notice(changes: Iterable[ChangeRecord]) -> list[list[ChangeRecord]]:
    groups: dict[int, list[ChangeRecord]] = {}
    for change in sorted(changes, key=lambda change: (change.at, change.id)):
        groups.setdefault(change.notice_id, []).append(change)
    return list(groups.values())


def _fold(group: Sequence[ChangeRecord]) -> _Story:
    last, kinds = group[-1], {change.kind for change in group}
    kind = last.kind
    if kind in (Kind.REVISED, Kind.DEADLINE_MOVED):
        # Who has not heard of the notice hears of a new one; a moved deadline outranks an edit.
        kind = next(
            one for one in (Kind.NEW, Kind.RESTORED, Kind.DEADLINE_MOVED, Kind.REVISED) if one in kinds
        )
    return _Story(kind=kind, last=last, news="；".join(dict.fromkeys(filter(None, map(_news, group)))))


def _news(change: ChangeRecord) -> str:
    """修订：标题、正文有改动（2 处） — nothing for what is simply new."""
    what = change.summary or "、".join(_FIELDS.get(field, field) for field in change.fields)
    if change.kind in (Kind.NEW, Kind.BASELINE) or not what:
        return ""
    says_itself = change.kind is Kind.DEADLINE_MOVED and change.summary
    return mask(what if says_itself else f"{LABELS[change.kind]}：{what}")


def _in_order(stories: Sequence[_Story], digest: Digest, sources: Mapping[str, Source]) -> list[_Story]:
    regions = {FIRST_REGION: 0} | {
        source.region: place
        for place, source in enumerate(sources.values(), 1)
        if source.region != FIRST_REGION
    }
    sections = {section: place for place, section in enumerate(digest.sections)}

    def place(story: _Story) -> tuple[int, int, int, int]:
        change = story.last
        day = change.notice.published_on or date.min
        region = regions.get(_region(change, sources), len(sources) + 1)
        return sections.get(change.section, len(sections)), region, -day.toordinal(), change.notice_id

    return sorted(stories, key=place)


def _counts(stories: Sequence[_Story]) -> str:
    kinds = [story.kind for story in stories]
    return " · ".join(f"{label} {kinds.count(kind)}" for kind, label in LABELS.items() if kind in kinds)


def _item(story: _Story, sources: Mapping[str, Source], now: datetime) -> Item:
    change, notice = story.last, story.last.notice
    source = sources.get(change.source_id)
    return Item(
        kind=story.kind,
        section=change.section,
        region=_region(change, sources),
        title=mask(notice.title) or "（无标题）",
        link=safe_link(notice.url),
        facts=_facts(notice),
        news=story.news,
        due="" if story.kind is Kind.WITHDRAWN else due(notice.deadlines, now),
        source=source.name if source else change.source_id,
    )


def _facts(notice: Notice) -> tuple[str, ...]:
    issuers = "、".join(notice.issuers)
    if len(notice.issuers) > MANY_ISSUERS:
        issuers = f"{notice.issuers[0]}等 {len(notice.issuers)} 部门"
    day = notice.published_on or notice.signed_on
    unread = "正文未能读取" if notice.unread else ""
    said = (mask(issuers), notice.doc_number or "", day.isoformat() if day else "", unread)
    return tuple(filter(None, said))


def _region(change: ChangeRecord, sources: Mapping[str, Source]) -> str:
    source = sources.get(change.source_id)
    return source.region if source else UNKNOWN_REGION
