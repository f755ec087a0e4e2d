"""What one decision of an editor teaches: which section a notice like this belongs to. Talks to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.classify.sections import OTHER
from monitor.model import Decision

# Older decisions are forgotten: practice changes, and a program must start quickly.
MOST_LESSONS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A decision on a notice: its title and issuers, and the section under which the editor saw it.

    `moved_to` is the section of a move, else None.
    """

    notice_id: int
    title: str
    issuers: tuple[str, ...]
    decision: Decision
    shown: str
    moved_to: str | None = None

    @property
    def section(self) -> str | None:
        """The section that the decision speaks for; None where it says nothing (a deferral)."""
        if self.decision is Decision.MOVE:
            return self.moved_to
        if self.decision is Decision.DROP:
            return OTHER
        return self.shown if self.decision is Decision.KEEP else None

    @property
    def is_weak(self) -> bool:
        """A drop mostly says that it is not worth printing now, not that it was in the wrong section."""
        return self.decision is Decision.DROP and self.shown != OTHER


def weight_of_a_drop(lessons: Sequence[Lesson]) -> float:
    """A third of a decision for an editor who keeps everything; nothing for one who drops everything."""
    kept = sum(lesson.decision is not Decision.DROP for lesson in lessons)
    dropped = sum(lesson.is_weak for lesson in lessons)
    return kept / (3 * max(1, kept + dropped))
