"""Every value that people are shown has a word."""

from __future__ import annotations

from dataclasses import fields

from monitor import words
from monitor.decide.correction import READ
from monitor.model import Decision, Kind, Notice, Status


def test_every_value_has_a_word_of_its_own() -> None:
    for table, values in (
        (words.KINDS, set(Kind)),
        (words.STATUSES, {None, *Status}),
        (words.DECISIONS, set(Decision)),
        (words.FIELDS, {field.name for field in fields(Notice)} - {"url", "unread"}),
    ):
        assert set(table) == values
        assert len(set(table.values())) == len(table)
    assert set(READ) == set(words.FIELDS)
