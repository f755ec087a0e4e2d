"""Where each list goes on, and where it ends: what backfill walks along."""

from __future__ import annotations

import json

import pytest

from monitor.errors import EmptyListing, ParseError
from monitor.families import FAMILIES
from monitor.model import Listing, Page, Request
from tests.families.pages import source

GXT = "https://gxt.example.gov.cn/zwgk/gsgg/"
SEARCH = "https://gxt.example.gov.cn/fjdzapp/search"


def rows(count: int = 3, *, path: str = "/tzgg/{n}/index.html") -> str:
    return "<ul>" + "".join(row(n, path.format(n=60000 + n)) for n in range(1, count + 1)) + "</ul>"


def row(number: int, path: str) -> str:
    return f'<li><a href="{path}">关于第{number}项示例的通知</a><span>2026-09-{number:02}</span></li>'


def following(family: str, body: str, url: str, **options: object) -> Request | None:
    listing = FAMILIES[family].listing(page(body, url), source(url, options))
    assert isinstance(listing, Listing)
    return listing.next


def page(body: str, url: str, **form: str) -> Page:
    markup = body if body.startswith(("{", "[")) else f"<html><body>{body}</body></html>"
    return Page(url=url, body=markup.encode(), form=tuple(form.items()))


def test_a_column_without_a_search_form_is_asked_by_get() -> None:
    pager = "<a onclick=\"queryArticleByCondition(this,'/a/17081-2.html')\">下一页</a>"
    found = following("easysite", rows() + pager, "https://www.example.gov.cn/a/index.html")
    assert found == Request(url="https://www.example.gov.cn/a/17081-2.html")


def test_a_column_with_a_search_form_is_asked_by_post() -> None:
    form = (
        '<form><input type="hidden" name="filter_LIKE_TITLE" value=""><input name="token" value="1"></form>'
    )
    pager = '<a tagname="/a/17081-2.html">下一页</a>'
    found = following("easysite", form + rows() + pager, "https://www.example.gov.cn/a/index.html")
    assert found == Request(
        url="https://www.example.gov.cn/a/17081-2.html", method="POST", form=(("filter_LIKE_TITLE", ""),)
    )


@pytest.mark.parametrize("pager", ['<a tagname="[NEXTPAGE]">下一页</a>', "", '<a href="#">下一页</a>'])
def test_an_easysite_list_ends_where_nothing_is_named(pager: str) -> None:
    assert following("easysite", rows() + pager, "https://www.example.gov.cn/a/17081-9.html") is None


def test_an_nfcms_list_ends_where_next_leads_to_itself_or_is_gone() -> None:
    url = "https://www.example.gov.cn/tzgg/index_3.html"
    assert following("nfcms", rows(), url) is None
    here = f'<div id="page_div"><a class="next" href="{url}">下一页</a></div>'
    assert following("nfcms", rows() + here, url) is None


def test_a_column_can_be_read_from_its_json() -> None:
    asked = FAMILIES["nfcms"].first(source("http://gxj.example.gov.cn/xxgk/tzgg/", {"column": "61057"}))
    assert asked == Request(url="http://gxj.example.gov.cn/postmeta/i/61057.json")


@pytest.mark.parametrize(
    ("url", "options", "asked"),
    [
        (
            "http://a.example.cn/gkmlpt/index",
            {"sid": "7"},
            "http://a.example.cn/gkmlpt/api/all/0?page=1&sid=7",
        ),
        (
            "http://a.example.cn/x/gkmlpt/policy#12",
            {"sid": "7"},
            "http://a.example.cn/x/gkmlpt/api/all/12?page=1&sid=7",
        ),
        (
            "http://a.example.cn/gkmlpt#12",
            {"sid": "7", "category": 5},
            "http://a.example.cn/gkmlpt/api/all/5?page=1&sid=7",
        ),
        ("http://a.example.cn/gkmlpt/index#12", {}, "http://a.example.cn/gkmlpt/index#12"),
    ],
)
def test_the_column_of_a_directory_stands_behind_its_address_or_in_the_options(
    url: str, options: dict[str, object], asked: str
) -> None:
    assert FAMILIES["gkmlpt"].first(source(url, options)).url == asked


@pytest.mark.parametrize(
    ("number", "total", "more"), [(1, 101, True), (1, 100, False), (2, 201, True), (3, 201, False)]
)
def test_a_directory_has_a_hundred_rows_a_page(number: int, total: int, more: bool) -> None:
    body = json.dumps(
        {"articles": [{"title": "示例通知", "url": "/gkmlpt/content/1/1/post_1.html"}], "total": total}
    )
    url = f"http://a.example.cn/gkmlpt/api/all/0?page={number}&sid=7"
    found = following("gkmlpt", body, url)
    assert found == (Request(url=url.replace(f"page={number}", f"page={number + 1}")) if more else None)


