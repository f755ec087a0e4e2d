"""A small model trained on editors' decisions: logistic regression over grams, on top of the rules.

The points of the rules are its starting point, so it learns only where they err. Trained afresh whenever
it is wanted, in the order of the decisions, without chance: the same decisions give the same model.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from monitor.classify.grams import grams
from monitor.classify.lessons import MOST_LESSONS, Lesson, weight_of_a_drop
from monitor.classify.rules import by_rules
from monitor.classify.sections import OTHER, Sections
from monitor.model import Notice

Row = TypeVar("Row", Sequence[float], list[float])

_POINTS = 3.0  # points of the rules that make one unit of log-odds
_PASSES = 6
_STEP = 0.8
_SURE = 0.9  # a decision that the model already gives with this probability teaches nothing more
_LEAST_SEEN = 2  # a gram of a single decision cannot be what several have in common


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt: for each gram what it says for each section, and which lessons have it."""

    names: tuple[str, ...] = ()
    weights: Mapping[str, Sequence[float]] = field(default_factory=dict)
    lessons: tuple[Lesson, ...] = ()
    having: Mapping[str, Sequence[int]] = field(default_factory=dict)
    drop: float = 0.0

    def weight(self, lesson: Lesson) -> float:
        """A move and a keep are one decision; a drop is less, and the less the more are dropped."""
        return self.drop if lesson.is_weak else 1.0

    def leaning(self, totals: Mapping[str, float], seen: Sequence[str]) -> str:
        """The section that a notice with these grams leans to, the points of the rules included."""
        scores = _scores([totals.get(name, 0.0) for name in self.names], _known(self.weights, seen))
        return self.names[scores.index(max(scores))]


NOTHING_LEARNT = Learnt()


@dataclass(frozen=True, slots=True)
class _Example:
    """A lesson as the model sees it: the rules' points, its grams' weights, the answer."""

    points: list[float]
    weights: list[list[float]]
    answer: int
    weight: float


def learn(lessons: Sequence[Lesson], sections: Sections) -> Learnt:
    """Train on the newest lessons; they come oldest first. Sections that are gone teach nothing."""
    names = (*sections.names, OTHER)
    told = tuple(lesson for lesson in lessons if lesson.section in names)[-MOST_LESSONS:]
    if not told:
        return NOTHING_LEARNT
    seen = [grams(lesson.title, lesson.issuers) for lesson in told]
    counts = Counter(gram for each in seen for gram in each)
    weights = {gram: [0.0] * len(names) for gram, count in counts.items() if count >= _LEAST_SEEN}
    learnt = Learnt(names, weights, told, _having(seen, weights), weight_of_a_drop(told))
    examples = [
        _example(lesson, _known(weights, each), learnt, sections)
        for lesson, each in zip(told, seen, strict=True)
    ]
    for _ in range(_PASSES):
        for example in examples:
            _study(example)
    return learnt


def _known(weights: Mapping[str, Row], seen: Sequence[str]) -> list[Row]:
    return [weights[gram] for gram in seen if gram in weights]


def _example(lesson: Lesson, weights: list[list[float]], learnt: Learnt, sections: Sections) -> _Example:
    totals = by_rules(Notice(url="", title=lesson.title, issuers=lesson.issuers), sections).totals
    assert lesson.section is not None  # noqa: S101 - chosen so in `learn`
    return _Example(
        points=[totals[name] for name in learnt.names],
        weights=weights,
        answer=learnt.names.index(lesson.section),
        weight=learnt.weight(lesson),
    )


def _study(example: _Example) -> None:
    """One step of gradient descent on the log-loss; long titles do not count more than short ones."""
    if not example.weights:
        return
    chances = _softmax(_scores(example.points, example.weights))
    if chances[example.answer] > _SURE:
        return
    step = _STEP * example.weight / math.sqrt(len(example.weights))
    moves = [-step * chance for chance in chances]
    moves[example.answer] += step
    for weight in example.weights:
        for place, move in enumerate(moves):
            weight[place] += move


def _scores(points: Sequence[float], weights: Sequence[Sequence[float]]) -> list[float]:
    base = [each / _POINTS for each in points]
    if not weights:
        return base
    share = 1 / math.sqrt(len(weights))
    return [
        start + share * sum(column) for start, column in zip(base, zip(*weights, strict=True), strict=True)
    ]


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def _having(seen: Sequence[Sequence[str]], weights: Mapping[str, Sequence[float]]) -> dict[str, list[int]]:
    having: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(seen):
        for gram in each:
            if gram in weights:
                having[gram].append(place)
    return dict(having)
