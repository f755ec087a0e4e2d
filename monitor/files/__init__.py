"""Files that a person brings: a saved page, a document or plain text, as a page or as strings found.

What a file is, is told from its bytes; its name only decides between a page and plain text. Every
reading is bounded: what is too large, packed too tight or not what it claims is a ParseError. Talks
to nobody.
"""

from __future__ import annotations

import re

from monitor.errors import ParseError
from monitor.files import docx, mht, pdf, plain
from monitor.model import Page, RawNotice

MOST_BYTES = 20 * 1024 * 1024

_PAGE_NAMES = (".html", ".htm", ".shtml", ".xhtml")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|meta|body|title|div|table|p|ucapcontent)\b", re.I)
_ZIP = b"PK\x03\x04"
_OFFICE = b"\xd0\xcf\x11\xe0"
_START = 4096


def read(data: bytes, *, name: str, url: str) -> Page | RawNotice:
    """The page in the bytes, or the strings of a document. ParseError; ConfigError where an extra is missing.

    `name` is the file's, "" for pasted text; `url` is where the notice stands.
    """
    if len(data) > MOST_BYTES:
        raise ParseError(url, f"文件超过 {MOST_BYTES // (1024 * 1024)} MB")
    if not data.strip():
        raise ParseError(url, "文件是空的")
    if data.startswith(b"%PDF"):
        return pdf.read(data, url)
    if data.startswith(_ZIP):
        return docx.read(data, url)
    if data.startswith(_OFFICE):
        raise ParseError(url, "旧版 Office 文件（.doc/.wps）不能读取，请另存为 .docx 或粘贴文字")
    if mht.is_one(data[:_START], name):
        return mht.read(data, url)
    if name.lower().endswith(_PAGE_NAMES) or _MARKUP.search(data[:_START]):
        return Page(url=url, body=data)
    if b"\0" in data[:_START]:
        raise ParseError(url, "不是网页、文档或文字")
    return plain.read(data, url)
