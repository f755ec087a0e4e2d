"""The fields beside the body: which differ, and as lines 标题：旧 → 新."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from monitor.diff.known import FileChanges, deadline_changes, file_changes
from monitor.diff.values import FieldChange
from monitor.model import Attachment, Deadline, Notice
from monitor.text import fold

NOTHING = "无"
SCALARS = {
    "title": "标题",
    "doc_number": "发文字号",
    "issuers": "发文机关",
    "signed_on": "成文日期",
    "effective_on": "施行日期",
}


def scalar(notice: Notice, name: str) -> str:
    """One of `SCALARS` as people read it, "" where it is unknown."""
    value: str | date | tuple[str, ...] | None = attrgetter(name)(notice)
    return "、".join(value) if isinstance(value, tuple) else str(value or "")


def changed_scalars(before: Notice, now: Notice) -> tuple[str, ...]:
    """The names of `SCALARS` that say something else now."""
    return tuple(name for name in SCALARS if fold(scalar(before, name)) != fold(scalar(now, name)))


def field_changes(before: Notice, now: Notice) -> tuple[FieldChange, ...]:
    """Everything that differs beside the body, in the order in which readers ask for it."""
    return (
        *_scalar_lines(before, now),
        *_deadline_lines(before, now),
        *_file_lines(file_changes(before.attachments, now.attachments)),
    )


def day(value: date, *, with_year: bool) -> str:
    """10月15日, or 2019年10月15日."""
    year = f"{value.year}年" if with_year else ""
    return f"{year}{value.month}月{value.day}日"


def days(dues: Sequence[Deadline], *, with_year: bool) -> str:
    """10月15日、10月20日 18:00."""
    return "、".join(
        day(due.date, with_year=with_year) + (f" {due.time}" if due.time else "") for due in dues
    )


def _scalar_lines(before: Notice, now: Notice) -> Iterator[FieldChange]:
    for name in changed_scalars(before, now):
        yield FieldChange(SCALARS[name], scalar(before, name) or NOTHING, scalar(now, name) or NOTHING)


def _deadline_lines(before: Notice, now: Notice) -> Iterator[FieldChange]:
    changes = deadline_changes(before, now)
    gone, come = days(changes.gone, with_year=True), days(changes.come, with_year=True)
    if gone and come:
        yield FieldChange("截止时间", gone, come)
    elif gone or come:
        yield FieldChange("删去截止时间" if gone else "新增截止时间", gone, come)


def _file_lines(changes: FileChanges) -> Iterator[FieldChange]:
    for old, new in changes.replaced:
        if fold(old.name) == fold(new.name):
            yield FieldChange("替换附件", _name(new), _name(new))
        else:
            yield FieldChange("附件改名", _name(old), _name(new))
    for file in changes.gone:
        yield FieldChange("删去附件", _name(file), "")
    for file in changes.come:
        yield FieldChange("新增附件", "", _name(file))


def _name(file: Attachment) -> str:
    return file.name or file.url
