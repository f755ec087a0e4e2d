"""A stored page read again by today's reader, from its bytes in the archive. Never asks the web."""

from __future__ import annotations

import logging
from dataclasses import replace

from monitor.decide.correction import corrected, says_less, with_files
from monitor.decide.owner import IMPORT
from monitor.errors import ParseError, StoreError
from monitor.jobs.attached import with_texts
from monitor.jobs.rooms import Study
from monitor.model import Notice, Page, RawNotice, Source, Version
from monitor.normalise import normalise
from monitor.reader import Reader
from monitor.store import Correction

log = logging.getLogger(__name__)

NO_FAMILY = "generic"


async def reread(version: Version, source: Source, study: Study, *, family: str | None) -> Notice | None:
    """What today's reader makes of a version's page, with what its attachments had told.

    None for a version that was not read from a page, or nobody knows how. StoreError when its page is
    missing or damaged, ParseError when today's reader finds less than a notice in it.
    """
    if version.raw is None or version.reading is None:
        return None
    body = await study.store.run(study.store.archive.get, version.raw)
    then = version.reading
    page = Page(url=then.page_url, body=body, content_type=then.content_type)
    raw = await _read(page, source, study.reader, family=family)
    page_says = normalise(raw, then.item, _named(source), bodies=study.bodies)
    notice = await with_texts(with_files(version.notice, page_says), study)
    if says_less(version.notice, notice):
        raise ParseError(page.url, "no text where there was one")
    return notice


async def as_of_today(version: Version, source: Source, study: Study, *, family: str | None) -> Version:
    """The version as today's reader reads it, and so corrected; as it is stored where that cannot be known.

    A version that was read at another source stays as it is: its options are not known here.
    """
    store, then = study.store, version.reading
    if then is None or await store.run(store.notices.source_of, then.posting_id) != source.id:
        return version
    try:
        notice = await reread(version, source, study, family=family)
    except (StoreError, ParseError) as error:
        _warn(version, source, error)
        return version
    if notice is None or notice == version.notice:
        return version
    today = corrected(version, notice)
    correction = Correction(notice_id=today.notice_id, version=today, verdict=None)
    await store.run(store.notices.correct, (correction,), study.now())
    return today


def _warn(version: Version, source: Source, error: Exception) -> None:
    told = {"source": source.id, "notice": version.notice_id, "reason": str(error)}
    log.warning("page.not_reread", extra=told)


def _named(source: Source) -> Source:
    """No issuer is called 手工导入."""
    return replace(source, name="") if source.id == IMPORT.id else source


async def _read(page: Page, source: Source, reader: Reader, *, family: str | None) -> RawNotice:
    """By the family that reads the source today; a page from before a rebuild is known by its own marks."""
    first = family or await reader.recognise(page)
    try:
        return await reader.notice(page, source, family=first)
    except ParseError:
        made_by = await reader.recognise(page)
        if made_by in (first, NO_FAMILY):
            raise
    return await reader.notice(page, replace(source, options={}), family=made_by)
