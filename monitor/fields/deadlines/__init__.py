"""截止时间: until when readers must have acted. Talks to nobody.

    walk      the sentences that may name a day, with their headings; the cells of tables
    bound     which of their days end something (…前, 截止…, …至…)
    meant     by which of these readers must act
    spans     N 日内 and N 个工作日内 of the notice's publication
    hidden    what a row keeps to itself
    say       what for, of which kind
    words     the vocabulary of all of them

A deadline that is wrong costs more than one that is missing: what the words leave open is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from monitor.dates import plausible
from monitor.fields.days import mentions
from monitor.fields.deadlines import say
from monitor.fields.deadlines.bound import ends
from monitor.fields.deadlines.hidden import LABELS, hidden
from monitor.fields.deadlines.meant import Setting, is_meant
from monitor.fields.deadlines.spans import spans
from monitor.fields.deadlines.walk import Sentence, is_regulation, sentences
from monitor.fields.lines import Line, plain
from monitor.model import Deadline, Fact

# What has more of them is no sentence, notice or title, and need not be read to its end.
_MOST_DAYS = 200
_MOST_DEADLINES = 500
_LONGEST_TITLE = 400

__all__ = ["LABELS", "find"]


def find(
    text: Sequence[Line],
    *,
    title: str,
    facts: Iterable[Fact],
    signed_on: date | None,
    published_on: date | None,
    year: int | None,
) -> tuple[Deadline, ...]:
    """Deadlines in the order of the text, one for each day and kind.

    Days without a year are those that come after the day of signing, else of publication, else in `year`
    (that of the notice's number); N 日内 counts from publication, else from signing.
    """
    known = plain(title[-_LONGEST_TITLE:])
    setting = Setting(
        title=known, since=signed_on or published_on, year=year, regulation=is_regulation(known)
    )
    walked = tuple(sentences(text))
    named = (deadline for sentence in walked for deadline in _in_sentence(sentence, setting))
    found = _folded(islice(named, _MOST_DEADLINES))
    start = published_on or signed_on
    if start:
        kinds = {deadline.kind for deadline in found}
        counted = (deadline for sentence in walked for deadline in _counted(sentence, known, start))
        found = _folded((*found, *(deadline for deadline in counted if deadline.kind not in kinds)))
    told = {deadline.date for deadline in found}
    return (*found, *(deadline for deadline in hidden(facts, title) if deadline.date not in told))


def _folded(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """One for each day and kind: the first that is told, or the first that tells the time."""
    found: dict[tuple[date, str], Deadline] = {}
    for deadline in deadlines:
        known = found.setdefault((deadline.date, deadline.kind), deadline)
        if known.time is None and deadline.time is not None:
            found[deadline.date, deadline.kind] = deadline
    return tuple(found.values())


def _in_sentence(sentence: Sentence, setting: Setting) -> Iterator[Deadline]:
    days = list(islice(mentions(sentence.words, since=setting.since, year=setting.year), _MOST_DAYS))
    for end in ends(sentence.words, days, heading=sentence.heading):
        if plausible(end.mention.day) and is_meant(sentence, end, setting):
            kind = say.kind(setting.title, sentence, end)
            yield Deadline(
                date=end.mention.day,
                time=end.mention.time,
                what=say.what(sentence, end, kind),
                kind=kind,
                raw=say.raw(sentence, end),
            )


def _counted(sentence: Sentence, title: str, start: date) -> Iterator[Deadline]:
    for span in spans(sentence.words, title=title, before=sentence.before, start=start):
        what, kind = say.span(title, sentence.words, span)
        raw = sentence.words[span.start : span.end]
        yield Deadline(date=span.day, time=None, what=what, kind=kind, raw=raw)
