"""What families ask for beyond the list page itself."""

from __future__ import annotations

import json

import pytest

from monitor.errors import ParseError
from monitor.families import FAMILIES
from monitor.model import Listing, Page, Request
from tests.families.pages import source

MIIT = "https://www.gxb.example.gov.cn/zwgk/tz/index.html"
UNIT = "https://www.gxb.example.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY = {
    "parseType": "bulidstatic",
    "webId": "8d82",
    "tplSetId": "2097",
    "pageType": "column",
    "tagId": "内容区域",
    "editType": "null",
    "pageId": "b3f2",
}


def shell(*units: dict[str, str]) -> Page:
    scripts = "".join(
        f'<script parseType="buildstatic" queryData="{unit!s}" url="/api-gateway/jpaas-publish-server/front/page/build/unit"></script>'
        for unit in units
    )
    return Page(url=MIIT, body=f"<html><body>{scripts}</body></html>".encode())


def test_a_shell_is_answered_with_every_key_in_the_sites_own_spelling() -> None:
    request = FAMILIES["jpaas"].listing(shell(QUERY), source(MIIT))
    assert isinstance(request, Request)
    assert request.url == (
        f"{UNIT}?parseType=bulidstatic&webId=8d82&tplSetId=2097&pageType=column"
        "&tagId=%E5%86%85%E5%AE%B9%E5%8C%BA%E5%9F%9F&editType=null&pageId=b3f2"
    )
    assert request.headers == (("Referer", MIIT),)


def test_the_unit_of_the_list_is_chosen_among_several() -> None:
    nav, left, body = (QUERY | {"tagId": tag} for tag in ("当前位置", "左侧导航", "右侧内容"))
    article = QUERY | {"pageType": "article"}
    for units in ((nav, left, body, article), (article, body, nav, left)):
        request = FAMILIES["jpaas"].listing(shell(*units), source(MIIT))
        assert isinstance(request, Request)
        assert "tagId=%E5%8F%B3%E4%BE%A7" in request.url
    request = FAMILIES["jpaas"].listing(shell(nav, left, body), source(MIIT, {"tag": "左侧导航"}))
    assert isinstance(request, Request)
    assert "tagId=%E5%B7%A6%E4%BE%A7" in request.url


def test_a_known_query_saves_asking_for_the_shell() -> None:
    first = FAMILIES["jpaas"].first(source(MIIT, {"query": QUERY}))
    assert first == FAMILIES["jpaas"].listing(shell(QUERY), source(MIIT))


@pytest.mark.parametrize(
    "answer",
    [
        {"success": False, "code": "500", "message": "不支持的HTTP方法"},
        {"success": True, "code": "500", "data": {"html": "<li></li>"}},
        {"success": True, "code": "200", "data": None},
        {"success": True, "code": "200", "data": {"html": None}},
        {"success": True, "code": "200", "data": []},
    ],
)
def test_an_error_in_http_200_is_an_error(answer: dict[str, object]) -> None:
    page = Page(url=UNIT, body=json.dumps(answer).encode(), content_type="application/json")
    with pytest.raises(ParseError):
        FAMILIES["jpaas"].listing(page, source(MIIT))


def test_the_tax_list_is_asked_by_form() -> None:
    url = "https://fgk.chinatax.gov.cn/zcfgk/c100006/listflfg.html"
    request = FAMILIES["ucap"].first(source(url, {"channel": "29a8", "size": 20}))
    assert (request.method, request.url) == ("POST", "https://www.chinatax.gov.cn/getFileListByCodeId")
    assert request.form == (("codeId", ""), ("channelId", "29a8"), ("page", "1"), ("size", "20"))


def row(number: int, **more: object) -> dict[str, object]:
    return {"title": f"示例公告{number}", "url": f"/csrc/c1/c{number}/content.shtml"} | more


def files(found: list[dict[str, object]], **data: object) -> Page:
    answer = {"data": {"results": found} | data}
    return Page(
        url="http://www.csrc.example.gov.cn/searchList/a1?_isJson=true&page=2",
        body=json.dumps(answer).encode(),
    )


def test_a_search_list_goes_on_by_its_own_page_key() -> None:
    page = files([row(1), row(2)], page=2, rows=2, total=9)
    listing = FAMILIES["ucap"].listing(page, source(page.url))
    assert isinstance(listing, Listing)
    assert [item.url for item in listing.items] == [
        "http://www.csrc.example.gov.cn/csrc/c1/c1/content.shtml",
        "http://www.csrc.example.gov.cn/csrc/c1/c2/content.shtml",
    ]
    assert listing.next == Request(url="http://www.csrc.example.gov.cn/searchList/a1?_isJson=true&page=3")


def test_the_last_page_of_a_search_list_has_no_next() -> None:
    page = files([row(1)], page=5, rows=2, total=9)
    listing = FAMILIES["ucap"].listing(page, source(page.url))
    assert isinstance(listing, Listing)
    assert listing.next is None


def test_far_fewer_rows_than_announced_is_an_error() -> None:
    page = files([row(1)], page=1, rows=20, total=90)
    with pytest.raises(ParseError, match="announced"):
        FAMILIES["ucap"].listing(page, source(page.url))


def test_a_time_stamp_without_a_date_is_a_beijing_day() -> None:
    page = files([row(1, publishedTime=1767283200000)], page=1, rows=20, total=1)
    listing = FAMILIES["ucap"].listing(page, source(page.url))
    assert isinstance(listing, Listing)
    assert str(listing.items[0].published_on) == "2026-01-02"
