"""Conditional GET (RFC 9110, 13): who has read a document already is told so, and sent nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from fastapi import Request, Response


def answer(
    request: Request, body: bytes, *, media_type: str, changed_at: datetime | None, now: datetime
) -> Response:
    """The document, or 304 for who has it. `changed_at` is None where content also changes with time.

    The date is sent only when its second is over: more could still happen in it.
    """
    dated = changed_at.replace(microsecond=0) if changed_at else None
    if dated and dated >= now.replace(microsecond=0):
        dated = None
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if dated:
        headers["Last-Modified"] = format_datetime(dated.astimezone(UTC), usegmt=True)
    if _has_it(request, etag, dated):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _has_it(request: Request, etag: str, dated: datetime | None) -> bool:
    """By tag where one is given, whatever the date says; tags are compared weakly."""
    known = request.headers.get("if-none-match")
    if known is not None:
        tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
        return etag in tags or tags == ["*"]
    since = _date(request.headers.get("if-modified-since", ""))
    return dated is not None and since is not None and dated <= since


def _date(header: str) -> datetime | None:
    """The instant in a header, None where there is none that can be read."""
    try:
        found = parsedate_to_datetime(header)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
