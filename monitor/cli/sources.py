"""`kuaixun sources`: what is configured, how each is doing, one tried now, all tried, one worked out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say
from monitor.cli.health import ack, health
from monitor.cli.held import accept, held, reject
from monitor.cli.ignore import ignored
from monitor.cli.suggest import suggest
from monitor.cli.verify import verify

if TYPE_CHECKING:
    from monitor.jobs.trying import Tried


@click.group()
def sources() -> None:
    """信息源：列表、状态、试读、全部试读、生成配置。"""


sources.add_command(health)
sources.add_command(ack)
sources.add_command(held)
sources.add_command(accept)
sources.add_command(reject)
sources.add_command(ignored)
sources.add_command(verify)
sources.add_command(suggest)


@sources.command("list")
@json_option
@click.pass_obj
def list_(context: Context, *, as_json: bool) -> None:
    """列出已配置的信息源。"""
    from monitor.cli.shapes import source_json
    from monitor.cli.tables import table

    settings = context.settings()
    with context.store(settings) as store:
        states = store.sources.states()
    if as_json:
        emit({"sources": [source_json(source, states.get(source.id)) for source in settings.sources]})
        return
    rows = [
        (
            source.id,
            source.family or "自动识别",
            "启用" if source.enabled else "停用",
            source.region,
            source.name + (f"（{source.note}）" if source.note else ""),
        )
        for source in settings.sources
    ]
    say(table(("信息源", "建站系统", "状态", "地区", "名称"), rows))


@sources.command("try")
@click.argument("id_", metavar="信息源")
@json_option
@click.pass_obj
def try_(context: Context, id_: str, *, as_json: bool) -> int:
    """现在抓取并解析一个信息源（列表和第一条通知），不入库。"""
    from monitor.cli.check import chosen
    from monitor.cli.read import listing_json, notice_or_error
    from monitor.cli.tables import table

    settings = context.settings()
    source = chosen(settings, [id_])[0]
    tried = asyncio.run(_try(context, source.id))
    if as_json:
        emit(
            {
                "id": source.id,
                **listing_json(tried.family, tried.listing),
                "notice": notice_or_error(tried.notice, tried.notice_error),
            }
        )
        return 3 if tried.notice_error else 0
    say(f"{source.name}（{tried.family}）：{len(tried.listing.items)} 条")
    rows = [(str(item.published_on or "无日期"), item.title) for item in tried.listing.items[:10]]
    say(table(("日期", "标题"), rows))
    if tried.notice is None:
        say(f"\n第一条通知未能读取：{tried.notice_error}")
        return 3
    number = tried.notice.doc_number or "无"
    say(f"\n第一条通知：{tried.notice.title}\n文号 {number}，正文 {len(tried.notice.body)} 字")
    return 0


async def _try(context: Context, id_: str) -> Tried:
    from monitor.app import open_app
    from monitor.jobs.trying import try_source

    settings = context.settings()
    source = next(source for source in settings.sources if source.id == id_)
    async with open_app(settings, context.now, telling=False) as app:
        return await try_source(source, app.rooms)


@sources.command()
def schema() -> None:
    """sources.yaml 的 JSON Schema（供编辑器校验）。"""
    from monitor.settings.file import FileKeys

    emit(FileKeys.model_json_schema())
