"""`kuaixun sources suggest`: a source block worked out for a list page."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.jobs.suggest import Suggestion
    from monitor.settings import Settings

SAMPLE = 10

Json = dict[str, object]


@click.command()
@click.argument("target", metavar="网址或文件")
@click.option("--url", metavar="网址", help="列表页的原地址（给的是文件时必填）")
@click.option("--write", is_flag=True, help="把生成的信息源写到 sources.yaml 的 sources: 末尾")
@click.option("--force", is_flag=True, help="一条也没有读到、或同一地址已在监测，也写入")
@json_option
@click.pass_obj
def suggest(
    context: Context, target: str, *, url: str | None, write: bool, force: bool, as_json: bool
) -> int:
    """为一个列表页生成信息源配置：识别建站系统，试读，给出可粘贴的一段。"""
    settings = context.settings()
    found = asyncio.run(_suggest(context, settings, target, url))
    refusal = _refusal(found, settings) if write and not force else ""
    written = write and not refusal
    if written:
        from monitor.settings.append import append_source

        append_source(context.places, found.source, comment=_comment(context, found))
    if as_json:
        emit(_json(context, found, refusal=refusal, written=written))
    else:
        _report(context, found, refusal=refusal, written=written)
    return 0 if found.reading.rows and not refusal else 3


async def _suggest(context: Context, settings: Settings, target: str, url: str | None) -> Suggestion:
    if target.startswith(("http://", "https://")):
        from monitor.app import open_app
        from monitor.jobs.suggest import suggest_address

        async with open_app(settings, context.now, telling=False) as app:
            return await suggest_address(url_of(target), app.rooms, settings.sources)
    from monitor.jobs.suggest import suggest_saved
    from monitor.model import Page
    from monitor.reader import Reader

    if url is None:
        raise click.UsageError("a saved page needs --url, the address of the list")
    page = Page(url=url_of(url), body=_bytes(Path(target)))
    async with Reader() as reader:
        return await suggest_saved(page, reader, settings.sources)


def url_of(given: str) -> str:
    """An address that may stand in sources.yaml, or a usage error."""
    from pydantic import TypeAdapter, ValidationError

    from monitor.settings.file import WebAddress

    try:
        return TypeAdapter(WebAddress).validate_python(given)
    except ValidationError as error:
        raise click.UsageError(f"{given!r} is no address such as https://www.example.gov.cn/tzgg/") from error


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{file} is neither an address nor a file: {error.strerror}") from error


def _refusal(found: Suggestion, settings: Settings) -> str:
    """Why this is not written without `--force`."""
    from monitor.decide.suggest import already

    known = already(found.source.url, settings.sources)
    if known:
        return f"同一地址已由信息源 {known.id} 监测，没有写入；确要再写一个，请加 --force"
    if not found.reading.rows:
        return "一条也没有读到，没有写入；确要写入，请加 --force"
    return ""


def _comment(context: Context, found: Suggestion) -> str:
    from monitor.dates import local_date

    return f"{local_date(context.now())} 由 sources suggest 生成：{_count(found)}"


def _count(found: Suggestion) -> str:
    from monitor.decide.expectation import newest

    last = newest(found.reading.listing)
    return f"读到 {found.reading.rows} 条" + (f"，最新 {last}" if last else "")


def _json(context: Context, found: Suggestion, *, refusal: str, written: bool) -> Json:
    from monitor.cli.read import listing_json
    from monitor.settings.append import block

    source, reading = found.source, found.reading
    trouble = {"kind": reading.kind, "message": reading.trouble} if reading.kind else None
    return {
        "source": {
            "id": source.id,
            "name": source.name,
            "url": source.url,
            "family": source.family,
            "level": source.level.value,
            "region": source.region,
        },
        **listing_json(reading.family, reading.listing),
        "notes": list(found.notes),
        "block": block(source, comment=_comment(context, found)),
        "written": written,
        "refusal": refusal or None,
        "error": trouble,
    }


def _report(context: Context, found: Suggestion, *, refusal: str, written: bool) -> None:
    from monitor.cli.tables import plain, table
    from monitor.settings.append import block

    source, reading = found.source, found.reading
    say(f"建站系统 {source.family or '未能识别'}，{_count(found)}")
    if reading.trouble:
        say(plain(f"未能读取列表：{reading.trouble}"))
    rows = [(str(item.published_on or "无日期"), item.title) for item in reading.listing.items[:SAMPLE]]
    if rows:
        say(table(("日期", "标题"), rows))
    for note in found.notes:
        say(f"注意：{plain(note)}")
    say(f"\nsources:\n{block(source, comment=_comment(context, found))}")
    say(refusal or _next_step(source.id, has_rows=bool(reading.rows), written=written))


def _next_step(id_: str, *, has_rows: bool, written: bool) -> str:
    where = (
        f"已写入 sources.yaml，信息源 {id_}。"
        if written
        else "把上面这一段粘贴到 sources.yaml（或加 --write 写入）。"
    )
    if not has_rows:
        return f"{where}\n这一页读不到条目：换一个列表地址，或见 docs/adding-a-source.md。"
    return (
        f"{where}\n下一步：kuaixun sources try {id_}（试读列表和一条通知），"
        f"再 kuaixun check {id_}（建立基线；此后的新通知才会告知）。"
    )
