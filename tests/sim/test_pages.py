"""The simulated pages are what they claim to be: every family reads back what its site was told to say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from monitor.demo.columns import Column
from monitor.demo.exchange import Ask
from monitor.demo.noise import Noise
from monitor.demo.sim import words
from monitor.demo.sim.acts import Act, Event
from monitor.demo.sim.pages import PLAIN_LISTS, PLAIN_PAGES, Seen, look
from monitor.demo.sim.places import SHAPES, columns, source
from monitor.demo.sim.play import START
from monitor.demo.sim.script import OLDER, Plot, plot
from monitor.demo.sim.served import What
from monitor.demo.sim.site import Site
from monitor.families import FAMILIES
from monitor.fields.bodies import Bodies
from monitor.model import Listing, ListingItem, Notice, Page, Request
from monitor.normalise import normalise

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
COLUMNS = columns(len(SHAPES))
NAMES = [column.id for column in COLUMNS]
NOBODY = Bodies(bodies={}, national=frozenset())
every_shape = pytest.mark.parametrize("column", COLUMNS, ids=NAMES)


def told(column: Column) -> Plot:
    return plot(column, number=0, start=START, days=8, seed=5)


def site_of(column: Column, *acts: Act) -> Site:
    site = Site(column, told(column).older)
    for act in acts:
        site.happen(Event(at=NOW, act=act))
    return site


def seen(site: Site, request: Request, visit: int = 1) -> Seen:
    address = urlsplit(request.url)
    ask = Ask(
        host=address.hostname or "",
        path=address.path,
        method=request.method,
        query=dict(parse_qsl(address.query)),
        form=dict(request.form),
    )
    return look(site, ask, at=NOW, noise=Noise(visit=visit, now=NOW))


def page(site: Site, request: Request, visit: int = 1) -> Page:
    answer = seen(site, request, visit).answer
    assert answer.status == 200, request.url
    headers = dict(answer.headers)
    body = answer.body
    if headers.get("Content-Encoding") == "gzip":
        import gzip

        body = gzip.decompress(body)
    return Page(url=request.url, body=body, content_type=headers.get("Content-Type", ""), form=request.form)


def listing(site: Site, request: Request | None = None) -> Listing:
    """The rows of the first page, or of the one asked for, through shells."""
    read = source(site.column)
    family = FAMILIES[site.column.family]
    found: Listing | Request = request or family.first(read)
    while isinstance(found, Request):
        found = family.listing(page(site, found), read)
    return found


def notice(site: Site, item: ListingItem, visit: int = 1) -> Notice:
    read = source(site.column)
    raw = FAMILIES[site.column.family].notice(page(site, item.request or Request(url=item.url), visit), read)
    return normalise(raw, item, read, bodies=NOBODY)


@every_shape
def test_the_rows_read_are_those_that_stand(column: Column) -> None:
    site = site_of(column)
    standing = [each.row for each in site.listed(NOW)][: site.shape.size]
    rows = [(item.title, item.published_on) for item in listing(site).items]
    assert rows == [(row.title, row.on) for row in standing]


@every_shape
def test_the_second_page_follows_the_first(column: Column) -> None:
    site = site_of(column)
    first = listing(site)
    if site.shape.size > OLDER:
        assert first.next is None
        return
    assert first.next is not None
    second = listing(site, first.next)
    numbers = seen(site, second.next).shown if second.next else None
    assert [item.title for item in second.items] == [row.row.title for row in site.listed(NOW)[12:24]]
    assert second.next is None or (numbers and numbers.what is What.ROWS)


@every_shape
def test_a_notice_says_what_it_was_told_to_say(column: Column) -> None:
    site = site_of(column)
    for item, standing in zip(listing(site).items, site.listed(NOW)[:12], strict=False):
        read = notice(site, item)
        row = standing.row
        due = words.due_on(row.text)
        assert read.title == row.title
        assert all(line in read.body for line in row.text.body)
        assert [deadline.date for deadline in read.deadlines] == ([due] if due else [])
        assert read.doc_number == (row.number or None)
        assert len(read.attachments) == len(row.text.attachments)
        for file in read.attachments:
            shown = seen(site, Request(url=file.url)).shown
            assert shown
            assert (shown.what, shown.notice, shown.state) == (What.FILE, standing.number, "0")


@every_shape
def test_two_visits_read_the_same_whatever_the_noise(column: Column) -> None:
    site = site_of(column)
    item = listing(site).items[0]
    assert notice(site, item, 1) == notice(site, item, 2)


@pytest.mark.parametrize("act", [Act.AMOUNT, Act.LINE, Act.PHONE, Act.TITLE])
@every_shape
def test_an_edit_is_another_text(column: Column, act: Act) -> None:
    site = site_of(column)
    item = listing(site).items[0]
    before = notice(site, item)
    site.happen(Event(at=NOW, act=act, notice=OLDER - 1, much=9))
    after = notice(site, listing(site).items[0])
    assert (after.title, after.body) != (before.title, before.body)


@pytest.mark.parametrize("name", PLAIN_LISTS)
def test_a_redesigned_list_has_the_same_rows(name: str) -> None:
    column = next(each for each in COLUMNS if each.shape == name)
    plain, old = listing(site_of(column, Act.LOOK)), listing(site_of(column))
    shown = [[(item.url, item.title, item.published_on) for item in found.items] for found in (plain, old)]
    assert shown[0] == shown[1]
    assert (plain.next and plain.next.url) == (old.next and old.next.url)


@pytest.mark.parametrize("name", PLAIN_PAGES)
def test_a_redesigned_page_has_the_same_text(name: str) -> None:
    column = next(each for each in COLUMNS if each.shape == name)
    item = listing(site_of(column)).items[0]
    assert notice(site_of(column, Act.DRESS), item).body == notice(site_of(column), item).body


@every_shape
def test_a_new_template_says_more_than_the_text(column: Column) -> None:
    item = listing(site_of(column)).items[0]
    assert notice(site_of(column, Act.TEMPLATE), item).body != notice(site_of(column), item).body


@every_shape
def test_after_a_move_every_row_has_another_address_and_the_same_page(column: Column) -> None:
    before, after = listing(site_of(column)), listing(site_of(column, Act.MOVE))
    assert not {item.url for item in before.items} & {item.url for item in after.items}
    assert [item.title for item in before.items] == [item.title for item in after.items]
    old, new = notice(site_of(column), before.items[0]), notice(site_of(column, Act.MOVE), after.items[0])
    assert (old.title, old.body) == (new.title, new.body)


@every_shape
def test_an_old_address_is_gone_or_leads_on(column: Column) -> None:
    item = listing(site_of(column)).items[0]
    request = item.request or Request(url=item.url)
    gone = seen(site_of(column, Act.MOVE), request)
    assert gone.answer.status == 404
    assert gone.shown
    assert (gone.shown.what, gone.shown.is_own) == (What.GONE, False)
    leads = seen(site_of(column, Act.MOVE_ON), request).answer
    assert leads.status == (404 if column.family == "json" else 301)


@every_shape
@pytest.mark.parametrize("act", [Act.SWAP, Act.GARBLE, Act.MESS])
def test_what_must_be_doubted_is_in_nobodys_book(column: Column, act: Act) -> None:
    site = site_of(column)
    site.happen(Event(at=NOW, act=act, until=NOW + timedelta(hours=1)))
    strange = {(item.url, item.title) for item in listing(site).items}
    usual = {(item.url, item.title) for item in listing(site_of(column)).items}
    assert not strange & usual
