"""`kuaixun import`: a notice brought by hand, for sites that cannot be polled."""

from __future__ import annotations

import asyncio
import getpass
import sys
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.jobs.bring import Brought, Saved
    from monitor.model import NoticeRecord, Source
    from monitor.settings import Settings
    from monitor.store import Store


@click.command("import")
@click.argument("file", metavar="文件|-", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--url", required=True, metavar="网址", help="通知的原地址")
@click.option("--source", "source_id", metavar="信息源", help="归入哪个信息源（默认按地址判断）")
@click.option("--section", metavar="栏目", help="同时由编辑定下栏目")
@json_option
@click.pass_obj
def import_(
    context: Context, file: Path, *, url: str, source_id: str | None, section: str | None, as_json: bool
) -> int:
    """手工导入一条通知：保存的网页、.mht、.docx、.pdf，或从标准输入粘贴的文字。"""
    from monitor.cli.read import refuse
    from monitor.cli.suggest import url_of
    from monitor.errors import SourceError
    from monitor.jobs.bring import Saved

    settings = context.settings()
    at = _source(settings, source_id)
    _check_section(settings, section)
    saved = Saved(data=_bytes(file), name="" if str(file) == "-" else file.name, url=url_of(url))
    try:
        brought, record = asyncio.run(_bring(context, settings, saved, at, section))
    except SourceError as error:
        return refuse(error, as_json=as_json)
    _json(brought, record) if as_json else _report(brought, record)
    return 0


async def _bring(
    context: Context, settings: Settings, saved: Saved, at: Source | None, section: str | None
) -> tuple[Brought, NoticeRecord]:
    from monitor.app import open_app
    from monitor.jobs.bring import bring

    async with open_app(settings, context.now, telling=False) as app:
        brought = await bring(saved, app.rooms, settings.sources, at=at)
        if section is not None:
            _move(app.store, brought.notice_id, section, context)
        record = app.store.notices.record(brought.notice_id)
        assert record is not None  # noqa: S101 - it has just been written
        return brought, record


def _move(store: Store, notice_id: int, section: str, context: Context) -> None:
    """An editor's word; the same word twice is said once."""
    from monitor.model import Decision, Review

    moves = [review for review in store.reviews.of(notice_id) if review.decision is Decision.MOVE]
    if moves and moves[-1].section == section:
        return
    store.reviews.add(
        Review(
            notice_id=notice_id,
            decision=Decision.MOVE,
            section=section,
            why="手工导入时指定",
            who=getpass.getuser(),
            at=context.now().astimezone(UTC),
        )
    )


def _source(settings: Settings, source_id: str | None) -> Source | None:
    from monitor.cli.check import chosen
    from monitor.decide.owner import IMPORT

    if source_id is None:
        return None
    configured = {source.id for source in settings.sources}
    return IMPORT if source_id == IMPORT.id not in configured else chosen(settings, [source_id])[0]


def _check_section(settings: Settings, section: str | None) -> None:
    from monitor.classify import OTHER

    names = [*settings.sections.names, OTHER]
    if section is not None and section not in names:
        raise click.UsageError(f"--section is one of: {'、'.join(names)}")


def _bytes(file: Path) -> bytes:
    """The file, or what is pasted: at most one byte more than is read."""
    from monitor.files import MOST_BYTES

    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}") from error


def _json(brought: Brought, record: NoticeRecord) -> None:
    from monitor.cli.shapes import record_json

    emit(
        {
            **record_json(record),
            "source": brought.source.id,
            "kind": brought.kind.value if brought.kind else None,
            "changed": brought.changed,
        }
    )


def _report(brought: Brought, record: NoticeRecord) -> None:
    from monitor.cli.tables import plain
    from monitor.words import KINDS

    if brought.kind:
        became = KINDS[brought.kind]
    else:
        became = "已补全" if brought.changed else "内容与已有的相同，没有变更"
    source = brought.source
    say(plain(f"{became}  [{record.section}]  #{record.id} {record.notice.title}"))
    say(plain(f"信息源 {source.id}（{source.name}），文号 {record.notice.doc_number or '无'}，"
              f"正文 {len(record.notice.body)} 字"))  # fmt: skip
