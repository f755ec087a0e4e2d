"""`kuaixun changes`, `show`, `review`: the change log and an editor's word on it."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TextIO

import click

from monitor.cli.check import Day, at_midnight
from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.model import Link, NoticeRecord, Posting
    from monitor.store import Store

KINDS = ("new", "revised", "withdrawn", "restored", "deadline_moved", "baseline")

LARGEST = 2**63 - 1  # of what a database counts with
NOTICE = click.IntRange(1, LARGEST)


class Since(Day):
    """A day, or the words `last-issue`."""

    name = "since"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """`last-issue` is the day 0001-01-01 until the database is open."""
        return LAST_ISSUE if value == "last-issue" else super().convert(value, param, ctx)


LAST_ISSUE = date.min


@click.command()
@click.option("--since", type=Since(), metavar="日期|last-issue", help="自这一天起（含），或自上一期快讯起")
@click.option("--until", type=Day(), metavar="日期", help="至这一天止（含）")
@click.option("--section", metavar="栏目")
@click.option("--source", "source_id", metavar="信息源")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True)
@click.option("--limit", type=click.IntRange(1, LARGEST))
@json_option
@click.pass_obj
def changes(
    context: Context,
    *,
    since: date | None,
    until: date | None,
    section: str | None,
    source_id: str | None,
    kinds: tuple[str, ...],
    limit: int | None,
    as_json: bool,
) -> None:
    """变更记录，最新的在前。"""
    if since and until and until < since:
        raise click.UsageError(f"--until {until} is before --since {since}")
    from monitor.cli.shapes import change_json
    from monitor.cli.tables import change_line
    from monitor.model import Kind
    from monitor.store import ChangeFilter

    with context.store(context.settings()) as store:
        found = store.notices.changes(
            ChangeFilter(
                since=_since(since, store),
                until=at_midnight(until + timedelta(days=1)) if until else None,
                section=section,
                source_id=source_id,
                kinds=tuple(Kind(kind) for kind in kinds) or None,
                limit=limit,
            )
        )
    if as_json:
        emit({"changes": [change_json(record) for record in found]})
        return
    for record in found:
        say(change_line(record))
    if not found:
        say("没有变更。")


def _since(day: date | None, store: Store) -> datetime | None:
    if day is None:
        return None
    return store.bulletins.last_until() if day == LAST_ISSUE else at_midnight(day)


@click.command()
@click.argument("notice_id", type=NOTICE, metavar="通知编号")
@click.option("--diff", "with_diff", is_flag=True, help="显示最近一次改动的前后差异")
@json_option
@click.pass_obj
def show(context: Context, notice_id: int, *, with_diff: bool, as_json: bool) -> None:
    """一条通知：字段、版本、发布处、投递、审核。"""
    from monitor.cli.shapes import record_json

    with context.store(context.settings()) as store:
        record = store.notices.record(notice_id)
    if record is None:
        raise click.UsageError(f"no notice has the number {notice_id}")
    if as_json:
        emit({**record_json(record), **({"diff": _diff(record, colours=False)} if with_diff else {})})
        return
    _print(record)
    if with_diff:
        say("\n" + ("\n".join(_diff(record, colours=wants_colours(sys.stdout))) or "没有两个不同的版本。"))


@click.command()
@click.argument("notice_id", type=NOTICE, metavar="通知编号")
@click.argument("decision", type=click.Choice(["keep", "drop", "defer", "move"]))
@click.argument("section", required=False, metavar="[栏目]")
@click.option("--why", default="", help="理由")
@click.option("--who", default="", help="审核人（默认为当前登录用户）")
@json_option
@click.pass_obj
def review(
    context: Context, notice_id: int, decision: str, section: str | None, *, why: str, who: str, as_json: bool
) -> None:
    """记录一次审核：keep 采用，drop 不用，defer 缓用，move 改栏目。"""
    import getpass

    from monitor.classify import OTHER
    from monitor.cli.shapes import review_json
    from monitor.model import Decision, Review

    settings = context.settings()
    names = [*settings.sections.names, OTHER]
    if (decision == "move") != (section is not None) or (section and section not in names):
        raise click.UsageError(f"`move` takes a section ({'、'.join(names)}), the other decisions take none")
    made = Review(
        notice_id=notice_id,
        decision=Decision(decision),
        section=section,
        why=why,
        who=who or getpass.getuser(),
        at=context.now().astimezone(UTC),
    )
    with context.store(settings) as store:
        if store.notices.record(notice_id) is None:
            raise click.UsageError(f"no notice has the number {notice_id}")
        store.reviews.add(made)
    emit(review_json(made)) if as_json else say("已记录。")


def _diff(record: NoticeRecord, *, colours: bool) -> list[str]:
    """The last edit line by line."""
    from monitor.diff import last_edit, plain, terminal

    edit = last_edit(record.versions)
    return [] if edit is None else terminal(edit) if colours else plain(edit)


def wants_colours(stream: TextIO) -> bool:
    """Whether a stream is a terminal whose user did not ask for none (https://no-color.org)."""
    from monitor.settings.places import environment

    return stream.isatty() and not environment().get("NO_COLOR")


def _link(link: Link, of: int) -> str:
    """解读：#12 《…》解读 — what the other notice is to this one."""
    from monitor.words import LINKED

    is_ours = link.from_id == of
    return f"{LINKED[link.relation][is_ours]}：#{link.to_id if is_ours else link.from_id} {link.title}"


def _state(posting: Posting) -> str:
    """What is odd about a notice's page: it is not there, or never the same."""
    from monitor.cli.tables import local

    said = (
        ("自 {} 起已无此通知", posting.gone_at),
        ("内容反复变动，自 {} 起暂缓提示", posting.unsteady_since),
    )
    return "".join(f"（{words.format(local(since))}）" for words, since in said if since)


def _print(record: NoticeRecord) -> None:
    from monitor import words
    from monitor.cli.tables import local, plain

    notice = record.notice
    for label, value in (
        ("通知", f"#{record.id} {notice.title}"),
        ("栏目", f"{record.section}（{'；'.join(record.verdict.because)}）"),
        ("文号", notice.doc_number or "无"),
        ("发文机关", "、".join(notice.issuers) or "无"),
        ("成文 / 发布", f"{notice.signed_on or '无'} / {notice.published_on or '无'}"),
        ("截止", "；".join(f"{d.date} {d.time or ''} {d.what}" for d in notice.deadlines) or "无"),
        ("附件", "；".join(a.name for a in notice.attachments) or "无"),
        ("地址", notice.url),
    ):
        say(f"{label}：{plain(value)}")
    for posting in record.postings:
        say(f"发布处：{posting.source_id}  {plain(posting.item.url)}{_state(posting)}")
    for link in record.links:
        say(plain(_link(link, record.id)))
    for change in record.changes:
        say(f"  {local(change.at)}  {words.KINDS[change.kind]}  {plain(change.summary)}")
    for made in record.reviews:
        word = f"{made.decision.value} {made.section or ''}".strip()
        say(f"  {local(made.at)}  审核 {word} {made.who} {plain(made.why)}")
    for sent in record.deliveries:
        say(f"  投递 {sent.piece.channel} {sent.state.value} {plain(sent.answer)}")
