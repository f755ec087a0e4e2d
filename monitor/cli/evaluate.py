"""`kuaixun evaluate`: the scoreboard of reading and filing on labelled rows (docs/evaluation.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.context import Context, emit, json_option, say

if TYPE_CHECKING:
    from monitor.classify import Sections
    from monitor.cli.labelled import LabelledRow
    from monitor.decide.score import Field, Filing, Outcome
    from monitor.fields.bodies import Bodies
    from monitor.model import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Every row of a file, read, filed and compared. `cited`: rows that took a cited number for their own."""

    rows: int
    outcomes: tuple[Outcome, ...]
    filings: tuple[Filing, ...]
    cited: tuple[str, ...]
    sections: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that some row has a label for, in the order of the scoreboard."""
        from monitor.decide.score import Field

        labelled = {outcome.field for outcome in self.outcomes}
        return tuple(field for field in Field if field in labelled)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@click.pass_obj
def evaluate(context: Context, file: Path, *, as_json: bool) -> None:
    """在标注样本（JSON 行）上评测读取与分栏：精确率、召回率、F1，以及每处差错。"""
    from monitor.cli.labelled import read_rows
    from monitor.cli.scoreboard import board, board_json
    from monitor.settings.load import load_bodies, load_sections

    sections = load_sections(context.places.config)
    rows = read_rows(file, sections)
    scored = score(rows, sections=sections, bodies=load_bodies(context.places.config))
    if as_json:
        emit(board_json(scored))
        return
    for line in board(scored):
        say(line)


def score(rows: Sequence[LabelledRow], *, sections: Sections, bodies: Bodies) -> Scored:
    """Read and file each row as the program would before any editor taught it: the same on every machine."""
    from monitor.classify import NOTHING_LEARNT, classify
    from monitor.decide import score as scoring

    outcomes: list[Outcome] = []
    filings: list[Filing] = []
    cited: list[str] = []
    for row, notice in _read(rows, bodies):
        outcomes += scoring.compare(row.label, notice)
        cited += [row.label.row] if scoring.took_cited(row.label, notice) else []
        if row.accepted:
            filings.append(
                scoring.Filing(
                    row=row.label.row,
                    title=notice.title,
                    accepted=row.accepted,
                    verdict=classify(notice, sections, NOTHING_LEARNT),
                )
            )
    return Scored(
        rows=len(rows),
        outcomes=tuple(outcomes),
        filings=tuple(filings),
        cited=tuple(cited),
        sections=sections.names,
    )


def _read(rows: Sequence[LabelledRow], bodies: Bodies) -> Iterator[tuple[LabelledRow, Notice]]:
    for row in rows:
        yield row, notice_of(row, bodies=bodies)


def notice_of(row: LabelledRow, *, bodies: Bodies) -> Notice:
    """The notice that a row is: read from its text by the program's own path, or a title with its source."""
    from monitor.model import Level, ListingItem, Notice, RawNotice, Source
    from monitor.normalise import normalise

    if row.text is None:
        return Notice(url=row.url, title=row.title, issuers=(row.source,) if row.source else ())
    raw = RawNotice(title=row.title, body=row.text)
    item = ListingItem(url=row.url, title=row.title, published_on=None)
    nowhere = Source(id="row", name="", url=row.url, family=None, level=Level.NATIONAL, region="")
    return normalise(raw, item, nowhere, bodies=bodies)
