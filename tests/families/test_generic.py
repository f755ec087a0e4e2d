"""What `generic` makes of pages of no known system: lists built in any way, texts in no known container."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from monitor.errors import EmptyListing
from monitor.families import FAMILIES
from monitor.model import Listing, Page, RawNotice
from tests.families.pages import Saved, lists, notices, read, source

URL = "https://www.example.gov.cn/tzgg/index.html"
TITLES = [f"关于开展第{number}批示例项目申报工作的通知" for number in range(1, 7)]
NAV = (
    "<div class='nav'><ul>"
    + "".join(f"<li><a href='/c{n}/'>栏目{n}名称</a></li>" for n in range(8))
    + "</ul></div>"
)
LINKS = (
    "<div class='links'><ul>"
    + "".join(f"<li><a href='http://www.s{n}.gov.cn/'>示例部门网站之第{n}号</a></li>" for n in range(30))
    + "</ul></div><div class='bq'><p>主办单位：示例厅 地址：示例市示例路1号 电话：0000-00000000</p></div>"
)

Shape = Callable[[int, str], str]


def listing(markup: str) -> list[tuple[str, str]]:
    body = f"<html><head><title>通知公告</title></head><body>{NAV}{markup}{LINKS}</body></html>".encode()
    found = FAMILIES["generic"].listing(Page(url=URL, body=body), source(URL))
    assert isinstance(found, Listing)
    return [(item.title, str(item.published_on)) for item in found.items]


def each(shape: Shape, count: int = 6) -> str:
    return "".join(shape(n, title) for n, title in enumerate(TITLES[:count]))


def ul(shape: Shape) -> str:
    return f"<ul class='list'>{each(lambda n, title: f'<li>{shape(n, title)}</li>')}</ul>"


DATED = [(title, f"2026-09-1{n}") for n, title in enumerate(TITLES)]


@pytest.mark.parametrize(
    "markup",
    [
        ul(
            lambda n, t: (
                f"<div class='date'><b>1{n}</b><span>2026-09</span></div><a href='/tzgg/2026/{n}.html'>{t}</a>"
            )
        ),
        ul(
            lambda n, t: (
                f"<div class='date'><span>2026.09</span><b>1{n}</b></div><a href='/tzgg/2026/{n}.html'>{t}</a>"
            )
        ),
        ul(
            lambda n, t: (
                f"<div class='date'><b>09-1{n}</b><span>2026</span></div><a href='/tzgg/2026/{n}.html'>{t}</a>"
            )
        ),
        ul(
            lambda n, t: (
                f"<div class='date'><span>2026年</span><b>09月1{n}日</b></div><a href='/a/{n}.html'>{t}</a>"
            )
        ),
        ul(
            lambda n, t: (
                f"<a href='/tzgg/{n}.html'><div class='date'><b>1{n}</b><span>2026.09</span></div>"
                f"<h3>{t}</h3><p>根据《示例办法》（2025年3月1日发布）有关规定，</p></a>"
            )
        ),
        ul(
            lambda n, t: (
                f"<div class='date'><b>1{n}</b><span>2026-09</span></div><a href='/tzgg/{n}.html'>{t}</a>"
                "<p>根据《示例办法》（2025年3月1日发布）有关规定，</p>"
            )
        ),
        ul(lambda n, t: f"<a href='/tzgg/{n}.html'>{t}</a><time datetime='2026-09-1{n}'>09-1{n}</time>"),
        ul(
            lambda n, t: (
                f"<a href='/tzgg/'>[通知公告]</a> <a href='/tzgg/{n}.html'>{t}</a><i>2026-09-1{n}</i>"
            )
        ),
        ul(lambda n, t: f"<a href='/xzweb/detail?id=77{n}'>{t}</a><em>2026/9/1{n}</em>"),
        ul(lambda n, t: f"<h3>{t}</h3><i>2026-09-1{n}</i><a href='/tzgg/{n}.html'>查看详情</a>"),
        f"<dl>{each(lambda n, t: f'<dt><a href=/tzgg/{n}.html>{t}</a></dt><dd>2026-09-1{n}</dd>')}</dl>",
        each(lambda n, t: f"<a href='/tzgg/{n}.html'>{t}</a><span>2026-09-1{n}</span><br>"),
        each(lambda n, t: f"<p><a href='/tzgg/{n}.html'>{t}</a>（2026-09-1{n}）</p>"),
        f"<table>{each(lambda n, t: f'<tr><td>{n}</td><td><a href=/a/{n}.html>{t}</a></td><td>2026-09-1{n}</td></tr>')}</table>",
        ul(lambda n, t: f"<a href='/tzgg/{n}.html'>{t}</a><i>2026-09-1{n}</i>") * 2,
    ],
)
def test_a_list_in_any_dress(markup: str) -> None:
    assert listing(markup) == DATED


@pytest.mark.parametrize(
    "markup",
    [
        ul(lambda n, t: f"<a href='/tzgg/info_{n}.jhtml'>{t}</a><span>09-1{n}</span>"),
        each(lambda n, t: f"<div><a href='/tzgg/info_{n}.jhtml' title='{t}'>{t[:8]}…</a></div>"),
    ],
)
def test_a_year_that_is_not_there_is_not_made_up(markup: str) -> None:
    assert listing(markup) == [(title, "None") for title in TITLES]


def test_all_lists_of_a_hub_are_its_rows() -> None:
    boxes = (
        f"<div class='box{k}'><h3>栏目{k}</h3><ul>"
        + each(lambda n, t, k=k: f"<li><a href='/c{k}/{n}.html'>{k}：{t}</a><i>2026-09-1{n}</i></li>", 4)  # type: ignore[misc]
        + "</ul></div>"
        for k in range(3)
    )
    assert len(listing("".join(boxes))) == 12


@pytest.mark.parametrize("count", [6, 4])
def test_dated_sidebars_are_not_the_list_even_if_they_are_longer(count: int) -> None:
    def side(name: str) -> str:
        return (
            f"<div class='{name}'><ul class='{name}'>"
            + each(lambda n, t: f"<li><a href='/{name}/{n}.html'>热点{t}</a><i>2026-09-1{n}</i></li>")
            + "</ul></div>"
        )

    main = each(lambda n, t: f"<li><a href='/tzgg/{n}.html'>{t}</a><i>2026-09-1{n}</i></li>", count)
    assert (
        listing(f"{side('hot')}<div class='main'><ul class='list'>{main}</ul></div>{side('new')}")
        == DATED[:count]
    )


def test_rows_that_only_a_script_can_open_are_no_rows() -> None:
    rows = ul(
        lambda n, t: f"<a href='javascript:;' onclick=\"openW('/tzgg/{n}.html')\">{t}</a><em>2026/9/1{n}</em>"
    )
    with pytest.raises(EmptyListing):
        listing(rows)


LINES = [
    "各有关单位：",
    "为做好2026年度示例项目申报工作，现将有关事项通知如下。",
    "一、申报条件。申报单位应当在本省注册，管理规范，近三年没有示例所列的情形。",
    "二、请于2026年10月15日前将申报材料报送示例处。",
    "示例工业和信息化厅",
    "2026年9月9日",
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES)
RELATED = f"<div class='xg'><h3>相关文章</h3>{ul(lambda n, t: f'<a href=/tzgg/{n}.html>{t}</a><i>2026-08-1{n}</i>')}</div>"
TABLE = "<table><tr><td>序号</td><td>单位名称</td></tr><tr><td>1</td><td>示例公司</td></tr></table>"


def notice(markup: str) -> RawNotice:
    title = "关于开展示例项目申报工作的通知"
    body = (
        f"<html><head><title>{title}-示例工业和信息化厅</title></head><body>{NAV}<div class='wrap'>"
        f"<div class='dq'>当前位置：<a href='/'>首页</a> &gt; <a href='/tzgg/'>通知公告</a></div><h1>{title}</h1>"
        f"<div class='info'>发布时间：2026-09-10　来源：示例处</div>{markup}</div>{LINKS}</body></html>"
    )
    url = "https://www.example.gov.cn/tzgg/2026/77.html"
    return FAMILIES["generic"].notice(Page(url=url, body=body.encode()), source(url))


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class='abc'>{PARAGRAPHS}</div>",
        f"<div class='abc'>{PARAGRAPHS}</div>{RELATED}",
        "<div class='abc'>" + "".join(f"<div>{line}</div>" for line in LINES) + "</div>",
        f"<div class='abc'>{'<br>'.join(LINES)}</div>",
        f"<table><tr><td>{'<br>'.join(LINES)}</td></tr></table>",
        "<div class='abc'><section>"
        + "".join(f"<p><span><b>{x[:3]}</b>{x[3:]}</span></p>" for x in LINES)
        + "</section></div>",
        f"<div class='TRS_Editor'><div class='TRS_Editor'><div>{PARAGRAPHS}</div></div></div>",
        f"<div class='abc'><div>{PARAGRAPHS[: PARAGRAPHS.index('<p>一')]}</div><div>{PARAGRAPHS[PARAGRAPHS.index('<p>一') :]}</div></div>",
    ],
)
def test_a_text_without_a_known_container(markup: str) -> None:
    found = notice(markup)
    assert found.title == "关于开展示例项目申报工作的通知"
    assert found.body.splitlines() == LINES
    assert [(fact.label, fact.value) for fact in found.facts] == [
        ("发布时间", "2026-09-10"),
        ("来源", "示例处"),
    ]


def test_a_table_in_a_text_is_kept() -> None:
    found = notice(f"<div class='abc'>{PARAGRAPHS}{TABLE}</div>")
    assert found.body.splitlines() == [*LINES, "序号 | 单位名称", "1 | 示例公司"]


def test_a_usual_name_around_the_whole_middle_of_a_page_is_not_the_text() -> None:
    found = notice(f"<div class='abc'>{PARAGRAPHS}</div>")
    whole = notice(
        f"</div><div class='content'><h1>关于开展示例项目申报工作的通知</h1><div class='t'>{PARAGRAPHS}</div>"
    )
    assert whole.body == found.body


MARKUP = [
    one for one in (*lists(), *notices()) if not one.body.startswith(b"{") and b"<datastore" not in one.body
]


@pytest.mark.parametrize(
    "one", [one for one in MARKUP if one.family != "selectors"], ids=lambda one: one.name
)
def test_generic_reads_the_pages_of_all_families(one: Saved) -> None:
    """A known family adds paging and what stands in scripts: rows, titles and texts are alike."""
    right = read(one, one.page())
    if isinstance(right, Listing):
        found = FAMILIES["generic"].listing(one.page(), source(one.url))
        assert isinstance(found, Listing)
        assert [(i.url, i.title, i.published_on) for i in found.items] == [
            (i.url, i.title, i.published_on) for i in right.items
        ]
        return
    assert isinstance(right, RawNotice)
    told = FAMILIES["generic"].notice(one.page(), source(one.url))
    assert (told.title, told.body) == (right.title, right.body)