def test_a_page_that_tells_no_site_number_is_no_directory() -> None:
    shell = page("<script>window._CONFIG = {SID: ''}</script>", "http://a.example.cn/gkmlpt/index")
    with pytest.raises(ParseError, match="site number"):
        FAMILIES["gkmlpt"].listing(shell, source(shell.url))


@pytest.mark.parametrize(
    ("name", "after"), [("index_77_3", "index_77_2"), ("index_77_2", "index_77_1"), ("index_77_1", None)]
)
def test_further_pages_are_numbered_backwards(name: str, after: str | None) -> None:
    here = "http://www.example.gov.cn/n1/n2/{}.html"
    found = following("ncontent", rows(path="/n1/n2/c{n}/content.html"), here.format(name))
    assert found == (Request(url=here.format(after)) if after else None)


def test_a_column_of_one_page_has_no_second() -> None:
    script = "<script>var purl='../../n1/n2/index_77'; maxPageNum = 1;\n if (maxPageNum>1){}</script>"
    url = "http://www.example.gov.cn/n1/n2/index.html"
    assert following("ncontent", rows(path="/n1/n2/c{n}/content.html") + script, url) is None


def test_a_posted_list_goes_on_with_its_form_and_its_rows_lie_where_the_column_does() -> None:
    api = "https://www.chinatax.gov.cn/getFileListByCodeId"
    record = {"title": "工作通知一", "url": "http://www.chinatax.gov.cn/zcfgk/c102424/c1/content.html"}
    body = json.dumps(
        {"code": 200, "results": {"data": {"page": 1, "rows": 1, "total": 3, "results": [record]}}}
    )
    column = source("https://fgk.chinatax.gov.cn/zcfgk/c102424/listflfg.html")
    listing = FAMILIES["ucap"].listing(page(body, api, channelId="0ac3", page="1", size="1"), column)
    assert isinstance(listing, Listing)
    assert listing.items[0].url == "https://fgk.chinatax.gov.cn/zcfgk/c102424/c1/content.html"
    assert listing.next == Request(
        url=api,
        method="POST",
        form=(("channelId", "0ac3"), ("page", "2"), ("size", "1")),
        headers=(("Referer", column.url),),
    )


def test_a_search_list_can_be_named_in_the_options() -> None:
    options: dict[str, object] = {"channel": "a1a0", "api": "https://www.csrc.gov.cn/searchList", "size": 18}
    asked = FAMILIES["ucap"].first(source("https://www.csrc.gov.cn/csrc/c100028/common_list.shtml", options))
    assert (asked.method, asked.url) == (
        "GET",
        "https://www.csrc.gov.cn/searchList/a1a0?_isAgg=true&_isJson=true&_pageSize=18&_template=index&page=1",
    )


def test_a_page_with_rows_of_its_own_is_not_asked_for_others() -> None:
    markup = f'<meta name="channelid" content="{"a1" * 16}">' + rows(path="/csrc/c1/c{n}/content.shtml")
    found = FAMILIES["ucap"].listing(
        page(markup, "http://www.csrc.gov.cn/csrc/c1/fg.shtml"), source("http://x.cn/")
    )
    assert isinstance(found, Listing)


def script(**counts: int) -> str:
    said = ", ".join(f"{name}:'{count}'" for name, count in counts.items())
    return (
        "<script>var SiteInfo = {searchId: 229105};"
        f"var pageChnlInfo={{classsql: '' || 'chnlid=17', sortfield:'-docreltime', {said}}}</script>"
    )


def test_rows_that_all_stand_in_the_page_are_not_asked_for_again() -> None:
    paths = "./202605/t20260525_{n}.htm"
    few = script(maxStaticIndex=5, recordCount=75, prepage=15)
    assert following("trs", rows(path=paths) + few, GXT) is None
    many = following("trs", rows(path=paths) + script(maxStaticIndex=5, recordCount=76, prepage=15), GXT)
    assert many is not None
    assert (many.url, many.method) == (SEARCH, "POST")
    assert dict(many.form).items() >= {"channelid": "229105", "classsql": "chnlid=17", "page": "2"}.items()


@pytest.mark.parametrize(("number", "more"), [("2", "3"), ("3", None)])
def test_the_search_of_fujian_ends_with_its_last_page(number: str, more: str | None) -> None:
    body = json.dumps(
        {"docs": [{"doctitle": "示例通知", "chnldocurl": "/zwgk/t20260525_1.htm"}], "pageCount": "3"}
    )
    listing = FAMILIES["trs"].listing(page(body, SEARCH, page=number), source(GXT))
    assert isinstance(listing, Listing)
    assert (dict(listing.next.form)["page"] if listing.next else None) == more


@pytest.mark.parametrize("body", ['{"num":"-10000","error":true}', '{"success":false}', '{"data":{}}'])
def test_a_search_that_fails_in_http_200_is_an_error(body: str) -> None:
    with pytest.raises(ParseError):
        FAMILIES["trs"].listing(page(body, SEARCH), source(GXT))


