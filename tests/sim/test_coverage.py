"""The check that the truth is not empty because nobody asked: it misses what was not served."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.demo.sim.coverage import Covered, coverage
from monitor.demo.sim.pages import state_of
from monitor.demo.sim.play import START, Run, Street, street
from monitor.demo.sim.served import Shown, What

RUN = Run(days=40, columns=20, seed=11)
END = START + timedelta(days=RUN.days)


def visited(*, pages: bool, absences: bool) -> list[Covered]:
    """What a visitor covers who sees every list twice a day, and as much of the pages behind it."""
    sites = street(RUN)
    at = START
    while at < END:
        sites.until(at)
        _visit(sites, pages=pages, absences=absences)
        at += timedelta(hours=12)
    return [coverage(plot, sites.book.of(plot.column.id), end=END) for plot in sites.plots]


def _visit(sites: Street, *, pages: bool, absences: bool) -> None:
    for site in sites.sites.values():
        listed = tuple(each.number for each in site.listed(sites.now)[:12])
        sites.book.write(site.column.id, sites.now, Shown(what=What.ROWS, rows=listed))
        for standing in site.notices:
            if standing.gone and absences:
                sites.book.write(site.column.id, sites.now, Shown(what=What.GONE, notice=standing.number))
            elif pages and not standing.gone:
                state = state_of(standing.row)
                shown = Shown(what=What.PAGE, notice=standing.number, state=state)
                sites.book.write(site.column.id, sites.now, shown)


def test_who_sees_everything_covers_everything() -> None:
    found = visited(pages=True, absences=True)
    assert sum(each.due for each in found) > 50
    assert [each.missing for each in found if each.missing] == []


@pytest.mark.parametrize(("pages", "absences"), [(False, True), (True, False)])
def test_what_nobody_saw_is_missing(*, pages: bool, absences: bool) -> None:
    found = visited(pages=pages, absences=absences)
    missing = [stood for each in found for stood in each.missing]
    assert missing
    assert {stood.is_gone for stood in missing} == {pages}
