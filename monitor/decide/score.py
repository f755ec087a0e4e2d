"""How well notices are read and filed, against labels: the arithmetic of `kuaixun evaluate`. Talks to nobody.

A field of a row is a set of values on both sides; what counts as the same value is said in `Field` and, for
people, in docs/evaluation.md. A label that is absent is not scored; null and [] say that there is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.classify import OTHER
from monitor.fields import attachments, doc_number
from monitor.model import Notice, Verdict
from monitor.text import fold

SURE = 0.8


class Field(StrEnum):
    """What is scored, by the names that labelled files use; the last two read deadlines more strictly."""

    NUMBER = "doc_number"
    ISSUERS = "issuers"
    SIGNED = "signed_date"
    PUBLISHED = "publish_date"
    EFFECTIVE = "effective_date"
    DEADLINES = "deadlines"
    ATTACHMENTS = "attachments"
    CONTACTS = "contacts"
    DEADLINE_TIMES = "deadlines+time"
    DEADLINE_KINDS = "deadlines+kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The label of one field: `values` must be found, `optional` ones may be."""

    values: tuple[str, ...]
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One labelled notice. `cited` are numbers of other documents, never to be taken for its own."""

    row: str
    fields: Mapping[Field, Wanted]
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One labelled filing with what the machine said: `accepted` are the section and its `alt`."""

    row: str
    title: str
    accepted: tuple[str, ...]
    verdict: Verdict

    @property
    def section(self) -> str:
        """The label proper."""
        return self.accepted[0]

    @property
    def is_right(self) -> bool:
        """Whether the verdict is one of the accepted sections."""
        return self.verdict.section in self.accepted

    @property
    def is_worth_a_bulletin(self) -> bool:
        """Whether no label of it is 其他."""
        return OTHER not in self.accepted

    @property
    def is_surely_other(self) -> bool:
        """Whether the machine would not even show it to an editor."""
        return self.verdict.section == OTHER and self.verdict.confidence > SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One field of one row, compared: values as printed, in their order."""

    row: str
    field: Field
    hits: int
    expected: tuple[str, ...]
    got: tuple[str, ...]
    missed: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many; `of` 0 makes it undefined."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The quotient, None where nothing was counted."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A field over all rows. `hits` of `given` values were right, `hits` of `wanted` were found."""

    field: Field
    hits: int
    given: int
    wanted: int

    @property
    def precision(self) -> float | None:
        """Of what was given, how much is right; None where nothing was."""
        return Share(count=self.hits, of=self.given).value

    @property
    def recall(self) -> float | None:
        """Of what was wanted, how much was found; None where nothing was."""
        return Share(count=self.hits, of=self.wanted).value

    @property
    def f1(self) -> float | None:
        """Their harmonic mean; None where nothing was given or wanted."""
        return Share(count=2 * self.hits, of=self.given + self.wanted).value


def compare(label: Label, notice: Notice) -> tuple[Outcome, ...]:
    """Each labelled field of a notice against its label."""
    return tuple(
        _outcome(label.row, field, wanted, said(notice, field)) for field, wanted in label.fields.items()
    )


def tally(outcomes: Iterable[Outcome], field: Field) -> Tally:
    """The sums of one field."""
    own = [outcome for outcome in outcomes if outcome.field == field]
    hits = sum(outcome.hits for outcome in own)
    return Tally(
        field=field,
        hits=hits,
        given=hits + sum(len(outcome.extra) for outcome in own),
        wanted=hits + sum(len(outcome.missed) for outcome in own),
    )


def took_cited(label: Label, notice: Notice) -> bool:
    """Whether a number that the text only cites was taken for the notice's own."""
    return notice.doc_number is not None and _number(notice.doc_number) in set(map(_number, label.cited))


def said(notice: Notice, field: Field) -> tuple[str, ...]:
    """What was read, as values to compare; () where nothing was."""
    return tuple(value for value in _VALUES[field](notice) if value)


def accuracy(filings: Sequence[Filing]) -> Share:
    """How many were filed into one of their accepted sections."""
    return Share(count=sum(filing.is_right for filing in filings), of=len(filings))


def recall(filings: Sequence[Filing], section: str) -> Share:
    """Of the notices of one section, how many were filed into it or into their `alt`."""
    return accuracy([filing for filing in filings if filing.section == section])


def lost(filings: Sequence[Filing]) -> Share:
    """Of the notices worth a bulletin, how many were put in 其他 with confidence."""
    worth = [filing for filing in filings if filing.is_worth_a_bulletin]
    return Share(count=sum(filing.is_surely_other for filing in worth), of=len(worth))


def spared(filings: Sequence[Filing]) -> Share:
    """Of the true 其他, how many an editor need not look at."""
    other = [filing for filing in filings if filing.section == OTHER]
    return Share(count=sum(filing.is_surely_other for filing in other), of=len(other))


def _outcome(row: str, field: Field, wanted: Wanted, got: tuple[str, ...]) -> Outcome:
    key = _KEYS.get(field, fold)
    given = {key(value): value for value in got}
    must = {key(value): value for value in wanted.values}
    may = {key(value) for value in wanted.optional}
    return Outcome(
        row=row,
        field=field,
        hits=len(given.keys() & must.keys()),
        expected=wanted.values,
        got=got,
        missed=tuple(value for same, value in must.items() if same not in given),
        extra=tuple(value for same, value in given.items() if same not in must and same not in may),
    )


def _number(printed: str) -> str:
    return fold(doc_number.normal(printed) or printed)


def _contact(printed: str) -> str:
    return fold(printed) if "@" in printed else re.sub(r"\D", "", fold(printed))


_VALUES: Mapping[Field, Callable[[Notice], Iterable[str]]] = {
    Field.NUMBER: lambda notice: [notice.doc_number or ""],
    Field.ISSUERS: lambda notice: notice.issuers,
    Field.SIGNED: lambda notice: [str(notice.signed_on or "")],
    Field.PUBLISHED: lambda notice: [str(notice.published_on or "")],
    Field.EFFECTIVE: lambda notice: [str(notice.effective_on or "")],
    Field.DEADLINES: lambda notice: [str(due.date) for due in notice.deadlines],
    Field.ATTACHMENTS: lambda notice: [file.name for file in notice.attachments],
    Field.CONTACTS: lambda notice: notice.contacts,
    Field.DEADLINE_TIMES: lambda notice: [f"{due.date} {due.time or ''}".strip() for due in notice.deadlines],
    Field.DEADLINE_KINDS: lambda notice: [f"{due.date} {due.kind}" for due in notice.deadlines],
}
_KEYS: Mapping[Field, Callable[[str], str]] = {
    Field.NUMBER: _number,
    Field.ATTACHMENTS: attachments.stem,
    Field.CONTACTS: _contact,
}
