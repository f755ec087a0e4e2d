"""`kuaixun digest` and `kuaixun channels`: what people are told, and whether it reaches them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.jobs.deliver import Delivered
    from monitor.model import Digest, Piece
    from monitor.settings import Settings


@click.group()
def digest() -> None:
    """摘要：预览、发送。"""


@digest.command()
@click.argument("names", nargs=-1, metavar="[摘要…]")
@json_option
@click.pass_obj
def preview(context: Context, names: tuple[str, ...], *, as_json: bool) -> None:
    """生成但不发送，也不记为已告知。"""
    settings = context.settings()
    pieces = asyncio.run(_preview(context, settings, _chosen(settings, names)))
    if as_json:
        emit({"pieces": [_piece_json(piece) for piece in pieces]})
        return
    for piece in pieces:
        say(f"—— {piece.channel} {piece.recipient} {piece.number}/{piece.of} {piece.subject}\n{piece.text}\n")
    if not pieces:
        say("没有未告知的变更。")


@digest.command()
@click.argument("names", nargs=-1, metavar="[摘要…]")
@json_option
@click.pass_obj
def send(context: Context, names: tuple[str, ...], *, as_json: bool) -> int:
    """生成并发送尚未告知的变更。"""
    settings = context.settings()
    done = asyncio.run(_send(context, settings, _chosen(settings, names)))
    if as_json:
        emit({"sent": done.sent, "again": done.again, "dead": done.dead})
    else:
        say(f"已送达 {done.sent} 件，稍后重试 {done.again} 件，投递失败 {done.dead} 件。")
    return 3 if done.again or done.dead else 0


@click.group()
def channels() -> None:
    """渠道：发送一条测试消息。"""


@channels.command()
@click.argument("name", metavar="渠道")
@click.pass_obj
def test(context: Context, name: str) -> int:
    """发送一条真实的测试消息，显示服务方的回答。"""
    from monitor.errors import DeliveryError

    settings = context.settings()
    if name not in {channel.name for channel in settings.channels}:
        raise click.UsageError(f"no channel is called {name!r}")
    try:
        answers = asyncio.run(_test(context, settings, name))
    except DeliveryError as error:
        say(f"{name}：未送达：{error.answer}")
        return 3
    for answer in answers:
        say(f"{name}：已送达：{answer}")
    return 0


def _chosen(settings: Settings, names: Sequence[str]) -> tuple[Digest, ...]:
    by_name = {digest.name: digest for digest in settings.digests}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise click.UsageError(f"no digest is called {', '.join(unknown)}")
    return tuple(by_name[name] for name in names) if names else settings.digests


async def _preview(context: Context, settings: Settings, digests: Sequence[Digest]) -> list[Piece]:
    from monitor.app import open_app, preview_digest

    pieces: list[Piece] = []
    async with open_app(settings, context.now, telling=True) as app:
        for wanted in digests:
            pieces.extend((await preview_digest(app, wanted)).pieces)
    return pieces


async def _send(context: Context, settings: Settings, digests: Sequence[Digest]) -> Delivered:
    from monitor.app import open_app, send_digests

    async with open_app(settings, context.now, telling=True) as app:
        return await send_digests(app, digests)


async def _test(context: Context, settings: Settings, name: str) -> list[str]:
    from monitor.app import open_app, test_channel

    async with open_app(settings, context.now, telling=True) as app:
        return await test_channel(app, name)


def _piece_json(piece: Piece) -> dict[str, object]:
    return {
        "channel": piece.channel,
        "recipient": piece.recipient,
        "piece": f"{piece.number}/{piece.of}",
        "subject": piece.subject,
        "text": piece.text,
        "bytes": len(piece.text.encode()),
    }