def datastore(total: int, *, answer: bool) -> str:
    records = "".join(
        f"<record><![CDATA[{row(n, f'/art/2026/9/{n}/art_75_{n}.html')}]]></record>" for n in (1, 2)
    )
    count = f"<totalrecord>{total}</totalrecord>" if answer else ""
    return f"<datastore>{count}<recordset>{records}</recordset></datastore>"


def test_a_datastore_is_asked_on_by_the_form_of_its_script() -> None:
    url = "https://www.example.gov.cn/col/col75/index.html"
    pager = (
        "<script>$('#485').jpage({totalRecord:5, proxyUrl:'/module/web/jpage/dataproxy.jsp', perPage:2,"
        " params:'columnid=75&unitid=485&webname=%E5%B1%80'})</script>"
    )
    first = following("jcms", f'<script type="text/xml">{datastore(5, answer=False)}</script>{pager}', url)
    assert first is not None
    proxy = "https://www.example.gov.cn/module/web/jpage/dataproxy.jsp"
    assert first.url == f"{proxy}?startrecord=3&endrecord=4&perpage=2"
    assert first.form == (("columnid", "75"), ("unitid", "485"), ("webname", "%E5%B1%80"))
    for address, after in (
        (first.url, f"{proxy}?startrecord=5&endrecord=6&perpage=2"),
        (f"{proxy}?startrecord=5&endrecord=6&perpage=2", None),
    ):
        answer = Page(url=address, body=datastore(5, answer=True).encode(), form=first.form)
        listing = FAMILIES["jcms"].listing(answer, source(url))
        assert isinstance(listing, Listing)
        assert (listing.next.url if listing.next else None) == after


def test_a_posted_array_is_asked_on_by_its_form() -> None:
    url = "https://www.example.gov.cn/tzgg/"
    options: dict[str, object] = {
        "api": "/queryList",
        "form": {"current": "1", "pageSize": "2", "channelCode[]": "zcwj"},
        "rows": "data.results",
        "title": "source.title",
        "link": "source.link",
        "paging": {"page": "current", "size": "pageSize", "total": "data.total"},
    }
    first = FAMILIES["json"].first(source(url, options))
    assert (first.method, first.url) == ("POST", "https://www.example.gov.cn/queryList")
    held = [{"source": {"title": f"示例通知{n}", "link": f"/zcwj/{n}.html"}} for n in (1, 2)]
    body = json.dumps({"data": {"total": 3, "results": held}})
    listing = FAMILIES["json"].listing(page(body, first.url, **dict(first.form)), source(url, options))
    assert isinstance(listing, Listing)
    assert listing.next is not None
    assert dict(listing.next.form) == {"current": "2", "pageSize": "2", "channelCode[]": "zcwj"}
    last = page(body, first.url, **dict(listing.next.form))
    listing = FAMILIES["json"].listing(last, source(url, options))
    assert isinstance(listing, Listing)
    assert listing.next is None


def test_a_row_without_what_its_template_needs_is_left_out() -> None:
    options: dict[str, object] = {
        "rows": "list",
        "title": "t",
        "link": "/item?id={id}",
        "request": "/api/{id}",
    }
    body = json.dumps(
        {"list": [{"t": "示例一", "id": 11}, {"t": "示例二", "id": None}, {"t": "", "id": 3}, 7]}
    )
    listing = FAMILIES["json"].listing(
        page(body, "https://www.example.gov.cn/s"), source("https://x.cn/", options)
    )
    assert isinstance(listing, Listing)
    (item,) = listing.items
    assert (item.url, item.request) == (
        "https://www.example.gov.cn/item?id=11",
        Request(url="https://www.example.gov.cn/api/11"),
    )


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('{"list": []}', EmptyListing),
        ('{"list": [{"name": "无标题"}]}', EmptyListing),
        ('{"list": {"a": 1}}', ParseError),
        ('{"other": []}', ParseError),
    ],
)
def test_an_array_that_is_not_there_is_no_empty_list(body: str, error: type[ParseError]) -> None:
    options: dict[str, object] = {"rows": "list"}
    with pytest.raises(ParseError) as caught:
        FAMILIES["json"].listing(page(body, "https://www.example.gov.cn/s"), source("https://x.cn/", options))
    assert type(caught.value) is error


def test_a_library_of_all_organs_without_any_row_is_broken_not_quiet() -> None:
    body = json.dumps({"page": {"content": [], "total": "40643", "totalPages": 4065}})
    asked = page(body, "http://www.example.gov.cn/igs/front/search/list.html?pageNumber=1")
    with pytest.raises(ParseError) as caught:
        FAMILIES["igs"].listing(asked, source(asked.url, {"issuer": "示例局"}))
    assert type(caught.value) is ParseError
