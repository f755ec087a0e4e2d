"""The end of the demo against the truth: every difference as one Chinese line. Talks to nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.demo.truth import BULLETIN, EXPECTED, REVISED, Expected
from monitor.model import Bulletin, ChangeRecord, Kind


def differences(changes: Sequence[ChangeRecord], issue: Bulletin) -> tuple[str, ...]:
    """What is not as it must be, in a change log without its baseline and in the issue made of it."""
    return (*_of_changes(changes), *_of_issue(issue))


def found(changes: Sequence[ChangeRecord], expected: Expected) -> ChangeRecord | None:
    """The change that told a notice of the twelve as new."""
    return next((c for c in changes if c.kind is Kind.NEW and c.notice.url == expected.url), None)


def _of_changes(changes: Sequence[ChangeRecord]) -> Iterator[str]:
    for expected in EXPECTED:
        change = found(changes, expected)
        if change is None:
            yield f"没有找到第 {expected.n} 条：{expected.title}"
        else:
            yield from _of_notice(change, expected)
    wanted = sorted([(Kind.NEW, expected.url) for expected in EXPECTED] + [(Kind.REVISED, REVISED.url)])
    told = sorted((change.kind, change.notice.url) for change in changes)
    if told != wanted:
        yield from (f"多报：{kind} {url}" for kind, url in told if (kind, url) not in wanted)
        yield from (f"漏报：{kind} {url}" for kind, url in wanted if (kind, url) not in told)
        if len(told) > len(set(told)):
            yield "有变更报了不止一次"


def _of_notice(change: ChangeRecord, expected: Expected) -> Iterator[str]:
    notice = change.notice
    pairs = (
        ("标题", notice.title, expected.title),
        ("栏目", change.section, expected.section),
        ("文号", notice.doc_number, expected.doc_number),
        ("发文机关", notice.issuers, expected.issuers),
        ("成文日期", notice.signed_on, expected.signed_on),
        ("截止时间", tuple((d.date, d.time) for d in notice.deadlines), expected.deadlines),
    )
    for what, is_, should in pairs:
        if is_ != should:
            yield f"第 {expected.n} 条的{what}不对：{is_}，应为 {should}"


def _of_issue(issue: Bulletin) -> Iterator[str]:
    if issue.number != BULLETIN:
        yield f"期号不对：{issue.number}，应为 {BULLETIN}"
    printed = {(item.notice.url, section.name) for section in issue.sections for item in section.items}
    if printed != {(expected.url, expected.section) for expected in EXPECTED}:
        yield "快讯的内容与创刊号不同"
    if issue.unread_sources:
        yield "有信息源在本期内未能读取"
