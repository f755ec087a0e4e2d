"""Sites whose columns are /n…/n…/index.html and whose articles are /n…/c…/content.html: SASAC today,
MIIT and the tax administration in 2019 (three of the twelve addresses of the founding issue).

Nobody's page names the maker, so the family is called after its addresses. Pages after the first are
numbered backwards: of 16, the second is `index_<component>_15.html`, the last `index_<component>_1.html`.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from monitor.errors import ParseError
from monitor.families import _html, _listing, _notice, _rows
from monitor.families._options import PageOptions
from monitor.model import Listing, Page, RawNotice, Request, Source

_ADDRESS = re.compile(r"/n\d{4,}/(?:n\d+/)*(?:c\d+/content|index(?:_\d+_\d+)?)\.html")
_MARKS = (b"/dbsource/", b'="maxPageNum')
_COUNT = re.compile(r"maxPageNum\s*=\s*(\d+)\s*;\s*if")
_STEM = re.compile(r"purl\s*=\s*[\"']([^\"']*index_\d+)[\"']")
_FURTHER = re.compile(r"(index_\d+)_(\d+)\.html")

# A piece of a page has no end that could be missing, but it ends with a row or with what holds rows.
_WHOLE = re.compile(r"</(?:li|ul|span|div|tr|table|script)>\s*\Z")


class Options(PageOptions):
    """Nothing beyond what every family may be told."""


def first(source: Source) -> Request:
    """The column page itself."""
    return Request(url=source.url)


def listing(page: Page, source: Source) -> Listing:
    """The rows of a column page, or of a further page, which is a bare piece of one."""
    html = _html.read(page)
    is_piece = bool(_FURTHER.search(page.url)) and "<html" not in html.text
    if is_piece and not _WHOLE.search(html.text):
        raise ParseError(page.url, "a further page that is cut off")
    items = map(_listing.item, _rows.find(html, only_rows=is_piece))
    finish = _listing.rows_only if is_piece else _listing.listing
    return finish(html, items, following=_next(html))


def notice(page: Page, source: Source) -> RawNotice:
    """The notice: without a meta block; 文章来源 and 发布时间 stand inside the heading."""
    return _notice.read(page, source, body=Options.model_validate(dict(source.options)).body)


def claims(page: Page) -> bool:
    """Whether address or page carry marks of it; a link to such an article is none."""
    return bool(_ADDRESS.search(page.url)) or any(mark in page.body for mark in _MARKS)


def _next(html: _html.Html) -> Request | None:
    here = _FURTHER.search(html.url)
    if here:
        stem, number = urljoin(html.url, here[1]), int(here[2])
    else:
        said, count = _STEM.search(html.text), _COUNT.search(html.text)
        if not said or not count:
            return None
        stem, number = urljoin(html.url, said[1]), int(count[1])
    return Request(url=f"{stem}_{number - 1}.html") if number > 1 else None
