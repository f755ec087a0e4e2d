"""The fields on the shared labelled notices, by the scorer of `kuaixun evaluate`: floors, not targets.

The floors are the bars of the issue; they hold for a larger set of the same kind, this sample only warns.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.cli.evaluate import Scored, score
from monitor.cli.labelled import read_rows
from monitor.decide.score import Field, accuracy, lost, recall, spared, tally
from monitor.settings.load import load_sections
from tests.seeds import BODIES

FLOORS = {
    Field.NUMBER: 0.98,
    Field.ISSUERS: 0.93,
    Field.SIGNED: 0.98,
    Field.DEADLINES: 0.90,
    Field.ATTACHMENTS: 0.93,
    Field.CONTACTS: 0.93,
}
SECTIONS = load_sections(Path(__file__).resolve().parents[2] / "sources.yaml")


@pytest.fixture
def scored(shared: Callable[[str], Path]) -> Callable[[str], Scored]:
    """A shared labelled file, read and scored."""

    def run(name: str) -> Scored:
        return score(read_rows(shared(f"eval/{name}"), SECTIONS), sections=SECTIONS, bodies=BODIES)

    return run


def test_the_fields_are_read_as_labelled(scored: Callable[[str], Scored]) -> None:
    outcomes = scored("notices-dev.jsonl").outcomes
    reached = {field: tally(outcomes, field).f1 or 0 for field in FLOORS}
    assert {field: f1 for field, f1 in reached.items() if f1 < FLOORS[field]} == {}


def test_no_cited_number_is_taken(scored: Callable[[str], Scored]) -> None:
    assert scored("notices-dev.jsonl").cited == ()


def test_titles_are_filed_as_labelled(scored: Callable[[str], Scored]) -> None:
    filings = scored("titles-dev.jsonl").filings
    assert (accuracy(filings).value or 0) >= 0.93
    assert [name for name in SECTIONS.names if (recall(filings, name).value or 0) < 0.88] == []
    assert (lost(filings).value or 0) <= 0.01
    assert (spared(filings).value or 0) >= 0.70
