"""Small lists, one lesson each."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.families import FAMILIES
from monitor.model import Listing, ListingItem, Page
from tests.families.pages import source

URL = "https://www.example.gov.cn/tzgg/index.html"


def items(markup: str, *, url: str = URL) -> tuple[ListingItem, ...]:
    page = Page(url=url, body=f"<html><body>{markup}</body></html>".encode())
    listing = FAMILIES["generic"].listing(page, source(url))
    assert isinstance(listing, Listing)
    return listing.items


def rows(*inside: str) -> str:
    filler = "".join(
        f'<li><a href="/tzgg/f{n}.html">其他通知公告{n}</a><span>2026-03-0{n}</span></li>' for n in (1, 2, 3)
    )
    return f"<ul>{''.join(f'<li>{row}</li>' for row in inside)}{filler}</ul>"


@pytest.mark.parametrize(
    "row",
    [
        '<a href="/tzgg/1.html">关于示例的通知</a><span>2026-09-15</span>',
        '<span>2026-09-15</span><a href="/tzgg/1.html">关于示例的通知</a>',
        '<span>[\n2026-09-15\n]</span><a href="/tzgg/1.html" title="关于示例的通知">关于示…</a>',
        '<a href="/art/2026/9/1/art_7_1.html" title="2026-09-15">关于示例的通知</a>',
        '<a href="/tzgg/1.html"><b>关于示例的通知</b><em>2026年9月15日</em></a>',
        '<a href="/tzgg/1.html"><h3>关于示例的通知</h3><p>摘要，自2025年1月1日起</p><i>2026/9/15</i></a>',
        '<a href="/tzgg/">[通知]</a><a href="/tzgg/t20260101_1.html">关于示例的通知</a>（2026.9.15）',
        '<a href="javascript:;">展开</a><a href="/tzgg/1.html">关于示例的通知</a><i>2026-09-15</i>',
        '<a href="/tzgg/1.html">[置顶] 关于示例的通知</a><i>2026-09-15</i>',
        '<a href="/tzgg/1.html">· 关于示例的通知 NEW</a><i>2026-09-15</i>',
        '<a href="/tzgg/1.html">[已结束]关于示例的通知</a><i>2026-09-15至2026-10-15</i>',
        '<a href="/tzgg/1.html" title="查看详情">2026-09-15 关于示例的通知</a><i>2026-09-15</i>',
        '<a href="/tzgg/1.html">关于示例的通知</a><i>二〇二六年九月十五日</i>',
    ],
)
def test_a_row_in_any_dress(row: str) -> None:
    first = items(rows(row))[0]
    assert (first.title, first.published_on) == ("关于示例的通知", date(2026, 9, 15))


def test_a_date_in_a_title_is_not_when_the_row_was_published() -> None:
    found = items(rows('<a href="/tzgg/t20260915_1.html">示例办法（2021年10月30日公布）</a>'))
    assert found[0].title == "示例办法（2021年10月30日公布）"
    assert found[0].published_on is None


def test_a_title_keeps_the_date_that_belongs_to_it() -> None:
    found = items(rows('<a href="/tzgg/1.html">2026年9月1日新闻发布会</a><i>2026-09-15</i>'))
    assert found[0].title == "2026年9月1日新闻发布会"


def test_other_hosts_count_when_they_are_dated() -> None:
    found = items(rows('<a href="http://zwgk.other.gov.cn/1.html">关于示例的通知</a><i>2026-09-15</i>'))
    assert found[0].url == "http://zwgk.other.gov.cn/1.html"


def test_links_without_dates_beside_dated_rows_are_not_rows() -> None:
    links = (
        '<ul class="links"><li><a href="http://www.b.cn/20260101/1.html">友情链接一号单位网站</a></li></ul>'
    )
    assert len(items(rows() + links)) == 3


def test_a_sidebar_with_dates_is_not_the_list() -> None:
    side = '<div class="side"><ul class="hot"><li><a href="/hot/1.html">热点文章的标题</a><i>2026-09-15</i></li></ul></div>'
    found = items(side + f'<div class="main">{rows()}</div>')
    assert [item.title for item in found] == ["其他通知公告1", "其他通知公告2", "其他通知公告3"]


def test_pinned_rows_in_a_list_of_their_own_belong_to_it() -> None:
    pinned = '<ul class="top"><li><a href="/tzgg/9.html">置顶的旧通知公告</a><i>2020-01-01</i></li></ul>'
    assert len(items(f'<div class="list">{pinned}{rows()}</div>')) == 4


def test_a_list_inside_a_layout_table_is_read_by_its_rows() -> None:
    assert len(items(f"<table><tr><td>2026-09-16 星期三</td><td>{rows()}</td></tr></table>")) == 3


def test_a_row_of_a_table() -> None:
    found = items(
        "<table>"
        + "".join(
            f'<tr><td>{n}</td><td><a href="/tzgg/{n}.html">关于第{n}项的通知</a></td><td>2026-09-0{n}</td></tr>'
            for n in (1, 2)
        )
        + "</table>"
    )
    assert [item.published_on for item in found] == [date(2026, 9, 1), date(2026, 9, 2)]


def test_the_base_of_a_page_counts() -> None:
    page = f'<html><head><base href="https://www.other.gov.cn/x/"></head><body>{rows("<a href=1.html>关于示例的通知</a><i>2026-09-15</i>")}</body></html>'
    listing = FAMILIES["generic"].listing(Page(url=URL, body=page.encode()), source(URL))
    assert isinstance(listing, Listing)
    assert listing.items[0].url == "https://www.other.gov.cn/x/1.html"


def test_the_same_address_counts_once_and_the_first_row_stays() -> None:
    twice = '<a href="/tzgg/1.html?t=1790000000123">关于示例的通知</a><i>2026-09-15</i>'
    found = items(rows(twice, twice.replace("123", "456").replace("关于示例", "改了名的")))
    assert [item.title for item in found][:2] == ["关于示例的通知", "其他通知公告1"]


@pytest.mark.parametrize(
    ("script", "following"),
    [
        ('createPageHTML(9, 0, "index", "html");', "index_1.html"),
        ('createPageHTML(9, 7, "index", "shtml");', "index_8.shtml"),
        ('createPageHTML(9, 8, "index", "html");', None),
        ("createPageHTML('page_div',5, 1,'fg','shtml',89);", "fg_2.shtml"),
        ("createPageHTML('page_div',5, 5,'fg','shtml',89);", None),
        ("var countPage = 3; var currentPage = 1; x = 'index' + '_' + n + '.html';", "index_2.html"),
        ("var countPage = 3; var currentPage = 2;", None),
        ("", None),
    ],
)
def test_where_the_list_goes_on(script: str, following: str | None) -> None:
    body = f"<html><body>{rows()}<script>{script}</script></body></html>".encode()
    listing = FAMILIES["trs"].listing(Page(url=URL, body=body), source(URL))
    assert isinstance(listing, Listing)
    found = listing.next.url if listing.next else None
    assert found == (f"https://www.example.gov.cn/tzgg/{following}" if following else None)
