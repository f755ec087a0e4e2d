"""`kuaixun deadlines`: what is still to be done in time, soonest first, and as a calendar file."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.calendar import Appointment
    from monitor.decide.workdays import Works
    from monitor.settings import Settings
    from monitor.store import Wanted

_SPAN = re.compile(r"([0-9]{1,4})\s*([dw]?)")


class Span(click.ParamType[timedelta]):
    """Days or weeks from today: 30d, 4w; a bare number counts days."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Or a usage error."""
        if isinstance(value, timedelta):
            return value
        found = _SPAN.fullmatch(str(value).strip())
        if not found:
            self.fail(f"{value!r} is no span such as 30d or 4w", param, ctx)
        return timedelta(days=int(found[1]) * (7 if found[2] == "w" else 1))


@click.command()
@click.option("--within", type=Span(), metavar="30d", help="只列这些天之内截止的（含当天），如 30d、4w")
@click.option("--section", metavar="栏目")
@click.option("--region", metavar="地区", help="只列这一地区的信息源上的通知")
@click.option(
    "--ics",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="文件",
    help="写成日历文件（- 为标准输出）",
)
@json_option
@click.pass_obj
def deadlines(
    context: Context,
    *,
    within: timedelta | None,
    section: str | None,
    region: str | None,
    ics: Path | None,
    as_json: bool,
) -> None:
    """尚未截止的事项，最近的在前。"""
    from monitor.calendar import upcoming
    from monitor.dates import local_date

    settings, now = context.settings(), context.now()
    wanted = _wanted(settings, section, region)
    if as_json and str(ics) == "-":
        raise click.UsageError("--ics - and --json both write to standard output")
    with context.store(settings) as store:
        found = upcoming(store.agenda.histories(wanted, local_date(now)), now)
    if within is not None:
        found = tuple(each for each in found if each.deadline.date - local_date(now) <= within)
    if ics is not None:
        _write(ics, found, settings.calendar.works)
    live = [each for each in found if not each.cancelled]
    if as_json:
        emit({"deadlines": [_json(each, now) for each in live]})
    elif str(ics) != "-":
        _print(live, now)


def _wanted(settings: Settings, section: str | None, region: str | None) -> Wanted:
    from monitor.classify import OTHER
    from monitor.store import Wanted

    sections = [*settings.sections.names, OTHER]
    if section is not None and section not in sections:
        raise click.UsageError(f"--section is one of: {'、'.join(sections)}")
    regions = dict.fromkeys(source.region for source in settings.sources)
    if region is not None and region not in regions:
        raise click.UsageError(f"--region is one of: {'、'.join(regions)}")
    standing = tuple(source.id for source in settings.sources if source.region == region)
    return Wanted(section=section, sources=standing if region is not None else None)


def _write(file: Path, found: Sequence[Appointment], works: Works) -> None:
    """The calendar, cancelled appointments too."""
    from monitor.calendar.ics import REMIND_DAYS, Reminder, write
    from monitor.jobs.publish import write_file

    reminder = Reminder(days=REMIND_DAYS, works=works)
    data = write(found, name="快讯截止", reminder=reminder)
    if str(file) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    write_file(file, data)
    click.echo(f"已写入 {file}", err=True)


def _print(live: Sequence[Appointment], now: datetime) -> None:
    from monitor.cli.tables import plain
    from monitor.digest.due import due

    for each in live:
        record, before = each.last, each.before
        title = plain(record.notice.title)
        say(f"{due((each.deadline,), now)}  [{record.section}]  #{record.notice_id} {title}")
        moved = f"原定 {before.date} {before.time or ''}".rstrip() if before else ""
        if details := "；".join(filter(None, (each.deadline.what, moved))):
            say(f"    {plain(details)}")
    if not live:
        say("没有尚未截止的事项。")


def _json(each: Appointment, now: datetime) -> dict[str, object]:
    """A deadline of CONTRACT with its notice; `moved_from` is where it stood before."""
    from monitor.cli.shapes import moment, notice_json
    from monitor.dates import local_date

    deadline, before, record = each.deadline, each.before, each.last
    return {
        "uid": each.uid,
        "date": deadline.date.isoformat(),
        "time": deadline.time,
        "ends": moment(each.ends),
        "days_left": (deadline.date - local_date(now)).days,
        "what": deadline.what,
        "kind": deadline.kind,
        "raw": deadline.raw,
        "place": deadline.place or None,
        "moved_from": {"date": before.date.isoformat(), "time": before.time} if before else None,
        "section": record.section,
        "source": record.source_id,
        "notice": {"id": record.notice_id, **notice_json(record.notice), "sources": list(record.sources)},
    }
