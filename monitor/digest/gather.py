"""What a digest says, before any form: one item a notice, grouped and worded for readers, not yet escaped.

The order: reminders first, the soonest on top; then by section (as the digest names them) and region (the
nation, then as the sources stand). Within those, what overturns what readers have planned for (a moved
deadline, a withdrawal), then what has an open deadline, the soonest first, then the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from monitor.dates import SHANGHAI
from monitor.digest.due import due, moment, open_deadlines
from monitor.digest.lead import lead
from monitor.digest.reminder import Reminder
from monitor.escape import link as safe_link
from monitor.escape import mask
from monitor.model import ChangeRecord, Deadline, Digest, Kind, Notice, Source, UnreadSource

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
REMINDERS = "截止提醒"
FIRST_REGION = "全国"
UNKNOWN_REGION = "其他"
MANY_ISSUERS = 3
_NEVER = (date.max, "")


class _Weight(IntEnum):
    """What comes first within a region of a section."""

    OVERTURNS = 0
    HAS_A_DEADLINE = 1
    OTHER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One notice in words. `link` is safe to write; other texts are as the page said them.

    `kind` is None for a reminder, which stands in no region. `sources` are all places where the notice
    stands, `lead` introduces a new one.
    """

    kind: Kind | None
    section: str
    region: str
    title: str
    link: str
    facts: tuple[str, ...]
    lead: str
    news: str
    due: str
    sources: tuple[str, ...]

    @property
    def label(self) -> str:
        """What has happened, where it is not simply new."""
        return "提醒" if self.kind is None else "" if self.kind is Kind.NEW else LABELS[self.kind]


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
    is_alert: bool

    @property
    def subject(self) -> str:
        """One line that says how much there is and what comes first."""
        if not self.items:
            return f"{self.heading} {self.counts}"
        more = " 等" if len(self.items) > 1 else ""
        return f"{self.heading} {len(self.items)} 条：{self.items[0].title[:40]}{more}"

    @property
    def heading(self) -> str:
        """What stands on top of every message."""
        return f"{self.mark}【快讯】{'速报 ' if self.is_alert else ''}{self.day}"


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
    reminders: Sequence[Reminder] = (),
    sources: Mapping[str, Source],
    troubles: Sequence[UnreadSource],
    now: datetime,
    link: str,
    mark: str,
) -> Contents:
    """Fold the changes of each notice, put them in order, find the words.

    A notice with changes to tell is not reminded of beside them: its deadline stands there.
    """
    stories = _in_order([_fold(group) for group in _by_notice(changes)], digest, sources, now)
    told = {story.last.notice_id for story in stories}
    left = [reminder for reminder in reminders if reminder.last.notice_id not in told]
    left.sort(key=lambda reminder: (moment(reminder.deadline), reminder.last.notice_id))
    today = now.astimezone(SHANGHAI)
    return Contents(
        name=digest.title,
        day=f"{today.month}月{today.day}日",
        counts=_counts(len(left), stories) or _nothing(sources, troubles),
        items=(
            *(_reminding(reminder, sources, now) for reminder in left),
            *(_item(story, sources, now) for story in stories),
        ),
        troubles=tuple(troubles),
        link=safe_link(link),
        mark=mark,
        is_alert=digest.is_alert,
    )


def _by_notice(changes: Iterable[ChangeRecord]) -> list[list[ChangeRecord]]:
    groups: dict[int, list[ChangeRecord]] = {}
    for change in sorted(changes, key=lambda change: (change.at, change.id)):
        groups.setdefault(change.notice_id, []).append(change)
    return list(groups.values())


def _fold(group: Sequence[ChangeRecord]) -> _Story:
    last, kinds = group[-1], {change.kind for change in group}
    kind = last.kind
    if kind is not Kind.WITHDRAWN:
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


def _in_order(
    stories: Sequence[_Story], digest: Digest, sources: Mapping[str, Source], now: datetime
) -> list[_Story]:
    regions = {FIRST_REGION: 0} | {
        source.region: place
        for place, source in enumerate(sources.values(), 1)
        if source.region != FIRST_REGION
    }
    sections = {section: place for place, section in enumerate(digest.sections)}

    def place(story: _Story) -> tuple[int, int, tuple[int, tuple[date, str], int, int]]:
        change = story.last
        region = regions.get(_region(change, sources), len(sources) + 1)
        return sections.get(change.section, len(sections)), region, _importance(story, now)

    return sorted(stories, key=place)


def _importance(story: _Story, now: datetime) -> tuple[int, tuple[date, str], int, int]:
    notice = story.last.notice
    ahead = open_deadlines(notice.deadlines, now)
    soonest = moment(ahead[0]) if ahead else _NEVER
    weight = _Weight.HAS_A_DEADLINE if ahead else _Weight.OTHER
    if story.kind in (Kind.DEADLINE_MOVED, Kind.WITHDRAWN):
        weight = _Weight.OVERTURNS
    return weight, soonest, -(notice.published_on or date.min).toordinal(), story.last.notice_id


def _counts(reminders: int, stories: Sequence[_Story]) -> str:
    kinds = [story.kind for story in stories]
    said = [f"{label} {kinds.count(kind)}" for kind, label in LABELS.items() if kind in kinds]
    return " · ".join([f"提醒 {reminders}", *said] if reminders else said)


def _nothing(sources: Mapping[str, Source], troubles: Sequence[UnreadSource]) -> str:
    well = sum(source.enabled for source in sources.values()) - len(troubles)
    return f"今日无新变更，{well} 个信息源正常"


def _item(story: _Story, sources: Mapping[str, Source], now: datetime) -> Item:
    change, notice = story.last, story.last.notice
    return Item(
        kind=story.kind,
        section=change.section,
        region=_region(change, sources),
        title=mask(notice.title) or "（无标题）",
        link=safe_link(notice.url),
        facts=_facts(notice),
        lead="" if story.news else mask(lead(notice)),
        news=story.news,
        due="" if story.kind is Kind.WITHDRAWN else due(notice.deadlines, now),
        sources=_standing(change, sources),
    )


def _reminding(reminder: Reminder, sources: Mapping[str, Source], now: datetime) -> Item:
    change, notice = reminder.last, reminder.last.notice
    return Item(
        kind=None,
        section=REMINDERS,
        region="",
        title=mask(notice.title) or "（无标题）",
        link=safe_link(notice.url),
        facts=(*_facts(notice), change.section),
        lead="",
        news=_ahead(reminder.deadline, reminder.days),
        due=due((reminder.deadline,), now),
        sources=_standing(change, sources),
    )


def _ahead(deadline: Deadline, days: int) -> str:
    what = mask(deadline.what)
    left = f"还剩 {days} 个工作日" if days else "已无剩余工作日"
    return f"{what}：{left}" if what and what != deadline.kind else left


def _standing(change: ChangeRecord, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The names of all places where the notice stands, where it was seen first of all."""
    ids = dict.fromkeys((change.source_id, *change.sources))
    return tuple(sources[each].name if each in sources else each for each in ids)


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
