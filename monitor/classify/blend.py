"""The rules and what was learnt, blended: when editors' decisions may overrule the words, and how it is said.

What was learnt only ever replaces a verdict of the rules, and only if enough similar decisions agree: the
stronger the verdict, the more of them (`_Needed`). Whatever it says is said with at most `MOST_SURE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.classify.grams import ISSUER, grams
from monitor.classify.learn import Learnt
from monitor.classify.lessons import Lesson
from monitor.classify.rules import by_rules
from monitor.classify.sections import Sections
from monitor.model import Decision, Notice, Verdict

# From this confidence on a verdict of the rules is strong.
STRONG = 0.8
# Beyond this the machine is trusted without a look (bars of the evaluation); what is learnt never is.
MOST_SURE = 0.8
_LEAST_SHARED = 3  # grams: a run of three characters has three
_WORTH_OF_ISSUER = 3
_SHARE = 0.5  # of what speaks for the change, to count as similar
_QUOTED = 30


@dataclass(frozen=True, slots=True)
class _Needed:
    """How many similar decisions must agree, and which part of all similar ones."""

    decisions: float
    share: float


_AGAINST_WEAK = _Needed(decisions=3, share=0.7)
_AGAINST_STRONG = _Needed(decisions=5, share=0.8)


def classify(notice: Notice, sections: Sections, learnt: Learnt) -> Verdict:
    """The section, how sure (0.5 to 1) and why: the rules', unless enough similar decisions say otherwise."""
    judged = by_rules(notice, sections)
    if not learnt.lessons:
        return judged.verdict
    seen = grams(notice.title, notice.issuers)
    lean = learnt.leaning(judged.totals, seen)
    if lean == judged.verdict.section:
        return judged.verdict
    similar = _similar(seen, learnt, lean=lean, ruled=judged.verdict.section)
    return _overruled(judged.verdict, lean, similar, learnt) or judged.verdict


def _similar(seen: Sequence[str], learnt: Learnt, *, lean: str, ruled: str) -> list[Lesson]:
    """The lessons that share what speaks for the change: most of its weight, and no chance match.

    Closest first, of equally close ones the newest; whatever they were decided to be.
    """
    this, that = learnt.names.index(lean), learnt.names.index(ruled)
    shared: dict[int, float] = {}
    counts: dict[int, int] = {}
    total = 0.0
    for gram in seen:
        weight = learnt.weights.get(gram)
        if weight is None or (says := weight[this] - weight[that]) <= 0:
            continue
        total += says
        for place in learnt.having[gram]:
            shared[place] = shared.get(place, 0.0) + says
            counts[place] = counts.get(place, 0) + (_WORTH_OF_ISSUER if gram.startswith(ISSUER) else 1)
    close = [place for place in shared if shared[place] >= _SHARE * total and counts[place] >= _LEAST_SHARED]
    return [learnt.lessons[place] for place in sorted(close, key=lambda place: (-shared[place], -place))]


def _overruled(ruled: Verdict, lean: str, similar: Sequence[Lesson], learnt: Learnt) -> Verdict | None:
    """The verdict of the similar decisions; None where they are too few or do not agree."""
    strong = ruled.confidence >= STRONG
    needed = _AGAINST_STRONG if strong else _AGAINST_WEAK
    speaking = [lesson for lesson in similar if lesson.section == lean and _may_speak(lesson, strong=strong)]
    support = sum(map(learnt.weight, speaking))
    everything = support + sum(learnt.weight(lesson) for lesson in similar if lesson.section != lean)
    if support < needed.decisions or support < needed.share * everything:
        return None
    sure = 0.5 + (MOST_SURE - 0.5) * support / (everything + 2)
    by_words = f"按用词本会归入{ruled.section}：{ruled.because[0]}"
    return Verdict(section=lean, confidence=round(sure, 2), because=(_decided(speaking, lean), by_words))


def _may_speak(lesson: Lesson, *, strong: bool) -> bool:
    """Most of what is read is dropped, so drops never overrule a strong verdict; a move to 其他 may."""
    return not strong or lesson.decision is not Decision.DROP


def _decided(speaking: Sequence[Lesson], section: str) -> str:
    """编辑曾把《…》等 3 条类似通知归入绿色制造."""
    title = speaking[0].title
    quoted = title if len(title) <= _QUOTED else f"{title[:_QUOTED]}…"
    which = f"《{quoted}》等 {len(speaking)} 条类似通知"
    if all(lesson.decision is Decision.DROP for lesson in speaking):
        return f"编辑曾不采用{which}"
    return f"编辑曾把{which}归入{section}"
