"""`kuaixun parse` and `kuaixun classify`: the readers on their own, no network; nothing is written."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from monitor.cli.context import Context, emit, json_option, say
from monitor.errors import SourceError
from monitor.reasons import in_chinese

if TYPE_CHECKING:
    from monitor.model import Listing, Notice, Page, Source

Json = dict[str, object]
_FILE = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_URL = click.option("--url", required=True, help="页面的原地址（用于补全相对链接）")
_SOURCE = click.option("--source", "source_id", help="按这一信息源的建站系统和选项解析")


@click.group()
def parse() -> None:
    """对保存的页面运行解析器，不联网，不入库。"""


@parse.command("list")
@_FILE
@_URL
@_SOURCE
@json_option
@click.pass_obj
def list_(context: Context, file: Path, *, url: str, source_id: str | None, as_json: bool) -> int:
    """解析列表页。"""
    from monitor.cli.tables import table
    from monitor.jobs.reading import read_listing

    source = _source(context, source_id, url)
    page = _page(file, url)
    try:
        family, listing = asyncio.run(read_listing(page, source))
    except SourceError as error:
        return refuse(error, as_json=as_json)
    if as_json:
        emit(listing_json(family, listing))
        return 0
    rows = [(str(item.published_on or "无日期"), item.title) for item in listing.items]
    say(f"建站系统 {family}，{len(rows)} 条")
    say(table(("日期", "标题"), rows))
    return 0


@parse.command()
@_FILE
@_URL
@_SOURCE
@json_option
@click.pass_obj
def notice(context: Context, file: Path, *, url: str, source_id: str | None, as_json: bool) -> int:
    """解析通知页。"""
    from monitor.cli.shapes import notice_json
    from monitor.jobs.reading import read_notice
    from monitor.settings.load import load_bodies

    source = _source(context, source_id, url)
    page = _page(file, url)
    bodies = load_bodies(context.places.config)
    try:
        read = asyncio.run(read_notice(page, source, bodies=bodies))
    except SourceError as error:
        return refuse(error, as_json=as_json)
    if as_json:
        emit({**notice_json(read), "sources": [source_id] if source_id else []})
        return 0
    _show(read)
    return 0


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@click.pass_obj
def classify(context: Context, file: TextIO) -> None:
    """逐行读入 JSON（title, source, issuer, body），逐行输出栏目与理由；有数据库时也用从审核中学到的。"""
    from monitor.classify import classify as decide
    from monitor.cli.learn import learnt_there
    from monitor.settings.load import load_sections

    sections = load_sections(context.places.config)
    learnt = learnt_there(context, sections)
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        verdict = decide(_row(line, number), sections, learnt)
        answer = {
            "section": verdict.section,
            "confidence": round(verdict.confidence, 3),
            "because": list(verdict.because),
        }
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _row(line: str, number: int) -> Notice:
    from monitor.model import Notice

    try:
        row = json.loads(line)
    except ValueError as error:
        raise click.UsageError(f"line {number} is not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("title"), str):
        raise click.UsageError(f'line {number}: an object with at least "title" is expected')
    issuer = row.get("issuer") or row.get("source") or ""
    return Notice(
        url="", title=row["title"], issuers=(str(issuer),) if issuer else (), body=str(row.get("body") or "")
    )


def listing_json(family: str, listing: Listing) -> Json:
    """CONTRACT, `parse list`."""
    return {
        "family": family,
        "items": [
            {
                "url": item.url,
                "title": item.title,
                "published_on": item.published_on.isoformat() if item.published_on else None,
            }
            for item in listing.items
        ],
        "next": listing.next.url if listing.next else None,
    }


def notice_or_error(read: Notice | None, error: str) -> Json:
    """A notice, or why there is none."""
    from monitor.cli.shapes import notice_json

    return notice_json(read) if read else {"error": {"kind": "failed", "message": error}}


def _page(file: Path, url: str) -> Page:
    from monitor.model import Page

    return Page(url=url, body=file.read_bytes())


def _source(context: Context, source_id: str | None, url: str) -> Source:
    """The named source, or a nameless one whose family is recognised from the page."""
    from monitor.model import Level, Source

    if source_id is not None:
        from monitor.cli.check import chosen

        return chosen(context.settings(), [source_id])[0]
    return Source(id="page", name="", url=url, family=None, level=Level.NATIONAL, region="")


def refuse(error: SourceError, *, as_json: bool) -> int:
    """Say what a page is instead of a list or a notice; the exit code for it."""
    if as_json:
        emit({"error": {"kind": error.kind, "message": error.reason}})
    else:
        click.echo(f"不是可读的页面：{in_chinese(error.reason)}", err=True)
    return 3


def _show(read: Notice) -> None:
    for label, value in (
        ("标题", read.title),
        ("文号", read.doc_number or "无"),
        ("发文机关", "、".join(read.issuers) or "无"),
        ("成文日期", str(read.signed_on or "无")),
        ("发布日期", str(read.published_on or "无")),
        ("附件", "；".join(a.name for a in read.attachments) or "无"),
    ):
        say(f"{label}：{value}")
    say(f"\n{read.body}")
