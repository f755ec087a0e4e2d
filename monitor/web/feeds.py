"""/feeds/….atom and /deadlines.ics: for other programs to read. Telephones of people are masked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import HTTPException, Request, Response

from monitor.calendar import upcoming
from monitor.calendar.ics import MEDIA_TYPE as CALENDAR
from monitor.calendar.ics import REMIND_DAYS, Reminder
from monitor.calendar.ics import write as write_calendar
from monitor.dates import local_date
from monitor.decide.owner import IMPORT
from monitor.decide.workdays import Works
from monitor.feed import MEDIA_TYPE as ATOM
from monitor.feed import Feed
from monitor.feed import write as write_feed
from monitor.model import Source
from monitor.store import Store, Wanted
from monitor.web.conditional import answer

MOST_ENTRIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """What the feeds are made from. `mark` stands in every title, "" for none."""

    store: Store
    configured: Sequence[Source]
    now: Callable[[], datetime]
    mark: str
    works: Works

    def everything(self, request: Request) -> Response:
        """The changes of all notices."""
        return self._atom(request, "all", "全部变更", Wanted())

    def section(self, request: Request, section: str) -> Response:
        """The changes of a section's notices; one in which nothing has been filed yet has an empty feed."""
        return self._atom(request, f"section/{section}", section, Wanted(section=section))

    def source(self, request: Request, source_id: str) -> Response:
        """The changes of the notices that stand at a source."""
        names = {source.id: source.name for source in (*self.configured, IMPORT)}
        if source_id not in names:
            raise HTTPException(404)
        wanted = Wanted(sources=(source_id,))
        return self._atom(request, f"source/{source_id}", names[source_id], wanted)

    def deadlines(self, request: Request, section: str | None = None, region: str | None = None) -> Response:
        """Open deadlines as a calendar to subscribe to, all or of a section or region."""
        now = self.now()
        wanted = Wanted(section=section, sources=in_region(self.configured, region))
        found = upcoming(self.store.agenda.histories(wanted, local_date(now)), now)
        name = " · ".join(filter(None, (f"{self.mark}快讯截止", section, region)))
        reminder = Reminder(days=REMIND_DAYS, works=self.works)
        written = write_calendar(found, name=name, reminder=reminder)
        return answer(request, written, media_type=CALENDAR, changed_at=None, now=now)

    def _atom(self, request: Request, name: str, title: str, wanted: Wanted) -> Response:
        # Asked first: what happens while the entries are read is news to who asks by date the next time.
        changed_at = self.store.agenda.touched()
        feed = Feed(name=name, title=f"{self.mark}快讯 · {title}", url=str(request.url))
        written = write_feed(feed, self.store.agenda.news(wanted, MOST_ENTRIES))
        return answer(request, written, media_type=ATOM, changed_at=changed_at, now=self.now())


def in_region(sources: Sequence[Source], region: str | None) -> tuple[str, ...] | None:
    """The ids of a region's sources, None for all; 404 for a region that nobody watches."""
    if region is None:
        return None
    found = tuple(source.id for source in sources if source.region == region)
    if not found:
        raise HTTPException(404)
    return found
