"""The figures of a run, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from monitor.demo.sim.breaks import holds, silences
from monitor.demo.sim.coverage import coverage
from monitor.demo.sim.play import START, Played
from monitor.demo.sim.score import KINDS, Score


def report(played: Played, found: Score) -> Iterator[str]:
    """What was played, what came out, and everything that did not come out."""
    run, book = played.run, played.street.book
    yield f"{run.days} days, {run.columns} columns, seed {run.seed}, {run.faulty:.0%} of answers spoilt"
    yield f"{played.count} polls, {book.answers} answers, {book.spoilt} spoilt, {played.seconds:.1f} s"
    happened = Counter(event.act.value for plot in played.street.plots for event in plot.events)
    yield "events: " + ", ".join(f"{act} {count}" for act, count in sorted(happened.items()))
    for kind in KINDS:
        said = f"precision {found.precision(kind):.4f} recall {found.recall(kind):.4f}"
        yield f"{kind:15} {found.expected[kind]:6} expected {found.told[kind]:6} told  {said}"
    yield from _operators(played)
    yield from _coverage(played)
    for each in found.mismatches:
        is_ = "MISSED" if each.is_missed else "FALSE"
        yield f"{is_} {each.column} {each.notice} {each.kind} {each.words}"


def _operators(played: Played) -> Iterator[str]:
    for column_id, at in played.crashed:
        yield f"CRASHED {column_id} {_said(at)}"
    every = list(holds(played))
    redesigns = [hold for hold in every if hold.event]
    once = [hold for hold in redesigns if len(hold.held) == 1]
    yield f"redesigns {len(redesigns)}, held as one event {len(once)}"
    for hold in every:
        if len(hold.held) != 1 or hold.event is None:
            why = f"{hold.event.act} {_said(hold.event.at)}" if hold.event else "nothing"
            yield f"HELD {len(hold.held)} times for {why} {hold.column} {' '.join(map(_said, hold.held))}"
    breaks = list(silences(played))
    yield f"silent breaks {len(breaks)}, noticed in time {sum(each.is_in_time for each in breaks)}"
    for each in breaks:
        if not each.is_in_time:
            seen = _said(each.noticed) if each.noticed else "never"
            yield f"SILENT {each.act} {each.column} {_said(each.at)} due {_said(each.latest)} seen {seen}"


def _said(at: datetime) -> str:
    return f"{at:%m-%d %H:%M}"


def _coverage(played: Played) -> Iterator[str]:
    end = START + timedelta(days=played.run.days)
    due = 0
    lines = []
    for plot in played.street.plots:
        found = coverage(plot, played.street.book.of(plot.column.id), end=end)
        due += found.due
        lines += [
            f"UNSEEN {plot.column.id} {each.notice} {each.since:%m-%d %H:%M} to {each.until:%m-%d %H:%M}"
            f"{' gone' if each.is_gone else ''}"
            for each in found.missing
        ]
    yield f"states that stood long enough to be seen {due}, not served {len(lines)}"
    yield from lines
