"""Where a list goes on. TRS and UCAP write it into a script, other systems into a link."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from monitor import urls
from monitor.families._html import Html, words
from monitor.model import Request

# TRS: createPageHTML(9, 0, "index", "html"), pages from 0.
# UCAP: createPageHTML('page_div',5, 1,'fg','shtml',89), pages from 1.
_CREATE = re.compile(
    r"createPageHTML\(\s*(?P<div>['\"][^'\"]*['\"]\s*,)?\s*(?P<count>\d+)\s*,\s*(?P<current>\d+)\s*,"
    r"\s*['\"](?P<stem>[\w-]+)['\"]\s*,\s*['\"](?P<kind>s?html?)['\"]"
)
# TRS with the script written out (MEE): var currentPage = 0;//所在页从0开始 … var countPage = 25//共多少页
# … href=\"index_" + nextPage + ".shtml
_COUNT = re.compile(r"countPage\s*=\s*(\d+)")
_CURRENT = re.compile(r"currentPage\s*=\s*(\d+)")
_STEM = re.compile(r"(index(?:_\d+)*)_?[\"']\s*\+")
_KIND = re.compile(r"\.(?:[\"']\s*\+\s*[\"'])?(s?html?)\b")
_NEXT = re.compile("下一?页")


def following(html: Html) -> Request | None:
    """The request for the page after this one; None on the last page or where nothing says it."""
    url = _by_call(html) or _by_script(html) or _by_link(html)
    known = url is not None and urls.canonical(url) != urls.canonical(html.url)
    return Request(url=url) if url and known else None


def _by_call(html: Html) -> str | None:
    found = _CREATE.search(html.text)
    if not found:
        return None
    count, current = int(found["count"]), int(found["current"])
    step = current + 1
    is_last = current >= count if found["div"] else step >= count
    return None if is_last else urljoin(html.url, f"{found['stem']}_{step}.{found['kind']}")


def _by_script(html: Html) -> str | None:
    count = _COUNT.search(html.text)
    if not count:
        return None
    current = _CURRENT.search(html.text)
    step = int(current[1]) + 1 if current else 1
    if step >= int(count[1]):
        return None
    stem = _STEM.search(html.text, count.end())
    kind = _KIND.search(html.text, stem.end() if stem else count.end())
    return urljoin(html.url, f"{stem[1] if stem else 'index'}_{step}.{kind[1] if kind else 'html'}")


def _by_link(html: Html) -> str | None:
    if not _NEXT.search(html.text):
        return None
    for link in html.tree.css("a[href]"):
        if _NEXT.fullmatch(words(link).strip("> »›")):
            return urls.absolute(html.url, link.attributes.get("href"))
    return None
