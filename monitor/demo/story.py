"""What the demo prints: the days as they pass, the table at the end, and where things are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from monitor.dates import SHANGHAI
from monitor.demo import MARK
from monitor.demo.columns import COLUMNS
from monitor.demo.columns import column as column_of
from monitor.demo.outcome import found
from monitor.demo.truth import EXPECTED, Expected
from monitor.jobs.rooms import Checked
from monitor.model import ChangeRecord
from monitor.words import KINDS


class Story:
    """Writes Chinese lines to a stream, for a person who sees the program for the first time."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def begins(self) -> None:
        """Who plays, and that it is a play."""
        self._say(f"快讯演示{MARK}")
        sites = len({column.site for column in COLUMNS})
        self._say(
            f"本机模拟 {sites} 个网站的 {len(COLUMNS)} 个栏目，回放 2019 年 8 月 19 日至 9 月 6 日；不联网。"
        )
        self._say()

    def polled(
        self, at: datetime, checked: Sequence[Checked], changes: Sequence[ChangeRecord], old: int
    ) -> None:
        """One poll of all columns: nothing is said where nothing happened. `old` rows are the baseline."""
        if old:
            self._say(f"{_moment(at)}  首次轮询：{old} 条旧条目记为基线，不打扰任何人")
        for trouble in (one for one in checked if one.status.is_trouble):
            self._say(f"{_moment(at)}  异常  {column_of(trouble.id).name}：{trouble.error}")
        for change in changes:
            self._say(f"{_moment(at)}  {KINDS[change.kind]}  [{change.section}] {change.notice.title}")
            if change.summary:
                self._say(f"{' ' * 20}{change.summary}")

    def told(self, at: datetime, count: int, sent: int) -> None:
        """One digest of the morning, if it had something to tell."""
        if count:
            self._say(f"{_moment(at)}  摘要  {count} 条变更，已送达 {sent} 件")

    def table(self, changes: Sequence[ChangeRecord]) -> None:
        """The twelve: section, when found, source, title."""
        self._say()
        rows = [_table_row(expected, found(changes, expected)) for expected in EXPECTED]
        for line in _aligned([("", "栏目", "发现于", "来源", "标题"), *rows]):
            self._say(line)
        self._say()

    def verdict(self, differences: Sequence[str], *, old: int, visits: int) -> None:
        """Whether it came out as it must."""
        for difference in differences:
            self._say(f"✗ {difference}")
        if not differences:
            self._say("✓ 十二条全部找到，栏目、文号、截止时间与创刊号一致；其中 1 条后来被网站改动，报为修订")
            self._say("✓ 1 条旧条目已不在列表上，网页仍在：不报撤回")
            self._say(f"✓ 网站应答 {visits} 次，计数、时间戳、置顶顺序等噪声次次不同；{old} 条旧条目无一误报")
        self._say()

    def places(self, folder: Path, *, bulletins: Iterable[Path], mails: int, messages: int) -> None:
        """Where everything is, and how to look further."""
        for path in bulletins:
            self._say(f"快讯      {path}")
        self._say(f"邮件摘要  {folder / 'outbox'}（{mails} 封 .eml，旁边的 .html 和 .md 便于阅读）")
        self._say(f"企业微信  {folder / 'wecom'}（{messages} 条，群机器人收到的原文）")
        self._say(f"继续查看  kuaixun --storage {folder} --config {folder / 'sources.yaml'} changes")

    def stays(self, port: int) -> None:
        """The web is up."""
        self._say(f"网页      http://127.0.0.1:{port}/  （Ctrl-C 结束）")

    def _say(self, line: str = "") -> None:
        self._out.write(line + "\n")
        self._out.flush()


def _table_row(expected: Expected, change: ChangeRecord | None) -> tuple[str, ...]:
    source = column_of(expected.source).name
    if change is None:
        return str(expected.n), "—", "未找到", source, expected.title
    return str(expected.n), change.section, _moment(change.at), source, change.notice.title


def _moment(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{local.month}月{local.day:>2}日 {local:%H:%M}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Columns side by side; a Chinese character is two wide."""
    widths = [max(map(_width, cells)) for cells in zip(*rows, strict=True)]
    return ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)
