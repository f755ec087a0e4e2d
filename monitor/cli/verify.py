"""`kuaixun sources verify`: all sources tried politely, and what is not as expected."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say
from monitor.cli.progress import Progress
from monitor.reasons import in_chinese

if TYPE_CHECKING:
    from monitor.jobs.verify import Verified
    from monitor.model import Notice, Source
    from monitor.settings import Settings

Json = dict[str, object]


@click.command()
@click.argument("ids", nargs=-1, metavar="[信息源…]")
@click.option("--all", "everything", is_flag=True, help="停用的也试")
@json_option
@click.pass_obj
def verify(context: Context, ids: tuple[str, ...], *, everything: bool, as_json: bool) -> int:
    """礼貌地逐一试读信息源（默认全部启用的），报告与预期不符之处，不入库。"""
    from monitor.cli.check import chosen

    settings = context.settings()
    wanted = settings.sources if everything and not ids else chosen(settings, ids)
    verified = asyncio.run(_verify(context, settings, wanted))
    if as_json:
        emit({"sources": [verified_json(one) for one in verified]})
    else:
        _report(verified)
    return 3 if any(one.status.is_trouble for one in verified) else 0


def verified_json(verified: Verified) -> Json:
    """What a source gave, and what is not as expected."""
    return {
        "id": verified.id,
        "status": verified.status.value,
        "family": verified.family,
        "items": verified.items,
        "newest": verified.newest.isoformat() if verified.newest else None,
        "notice": _notice_json(verified.notice) if verified.notice else None,
        "complaints": list(verified.complaints),
        "error": verified.error or None,
    }


def _notice_json(notice: Notice) -> Json:
    return {
        "url": notice.url,
        "title": notice.title,
        "published_on": notice.published_on.isoformat() if notice.published_on else None,
        "body_length": len(notice.body),
        "attachments": len(notice.attachments),
    }


async def _verify(context: Context, settings: Settings, sources: Sequence[Source]) -> tuple[Verified, ...]:
    from monitor.app import open_app
    from monitor.jobs.verify import verify_all

    async with open_app(settings, context.now, telling=False) as app:
        progress = Progress(len(sources))
        verified = await verify_all(sources, app.rooms, done=lambda one: progress.step(one.id))
        progress.end()
        return verified


def _report(verified: Sequence[Verified]) -> None:
    from monitor.cli.tables import plain, table

    if not verified:
        say("没有启用的信息源，见 sources.yaml。")
        return
    say(table(("信息源", "状态", "建站系统", "条目", "最新", "试读的通知"), [_row(one) for one in verified]))
    odd = [one for one in verified if one.complaints or one.error]
    for one in odd:
        for said in (in_chinese(one.error), *one.complaints):
            if said:
                say(plain(f"{one.id}：{said}"))
    failed = sum(one.status.is_trouble for one in verified)
    say(f"\n{len(verified)} 个信息源：{failed} 个未能读取，{len(odd) - failed} 个与预期不符。")


def _row(verified: Verified) -> tuple[str, ...]:
    from monitor.words import STATUSES

    notice = verified.notice
    return (
        verified.id,
        STATUSES[verified.status],
        verified.family or "—",
        str(verified.items or "—"),
        str(verified.newest or "—"),
        f"正文 {len(notice.body)} 字：{notice.title[:30]}" if notice else "—",
    )
