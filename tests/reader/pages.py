"""Pages for the reader's tests: two that are as they should be, and hostile ones."""

from __future__ import annotations

from monitor.model import Level, Page, Source
from monitor.reader import harmless

URL = "http://www.example.gov.cn/tzgg/index.html"
SOURCE = Source(
    id="example", name="示例 · 通知", url=URL, family=None, level=Level.NATIONAL, region="全国", options={}
)
ROWS = "".join(
    f'<li><a href="./202609/t202609{n:02d}_{n}.html" title="关于开展第{n}批申报工作的通知">通知</a>'
    f"<span>2026-09-{n:02d}</span></li>"
    for n in range(1, 9)
)
LIST = f"<html><head><meta charset=utf-8></head><body><ul>{ROWS}</ul></body></html>".encode()


def page(body: bytes, url: str = URL) -> Page:
    return Page(url=url, body=body, content_type="text/html")


def large(body: bytes) -> bytes:
    """The same page, but one that is not read on the spot."""
    return body.replace(b"<body>", b"<body><!--" + b" " * harmless.MOST_BYTES + b"-->")


GOOD = page(large(LIST), "http://www.example.gov.cn/good/index.html")

NESTED = b"<div>" * 100_000
ATTRIBUTES = b"<a " + b" ".join(b"%x" % n for n in range(200_000)) + b">"
# Five thousand formatting elements made anew in each of a hundred thousand rows.
COPIES = (
    b"<html><body><table>" + b"".join(b"<b %x>" % n for n in range(5_000)) + b"<tr>x" * 100_000 + b"</html>"
)
