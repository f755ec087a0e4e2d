"""The program's change log beside the truth: what is right, missed, invented, by kind.

A change may come a little later than the answer that showed it: a proof takes days, and what might be a new
template waits for another page to be heard. What was shown on the last day is not owed yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.demo.sim.play import Played
from monitor.demo.sim.site import Site
from monitor.demo.sim.truth import Expected, truth
from monitor.model import ChangeRecord
from monitor.urls import canonical

_PATIENCE = {"withdrawn": timedelta(days=3), "restored": timedelta(days=3)}
PATIENCE = timedelta(days=1)
A_WEEK = timedelta(days=7)
KINDS = ("new", "revised", "deadline_moved", "withdrawn", "restored")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A change that was missed, or told and never was; `words` say which, for a person."""

    column: str
    notice: int
    kind: str
    is_missed: bool
    words: str


@dataclass(slots=True)
class Score:
    """Counts by kind, and every mismatch."""

    right: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    mismatches: list[Mismatch] = field(default_factory=list)

    def precision(self, kind: str) -> float:
        """Of what was told, how much was so."""
        return self.right[kind] / self.told[kind] if self.told[kind] else 1.0

    def recall(self, kind: str) -> float:
        """Of what was so, how much was told."""
        return self.right[kind] / self.expected[kind] if self.expected[kind] else 1.0


def score(played: Played) -> Score:
    """Every column's log beside its truth."""
    found = Score()
    for site in played.street.sites.values():
        column_id = site.column.id
        born = [standing.born for standing in site.notices]
        expected = truth(played.street.book.of(column_id), born)
        ended = played.polls[column_id][-1].at
        _compare(site, expected, played.changes[column_id], found, owed_until=ended - PATIENCE)
    return found


def _compare(
    site: Site,
    expected: Iterable[Expected],
    told: Iterable[ChangeRecord],
    found: Score,
    *,
    owed_until: datetime,
) -> None:
    numbers = _numbers(site)
    by_notice: dict[int, tuple[list[Expected], list[ChangeRecord]]] = {}
    for change in expected:
        by_notice.setdefault(change.notice, ([], []))[0].append(change)
        found.expected[change.kind] += 1
    for record in told:
        number = numbers.get(canonical(record.notice.url), -1)
        by_notice.setdefault(number, ([], []))[1].append(record)
        found.told[record.kind.value] += 1
    for number, (wanted, got) in sorted(by_notice.items()):
        for missed, mismatch in _of_notice(site, number, wanted, got, found.right):
            if missed is not None and not _is_owed(missed, owed_until):
                found.expected[missed.kind] -= 1
            else:
                found.mismatches.append(mismatch)


def _is_owed(change: Expected, until: datetime) -> bool:
    return change.is_owed and change.at <= (until - A_WEEK if change.was_held else until)


def _of_notice(
    site: Site, number: int, wanted: list[Expected], got: list[ChangeRecord], right: Counter[str]
) -> Iterator[tuple[Expected | None, Mismatch]]:
    """What does not match by kind, instant and text: what was missed, with it, and what was invented."""
    for kind in KINDS:
        ours = [change for change in wanted if change.kind == kind]
        theirs = [record for record in got if record.kind.value == kind]
        ours, theirs = _without_pairs(ours, theirs, right)
        for change in ours:
            yield change, _mismatch(site, number, kind, True, f"{change.at:%m-%d %H:%M} {change.due}")
        for record in theirs:
            said = f"{record.at:%m-%d %H:%M} {record.summary} {record.notice.url}"
            yield None, _mismatch(site, number, kind, False, said)


def _without_pairs(
    ours: list[Expected], theirs: list[ChangeRecord], right: Counter[str]
) -> tuple[list[Expected], list[ChangeRecord]]:
    left: list[Expected] = []
    rest = list(theirs)
    for change in ours:
        same = next((record for record in rest if _is_of(record, change) and _says(record, change)), None)
        if same is None:
            left.append(change)
        else:
            rest.remove(same)
            right[change.kind] += 1
    return left, rest


def _is_of(record: ChangeRecord, change: Expected) -> bool:
    """Whether both are of one moment. Of a row its day is right; which absence was proof is not disputed."""
    if change.kind == "new":
        return True
    patience = _PATIENCE.get(change.kind)
    if patience:
        return abs(record.at - change.at) <= patience
    return change.at <= record.at <= change.at + (A_WEEK if change.was_held else PATIENCE)


def _says(record: ChangeRecord, change: Expected) -> bool:
    """Whether a change tells what its page said: title, every paragraph, the deadline."""
    if change.kind in ("new", "withdrawn"):
        return True
    notice = record.notice
    title, *lines = change.said
    days = {due.date for due in notice.deadlines}
    is_due = change.due is None or change.due in days
    return is_due and notice.title == title and all(line in notice.body for line in lines)


def _mismatch(site: Site, number: int, kind: str, is_missed: bool, words: str) -> Mismatch:
    return Mismatch(column=site.column.id, notice=number, kind=kind, is_missed=is_missed, words=words)


def _numbers(site: Site) -> dict[str, int]:
    """Every address that a notice has or had → its number."""
    paths = site.old_paths | site.by_path
    host = site.column.host
    return {canonical(f"http://{host}{path}"): standing.number for path, standing in paths.items()}
