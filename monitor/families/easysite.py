"""EasySite (北京汇览): Hebei's 工信厅, the People's Bank, customs, districts of Beijing.

Articles are /<column>/<6 to 19 digits>/index.html; the digits begin with the day of creation or of
migration, never of publication. The pager is a script: 下一页 has its address in `tagname` or `onclick`,
and a column with a search form is asked by POST with that form's hidden fields.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from monitor import urls
from monitor.families import _html, _listing, _notice, _paging, _rows
from monitor.families._html import Html, attribute, words
from monitor.families._options import PageOptions
from monitor.model import Listing, Page, RawNotice, Request, Source

_MARKS = (
    *(b"pagemoduleid=", b"cacheclearDate", b"queryArticleByCondition("),
    *(b"/eportal/", b"easysite-news-", b"easysiteText"),
)
_ASKED = re.compile(r"queryArticleByCondition\(\s*this\s*,\s*[\"']([^\"']+)")


class Options(PageOptions):
    """Nothing beyond what every family may be told."""


def first(source: Source) -> Request:
    """The column page itself."""
    return Request(url=source.url)


def listing(page: Page, source: Source) -> Listing:
    """The rows of the column."""
    html = _html.read(page)
    items = map(_listing.item, _rows.find(html, only_rows=False))
    return _listing.listing(html, items, following=_next(html))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice of a news page or of 政府信息公开."""
    return _notice.read(page, source, body=Options.model_validate(dict(source.options)).body)


def claims(page: Page) -> bool:
    """Whether the page carries marks of EasySite."""
    return any(mark in page.body for mark in _MARKS)


def _next(html: Html) -> Request | None:
    if "下一页" not in html.text:
        return None
    link = next((link for link in html.tree.css("a") if words(link).strip("> »›") == "下一页"), None)
    url = urls.absolute(html.url, _address(link)) if link else None
    if not url:
        return _paging.following(html)
    if urls.canonical(url) == urls.canonical(html.url):
        return None
    form = _form(html)
    return Request(url=url, method="POST" if form else "GET", form=form)


def _address(link: LexborNode) -> str | None:
    """The last page has [NEXTPAGE] in the place of an address."""
    asked = _ASKED.search(attribute(link, "onclick"))
    said = asked[1] if asked else attribute(link, "tagname")
    return said if said.startswith(("/", "http")) else None


def _form(html: Html) -> tuple[tuple[str, str], ...]:
    fields = html.tree.css('form input[name^="filter_"]')
    return tuple((attribute(field, "name"), attribute(field, "value")) for field in fields)
