"""`kuaixun db` and `kuaixun doctor`: operations."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.settings import Settings


@click.group()
def db() -> None:
    """数据库：升级、备份、恢复、统计。"""


@db.command()
@click.pass_obj
def upgrade(context: Context) -> None:
    """把数据库结构升级到本版本（启动时也会自动进行）。"""
    with context.store(context.settings()):
        say("数据库结构是最新的。")


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(context: Context, file: Path) -> None:
    """备份数据库到一个文件（服务运行中也可以）。"""
    with context.store(context.settings()) as store:
        store.backup(file)
    say(f"已备份到 {file}")


@db.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def restore(context: Context, file: Path) -> None:
    """用备份替换数据库（先停止服务）。"""
    with context.store(context.settings()) as store:
        store.restore(file)
    say(f"已从 {file} 恢复")


@db.command()
@json_option
@click.pass_obj
def stats(context: Context, *, as_json: bool) -> None:
    """各表的行数和占用的空间。"""
    with context.store(context.settings()) as store:
        found = store.stats()
    if as_json:
        emit(dict(found))
        return
    for name, number in found:
        say(f"{name:<20} {number:>12,}")


def _workdays(settings: Settings, now: datetime) -> tuple[bool, str]:
    """Whether it is known which days are worked: today, and a month from now."""
    from monitor.dates import local_date

    today = local_date(now)
    soon = today + timedelta(days=30)
    for day in (today, soon):
        if settings.calendar.workday(day).assumed:
            advice = "按周一至周五计；放假安排公布后请升级，或写入 sources.yaml 的 calendar"
            return day is soon, f"工作日：{day.year} 年的放假安排尚不知道，{advice}"
    return True, f"工作日：{soon} 以前的放假安排已知"


@click.command()
@json_option
@click.pass_obj
def doctor(context: Context, *, as_json: bool) -> int:
    """检查安装：配置、存储、渠道、心跳、信息源，逐项说明怎么办。"""
    from monitor.conditions import WORDS
    from monitor.decide.health import beats
    from monitor.jobs.watch import watch

    settings = context.settings()
    findings: list[tuple[bool, str]] = [
        (sys.version_info >= (3, 11), f"Python {sys.version.split()[0]}（需要 3.11 以上）"),
        (True, f"配置 {context.places.config}：{len(settings.enabled)} 个信息源启用"),
        (
            bool(settings.limits.contact),
            "fetch.contact：" + (settings.limits.contact or "未设置，请填写联系邮箱"),
        ),
    ]
    unset = [channel.name for channel in settings.channels if not channel.url]
    findings.append(
        (not unset, f"渠道未设置：{'、'.join(unset)}，摘要写入存储文件夹" if unset else "渠道已全部设置")
    )
    findings.append(_workdays(settings, context.now()))
    with context.store(settings) as store:
        beat = store.sources.last_beat()
        watched = asyncio.run(watch(settings.enabled, store, context.now(), works=settings.calendar.works))
    if beat is not None:
        age = int((context.now() - beat).total_seconds())
        stuck = "" if beats(beat, context.now()) else "，服务没有在运行或已停住，请查看日志并重启"
        findings.append((not stuck, f"服务心跳：{age} 秒前{stuck}"))
    else:
        findings.append((True, "服务还没有运行过（kuaixun run）"))
    findings += [
        (each.is_acknowledged, f"{each.source.id}：{WORDS[each.health.condition]}，{each.health.reason}")
        for each in watched
        if each.health.condition.is_trouble
    ]
    if as_json:
        emit({"findings": [{"ok": ok, "text": text} for ok, text in findings]})
    else:
        for ok, text in findings:
            say(f"{'✓' if ok else '✗'} {text}")
    return 0 if all(ok for ok, _ in findings) else 3
