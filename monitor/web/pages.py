"""The pages of the first form: changes, one notice, sources. Read only; everything a site said is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.dates import SHANGHAI, local_date
from monitor.escape import link
from monitor.model import ChangeRecord, Decision, Kind, Source, Status
from monitor.store import ChangeFilter, Store

MOST_CHANGES = 300

KINDS = {
    Kind.BASELINE: "基线",
    Kind.NEW: "新增",
    Kind.REVISED: "修订",
    Kind.WITHDRAWN: "撤回",
    Kind.RESTORED: "恢复",
    Kind.DEADLINE_MOVED: "改期",
}
STATUSES = {
    None: "尚未轮询",
    Status.OK: "正常",
    Status.UNCHANGED: "正常，无变化",
    Status.BASELINE: "正常，已建立基线",
    Status.BLOCKED: "被拦截",
    Status.EMPTY: "列表为空",
    Status.HELD: "待人工确认",
    Status.FAILED: "读取失败",
}
DECISIONS = {
    Decision.KEEP: "采用",
    Decision.DROP: "不用",
    Decision.DEFER: "缓用",
    Decision.MOVE: "改栏目",
}

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,  # for every template, whatever its suffix
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["safe_link"] = link
_templates.filters["kind"] = KINDS.__getitem__
_templates.filters["status"] = STATUSES.__getitem__
_templates.filters["decision"] = DECISIONS.__getitem__
_templates.filters["local"] = lambda at: at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else "—"


def changes(
    store: Store, names: Mapping[str, str], now: Callable[[], datetime]
) -> Callable[[str | None], HTMLResponse]:
    """变更: the change log, newest day first."""

    def page(section: str | None = None) -> HTMLResponse:
        records = store.notices.changes(ChangeFilter(section=section, limit=MOST_CHANGES))
        troubled = [
            state for state in store.sources.states().values() if state.status and state.status.is_trouble
        ]
        return _render(
            "changes.html",
            days=[(day, list(group)) for day, group in groupby(records, _day)],
            count=len(records),
            full=len(records) == MOST_CHANGES,
            section=section,
            troubled=len([state for state in troubled if state.id in names]),
            names=names,
            today=local_date(now()),
        )

    return page


def notice(store: Store, names: Mapping[str, str]) -> Callable[[int], HTMLResponse]:
    """公告: one notice with its versions and where it stands."""

    def page(notice_id: int) -> HTMLResponse:
        record = store.notices.record(notice_id)
        if record is None:
            return _render("missing.html", status=404)
        return _render("notice.html", record=record, notice=record.notice, names=names)

    return page


def sources(store: Store, configured: Sequence[Source]) -> Callable[[], HTMLResponse]:
    """信息源: how each is doing."""

    def page() -> HTMLResponse:
        states = store.sources.states()
        return _render("sources.html", rows=[(source, states.get(source.id)) for source in configured])

    return page


def _day(record: ChangeRecord) -> str:
    return local_date(record.at).isoformat()


def _render(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    return HTMLResponse(_templates.get_template(template).render(**values), status_code=status)
