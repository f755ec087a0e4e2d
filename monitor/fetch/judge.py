"""What an answer amounts to: a page or a file, nothing new, a setback that may pass, or an error. Pure.

A failed or hostile fetch never becomes content: everything is classified here before anyone reads it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from monitor.errors import Blocked, FetchError
from monitor.fetch.blocked import blocked, crumb, stub
from monitor.fetch.deleted import NOT_FOUND, deleted
from monitor.fetch.exchange import Answer, Headers, Setback
from monitor.fetch.inflate import KNOWN_ENCODINGS
from monitor.model import NotModified, Page, Validators

LONGEST_WAIT = 60.0  # seconds that a server may ask us to wait within one check
_START_OF_ERROR = 64 * 1024
_TOO_MANY_REQUESTS = 429
_BINARY_TYPES = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/msword",
)
_BINARY_STARTS = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"Rar!", b"\xd0\xcf\x11\xe0")
_PAGE_TYPES = ("text/html", "application/xhtml", "application/json", "application/xml", "text/xml")
_PAGE_STARTS = (b"<", b"{", b"[")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def worth_reading(status: int, headers: Headers, max_body: int, *, for_file: bool = False) -> int:
    """How many bytes of this body are of any use: all, the start of an error page, or none."""
    is_binary = headers.get("content-type", "").lower().startswith(_BINARY_TYPES)
    if 300 <= status < 400 or (is_binary and not for_file):
        return 0
    return max_body if 200 <= status < 300 else min(max_body, _START_OF_ERROR)


def judge(
    answer: Answer, *, now: datetime, max_body: int, for_file: bool = False
) -> Page | NotModified | Setback:
    """Raises FetchError for what will not pass by itself, Blocked for what is not the site's answer.

    Where a file was asked for, a page is as wrong an answer as a file is where a page was.
    """
    is_file = for_file and answer.body.startswith(_BINARY_STARTS)
    reason = None if is_file else blocked(answer.status, answer.headers, answer.body)
    if reason is not None:
        raise Blocked(answer.url, reason, status=answer.status)
    if answer.status == 304:
        return NotModified(url=answer.url)
    if may_pass(answer):
        return setback(answer, now=now)
    if answer.status not in (200, 201, 202, 203):
        raise FetchError(answer.url, f"HTTP {answer.status}", status=answer.status)
    return _page(answer, max_body, for_file=for_file)


def may_pass(answer: Answer) -> bool:
    """Whether this failure may pass by itself."""
    return answer.status == _TOO_MANY_REQUESTS or answer.status >= 500


def setback(answer: Answer, *, now: datetime) -> Setback:
    """A failure that may pass; FetchError when the server asks for more patience than a check has."""
    after = _retry_after(answer.headers.get("retry-after", ""), now)
    reason = f"HTTP {answer.status}"
    if after is not None and after > LONGEST_WAIT:
        raise FetchError(answer.url, f"{reason}, asks us to wait {after:.0f} s", status=answer.status)
    return Setback(error=FetchError(answer.url, reason, status=answer.status), after=after)


def _page(answer: Answer, max_body: int, *, for_file: bool) -> Page:
    not_there = None if for_file or answer.cut else deleted(answer.body)
    if not_there is not None:
        raise FetchError(answer.url, not_there, status=NOT_FOUND)
    reason = _why_not(answer, max_body, for_file=for_file)
    if reason is not None:
        raise FetchError(answer.url, reason, status=answer.status)
    too_little = crumb(answer.body)
    if too_little is not None:
        raise Blocked(answer.url, too_little, status=answer.status)
    return Page(
        url=answer.url,
        body=answer.body,
        content_type=answer.headers.get("content-type", ""),
        status=answer.status,
        validators=Validators(
            etag=answer.headers.get("etag"), last_modified=answer.headers.get("last-modified")
        ),
    )


def _why_not(answer: Answer, max_body: int, *, for_file: bool) -> str | None:
    kind = answer.headers.get("content-type", "")
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    if encoding not in KNOWN_ENCODINGS:
        return f"Content-Encoding {encoding[:40]}, which we did not ask for"
    if for_file and _is_page(kind, answer.body):
        return "a page, not a file"
    if not for_file and _is_binary(kind, answer.body):
        return f"not a page: {kind[:60] or 'binary'}"
    if answer.cut:
        return f"more than {_size(max_body)}"
    if not answer.body:
        return "an empty answer"
    onward = None if for_file else stub(answer.body)
    return None if onward is None else f"a stub that only leads to {onward[:80]}"


def _retry_after(value: str, now: datetime) -> float | None:
    """RFC 9110 §10.2.3: seconds, or a date."""
    if value.strip().isascii() and value.strip().isdigit():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds())


def _is_binary(kind: str, body: bytes) -> bool:
    if kind.lower().startswith(_BINARY_TYPES) or body.startswith(_BINARY_STARTS):
        return True
    return b"\0" in body[:1024] and not body.startswith(_UTF_16)


def _is_page(kind: str, body: bytes) -> bool:
    """By the bytes; the declared type only decides what they leave open, since servers say anything."""
    if body.startswith(_BINARY_STARTS) or b"\0" in body[:1024]:
        return False
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return kind.lower().startswith(_PAGE_TYPES) or start.startswith(_PAGE_STARTS)


def _size(count: int) -> str:
    return f"{count / (1024 * 1024):g} MB" if count >= 1024 * 1024 else f"{count / 1024:g} kB"
