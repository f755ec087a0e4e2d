"""Recognises a page that says with a 200 that it is not there: so deleted documents look. Pure.

Conservative: a page with a text of its own is content, whatever it says about deleting. What is recognised
is a few words in an empty shell, a box of a script and nothing else, a title that names the error, a page
that only sends the visitor to the front page or to an error page.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from monitor.errors import FetchError
from monitor.fetch.blocked import stub
from monitor.model import NotModified, Page

NOT_FOUND = 404  # the status that such a page should have had

_LONG = 24 * 1024
_SOON = 4096  # a page has said its title by then
_QUIET = 150
_SILENT = 10  # a page that speaks by a box of its script says nothing else
_FEW_LINKS = 5

_UNSEEN = re.compile(
    rb"<script\b.*?(?:</script>|\Z)|<style\b.*?(?:</style>|\Z)|<title\b.*?(?:</title>|\Z)"
    rb"|<!--.*?(?:-->|\Z)|<[^<>]*>|\s+|&nbsp;",
    re.I | re.S,
)
_LINK = re.compile(rb"<a\s[^<>]*href", re.I)
_ARTICLE = re.compile(rb"<meta[^<>]*(?:ArticleTitle|PubDate|ContentSource)", re.I)
_TITLE = re.compile(rb"<title[^<>]*>\s*([^<>]{1,200}?)\s*</title>", re.I)
_BOX = re.compile(rb"""alert\(\s*(?:"([^"<>]{2,200})"|'([^'<>]{2,200})')""")

_SITE = r"(?:\s*[-_|—–]+\s*.{0,30})?"
_NO_PAGE = r"(?:not found|error|错误(?:页面)?|(?:页面|网页)(?:不存在|未找到|没有找到)?|找不到(?:页面|网页))"
_ERROR_TITLE = re.compile(
    rf"(?:(?:http\s*)?(?:error\s*)?404(?:\s*[-:]?\s*{_NO_PAGE})?|(?:page |file |object )?not found!?"
    r"|(?:您访问的)?(?:页面|网页|信息|文章|内容)(?:不存在|未找到|没有找到|已删除|已被删除)"
    rf"|找不到(?:页面|网页)){_SITE}",
    re.I,
)
_THING = r"(?:信息|文章|页面|网页|内容|稿件|文档|资源|链接|网址|新闻)"
_GONE = (
    r"(?:可能|已经|已)?(?:不存在|找不到了?|未找到|没有找到|无法找到)"
    r"|(?:可能|已经|已)?(?:被)?(?:管理员|作者|发布者|系统)?(?:已经|已)?(?:被)?(?:删除|下线|下架|移除|撤下)"
)
_SAYS = re.compile(
    rf"{_THING}(?:{_GONE})|(?:找不到|未找到|没有找到).{{0,8}}{_THING}|(?:page|file|url).{{0,40}}notfound",
    re.I,
)
# What only a text of its own has.
_CONTENT = re.compile(r"[《〔]|特此|各有关|现将|通知如下|\d{4}年\d{1,2}月\d{1,2}日")

_INDEX = r"(?:(?:index|default|home|main)\.[a-z]{2,5})?"
_FRONT = re.compile(rf"/{_INDEX}|(?:\.\./)+{_INDEX}|\.\.", re.I)
_ERROR_PAGE = re.compile(r"(?:^|[/_.-])(?:404|410|error|not_?found|deleted|no_?page)[^/]{0,12}$", re.I)


def deleted(body: bytes) -> str | None:
    """Why a page is none although it was answered as one, or None."""
    onward = stub(body)
    if onward is not None and _leads_nowhere(onward):
        return f"a stub that only leads to {onward[:80]}"
    if _is_data(body) or _ARTICLE.search(body, 0, _SOON):
        return None
    words = _error_title(body) or (_said(body) if len(body) <= _LONG else None)
    return f"a page that says it is not there: {words[:40]}" if words else None


def refuse_detour(asked: str, answer: Page | NotModified) -> None:
    """FetchError, as if it had said so, for a page whose question was sent on to a front or an error page."""
    if answer.url != asked and _leads_nowhere(answer.url) and not _leads_nowhere(asked):
        raise FetchError(asked, f"redirects to {answer.url[:80]}", status=NOT_FOUND)


def _leads_nowhere(address: str) -> bool:
    parts = urlsplit(address.strip())
    path = parts.path or ("/" if parts.netloc else "")
    return not parts.query and bool(_FRONT.fullmatch(path) or _ERROR_PAGE.search(path))


def _error_title(body: bytes) -> str | None:
    found = _TITLE.search(body, 0, _SOON)
    title = _text(found[1]) if found else ""
    return title if _ERROR_TITLE.fullmatch(title) else None


def _said(body: bytes) -> str | None:
    """What an empty shell says, if that is that there is nothing here."""
    if len(_LINK.findall(body)) >= _FEW_LINKS:
        return None
    seen = _text(_UNSEEN.sub(b"", body))
    box = _BOX.search(body) if len(seen) <= _SILENT else None
    words = re.sub(r"\s+", "", _text(box[1] or box[2])) if box else seen
    if len(words) > _QUIET or _CONTENT.search(words):
        return None
    return words if _SAYS.search(words) else None


def _is_data(body: bytes) -> bool:
    """What an interface says of its own errors is the business of the family that asked."""
    return body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace").strip()
