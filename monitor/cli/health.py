"""`kuaixun sources health` and `ack`: how each source is doing, since when, what to do about it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.jobs.watch import Watched
    from monitor.model import Alarm
    from monitor.store import Store

DAYS = 30


@click.command()
@click.option("-q", "--quiet", is_flag=True, help="只列出有异常的信息源")
@json_option
@click.pass_obj
def health(context: Context, *, quiet: bool, as_json: bool) -> int:
    """每个信息源的状况：怎么了、自何时起、怎么办，以及近 30 天的新通知。

    有未确认的异常时退出码为 3，可供监控系统调用。每格一天：高低为新通知多少，× 为读不到，· 为没有。
    """
    from monitor.jobs.watch import watch

    settings = context.settings()
    with context.store(settings) as store:
        now = context.now()
        watched = asyncio.run(watch(settings.enabled, store, now, works=settings.calendar.works))
        lines = sparks(store, [each.source.id for each in watched], now)
    shown = [each for each in watched if each.health.condition.is_trouble or not quiet]
    if as_json:
        emit({"sources": [health_json(each, lines[each.source.id]) for each in shown]})
    else:
        _print(shown, lines)
    return 3 if any(each.counts for each in watched) else 0


@click.command()
@click.argument("id_", metavar="信息源")
@click.option("--why", default="", help="理由，如“网站在改版，十月恢复”")
@click.option("--who", default="", help="确认人（默认为当前登录用户）")
@json_option
@click.pass_obj
def ack(context: Context, id_: str, *, why: str, who: str, as_json: bool) -> None:
    """确认知道一个信息源的异常：不再提醒，也不再影响退出码，直到它恢复。"""
    import getpass

    from monitor.cli.check import chosen
    from monitor.cli.shapes import moment
    from monitor.errors import StoreError
    from monitor.jobs.watch import acknowledge

    settings = context.settings()
    (source,) = chosen(settings, [id_])
    with context.store(settings) as store:
        now = context.now()
        by = who or getpass.getuser()
        try:
            alarm = asyncio.run(
                acknowledge(
                    settings.enabled,
                    source.id,
                    store,
                    who=by,
                    why=why,
                    now=now,
                    works=settings.calendar.works,
                )
            )
        except StoreError as error:
            raise click.UsageError(str(error)) from error
    if as_json:
        emit({"source": alarm.source_id, "condition": alarm.condition.value, "since": moment(alarm.since)})
    else:
        say(f"已确认：{source.name}，恢复时会再告诉运维人员。")


def sparks(store: Store, ids: Sequence[str], now: datetime) -> Mapping[str, str]:
    """Thirty days of each source, a character a day, today last."""
    from monitor.dates import local_date
    from monitor.decide.health import spark

    today = local_date(now)
    days = [today - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1)]
    since = now - timedelta(days=DAYS)
    news = {id_: [local_date(at) for at in found] for id_, found in store.alarms.news(since).items()}
    troubles = _troubled_days(store, since, now)
    return {
        id_: spark([news.get(id_, []).count(day) for day in days], [(id_, day) in troubles for day in days])
        for id_ in ids
    }


def _troubled_days(store: Store, since: datetime, now: datetime) -> set[tuple[str, date]]:
    from monitor.dates import local_date

    found: set[tuple[str, date]] = set()
    for trouble in store.sources.troubles(since, now):
        day, last = local_date(max(trouble.since, since)), local_date(trouble.until or now)
        while day <= last:
            found.add((trouble.source_id, day))
            day += timedelta(days=1)
    return found


def health_json(watched: Watched, line: str) -> dict[str, object]:
    """A source as configured, its last check and its condition."""
    from monitor.cli.shapes import moment, source_json

    return {
        **source_json(watched.source, watched.state),
        "condition": watched.health.condition.value,
        "condition_since": moment(watched.since),
        "condition_reason": watched.health.reason,
        "advice": watched.health.advice,
        "told": moment(watched.alarm.told_at) if watched.alarm else None,
        "acknowledged": _acknowledged(watched.alarm),
        "usual_items": watched.state.usual,
        "last_30_days": line,
    }


def _acknowledged(alarm: Alarm | None) -> dict[str, object] | None:
    from monitor.cli.shapes import moment

    if alarm is None or alarm.acknowledged_at is None:
        return None
    return {"at": moment(alarm.acknowledged_at), "by": alarm.acknowledged_by, "why": alarm.why}


def _print(watched: Sequence[Watched], lines: Mapping[str, str]) -> None:
    from monitor.cli.tables import local, table
    from monitor.conditions import WORDS

    rows = [
        (
            each.source.id,
            WORDS[each.health.condition] + ("（已确认）" if each.is_acknowledged else ""),
            local(each.state.last_good_at),
            lines[each.source.id],
            each.source.name,
        )
        for each in watched
    ]
    if rows:
        say(table(("信息源", "状况", "最近一次读到", "近 30 天", "名称"), rows))
    troubled = [each for each in watched if each.health.condition.is_trouble]
    for each in troubled:
        say(f"\n{each.source.name}（{each.source.id}）：{WORDS[each.health.condition]}")
        for label, value in (
            ("自", local(each.since)),
            ("原因", each.health.reason),
            ("怎么办", each.health.advice),
            ("已确认", _words(each.alarm)),
            ("地址", each.source.url),
        ):
            if value:
                say(f"  {label}：{value}")
    if not troubled:
        say("\n信息源全部正常。")


def _words(alarm: Alarm | None) -> str:
    if alarm is None or alarm.acknowledged_at is None:
        return ""
    return f"{alarm.acknowledged_by} {alarm.why}".strip()
