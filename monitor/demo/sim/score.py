"""The program's change log beside the truth: what is right, missed, invented, by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor.demo.sim.play import Played
from monitor.demo.sim.site import Site
from monitor.demo.sim.truth import Expected, truth
from monitor.model import ChangeRecord
from monitor.urls import canonical

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
        _compare(site, expected, played.changes[column_id], found)
    return found


def _compare(site: Site, expected: Iterable[Expected], told: Iterable[ChangeRecord], found: Score) -> None:
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
        found.mismatches += _of_notice(site, number, wanted, got, found.right)


def _of_notice(
    site: Site, number: int, wanted: list[Expected], got: list[ChangeRecord], right: Counter[str]
) -> Iterator[Mismatch]:
    """Matched by kind, in order; of one kind the instants must agree, but for what is told from a row."""
    for kind in KINDS:
        ours = [change for change in wanted if change.kind == kind]
        theirs = [record for record in got if record.kind.value == kind]
        if kind != "new":
            ours, theirs = _without_pairs(ours, theirs, right)
        else:
            both = min(len(ours), len(theirs))
            right[kind] += both
            ours, theirs = ours[both:], theirs[both:]
        for change in ours:
            yield _mismatch(site, number, kind, True, f"{change.at:%m-%d %H:%M} {change.due}")
        for record in theirs:
            said = f"{record.at:%m-%d %H:%M} {record.summary} {record.notice.url}"
            yield _mismatch(site, number, kind, False, said)


def _without_pairs(
    ours: list[Expected], theirs: list[ChangeRecord], right: Counter[str]
) -> tuple[list[Expected], list[ChangeRecord]]:
    left: list[Expected] = []
    rest = list(theirs)
    for change in ours:
        same = next((record for record in rest if record.at == change.at and _says(record, change)), None)
        if same is None:
            left.append(change)
        else:
            rest.remove(same)
            right[change.kind] += 1
    return left, rest


def _says(record: ChangeRecord, change: Expected) -> bool:
    """Whether a change tells the deadline that its page names."""
    if change.kind != "deadline_moved":
        return True
    return change.due is not None and any(due.date == change.due for due in record.notice.deadlines)


def _mismatch(site: Site, number: int, kind: str, is_missed: bool, words: str) -> Mismatch:
    return Mismatch(column=site.column.id, notice=number, kind=kind, is_missed=is_missed, words=words)


def _numbers(site: Site) -> dict[str, int]:
    """Every address that a notice has or had → its number."""
    paths = site.old_paths | site.by_path
    host = site.column.host
    return {canonical(f"http://{host}{path}"): standing.number for path, standing in paths.items()}
