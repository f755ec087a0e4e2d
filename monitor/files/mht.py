"""A page saved as one file (.mht, .mhtml): MIME with the page as one of its parts (RFC 2557)."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from monitor.errors import ParseError
from monitor.model import Page
from monitor.urls import canonical

_NAMES = (".mht", ".mhtml")
_HEADER = re.compile(rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)", re.I | re.M)


def is_one(start: bytes, name: str) -> bool:
    """Whether bytes that begin like this are such a file."""
    is_mime = b"mime-version:" in start.lower() and bool(_HEADER.search(start))
    return is_mime or name.lower().endswith(_NAMES)


def read(data: bytes, url: str) -> Page:
    """The page among the parts: the one of this address, else the first."""
    try:
        pages = [part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
    except RecursionError as error:
        raise ParseError(url, "这个 .mht 文件里的部分套得太深，不读取") from error
    if not pages:
        raise ParseError(url, "这个 .mht 文件里没有网页")
    chosen = next((part for part in pages if _stands_at(part, url)), pages[0])
    body = chosen.get_payload(decode=True)
    if not isinstance(body, bytes) or not body.strip():
        raise ParseError(url, "这个 .mht 文件里的网页是空的")
    return Page(url=url, body=body, content_type=str(chosen.get("Content-Type", "")))


def _stands_at(part: Message, url: str) -> bool:
    return canonical(str(part.get("Content-Location", ""))) == canonical(url)
