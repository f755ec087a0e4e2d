"""The invented titles of titles.jsonl, labelled by the practice before any rule was run on them.

A quarter is `apart`: words were never chosen by looking at how it fared. The bars are those of the project.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.classify import NOTHING_LEARNT, OTHER, classify
from monitor.model import Notice, Verdict
from tests.classify.practice import seed_sections

SECTIONS = seed_sections()
SURE = 0.8


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled title with its verdict; `accepted` holds the section and its second best."""

    title: str
    section: str
    accepted: tuple[str, ...]
    apart: bool
    why: str
    verdict: Verdict

    @property
    def is_right(self) -> bool:
        return self.verdict.section in self.accepted


def _row(line: str) -> Row:
    said = json.loads(line)
    issuers = (said["issuer"],) if "issuer" in said else ()
    verdict = classify(Notice(url="", title=said["title"], issuers=issuers), SECTIONS, NOTHING_LEARNT)
    accepted = (said["section"], *([said["alt"]] if "alt" in said else []))
    return Row(said["title"], said["section"], accepted, said["apart"], said["why"], verdict)


ROWS = [_row(line) for line in (Path(__file__).parent / "titles.jsonl").read_text("utf-8").splitlines()]
PARTS = {"seen": [row for row in ROWS if not row.apart], "apart": [row for row in ROWS if row.apart]}


def test_there_are_enough_titles_and_each_says_why() -> None:
    assert len({row.title for row in ROWS}) == len(ROWS) >= 350
    assert all(row.why for row in ROWS)


@pytest.mark.parametrize("part", PARTS)
def test_titles_are_filed_by_the_practice(part: str) -> None:
    wrong = [(row.section, row.verdict.section, row.title) for row in PARTS[part] if not row.is_right]
    assert len(wrong) <= 0.05 * len(PARTS[part]), wrong


@pytest.mark.parametrize("section", [*SECTIONS.names, OTHER])
def test_no_section_is_forgotten(section: str) -> None:
    rows = [row for row in ROWS if row.section == section]
    assert sum(row.is_right for row in rows) >= 0.93 * len(rows)


def test_what_is_worth_a_bulletin_is_hardly_ever_surely_other() -> None:
    worth = [row for row in ROWS if OTHER not in row.accepted]
    lost = [row.title for row in worth if row.verdict.section == OTHER and row.verdict.confidence > SURE]
    assert len(lost) <= len(worth) / 100, lost


def test_most_of_what_is_other_is_surely_so() -> None:
    other = [row for row in ROWS if row.section == OTHER]
    sure = [row for row in other if row.verdict.section == OTHER and row.verdict.confidence > SURE]
    assert len(sure) >= 0.7 * len(other)
