"""What rules of `ignore:` hide, tried on the pages that are kept. Never asks the web, writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from monitor.diff import diff
from monitor.errors import ParseError, StoreError
from monitor.jobs.reread import reread
from monitor.jobs.rooms import Study
from monitor.model import ChangeRecord, Ignore, Kind, Notice, Source, Version
from monitor.store import ChangeFilter

EDITS = (Kind.REVISED, Kind.DEADLINE_MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenLine:
    """A line or attachment that a rule takes away. `left` is what remains of it, "" for nothing."""

    notice_id: int
    line: str
    left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One rule and what it hides in the newest versions."""

    rule: Ignore
    hidden: tuple[HiddenLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A change that was told, and whether it would have been by these rules.

    `fields` are those in which it would still differ, none where nothing would have been told.
    """

    change: ChangeRecord
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What came of it. `unread` are notices whose page is not kept or says nothing any more, and why."""

    read: int
    unread: tuple[tuple[int, str], ...]
    tried: tuple[Tried, ...]
    weighed: tuple[Weighed, ...]


async def preview(source: Source, study: Study, rules: Sequence[Ignore], *, last: int) -> Preview:
    """Try the rules on the newest versions of the `last` notices told of, and on the `last` edits told."""
    states = await study.store.run(study.store.sources.states)
    state = states.get(source.id)
    trial = _Trial(source, study, source.family or (state.family if state else None))
    versions = [version async for version in _newest(source, study, last)]
    plain = [await trial.read(version, ()) for version in versions]
    whole = [await trial.read(version, rules) for version, read in zip(versions, plain, strict=True) if read]
    tried = [await trial.alone(versions, plain, rule) for rule in rules]
    weighed = [each async for each in _weighed(source, trial, rules, last)]
    return Preview(
        read=sum(1 for notice in whole if notice),
        unread=tuple(trial.unread.items()),
        tried=tuple(tried),
        weighed=tuple(weighed),
    )


class _Trial:
    """Readings of stored versions by some rules; it remembers which could not be read."""

    def __init__(self, source: Source, study: Study, family: str | None) -> None:
        self._source, self._family = source, family
        self.study = study
        self.unread: dict[int, str] = {}

    async def read(self, version: Version, rules: Sequence[Ignore]) -> Notice | None:
        """The version as today's reader reads it by these rules; None where it cannot."""
        source = replace(self._source, ignore=tuple(rules))
        try:
            notice = await reread(version, source, self.study, family=self._family)
        except (ParseError, StoreError) as error:
            self.unread[version.notice_id] = error.reason if isinstance(error, ParseError) else str(error)
            return None
        if notice is None:
            self.unread.setdefault(version.notice_id, "")
        return notice

    async def alone(self, versions: Sequence[Version], plain: Sequence[Notice | None], rule: Ignore) -> Tried:
        """What one rule hides by itself."""
        hidden: list[HiddenLine] = []
        for version, before in zip(versions, plain, strict=True):
            now = await self.read(version, (rule,)) if before else None
            if before and now:
                hidden.extend(_hidden(version.notice_id, before, now))
        return Tried(rule=rule, hidden=tuple(hidden))


def _hidden(notice_id: int, before: Notice, now: Notice) -> list[HiddenLine]:
    """The lines and attachments that only the first reading has, each beside what is left of it."""
    lines, rest = Counter(before.body.split("\n")), Counter(now.body.split("\n"))
    gone = list((lines - rest).elements())
    left = [line for line in (rest - lines).elements() if line]
    files = Counter(file.name for file in before.attachments) - Counter(file.name for file in now.attachments)
    said = [HiddenLine(notice_id=notice_id, line=line, left=_left_of(line, left)) for line in gone if line]
    return said + [HiddenLine(notice_id=notice_id, line=f"附件：{name}") for name in files.elements()]


def _left_of(line: str, left: Sequence[str]) -> str:
    """The longest of the lines that are left whose characters stand in this one in the same order."""
    return max((rest for rest in left if _stands_in(rest, line)), key=len, default="")


def _stands_in(rest: str, line: str) -> bool:
    characters = iter(line)
    return all(character in characters for character in rest)


async def _newest(source: Source, study: Study, last: int) -> AsyncIterator[Version]:
    """The newest version of each of the notices that this source last said something about."""
    store = study.store
    told = ChangeFilter(source_id=source.id, kinds=tuple(Kind), limit=last)
    for notice_id in dict.fromkeys(
        change.notice_id for change in await store.run(store.notices.changes, told)
    ):
        version = await store.run(store.notices.latest, notice_id)
        if version is not None:
            yield version


async def _weighed(
    source: Source, trial: _Trial, rules: Sequence[Ignore], last: int
) -> AsyncIterator[Weighed]:
    """The last edits that were told and that today's reader still sees, as these rules would see them."""
    store = trial.study.store
    told = ChangeFilter(source_id=source.id, kinds=EDITS, limit=last)
    for change in await store.run(store.notices.changes, told):
        record = await store.run(store.notices.record, change.notice_id)
        states = record.versions if record else ()
        found = next((pair for pair in pairwise(states) if pair[0].at == change.at), None)
        if found is None or not await _differs(trial, found, ()):
            continue
        fields = await _differs(trial, found, rules)
        if fields is not None:
            yield Weighed(change=change, fields=fields)


async def _differs(
    trial: _Trial, states: tuple[Version, Version], rules: Sequence[Ignore]
) -> tuple[str, ...] | None:
    """In which fields the two states differ by these rules; None where one of them cannot be read."""
    now, before = [await trial.read(state, rules) for state in states]
    if now is None or before is None:
        return None
    change = diff(before, now)
    return change.fields if change else ()
