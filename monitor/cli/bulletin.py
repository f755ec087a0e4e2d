"""`kuaixun bulletin`: the issue of a period, drafted, listed, shown, exported."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.check import Day, at_midnight
from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.model import Bulletin

Json = dict[str, object]


@click.group()
def bulletin() -> None:
    """快讯：起草、列出、查看、导出。"""


@bulletin.command()
@click.option("--since", type=Day(), metavar="日期", help="自这一天起（默认自上一期起）")
@click.option("--until", type=Day(), metavar="日期", help="至这一天止（默认到现在）")
@json_option
@click.pass_obj
def draft(context: Context, *, since: date | None, until: date | None, as_json: bool) -> None:
    """起草一期：期间内未被剔除的通知，按栏目编排。"""
    from monitor.jobs.publish import draft_issue

    settings = context.settings()
    end = min(at_midnight(until + timedelta(days=1)), context.now()) if until else context.now()
    if since and at_midnight(since) > end:
        raise click.UsageError(f"the period ends before --since {since}")
    with context.store(settings) as store:
        issue = draft_issue(
            store,
            settings.sources,
            publisher=settings.publisher,
            sections=settings.sections.names,
            since=at_midnight(since) if since else None,
            until=end,
        )
    if as_json:
        emit(bulletin_json(issue))
        return
    say(f"已起草 {issue.number}（{issue.key}）")
    _outline(issue)


@bulletin.command("list")
@json_option
@click.pass_obj
def list_(context: Context, *, as_json: bool) -> None:
    """列出已起草和已发布的各期。"""
    with context.store(context.settings()) as store:
        issues = store.bulletins.list()
    if as_json:
        emit({"bulletins": [bulletin_json(issue, whole=False) for issue in issues]})
        return
    for issue in issues:
        count = sum(len(section.items) for section in issue.sections)
        say(f"{issue.number}  {issue.key}  {count} 条  {'已发布' if issue.published else '草稿'}")
    if not issues:
        say("还没有快讯；用 `kuaixun bulletin draft` 起草一期。")


@bulletin.command()
@click.argument("number", metavar="期号")
@json_option
@click.pass_obj
def show(context: Context, number: str, *, as_json: bool) -> None:
    """一期的目录。"""
    issue = _issue(context, number)
    if as_json:
        emit(bulletin_json(issue))
        return
    say(issue.number)
    _outline(issue)


@bulletin.command()
@click.argument("number", metavar="期号")
@click.option("--format", "format_", required=True, metavar="docx|pdf|html|md")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False, allow_dash=True)
)
@click.pass_obj
def export(context: Context, number: str, *, format_: str, output: Path) -> None:
    """导出一期为文件：Word、PDF、网页或 Markdown。"""
    import sys

    from monitor.bulletin import FORMATS, render
    from monitor.jobs.publish import write_file
    from monitor.settings.template import read_template

    if format_ not in FORMATS:
        raise click.UsageError(f"--format is one of: {', '.join(FORMATS)}")
    template = read_template(context.settings()) if format_ == "docx" else None
    data = render(_issue(context, number), format_, template=template)
    if str(output) == "-":
        sys.stdout.buffer.write(data)
        return
    write_file(output, data)
    say(f"已写入 {output}")


def bulletin_json(issue: Bulletin, *, whole: bool = True) -> Json:
    """An issue; `whole` with its items."""
    from monitor.cli.shapes import moment, notice_json

    head: Json = {
        "number": issue.number,
        "key": issue.key,
        "since": moment(issue.since),
        "until": moment(issue.until),
        "published": issue.published,
        "items": sum(len(section.items) for section in issue.sections),
    }
    if not whole:
        return head
    return {
        **head,
        "publisher": issue.publisher.name,
        "sections": [
            {
                "name": section.name,
                "notices": [{"id": item.notice_id, **notice_json(item.notice)} for item in section.items],
            }
            for section in issue.sections
        ],
        "unread_sources": [
            {"id": s.id, "name": s.name, "url": s.url, "reason": s.reason, "since": moment(s.since)}
            for s in issue.unread_sources
        ],
    }


def _issue(context: Context, number: str) -> Bulletin:
    with context.store(context.settings()) as store:
        issue = store.bulletins.get(number)
    if issue is None:
        raise click.UsageError(f"no issue has the number {number!r}; see `kuaixun bulletin list`")
    return issue


def _outline(issue: Bulletin) -> None:
    from monitor.cli.tables import plain
    from monitor.reasons import in_chinese

    for section in issue.sections:
        say(f"\n[{section.name}]")
        for place, item in enumerate(section.items, 1):
            say(
                f"  {place}. {plain(item.notice.title)}"
                + (f"（{item.notice.doc_number}）" if item.notice.doc_number else "")
            )
    if issue.unread_sources:
        say("\n本期未能读取的信息源：")
        for source in issue.unread_sources:
            say(f"  {source.name}：{plain(in_chinese(source.reason))}")
