"""Every stored page read again by today's reader: what it reads better is a correction and tells nobody.

Batch by batch, a transaction each: whoever interrupts keeps what was done, and the rest is done by
doing it again. The web is not asked for anything.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

from monitor.classify import classify
from monitor.decide.correction import Difference, corrected, differences
from monitor.errors import ParseError, StoreError
from monitor.jobs.reread import reread
from monitor.jobs.rooms import Study
from monitor.model import Notice, Source, Verdict, Version
from monitor.store import Correction, Newest

BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What became of one notice.

    `is_read` is False where there is no page, or nobody knows how it was read; `trouble` says why a page
    could not be read. `filed` are the sections before and now, where they differ.
    """

    notice_id: int
    source_id: str
    title: str
    is_read: bool
    trouble: str = ""
    differences: tuple[Difference, ...] = ()
    filed: tuple[str, str] | None = None


async def reparse(
    sources: Mapping[str, Source],
    study: Study,
    *,
    after: int,
    dry_run: bool,
    done: Callable[[Reread], None],
) -> None:
    """Read the newest version of every notice of these sources again, beyond the notice id `after`.

    `done` hears of each notice once what was found is written, or would have been: `dry_run`.
    """
    store = study.store
    families = await _families(sources, study)
    async for batch in _batches(tuple(sources), study, after=after):
        found = [await _look(each, sources[each.source_id], study, families) for each in batch]
        corrections = [correction for _, correction in found if correction is not None]
        if corrections and not dry_run:
            await store.run(store.notices.correct, corrections, study.now())
        for said, _ in found:
            done(said)


async def _batches(
    source_ids: tuple[str, ...], study: Study, *, after: int
) -> AsyncIterator[tuple[Newest, ...]]:
    store = study.store
    while batch := await store.run(store.notices.newest, source_ids, after=after, limit=BATCH):
        yield batch
        after = batch[-1].version.notice_id


async def _families(sources: Mapping[str, Source], study: Study) -> dict[str, str | None]:
    """By which family each source is read today, None where only a page can tell."""
    states = await study.store.run(study.store.sources.states)
    learnt = {id_: state.family for id_, state in states.items()}
    return {id_: source.family or learnt.get(id_) for id_, source in sources.items()}


async def _look(
    newest: Newest, source: Source, study: Study, families: Mapping[str, str | None]
) -> tuple[Reread, Correction | None]:
    version = newest.version
    try:
        notice = await reread(version, source, study, family=families[source.id])
    except (ParseError, StoreError) as error:
        reason = error.reason if isinstance(error, ParseError) else str(error)
        return _said(newest, is_read=False, trouble=reason), None
    now = version.notice if notice is None else notice
    verdict = _verdict(newest, now, study)
    better = corrected(version, now) if now != version.notice else None
    said = _said(newest, is_read=notice is not None, notice=now, verdict=verdict)
    if better is None and verdict is None:
        return said, None
    return said, Correction(notice_id=version.notice_id, version=better, verdict=verdict)


def _verdict(newest: Newest, notice: Notice, study: Study) -> Verdict | None:
    """Today's guess where it is another one and no person has spoken."""
    if newest.reviewed:
        return None
    guess = classify(notice, study.sections, study.learnt)
    return None if guess == newest.verdict else guess


def _said(
    newest: Newest,
    *,
    is_read: bool,
    trouble: str = "",
    notice: Notice | None = None,
    verdict: Verdict | None = None,
) -> Reread:
    stored: Version = newest.version
    sections = (newest.verdict.section, verdict.section if verdict else newest.verdict.section)
    return Reread(
        notice_id=stored.notice_id,
        source_id=newest.source_id,
        title=stored.notice.title,
        is_read=is_read,
        trouble=trouble,
        differences=differences(stored.notice, notice) if notice else (),
        filed=sections if sections[0] != sections[1] else None,
    )
