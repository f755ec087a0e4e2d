"""The stories are the same for the same seed, and leave nothing out."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from monitor.demo.sim.acts import Act
from monitor.demo.sim.places import SHAPES, columns
from monitor.demo.sim.play import START, street
from monitor.demo.sim.script import OLDER, plot
from monitor.families import FAMILIES
from tests.sim.test_short_form import SHORT


def test_every_family_has_a_column() -> None:
    assert {shape.family for shape in SHAPES} == set(FAMILIES)
    assert SHORT.columns >= len(SHAPES)


def test_the_short_form_has_every_kind_of_event() -> None:
    happened = Counter(event.act for plot in street(SHORT).plots for event in plot.events)
    assert [act for act in Act if not happened[act]] == []


def test_a_seed_tells_the_same_story_again_and_another_seed_another() -> None:
    column = columns(1)[0]
    stories = [plot(column, number=0, start=START, days=30, seed=seed) for seed in (1, 1, 2)]
    assert stories[0] == stories[1]
    assert stories[0] != stories[2]


def test_no_two_notices_are_called_alike_or_stand_at_the_same_place() -> None:
    rows = [row for told in street(SHORT).plots for row in told.rows]
    assert len({row.title for row in rows}) == len(rows)
    assert len({(row.column, row.id) for row in rows}) == len(rows)


def test_notices_are_numbered_as_they_are_published() -> None:
    for told in street(SHORT).plots:
        numbers = [event.notice for event in told.events if event.act is Act.PUBLISH]
        assert numbers == list(range(OLDER, len(told.rows)))


def test_nothing_is_published_on_the_last_two_days() -> None:
    end = START + timedelta(days=SHORT.days - 2)
    late = [e for told in street(SHORT).plots for e in told.events if e.act is Act.PUBLISH and e.at > end]
    assert late == []
