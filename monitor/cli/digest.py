"""`kuaixun digest` and `kuaixun channels`: what people are told, and whether it reaches them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.errors import DeliveryError
    from monitor.jobs.deliver import Delivered
    from monitor.jobs.reconcile import Missed
    from monitor.model import Digest, Piece
    from monitor.settings import Settings


@click.group()
def digest() -> None:
    """摘要：预览、发送。"""


@digest.command()
@click.argument("names", nargs=-1, metavar="[摘要…]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件.html",
    help="另写成网页，可用浏览器查看（只限一个摘要）",
)
@json_option
@click.pass_obj
def preview(context: Context, names: tuple[str, ...], *, output: Path | None, as_json: bool) -> None:
    """生成但不发送，也不记为已告知。速报写作 alert:名称。"""
    settings = context.settings()
    chosen = _chosen(settings, names)
    if output is not None and len(chosen) != 1:
        raise click.UsageError("-o writes one digest: name one")
    pieces = asyncio.run(_preview(context, settings, chosen))
    if output is not None:
        _write(output, pieces)
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


@digest.command()
@json_option
@click.pass_obj
def reconcile(context: Context, *, as_json: bool) -> int:
    """列出两个月来无人收到的变更及原因；不发送。"""
    from monitor.jobs.reconcile import WORDS

    found = asyncio.run(_missed(context, context.settings()))
    if as_json:
        emit({"missed": [_missed_json(each) for each in found]})
    else:
        for each in found:
            answer = f"（{each.answer}）" if each.answer else ""
            say(f"{each.change.notice.title}\n  {WORDS[each.why]}{answer}\n  {each.change.notice.url}")
        say(f"{len(found)} 项变更无人收到。" if found else "没有无人收到的变更。")
    return 3 if found else 0


@click.group()
def channels() -> None:
    """渠道：发送一条测试消息。"""


@channels.command()
@click.argument("name", metavar="渠道")
@click.pass_obj
def test(context: Context, name: str) -> int:
    """给渠道的每个收件人发送一条真实的测试消息，显示服务方的回答。"""
    from monitor.errors import DeliveryError

    settings = context.settings()
    if name not in {channel.name for channel in settings.channels}:
        raise click.UsageError(f"no channel is called {name!r}")
    answers = asyncio.run(_test(context, settings, name))
    for recipient, answer in answers:
        who = f"{name}（{recipient}）" if recipient else name
        if isinstance(answer, DeliveryError):
            say(f"{who}：未送达：{answer.answer}")
        else:
            say(f"{who}：已送达：{answer}")
    return 3 if any(isinstance(answer, DeliveryError) for _, answer in answers) else 0


def _chosen(settings: Settings, names: Sequence[str]) -> tuple[Digest, ...]:
    by_name = {digest.name: digest for digest in (*settings.digests, *settings.alerts)}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise click.UsageError(f"no digest is called {', '.join(unknown)}")
    return tuple(by_name[name] for name in names) if names else settings.digests


def _write(file: Path, pieces: Sequence[Piece]) -> None:
    from monitor.digest.page import as_page
    from monitor.jobs.publish import write_file

    write_file(file, as_page(pieces).encode())
    click.echo(f"已写入 {file}", err=True)


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


async def _test(context: Context, settings: Settings, name: str) -> list[tuple[str, str | DeliveryError]]:
    from monitor.app import open_app, test_channel

    async with open_app(settings, context.now, telling=True) as app:
        return await test_channel(app, name)


async def _missed(context: Context, settings: Settings) -> tuple[Missed, ...]:
    from monitor.app import open_app
    from monitor.app.letters import missed

    async with open_app(settings, context.now, telling=False) as app:
        return await missed(app)


def _missed_json(missed: Missed) -> dict[str, object]:
    change = missed.change
    return {
        "change": change.id,
        "notice": change.notice_id,
        "kind": change.kind,
        "at": change.at.isoformat(),
        "section": change.section,
        "title": change.notice.title,
        "url": change.notice.url,
        "why": missed.why,
        "answer": missed.answer,
        "named": missed.named,
    }


def _piece_json(piece: Piece) -> dict[str, object]:
    return {
        "channel": piece.channel,
        "recipient": piece.recipient,
        "piece": f"{piece.number}/{piece.of}",
        "subject": piece.subject,
        "text": piece.text,
        "bytes": len(piece.text.encode()),
    }
