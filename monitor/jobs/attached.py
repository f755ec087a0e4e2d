"""The files that a notice carries: fetched when its page is, kept by hash, read, searched for dates.

A file never costs a notice anything: one that cannot be had or read leaves the notice as it is, with what
its last bytes said, and is asked again later. Without the extra `attachments` nothing is fetched.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.decide.attached import with_dates
from monitor.decide.rhythm import next_reread, next_try
from monitor.errors import Blocked, FetchError, ParseError, ReaderError, Refused, StoreError
from monitor.files import attached as files
from monitor.jobs.rooms import Rooms, Study
from monitor.model import Attachment, Http, Notice, NotModified, Page, Posting, Request, Source
from monitor.store import FileAt, FileText
from monitor.urls import canonical, host

log = logging.getLogger(__name__)

MOST = 100  # in one check of one source: at two seconds each, a check still ends within its lease
MOST_SILENT = 2  # in a row: the site is down or our budget spent, and every file would wait as long
NOT_AGAIN_BEFORE = timedelta(hours=1)  # one file of two postings, or of two notices, is asked for once
_OWN_HOST_ONLY = frozenset({"authorization", "cookie"})


@dataclass(slots=True, kw_only=True)
class Errand:
    """What the files of one check have cost."""

    asked: int = 0
    silent: int = 0
    is_blocked: bool = False

    @property
    def over(self) -> bool:
        """Whether to ask for no further file: enough of them, a wall, or a site that has fallen silent."""
        return self.asked >= MOST or self.silent >= MOST_SILENT or self.is_blocked

    def note(self, error: FetchError | None) -> None:
        """Count a file that was asked for; `silent` are those in a row to which nothing was said."""
        self.asked += 1
        is_silence = error is not None and (error.status is None or error.status >= 500)
        self.silent = self.silent + 1 if is_silence and not isinstance(error, Refused) else 0
        self.is_blocked = self.is_blocked or isinstance(error, Blocked)


async def with_attachments(
    notice: Notice, posting: Posting, source: Source, rooms: Rooms, errand: Errand
) -> Notice:
    """The notice with the digests of its files and the deadlines found in them.

    Only while its page is watched, and only so many of its files as `fetch.attachments` allows.
    """
    linked = tuple(file for file in notice.attachments if file.url)[: rooms.fetcher.most_files]
    is_watched = next_reread(notice, posting.first_seen_at, rooms.now()) is not None
    if not (linked and is_watched and files.installed()):
        return notice
    keys = [canonical(file.url) for file in linked]
    known = await rooms.store.run(rooms.store.attachments.known, keys)
    had = {key: digest async for key, digest in _digests(linked, known, source, rooms, errand)}
    found = tuple(_with_digest(file, had) for file in notice.attachments)
    return await with_texts(replace(notice, attachments=found), rooms.study)


async def with_texts(notice: Notice, study: Study) -> Notice:
    """The notice with the deadlines in those of its files whose bytes we have. Never asks the web."""
    digests = tuple(file.digest for file in notice.attachments if file.digest)
    if not digests or not files.installed():
        return notice
    stored = await study.store.run(study.store.attachments.files, digests)
    texts = {digest: await _text(digest, stored.get(digest), study) for digest in digests}
    return with_dates(notice, {digest: text for digest, text in texts.items() if text is not None})


def _with_digest(file: Attachment, had: Mapping[str, str]) -> Attachment:
    return replace(file, digest=had.get(canonical(file.url)) or file.digest) if file.url else file


async def _digests(
    linked: tuple[Attachment, ...],
    known: Mapping[str, FileAt],
    source: Source,
    rooms: Rooms,
    errand: Errand,
) -> AsyncIterator[tuple[str, str]]:
    """Canonical address and digest of each file, the last one known where there is none today."""
    for file in linked:
        kept = known.get(canonical(file.url)) or FileAt(url=canonical(file.url))
        if _is_due(kept, rooms.now()) and not errand.over:
            kept = await _ask(file, kept, source, rooms, errand)
            await rooms.store.run(rooms.store.attachments.keep, kept)
        yield kept.url, kept.digest


def _is_due(kept: FileAt, now: datetime) -> bool:
    if kept.retry_at is not None:
        return kept.retry_at <= now
    return kept.fetched_at is None or kept.fetched_at + NOT_AGAIN_BEFORE <= now


async def _ask(file: Attachment, kept: FileAt, source: Source, rooms: Rooms, errand: Errand) -> FileAt:
    """What is known of the address now. Its bytes are in the archive before anything refers to them."""
    now = rooms.now()
    validators = kept.validators if kept.digest else None
    http = _http(file, source)
    try:
        answer = await rooms.fetcher.file(Request(url=file.url), http=http, validators=validators)
    except FetchError as error:
        errand.note(error)
        log.debug("file.unread", extra={"source": source.id, "url": file.url, "reason": error.reason})
        retry_at = next_try(kept.failures, now)
        return replace(kept, failures=kept.failures + 1, retry_at=retry_at, reason=error.reason)
    errand.note(None)
    well = replace(kept, fetched_at=now, failures=0, retry_at=None, reason="")
    if isinstance(answer, NotModified):
        return well
    digest = await rooms.store.run(rooms.store.archive.put, answer.body)
    return replace(well, digest=digest, validators=answer.validators)


def _http(file: Attachment, source: Source) -> Http:
    """As the source wants to be asked; its cookie or password is for its own host alone."""
    if host(file.url) == host(source.url):
        return source.http
    headers = source.http.headers.items()
    return replace(
        source.http, headers={name: said for name, said in headers if name.lower() not in _OWN_HOST_ONLY}
    )


async def _text(digest: str, stored: FileText | None, study: Study) -> str | None:
    """What bytes say: as today's reader has read them, else read now; "" where there is nothing to read.

    None where nobody can say: the bytes are lost, or our own reader has failed over them.
    """
    if stored is not None and stored.reader == files.READER:
        return stored.text
    try:
        body = await study.store.run(study.store.archive.get, digest)
        found = await _read(digest, body, study)
    except (StoreError, ReaderError) as error:
        log.warning("file.not_read", extra={"digest": digest, "reason": str(error)})
        return stored.text if stored else None
    await study.store.run(study.store.attachments.read, found)
    return found.text


async def _read(digest: str, body: bytes, study: Study) -> FileText:
    """The text of the bytes, or the reason why there is none: that is final until the reader is another."""
    text, reason = "", ""
    try:
        text = await study.reader.text(Page(url=digest, body=body))
    except ParseError as error:
        reason = error.reason
    return FileText(digest=digest, size=len(body), text=text, reason=reason, reader=files.READER)
