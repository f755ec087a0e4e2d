"""A site that is told by CSS in sources.yaml: for lists that no family finds by itself."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from monitor import urls
from monitor.dates import parse_date
from monitor.families import _html, _listing, _notice, _paging, _rows
from monitor.families._html import Html, words
from monitor.families._options import Css, PageOptions
from monitor.model import Listing, ListingItem, Page, RawNotice, Request, Source


class Options(PageOptions):
    """Selectors: `rows` on the page; `link`, `title`, `date` inside a row; `next` on the page.

    `heading` and `body` are looked for on notice pages. What is left out is found as elsewhere.
    """

    rows: Css
    link: Css = "a[href]"
    title: Css | None = None
    date: Css | None = None
    next: Css | None = None
    heading: Css | None = None


def first(source: Source) -> Request:
    """The list page itself."""
    return Request(url=source.url)


def listing(page: Page, source: Source) -> Listing:
    """The rows that the selectors name; a row without a usable link is left out."""
    options = _options(source)
    html = _html.read(page)
    items = (_item(html, block, options) for block in html.tree.css(options.rows))
    following = _next(html, options.next) if options.next else _paging.following(html)
    return _listing.listing(html, (item for item in items if item), following=following)


def notice(page: Page, source: Source) -> RawNotice:
    """The notice, its heading and text where the selectors say."""
    options = _options(source)
    return _notice.read(page, source, body=options.body, title=options.heading)


def claims(page: Page) -> bool:
    """Never: selectors are written for one site, by a person."""
    return False


def _options(source: Source) -> Options:
    return Options.model_validate(dict(source.options))


def _item(html: Html, block: LexborNode, options: Options) -> ListingItem | None:
    row = _rows.of(html, block, block.css_first(options.link), shown=_rows.apart(block))
    if row is None:
        return None
    title = _words(block, options.title) or row.title
    day = parse_date(_words(block, options.date)) if options.date else row.day
    return ListingItem(url=row.url, title=title, published_on=day)


def _words(block: LexborNode, selector: str | None) -> str:
    node = block.css_first(selector) if selector else None
    return words(node) if node else ""


def _next(html: Html, selector: str) -> Request | None:
    node = html.tree.css_first(selector)
    url = urls.absolute(html.url, node.attributes.get("href")) if node else None
    return Request(url=url) if url else None
