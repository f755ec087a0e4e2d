"""Every simulated page is read right by its family, and its noise really is noise."""

from __future__ import annotations

import re

import pytest

from monitor.demo import MARK
from monitor.demo.columns import COLUMNS, Column, column
from monitor.demo.rows import Row, all_rows
from monitor.demo.truth import EXPECTED, FIRST_POLL, LAST_POLL, Expected
from monitor.families import FAMILIES
from monitor.model import Listing, RawNotice, Request
from tests.demo.conftest import Visitor, source_of


def _id(case: Column | Expected) -> str:
    return case.id if isinstance(case, Column) else str(case.n)


@pytest.mark.parametrize("where", COLUMNS, ids=_id)
def test_a_list_is_read_row_by_row(visitor: Visitor, where: Column) -> None:
    found = visitor.listing(where)
    shown = visitor.world.scene().listed(where.id)
    read = {(item.url, item.title, item.published_on) for item in found.items}
    assert read == {(f"http://{where.host}{row.path}", row.title, row.on) for row in shown}
    assert len(found.items) == len(shown)


@pytest.mark.parametrize("where", COLUMNS, ids=_id)
def test_a_list_is_all_there_is(visitor: Visitor, where: Column) -> None:
    following = visitor.listing(where).next
    if following:
        # JCMS always names its proxy, which then says that nothing follows
        more = FAMILIES[where.family].listing(visitor.page(following), source_of(where))
        assert isinstance(more, Listing)
        assert set(more.items) <= set(visitor.listing(where).items)


@pytest.mark.parametrize("where", COLUMNS, ids=_id)
def test_two_fetches_of_a_list_differ_and_say_the_same(visitor: Visitor, where: Column) -> None:
    family, source = FAMILIES[where.family], source_of(where)
    first = family.first(source)
    assert visitor.page(first).body != visitor.page(first).body
    assert set(visitor.listing(where).items) == set(visitor.listing(where).items)


@pytest.mark.parametrize("expected", EXPECTED, ids=_id)
def test_a_notice_is_read_whole(visitor: Visitor, expected: Expected) -> None:
    text, raw = visitor.world.scene().text(_row(expected)), _notice(visitor, expected)
    assert raw.title == expected.title
    lines = [re.sub(r"\s", "", line) for line in raw.body.splitlines()]
    printed = [*text.heading, text.number, *text.body, *text.signature, text.date]
    assert [line for line in printed if line and re.sub(r"\s", "", line) not in lines] == []
    assert [file.name for file in raw.attachments] == [file.name for file in text.attachments]
    assert raw.body.startswith(MARK)


@pytest.mark.parametrize("expected", EXPECTED, ids=_id)
def test_nothing_around_a_notice_gets_into_its_text(visitor: Visitor, expected: Expected) -> None:
    body = _notice(visitor, expected).body
    for word in ("今天是", "友情链接", "浏览", "点击量", "当前位置", "访客", "打印", "扫一扫", "分享"):
        assert word not in body.replace("双面打印", "")


@pytest.mark.parametrize("expected", EXPECTED, ids=_id)
def test_two_fetches_of_a_notice_differ_and_say_the_same(visitor: Visitor, expected: Expected) -> None:
    request = Request(url=expected.url)
    assert visitor.page(request).body != visitor.page(request).body
    first, second = _notice(visitor, expected), _notice(visitor, expected)
    assert (first.title, first.body, first.attachments) == (second.title, second.body, second.attachments)


@pytest.mark.parametrize("expected", EXPECTED, ids=_id)
def test_a_page_is_not_found_before_its_day(visitor: Visitor, expected: Expected) -> None:
    assert visitor.at(FIRST_POLL).page(Request(url=expected.url)).status == 404
    assert visitor.at(LAST_POLL).page(Request(url=expected.url)).status == 200


def test_every_old_row_has_a_page_that_its_family_reads(visitor: Visitor) -> None:
    for row in all_rows():
        where = column(row.column)
        page = visitor.page(Request(url=f"http://{where.host}{row.path}"))
        raw = FAMILIES[where.family].notice(page, source_of(where))
        assert (raw.title, MARK in raw.body) == (row.title, True)


def test_every_page_says_that_it_is_no_official_text(visitor: Visitor) -> None:
    for url in [*(where.url for where in COLUMNS), *(expected.url for expected in EXPECTED)]:
        assert MARK in visitor.page(Request(url=url)).body.decode()


def test_attachments_can_be_fetched(visitor: Visitor) -> None:
    files = [file for expected in EXPECTED for file in _notice(visitor, expected).attachments]
    assert len(files) == 11
    assert {visitor.page(Request(url=file.url)).status for file in files} == {200}


def test_pinned_rows_come_first_in_another_order_at_every_fetch(visitor: Visitor) -> None:
    orders = {
        tuple(item.title for item in visitor.listing(column("fujian-dongtai")).items[:3]) for _ in range(6)
    }
    assert len(orders) > 1
    assert len({frozenset(order) for order in orders}) == 1


def test_the_closing_day_of_an_opinion_lies_in_the_list_as_milliseconds(visitor: Visitor) -> None:
    item = next(item for item in visitor.listing(column("miit-yijian")).items if item.url == EXPECTED[9].url)
    assert [(fact.label, fact.value[:10]) for fact in item.facts] == [("截止时间", "2019-09-16")]


def test_the_unit_interface_refuses_post_as_the_real_one_does(visitor: Visitor) -> None:
    url = "http://www.miit.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit?pageId=x"
    assert visitor.page(Request(url=url, method="POST")).status == 500


def _row(expected: Expected) -> Row:
    return next(row for row in all_rows() if row.title == expected.title)


def _notice(visitor: Visitor, expected: Expected) -> RawNotice:
    where = column(expected.source)
    return FAMILIES[where.family].notice(visitor.page(Request(url=expected.url)), source_of(where))
