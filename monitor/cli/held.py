"""`kuaixun sources held`, `accept`, `reject`: polls that are not believed, and a person's word on them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.decide.breaker import Held
    from monitor.jobs.held import Word
    from monitor.model import SourceState
    from monitor.settings import Settings

MOST_SHOWN = 10
Json = dict[str, object]

_id_argument = click.argument("id_", metavar="信息源")
_who_option = click.option("--who", default="", help="决定人（默认为当前登录用户）")


@click.command("held")
@click.argument("ids", nargs=-1, metavar="[信息源…]")
@json_option
@click.pass_obj
def held(context: Context, ids: tuple[str, ...], *, as_json: bool) -> None:
    """列出待人工确认的轮询：原来是什么样，现在是什么样。"""
    from monitor.cli.check import chosen
    from monitor.cli.tables import plain

    settings = context.settings()
    wanted = {source.id: source for source in (chosen(settings, ids) if ids else settings.sources)}
    with context.store(settings) as store:
        found = [event for event in store.held.all().values() if event.source_id in wanted]
    if as_json:
        emit({"held": [held_json(event) for event in found]})
        return
    for event in found:
        say(plain(f"{wanted[event.source_id].name}（{event.source_id}）：{event.reason}"))
        for line in held_lines(event):
            say(f"  {line}")
        say()
    say("用 sources accept 认可，或用 sources reject 否决。" if found else "没有待人工确认的轮询。")


@click.command()
@_id_argument
@_who_option
@json_option
@click.pass_obj
def accept(context: Context, id_: str, *, who: str, as_json: bool) -> None:
    """认可一个信息源现在的样子：改版后的列表或网页，或变短了的列表。"""
    from monitor.cli.check import chosen
    from monitor.jobs import held as jobs

    settings = context.settings()
    (source,) = chosen(settings, [id_])
    with context.store(settings) as store:
        decided = asyncio.run(jobs.accept(source, store, _word(context, settings, who)))
        state = store.sources.state(source.id)
    if decided is None:
        raise click.UsageError(f"nothing is held of {source.id}")
    if as_json:
        emit(held_json(decided) if not isinstance(decided, int) else _length_json(source.id, decided))
    elif isinstance(decided, int):
        say(f"已认可：{source.name} 的列表今后以 {decided} 条为准。")
    else:
        say(f"已认可：{source.name}。{_what_follows(decided, state)}")


@click.command()
@_id_argument
@_who_option
@json_option
@click.pass_obj
def reject(context: Context, id_: str, *, who: str, as_json: bool) -> None:
    """否决一个信息源现在的样子：不采用，继续观察，同样的情形不再提醒。"""
    from monitor.cli.check import chosen
    from monitor.jobs import held as jobs

    settings = context.settings()
    (source,) = chosen(settings, [id_])
    with context.store(settings) as store:
        decided = asyncio.run(jobs.reject(source, store, _word(context, settings, who)))
    if decided is None:
        raise click.UsageError(f"nothing is held of {source.id}")
    if as_json:
        emit(held_json(decided))
    else:
        say(f"已否决：{source.name}。不采用现在读到的，继续观察；恢复之前不再提醒，也不影响退出码。")


def held_json(event: Held) -> Json:
    """Something that is held, for `held`, `accept`, `reject` and `health`."""
    from monitor.cli.shapes import moment

    return {
        "source": event.source_id,
        "part": event.part.value,
        "since": moment(event.since),
        "reason": event.reason,
        "before": list(event.before),
        "after": list(event.after),
        "raw": event.raw,
        "decided": event.ruling.value or None,
        "decided_at": moment(event.decided_at),
        "decided_by": event.decided_by or None,
    }


def held_lines(event: Held) -> Iterator[str]:
    """The same for a terminal: since when, what was decided, what it was and what it is."""
    from monitor.cli.tables import local
    from monitor.decide.breaker import Part, Ruling

    yield f"自 {local(event.since)}"
    if event.ruling is not Ruling.NONE:
        word = "已认可" if event.is_accepted else "已否决"
        yield f"{word}：{event.decided_by} {local(event.decided_at)}"
    yield "原来：" if event.part is Part.LIST else "涉及的通知："
    yield from _some(event.before)
    yield "现在：" if event.part is Part.LIST else "变成了："
    yield from _some(event.after)


def _some(lines: Sequence[str]) -> Iterator[str]:
    from monitor.cli.tables import plain

    for line in lines[:MOST_SHOWN]:
        yield f"  {plain(line)}"
    if len(lines) > MOST_SHOWN:
        yield f"  …… 共 {len(lines)} 条"


def _word(context: Context, settings: Settings, who: str) -> Word:
    import getpass

    from monitor.jobs.held import Word

    return Word(
        who=who or getpass.getuser(),
        now=context.now(),
        polled=settings.enabled,
        works=settings.calendar.works,
    )


def _length_json(source_id: str, items: int) -> Json:
    return {"source": source_id, "part": "length", "decided": "accepted", "usual_items": items}


def _what_follows(event: Held, state: SourceState) -> str:
    from monitor.cli.tables import local
    from monitor.decide.breaker import Part

    if event.part is Part.PAGES:
        return "下一次轮询用新读到的正文替换旧的，不作为变更告知。"
    since = local(state.last_good_at)[:10]
    return f"下一次轮询照此读取：{since} 以前的条目记为基线，之后的作为新通知告知。"
