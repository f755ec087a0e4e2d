"""`kuaixun sources ignored`: what ignore rules hide, shown before anybody relies on them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.jobs.ignored import HiddenLine, Preview, Tried, Weighed
    from monitor.model import Ignore, Source
    from monitor.settings import Settings

MOST_SHOWN = 8  # lines of one rule on a terminal; JSON has them all
LONGEST = 60  # characters of a line on a terminal


@click.command()
@click.argument("id_", metavar="信息源")
@click.option(
    "--rule",
    "trial",
    multiple=True,
    metavar="规则",
    help="试用的规则，代替配置中的：'selector: .hits'、'pattern: 阅读次数.*'",
)
@click.option(
    "--last", type=click.IntRange(1, 1000), default=20, show_default=True, help="看最近多少条通知和多少次变更"
)
@json_option
@click.pass_obj
def ignored(context: Context, id_: str, *, trial: tuple[str, ...], last: int, as_json: bool) -> int:
    """预览忽略规则：在存档的原页上会隐去哪些文字，过去的哪些变更本不会提示。不联网，不写入。"""
    from monitor.cli.check import chosen

    rules = tuple(map(_rule, trial))
    settings = context.settings()
    source = chosen(settings, [id_])[0]
    rules = rules or source.ignore
    found = asyncio.run(_preview(context, settings, source, rules, last))
    emit(_json(source, found)) if as_json else _show(source, found)
    return 3 if any(reason for _, reason in found.unread) else 0


def _rule(said: str) -> Ignore:
    """A rule written as in sources.yaml: `selector: …` or `pattern: …`."""
    from pydantic import ValidationError

    from monitor.model import Ignore
    from monitor.settings.file import IgnoreKeys
    from monitor.settings.sayings import saying

    key, _, value = (part.strip() for part in said.partition(":"))
    if key not in ("selector", "pattern") or not value:
        raise click.UsageError(
            f"--rule {said!r}: 'selector: CSS' or 'pattern: regular expression' is expected"
        )
    try:
        keys = IgnoreKeys.model_validate({key: value})
    except ValidationError as error:
        raise click.UsageError(f"--rule {said!r}: {saying(error)[1]}") from error
    return Ignore(selector=keys.selector or "", pattern=keys.pattern or "")


async def _preview(
    context: Context, settings: Settings, source: Source, rules: Sequence[Ignore], last: int
) -> Preview:
    from monitor.jobs.ignored import preview
    from monitor.jobs.learn import learnt_now
    from monitor.jobs.rooms import Study
    from monitor.reader import Reader

    with context.store(settings) as store:
        async with Reader() as reader:
            study = Study(
                reader=reader,
                store=store,
                sections=settings.sections,
                learnt=learnt_now(store, settings.sections),
                bodies=settings.bodies,
                now=context.now,
            )
            return await preview(source, study, rules, last=last)


def _json(source: Source, found: Preview) -> dict[str, object]:
    return {
        "source": source.id,
        "read": found.read,
        "without_page": sum(1 for _, reason in found.unread if not reason),
        "unreadable": [{"notice": id_, "reason": reason} for id_, reason in found.unread if reason],
        "rules": [_rule_json(tried) for tried in found.tried],
        "changes": [_weighed_json(weighed) for weighed in found.weighed],
    }


def _rule_json(tried: Tried) -> dict[str, object]:
    key, value = _said(tried.rule)
    return {
        key: value,
        "notices": len({hidden.notice_id for hidden in tried.hidden}),
        "hidden": [{"notice": one.notice_id, "line": one.line, "left": one.left} for one in tried.hidden],
    }


def _weighed_json(weighed: Weighed) -> dict[str, object]:
    from monitor.cli.shapes import moment

    change = weighed.change
    return {
        "id": change.id,
        "kind": change.kind.value,
        "at": moment(change.at),
        "notice": change.notice_id,
        "title": change.notice.title,
        "summary": change.summary,
        "hidden": not weighed.fields,
        "fields": list(weighed.fields),
    }


def _said(rule: Ignore) -> tuple[str, str]:
    return ("selector", rule.selector) if rule.selector else ("pattern", rule.pattern)


def _show(source: Source, found: Preview) -> None:
    from monitor.cli.tables import plain

    if not found.tried:
        say(f"信息源 {source.id} 没有忽略规则；可试：--rule 'pattern: 阅读次数.*'")
        return
    say(f"信息源 {source.id}：在最近 {found.read} 条通知的存档原页上试用。")
    for tried in found.tried:
        _show_rule(tried)
    _show_changes(found.weighed)
    for id_, reason in found.unread:
        say(plain(f"  #{id_} 不能试用：{_why(reason)}"))


def _why(reason: str) -> str:
    from monitor.reasons import in_chinese

    return in_chinese(reason) if reason else "没有存档的原页"


def _show_rule(tried: Tried) -> None:
    from monitor.cli.tables import plain

    count = len({hidden.notice_id for hidden in tried.hidden})
    many = f"在 {count} 条通知中隐去 {len(tried.hidden)} 处" if tried.hidden else "没有隐去任何内容"
    say(plain(f"\n规则 {': '.join(_said(tried.rule))}：{many}"))
    for hidden in tried.hidden[:MOST_SHOWN]:
        say(plain(f"  #{hidden.notice_id} {_line(hidden)}"))
    if len(tried.hidden) > MOST_SHOWN:
        say("  …… 全部见 --json")


def _line(hidden: HiddenLine) -> str:
    left = f"  →  {_short(hidden.left)}" if hidden.left else ""
    return _short(hidden.line) + left


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _show_changes(weighed: Sequence[Weighed]) -> None:
    from monitor.cli.tables import change_line
    from monitor.words import FIELDS

    silent = [one for one in weighed if not one.fields]
    say(f"\n过去 {len(weighed)} 次变更中，有 {len(silent)} 次本不会提示。")
    for one in silent:
        say(f"  {change_line(one.change)}")
    for one in weighed:
        if one.fields and set(one.fields) != set(one.change.fields):
            left = "、".join(FIELDS.get(name, name) for name in one.fields)
            say(f"  {change_line(one.change)}（仍会提示：{left}）")
