"""The pages of the first form: changes, one notice, sources. Read only; everything a site said is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.calendar import upcoming
from monitor.dates import SHANGHAI, local_date
from monitor.decide.owner import IMPORT
from monitor.diff import STYLE, last_edit
from monitor.diff import html as edit_html
from monitor.digest.due import due
from monitor.escape import link
from monitor.model import ChangeRecord, Source
from monitor.reasons import in_chinese
from monitor.store import ChangeFilter, Store, Wanted
from monitor.web.feeds import in_region
from monitor.words import DECISIONS, KINDS, STATUSES

MOST_CHANGES = 300

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,  # for every template, whatever its suffix
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["safe_link"] = link
_templates.filters["reason"] = in_chinese
_templates.filters["kind"] = KINDS.__getitem__
_templates.filters["status"] = STATUSES.__getitem__
_templates.filters["decision"] = DECISIONS.__getitem__
_templates.filters["local"] = lambda at: at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What the pages are made from. `mark` stands on every page, "" for none."""

    store: Store
    configured: Sequence[Source]
    now: Callable[[], datetime]
    mark: str

    def changes(self, section: str | None = None) -> HTMLResponse:
        """变更: the change log, newest day first."""
        records = self.store.notices.changes(ChangeFilter(section=section, limit=MOST_CHANGES))
        return self._render(
            "changes.html",
            days=[(day, list(group)) for day, group in groupby(records, _day)],
            count=len(records),
            full=len(records) == MOST_CHANGES,
            section=section,
            troubled=self._troubled(),
            names=self._names,
            today=local_date(self.now()),
        )

    def notice(self, notice_id: int) -> HTMLResponse:
        """公告: one notice with its history and where it stands."""
        record = self.store.notices.record(notice_id)
        if record is None:
            return self._render("missing.html", status=404)
        edit = last_edit(record.versions)
        return self._render(
            "notice.html",
            record=record,
            notice=record.notice,
            names=self._names,
            edit=edit_html(edit) if edit else "",
            style=STYLE,
        )

    def sources(self) -> HTMLResponse:
        """信息源: how each is doing."""
        states = self.store.sources.states()
        rows = [(source, states.get(source.id)) for source in self.configured]
        return self._render("sources.html", rows=rows)

    def deadlines(self, section: str | None = None, region: str | None = None) -> HTMLResponse:
        """截止: what is still to be done in time, soonest first."""
        now = self.now()
        wanted = Wanted(sources=in_region(self.configured, region))
        found = upcoming(self.store.agenda.histories(wanted, local_date(now)), now)
        everything = [each for each in found if not each.cancelled]
        live = [each for each in everything if section in (None, each.last.section)]
        return self._render(
            "deadlines.html",
            days=[(day, list(group)) for day, group in groupby(live, lambda each: each.deadline.date)],
            count=len(live),
            section=section,
            region=region,
            sections=list(dict.fromkeys(each.last.section for each in everything)),
            regions=list(dict.fromkeys(source.region for source in self.configured)),
            words=lambda deadline: due((deadline,), now),
            names=self._names,
        )

    @property
    def _names(self) -> dict[str, str]:
        return {source.id: source.name for source in (*self.configured, IMPORT)}

    def _troubled(self) -> int:
        enabled = {source.id for source in self.configured if source.enabled}
        states = self.store.sources.states().values()
        return sum(1 for s in states if s.id in enabled and s.status and s.status.is_trouble)

    def _render(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        text = _templates.get_template(template).render(mark=self.mark, **values)
        return HTMLResponse(text, status_code=status)


def _day(record: ChangeRecord) -> str:
    return local_date(record.at).isoformat()
