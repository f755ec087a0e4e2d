"""`kuaixun check`: poll sources once, now."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say
from monitor.cli.progress import Progress

if TYPE_CHECKING:
    from monitor.jobs.rooms import Checked, Wish
    from monitor.model import ChangeRecord, Source
    from monitor.settings import Settings


class Day(click.ParamType[date]):
    """A calendar day, YYYY-MM-DD."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Or a usage error."""
        from monitor.cli.clock import YEARS

        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
            if day.year not in YEARS:
                raise ValueError(f"a year from {YEARS[0]} to {YEARS[-1]}")
            return day
        except ValueError:
            self.fail(f"{value!r} is no day such as 2019-09-01", param, ctx)


@click.command()
@click.argument("ids", nargs=-1, metavar="[信息源…]")
@click.option("--send", is_flag=True, help="随后生成并发送到期的摘要")
@click.option("--reread", is_flag=True, help="重读每一条仍在关注期内的通知")
@click.option("--backfill-since", type=Day(), metavar="日期", help="向后翻页读到这一天，作为基线记录")
@json_option
@click.pass_obj
def check(
    context: Context,
    ids: tuple[str, ...],
    *,
    send: bool,
    reread: bool,
    backfill_since: date | None,
    as_json: bool,
) -> int:
    """立即轮询一次（默认全部启用的信息源），记录变更，不发送。"""
    from monitor.jobs.rooms import Wish

    settings = context.settings()
    sources = chosen(settings, ids)
    wish = Wish(reread=reread, backfill_since=backfill_since)
    done = asyncio.run(_check(context, settings, sources, wish, send=send))
    checked, changes = done.checked, done.changes
    if as_json:
        from monitor.cli.shapes import change_json, checked_json

        emit({"sources": [checked_json(c) for c in checked], "changes": [change_json(c) for c in changes]})
    else:
        _report(checked, changes, settings)
    troubled = {one.id for one in checked if one.status.is_trouble} - done.acknowledged
    return 3 if done.undelivered or troubled else 0


def chosen(settings: Settings, ids: Sequence[str]) -> tuple[Source, ...]:
    """The named sources, or all enabled ones. A name that is not configured is an error of usage."""
    by_id = {source.id: source for source in settings.sources}
    unknown = [id_ for id_ in ids if id_ not in by_id]
    if unknown:
        raise click.UsageError(f"no source is called {', '.join(unknown)}; see `kuaixun sources list`")
    return tuple(by_id[id_] for id_ in dict.fromkeys(ids)) if ids else settings.enabled


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What came of a check. `acknowledged` are sources whose trouble a person knows of."""

    checked: tuple[Checked, ...]
    changes: tuple[ChangeRecord, ...]
    undelivered: int
    acknowledged: set[str]


async def _check(
    context: Context, settings: Settings, sources: Sequence[Source], wish: Wish, *, send: bool
) -> _Done:
    from monitor.app import call_operators, open_app, send_digests
    from monitor.jobs.check import check_all
    from monitor.store import ChangeFilter

    async with open_app(settings, context.now, telling=send) as app:
        last = app.store.notices.last_change()
        progress = Progress(len(sources))
        checked = await check_all(sources, app.rooms, wish, done=lambda one: progress.step(one.id))
        progress.end()
        undelivered = 0
        if send:
            await call_operators(app)
            done = await send_digests(app, (*settings.digests, *settings.alerts))
            undelivered = done.again + done.dead
        alarms = app.store.alarms.open()
        return _Done(
            checked=checked,
            changes=app.store.notices.changes(ChangeFilter(after=last)),
            undelivered=undelivered,
            acknowledged={alarm.source_id for alarm in alarms if alarm.acknowledged_at},
        )


def _report(checked: Sequence[Checked], changes: Sequence[ChangeRecord], settings: Settings) -> None:
    from monitor.cli.tables import change_line, table
    from monitor.reasons import in_chinese
    from monitor.words import STATUSES

    names = {source.id: source.name for source in settings.sources}
    rows = [
        (
            c.id,
            STATUSES[c.status],
            str(c.items or ""),
            str(c.new or ""),
            in_chinese(c.error) or names.get(c.id, ""),
        )
        for c in checked
    ]
    say(table(("信息源", "状态", "条目", "新", "说明"), rows))
    if changes:
        say(f"\n变更 {len(changes)} 条：")
        for record in changes:
            say(change_line(record))
    elif checked:
        say("\n没有变更。")
    if not checked:
        say("没有启用的信息源，见 sources.yaml。")


def at_midnight(day: date) -> datetime:
    """The first instant of a day in Beijing, in UTC."""
    from datetime import UTC, time

    from monitor.dates import SHANGHAI

    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
