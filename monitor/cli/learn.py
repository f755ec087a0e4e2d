"""`kuaixun learnt`: what editors' decisions taught the classifier, and what it changed its mind about."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING

import click

from monitor.cli.changes import LARGEST
from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.classify import Learnt, Sections
    from monitor.jobs.learn import Mind
    from monitor.settings import Settings
    from monitor.store import Store

Json = dict[str, object]
SQLITE = "sqlite:///"


@click.command()
@click.option("--refresh", is_flag=True, help="把未审核的通知按现在的判定重新归栏（不通知任何人）")
@click.option("--limit", type=click.IntRange(1, LARGEST), help="最多列出几条")
@json_option
@click.pass_obj
def learnt(context: Context, *, refresh: bool, limit: int | None, as_json: bool) -> None:
    """从审核中学到了什么：哪些未审核的通知会因此换栏目，理由是什么。"""
    from monitor.jobs.learn import learnt_now

    settings = context.settings()
    with context.store(settings) as store:
        taught = learnt_now(store, settings.sections)
        found = asyncio.run(_minds(store, settings, taught))
        filed = asyncio.run(_refresh(store, settings, taught, context)) if refresh else 0
    shown = list(islice(found, limit))
    if as_json:
        answer: Json = {"decisions": len(taught.lessons), "filed": filed, "notices": [*map(_json, shown)]}
        emit(answer)
        return
    _report(shown, decisions=len(taught.lessons), more=len(found) - len(shown), filed=filed, refresh=refresh)


async def _minds(store: Store, settings: Settings, taught: Learnt) -> list[Mind]:
    from monitor.jobs.learn import minds

    wanted = minds(store, settings.sections, sources=_sources(settings), learnt=taught)
    return [mind async for mind in wanted][::-1]


async def _refresh(store: Store, settings: Settings, taught: Learnt, context: Context) -> int:
    from monitor.jobs.learn import refresh

    return await refresh(store, settings.sections, sources=_sources(settings), learnt=taught, now=context.now)


def _sources(settings: Settings) -> tuple[str, ...]:
    from monitor.decide.owner import IMPORT

    return (*(source.id for source in settings.sources), IMPORT.id)


def _json(mind: Mind) -> Json:
    return {
        "id": mind.notice_id,
        "title": mind.title,
        "stored": mind.stored.section,
        "section": mind.now.section,
        "confidence": mind.now.confidence,
        "because": list(mind.now.because),
        "by_words": mind.ruled.section,
    }


def _report(found: list[Mind], *, decisions: int, more: int, filed: int, refresh: bool) -> None:
    from monitor.cli.tables import plain

    say(f"从 {decisions} 条审核中学习。")
    for mind in found:
        moved = f"{mind.stored.section} → {mind.now.section}" if mind.is_moved else mind.now.section
        say(f"#{mind.notice_id}  {moved}（按用词：{mind.ruled.section}）  {plain(mind.title)}")
        say(f"    {plain('；'.join(mind.now.because))}")
    if more:
        say(f"另有 {more} 条。")
    if not found:
        say("没有因此改变判定的通知。")
    if refresh:
        say(f"重新归栏 {filed} 条。")


def learnt_there(context: Context, sections: Sections) -> Learnt:
    """What was learnt, where a database exists; none is created for the question.

    A database that cannot be read is said on stderr, and the words alone decide.
    """
    from monitor.classify import NOTHING_LEARNT
    from monitor.errors import StoreError

    if not _is_there(context):
        return NOTHING_LEARNT
    from monitor.jobs.learn import learnt_now
    from monitor.store import Store

    try:
        store = Store.open(context.places.database, folder=context.places.storage)
    except StoreError as error:
        click.echo(f"kuaixun: nothing learnt is used: {error}", err=True)
        return NOTHING_LEARNT
    try:
        return learnt_now(store, sections)
    finally:
        store.close()


def _is_there(context: Context) -> bool:
    """For a file it is looked at before anything heavy is imported."""
    from pathlib import Path

    address = context.places.database
    if address.startswith(SQLITE):
        return Path(address.removeprefix(SQLITE)).is_file()
    from monitor.store import is_there

    return is_there(address, context.places.storage)
