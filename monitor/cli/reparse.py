"""`kuaixun reparse`: today's reader over the pages that are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say
from monitor.cli.progress import Progress

if TYPE_CHECKING:
    from monitor.decide.correction import Difference, Gains
    from monitor.jobs.reparse import Reread
    from monitor.model import Source
    from monitor.settings import Settings

MOST_LISTED = 50  # on a terminal; JSON has them all
LONGEST = 24  # characters of a value in an example
SECTION = "section"


@dataclass(slots=True, kw_only=True)
class Summary:
    """What came of the notices so far. `last` is the id of the last one that is dealt with."""

    read: int = 0
    corrected: int = 0
    refiled: int = 0
    pageless: int = 0
    last: int = 0
    unreadable: list[Reread] = field(default_factory=list)
    fields: dict[str, Gains] = field(default_factory=dict)

    def add(self, said: Reread) -> None:
        """One more notice."""
        self.last = said.notice_id
        self.read += said.is_read
        self.corrected += bool(said.differences)
        self.refiled += said.filed is not None
        self.pageless += not said.is_read and not said.trouble
        if said.trouble:
            self.unreadable.append(said)
        for difference in (*said.differences, *_refiled(said)):
            self._gains(difference.name).count(said.notice_id, difference)

    def _gains(self, name: str) -> Gains:
        from monitor.decide.correction import Gains

        return self.fields.setdefault(name, Gains())


def _refiled(said: Reread) -> Sequence[Difference]:
    from monitor.decide.correction import Difference

    return [Difference(name=SECTION, before=said.filed[0], now=said.filed[1])] if said.filed else []


@click.command()
@click.argument("ids", nargs=-1, metavar="[信息源…]")
@click.option("--dry-run", is_flag=True, help="只报告会更正什么，不写入")
@click.option("--after", type=click.IntRange(0), default=0, metavar="通知编号", help="从这一条之后继续")
@json_option
@click.pass_obj
def reparse(context: Context, ids: tuple[str, ...], *, dry_run: bool, after: int, as_json: bool) -> int:
    """用现在的解析程序重读存档的原页（默认全部信息源）；读得更好的算更正，不算变更，不通知任何人。"""
    settings = context.settings()
    sources = _sources(settings, ids)
    summary = Summary()
    try:
        asyncio.run(_reparse(context, settings, sources, summary, after=after, dry_run=dry_run))
    except KeyboardInterrupt:
        click.echo(
            f"已中断，前面的{'已报告' if dry_run else '已写入'}；继续：--after {summary.last or after}",
            err=True,
        )
        raise
    _json(summary, dry_run=dry_run) if as_json else _report(summary, dry_run=dry_run)
    return 3 if summary.unreadable else 0


def _sources(settings: Settings, ids: Sequence[str]) -> Mapping[str, Source]:
    """The named sources, or every one, also those that are not polled any more."""
    from monitor.cli.check import chosen
    from monitor.decide.owner import IMPORT

    if ids:
        configured = [id_ for id_ in ids if id_ != IMPORT.id]
        named = (
            *(chosen(settings, configured) if configured else ()),
            *([IMPORT] if IMPORT.id in ids else ()),
        )
    else:
        named = (*settings.sources, IMPORT)
    return {source.id: source for source in named}


async def _reparse(
    context: Context,
    settings: Settings,
    sources: Mapping[str, Source],
    summary: Summary,
    *,
    after: int,
    dry_run: bool,
) -> None:
    from monitor.jobs.learn import learnt_now
    from monitor.jobs.reparse import reparse as reread_all
    from monitor.jobs.rooms import Study
    from monitor.reader import Reader

    with context.store(settings) as store:
        progress = Progress(store.notices.counts().notices)
        async with Reader() as reader:
            study = Study(
                reader=reader,
                store=store,
                sections=settings.sections,
                learnt=learnt_now(store, settings.sections),
                bodies=settings.bodies,
                now=context.now,
            )
            done = _both(summary, progress)
            await reread_all(sources, study, after=after, dry_run=dry_run, done=done)
        progress.end()


def _both(summary: Summary, progress: Progress) -> Callable[[Reread], None]:
    def done(said: Reread) -> None:
        summary.add(said)
        progress.step(f"#{said.notice_id}")

    return done


def _json(summary: Summary, *, dry_run: bool) -> None:
    emit(
        {
            "dry_run": dry_run,
            "read": summary.read,
            "corrected": summary.corrected,
            "refiled": summary.refiled,
            "without_page": summary.pageless,
            "unreadable": [
                {"notice": one.notice_id, "source": one.source_id, "title": one.title, "reason": one.trouble}
                for one in summary.unreadable
            ],
            "fields": {name: _gains_json(gains) for name, gains in summary.fields.items()},
        }
    )


def _gains_json(gains: Gains) -> dict[str, object]:
    examples = [
        {"notice": notice_id, "before": one.before, "now": one.now} for notice_id, one in gains.examples
    ]
    return {**{turn.value: count for turn, count in gains.counts.items()}, "examples": examples}


def _report(summary: Summary, *, dry_run: bool) -> None:
    from monitor.cli.tables import table

    would = "可更正" if dry_run else "更正"
    say(f"重读 {summary.read} 条通知的原页：{would} {summary.corrected} 条，改判栏目 {summary.refiled} 条。")
    if summary.fields:
        rows = [row for name, gains in summary.fields.items() for row in _rows(name, gains)]
        say(table(("字段", "补上", "丢失", "改动", "例"), rows))
    if summary.pageless:
        say(f"{summary.pageless} 条没有存档的原页（由列表得知、粘贴的文字，或旧版本程序所读），保持原样。")
    _list_unreadable(summary)
    if dry_run:
        say("试算，没有写入。")


def _rows(name: str, gains: Gains) -> list[tuple[str, ...]]:
    from monitor.words import FIELDS

    counts = [str(count or "") for count in gains.counts.values()]
    said = [f"#{notice_id} {_value(one.before)} → {_value(one.now)}" for notice_id, one in gains.examples]
    first = (FIELDS.get(name, "栏目"), *counts, said[0])
    return [first, *(("", "", "", "", example) for example in said[1:])]


def _value(text: str) -> str:
    return (text if len(text) <= LONGEST else f"{text[:LONGEST]}…") or "无"


def _list_unreadable(summary: Summary) -> None:
    from monitor.cli.tables import plain
    from monitor.reasons import in_chinese

    if not summary.unreadable:
        return
    say(f"{len(summary.unreadable)} 条的原页读不出来，保留原有内容：")
    for one in summary.unreadable[:MOST_LISTED]:
        say(plain(f"  #{one.notice_id} [{one.source_id}] {one.title}：{in_chinese(one.trouble)}"))
    if len(summary.unreadable) > MOST_LISTED:
        say("  …… 全部见 --json")
