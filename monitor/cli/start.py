"""`kuaixun init`, `run`, `demo`: beginning, serving, showing."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import click

from monitor.cli.context import Context, say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
def init(folder: Path) -> None:
    """在文件夹中写一份带注释的 sources.yaml 和 storage/，从不覆盖。"""
    from monitor.app.start import write_start

    for path, written in write_start(folder):
        say(f"{'写入' if written else '已有，未动'} {path}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--no-web", is_flag=True, help="不开网页，只轮询和投递")
@click.pass_obj
def run(context: Context, *, host: str, port: int, no_web: bool) -> None:
    """运行服务：计划、轮询、摘要、投递、网页，直到 SIGTERM。"""
    from monitor.app.serve import listen, serve

    if not context.verbose:
        logging.getLogger("monitor").setLevel(logging.INFO)
    settings = context.settings()
    listener = None if no_web else listen(host, port)
    asyncio.run(serve(settings, context.now, host=host, listener=listener))


@click.command()
@click.option("--port", default=8019, show_default=True, type=click.IntRange(0, 65535))
@click.option("--once", is_flag=True, help="写出摘要和快讯后结束")
@click.option("--storage", type=click.Path(path_type=Path), help="保留在这个文件夹（空的，或演示自己的）")
@click.pass_context
def demo(ctx: click.Context, *, port: int, once: bool, storage: Path | None) -> int:
    """在本机模拟的网站上回放 2019 年 9 月（演示文本，不联网）。"""
    from monitor.demo import run_demo

    return run_demo(storage or ctx.find_root().params.get("storage"), port=port, once=once)
