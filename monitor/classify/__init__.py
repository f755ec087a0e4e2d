"""Into which section of the bulletin a notice belongs, and why. Pure.

The words come from seeds/sections.yaml, the lessons from what editors decided (docs/classification.md).
"""

from monitor.classify.blend import classify
from monitor.classify.learn import NOTHING_LEARNT, Learnt, learn
from monitor.classify.lessons import MOST_LESSONS, Lesson
from monitor.classify.sections import OTHER, Sections, parse_sections

__all__ = [
    "MOST_LESSONS",
    "NOTHING_LEARNT",
    "OTHER",
    "Learnt",
    "Lesson",
    "Sections",
    "classify",
    "learn",
    "parse_sections",
]
