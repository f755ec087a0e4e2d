"""A notice page into a RawNotice: what nearly every system does alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from monitor import text, urls
from monitor.errors import ParseError
from monitor.families import _body, _html, _ignore, _meta, _rows
from monitor.families._html import Html, attribute, words
from monitor.model import Attachment, Fact, Page, RawNotice, Source

_TITLES = (
    *(
        "ucaptitle",
        ".article_title",
        ".xl_title",
        ".xxgk_title",
        ".neiright_Title",
        "#con_title",
        ".detailTitle",
    ),
    *(
        "#NewsArticleTitle",
        "#ivs_title",
        ".title_wide",
        ".zsy_cotitle",
        ".content_title",
        ".newstitle",
        "h1",
        ".sp_title",
    ),
    *(".content-body h3", ".detials h3", "h2"),
)
# 中央企业发展规划管理办法－国务院国有资产监督管理委员会, …_中国证券监督管理委员会
_SITE = re.compile(
    r"\s*[-_|－—–]+\s*[^-_|－—–]{2,30}(?:网|部|委|局|厅|署|会|办|院|行|政府|平台|门户)[^-_|－—–]{0,6}$"
)
# …的通知-通知公告: the column, where a window names it too.
_COLUMN = re.compile(r"\s*[-_|－—–]+\s*[^-_|－—–]{2,12}$")
_FILE = re.compile(r"\.(?:docx?|wps|ofd|pdf|xlsx?|et|pptx?|dps|zip|rar|7z|ceb|txt)$", re.I)
_DOWNLOAD = re.compile(r"/(?:downfile|download)\.(?:jsp|do|action)$|/download$", re.I)
_NO_NAME = frozenset({"下载", "点击下载", "附件下载", "查看", "点击查看", "此处", "这里"})
_LEVELS = 3
# A window that is called by less than this is called by the site: 科技部, under which 科技部关于… stands.
_SHORT = 8
# So much text beside the rows of a page makes them its related articles.
_LONG = 100


def read(page: Page, source: Source, *, body: str | None, title: str | None = None) -> RawNotice:
    """The notice on a page; ParseError where there is neither title nor text, or where it is a list."""
    html = _html.read(page)
    _ignore.strip(html.tree, source.ignore)
    meta = _meta.block(html.tree)
    container = _body.container(html.tree, body)
    heading = _heading(html, meta, title)
    if not heading or not _is_notice(html, meta, container, heading):
        raise ParseError(page.url, "no notice on the page")
    attachments = _attachments(html, container) if container else ()
    lines = _take(container) if container else ""
    facts = _meta.labels(html.tree, title=heading) or _meta.bare_date(html.tree)
    return RawNotice(title=heading, body=lines, facts=facts, meta=meta, attachments=attachments)


def _is_notice(html: Html, meta: tuple[Fact, ...], container: LexborNode | None, heading: str) -> bool:
    if _meta.value(meta, "articletitle") or _body.length_of_known(html.tree) > 0:
        return True
    if container is None:
        return False
    rows = _rows.find(html, only_rows=False)
    if len(rows) < 3:
        return True
    is_column = bool(_meta.value(meta, "columnname")) or len(heading) < _SHORT
    return not is_column and len(words(container)) > _LONG and not any(_touch(container, row) for row in rows)


def _touch(container: LexborNode, row: _rows.Row) -> bool:
    """Whether one holds the other: rows beside a text are 相关文章, a text among rows is an excerpt."""
    return _is_in(row.block, container) or _is_in(container, row.block)


def _is_in(inner: LexborNode, outer: LexborNode) -> bool:
    around: LexborNode | None = inner
    while around and around.mem_id != outer.mem_id:
        around = around.parent
    return around is not None


def _heading(html: Html, meta: tuple[Fact, ...], selector: str | None) -> str:
    """The title: where the source says, else `ArticleTitle`, else as the page shows it."""
    own = html.tree.css_first(selector) if selector else None
    told = (words(own) if own else "") or _meta.value(meta, "articletitle")
    return re.sub(r"<[^<>]{1,20}>", "", told) if told else _shown_heading(html)


def _shown_heading(html: Html) -> str:
    """The heading that the window's title confirms, else the first, else the window's own.

    A heading may hold more than the title (SASAC: source and date); the window knows where it stops.
    """
    node = html.tree.css_first("title")
    window = _SITE.sub("", words(node)) if node else ""
    headings = (words(found) for selector in _TITLES for found in html.tree.css(selector))
    shown = [heading for heading in headings if 3 < len(heading) < 300]
    folded = text.fold(window)
    confirmed = next((heading for heading in shown if text.fold(heading) in folded), None)
    if confirmed or not shown:
        return confirmed or window
    named = (name for name in (window, _COLUMN.sub("", window)) if len(name) >= _SHORT)
    is_title = (name for name in named if any(heading.startswith(name) for heading in shown))
    return next(is_title, shown[0])


def _take(container: LexborNode) -> str:
    """The text of the container, which is gone from the page afterwards: what is left is about it."""
    lines = _body.lines(container)
    if container.tag not in ("html", "body"):
        container.decompose()
    return lines


def _attachments(html: Html, container: LexborNode) -> tuple[Attachment, ...]:
    """Files linked in the text and in the blocks around it."""
    around = container
    for _ in range(_LEVELS):
        if around.parent and around.parent.tag not in ("body", "html"):
            around = around.parent
    return files(around.css("a[href]"), html.url)


def files(links: Iterable[LexborNode], base: str) -> tuple[Attachment, ...]:
    """The links that lead to files, each address once."""
    found: dict[str, Attachment] = {}
    for link in links:
        url = urls.absolute(base, link.attributes.get("href"))
        if url and _is_file(url):
            found.setdefault(urls.canonical(url), Attachment(name=_name(link, url), url=url))
    return tuple(found.values())


def _is_file(url: str) -> bool:
    path = urlsplit(url).path
    return bool(_FILE.search(path) or _DOWNLOAD.search(path))


def _name(link: LexborNode, url: str) -> str:
    said = words(link)
    if said and said not in _NO_NAME:
        return said
    return attribute(link, "title") or unquote(urlsplit(url).path.rpartition("/")[2]) or url
