"""Pages that say with a 200 that they are not there; and pages that only speak of deleting."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.errors import FetchError
from monitor.fetch.deleted import deleted, refuse_detour
from monitor.fetch.exchange import Answer
from monitor.fetch.judge import judge
from monitor.model import Page

NOW = datetime(2026, 9, 16, 1, tzinfo=UTC)
FILLER = "".join(f"<p>第{n}条 各有关单位应当按照要求做好申报工作【演示文本】。</p>" for n in range(30))


def shell(text: str, *, title: str = "提示", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{text}</body></html>"


def refresh(url: str) -> str:
    return shell("", head=f'<meta http-equiv="refresh" content="0;URL={url}">')


@pytest.mark.parametrize("code", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "html",
    [
        shell("该信息已被删除"),
        shell("<p>对不起，您访问的页面不存在或已被删除。</p><p>5 秒后返回<a href='/'>首页</a></p>"),
        shell("您访问的页面找不到了"),
        shell("信息不存在或已下线！"),
        shell("文章已被管理员删除，<a href='/'>返回首页</a>"),
        shell("抱歉，您要查看的网页可能已经被删除"),
        shell("没有找到您要访问的页面"),
        shell("<h1>404</h1><p>The page you requested was not found.</p>"),
        shell("<script>alert('该信息不存在或已删除');history.go(-1);</script>"),
        shell('<script>alert("您查看的文章不存在！");window.close()</script>'),
        shell("", title="404 Not Found"),
        shell(FILLER, title="页面不存在 - 某某省政府门户网站"),
        shell("<ul>" + "<li><a href='/a'>栏目</a></li>" * 20 + "</ul>", title="404_某某市工业和信息化局"),
        refresh("/"),
        refresh("../"),
        refresh("../../index.html"),
        refresh("http://www.example.gov.cn"),
        refresh("https://www.example.gov.cn/index.htm"),
        refresh("/404.html"),
        refresh("/common/error.jsp"),
    ],
)
def test_a_page_that_is_none_says_so(html: str, code: str) -> None:
    assert deleted(html.encode(code))


@pytest.mark.parametrize("code", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "html",
    [
        shell("关于删除违规信息的公告：现将违规文章已被删除的情况公告如下。"),
        shell("《管理办法》中的有关内容已被删除，请遵照执行。"),
        shell("原网页内容已删除，新的申报时间为2026年10月8日。"),
        shell(f"<h1>关于网页内容不存在问题的整改通知</h1>{FILLER}"),
        shell("该信息已被删除", head="<meta name='ArticleTitle' content='该信息已被删除'>"),
        shell("该信息已被删除" + "<a href='/x'>导航</a>" * 5),
        shell(f"{FILLER}<script>alert('该信息不存在或已删除')</script>"),
        shell("正文", title="404号文件的通知"),
        shell("正文", title="关于页面不存在问题的通知"),
        '{"success": false, "message": "该信息不存在"}',
        refresh("./t20260910_8.html"),
        refresh("index.html"),
        refresh("/art/2026/9/10/art_1_2.html"),
        refresh("/?id=8"),
        refresh("/terror.html"),
    ],
)
def test_a_page_that_only_speaks_of_deleting_is_content(html: str, code: str) -> None:
    assert deleted(html.encode(code)) is None


def test_the_door_takes_such_a_page_for_a_404() -> None:
    for html in (shell("该信息已被删除"), refresh("../")):
        answer = Answer(url="http://a.gov.cn/1.html", status=200, headers={}, body=html.encode())
        with pytest.raises(FetchError) as raised:
            judge(answer, now=NOW, max_body=10_000)
        assert raised.value.status == 404


def test_a_stub_that_leads_to_another_page_is_an_error_and_no_404() -> None:
    answer = Answer(url="http://a.gov.cn/1.html", status=200, headers={}, body=refresh("/2.html").encode())
    with pytest.raises(FetchError) as raised:
        judge(answer, now=NOW, max_body=10_000)
    assert raised.value.status == 200


@pytest.mark.parametrize(
    ("asked", "answered", "is_detour"),
    [
        ("http://a.gov.cn/x/1.html", "http://a.gov.cn/", True),
        ("http://a.gov.cn/x/1.html", "https://www.a.gov.cn/index.html", True),
        ("http://a.gov.cn/x/1.html", "http://a.gov.cn/404.html", True),
        ("http://a.gov.cn/x/1.html", "https://a.gov.cn/x/1.html", False),
        ("http://a.gov.cn/x/1.html", "http://b.gov.cn/y/2.html", False),
        ("http://a.gov.cn/x/1.html", "http://a.gov.cn/?id=1", False),
        ("http://a.gov.cn/", "https://a.gov.cn/index.html", False),
    ],
)
def test_a_question_sent_on_to_the_front_page_was_not_answered(
    asked: str, answered: str, *, is_detour: bool
) -> None:
    page = Page(url=answered, body=b"x")
    if not is_detour:
        refuse_detour(asked, page)
        return
    with pytest.raises(FetchError) as raised:
        refuse_detour(asked, page)
    assert raised.value.status == 404
