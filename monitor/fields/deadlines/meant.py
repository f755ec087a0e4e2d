"""Whether an end is one by which readers must have acted. Talks to nobody.

What a day governs is told by the clause behind 前 (于9月30日前报送…), by the label of a period
(申报时间：…) or by the heading above it. Not deadlines: what returns every year, conditions
(9月30日前竣工的项目), the span of figures, the force of a measure, days of events, targets of plans,
taxes, and what an office sets itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.fields.deadlines import words as say
from monitor.fields.deadlines.bound import Bound, End
from monitor.fields.deadlines.walk import Sentence

_FURTHEST = timedelta(days=500)
_TASK_FURTHEST = timedelta(days=200)
_PERIOD_BEGAN = timedelta(days=90)
_BEHIND, _AHEAD = 80, 100
_CLAUSE = re.compile(r"[,;:、()|\"”“]")
# 原定9月20日截止: what counts is the day that is said instead.
_WAS = re.compile(r"原(?:定|截止)[^,;:]{0,12}$|(?:时间|日期|期限)原(?:计划|为|是|先)[于在]?$")
_NOTHING_MORE = re.compile(r"(?:\([^()]{0,40}\))?(?:[,;:)|(]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a sentence cannot know by itself: the title, when the notice came out, the year of its number."""

    title: str
    since: date | None
    year: int | None
    regulation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The words around an end: `label` is the clause that leads to it, `before` what was said so far."""

    label: str
    before: str
    after: str


def around(sentence: Sentence, end: End) -> Around:
    """The words around an end, not reaching into those about another; its heading where it stands first."""
    words = sentence.words
    before = words[max(end.start - _BEHIND, end.floor) : end.start] if end.start > 1 else sentence.heading
    label = _CLAUSE.split(before.rstrip(':(|,"“'))[-1]
    return Around(label=label, before=before, after=words[end.end : min(end.end + _AHEAD, end.limit)])


def is_meant(sentence: Sentence, end: End, setting: Setting) -> bool:
    """Whether readers must act by this end."""
    if end.mention.start and _WAS.search(sentence.words[max(end.start - 24, 0) : end.mention.start]):
        return False
    if not _is_ahead(end, setting) or _is_quoted(sentence.words, end.start):
        return False
    if _returns(sentence, end, setting):
        return False
    near = around(sentence, end)
    if is_lower_levels(end, near):
        return True
    return not _is_another_matter(sentence, end, near) and _ASKED[end.bound](sentence, end, near, setting)


def is_lower_levels(end: End, near: Around) -> bool:
    """Whether it bounds what those between applicant and issuer do: 各区于…前完成初审, 推荐单位审核截止…."""
    if end.bound is not Bound.BEFORE:
        return bool(say.LOWER_LABEL.search(near.before[-40:]))
    does = say.LOWER_DOES.match(near.after) and not say.CONDITION.match(near.after)
    return bool(does and say.LOWER.search(near.before[-40:]))


def _returns(sentence: Sentence, end: End, setting: Setting) -> bool:
    """Whether a day without a year comes round again: its clause says so, or it stands in a regulation."""
    if end.mention.dated:
        return False
    clause = re.split("[,;:]", sentence.words[max(end.start - _BEHIND, 0) : end.start])[-1]
    return setting.regulation or sentence.article or bool(say.RECURRING.search(clause))


def _is_ahead(end: End, setting: Setting) -> bool:
    """Whether it lies ahead of the notice and within reach."""
    day = end.mention.day
    if setting.since is None:
        return setting.year is None or 0 <= day.year - setting.year <= 1
    began_before = end.began is not None and end.began < setting.since - _PERIOD_BEGAN
    return setting.since <= day <= setting.since + _FURTHEST and not began_before


def _is_quoted(words: str, start: int) -> bool:
    """Whether it is part of the name of another text."""
    near = words[max(start - 60, 0) : start]
    return near.rfind("《") > near.rfind("》")


def _is_another_matter(sentence: Sentence, end: End, near: Around) -> bool:
    """Whether it bounds a condition, figures, a measure, an event, a plan or the office's own work."""
    return bool(
        say.CONDITION.match(near.after)
        or say.FORCE_BEHIND.match(near.after)
        or say.OFFICE.search(near.before)
        or (end.start <= 1 and say.EVENT_LABEL.search(sentence.row))
        or say.PLAN.search(near.before[-40:])
        or say.PLAN.match(near.after.lstrip(",;()"))
        or _speaks_of_force(end, near)
        or _speaks_of_tax(near)
        or (end.bound is not Bound.BEFORE and _is_event(sentence, near))
    )


def _speaks_of_force(end: End, near: Around) -> bool:
    if end.bound is Bound.BEFORE:
        return bool(say.LEADS_ELSEWHERE.search(near.label))
    figures = say.FIGURES.search(near.label) and not say.ASKS.search(near.label)
    return bool(figures or say.FORCE.search(near.label))


def _speaks_of_tax(near: Around) -> bool:
    words = near.before[-30:] + near.after[:40]
    return bool(say.TAX.search(words)) and not say.NOT_TAX.search(words)


def _is_event(sentence: Sentence, near: Around) -> bool:
    """Whether a period is that of something taking place; the last word of its label tells."""
    label = say.COUPLED.sub("", near.label)
    label = sentence.heading if say.BARE.fullmatch(label) else label
    found = say.EVENT.search(label)
    if not found or not say.ASKS.search(label):
        return bool(found)
    last = say.EVENT_LABEL.search(label)
    return bool(last) and not label.startswith("活动", last.start() if last else 0)


def _heading_asks(sentence: Sentence, near: Around) -> bool:
    """Whether the heading says what a label leaves open: 申报时间 above 第一批：9月2日至9月6日."""
    heading, open_label = sentence.heading, say.BARE.fullmatch(near.label)
    if sentence.row and open_label and say.BARE.fullmatch(heading):
        return bool(say.ASKS.search(sentence.row)) and not say.EVENT_LABEL.search(sentence.row)
    titled = open_label or (len(near.label) < 12 and say.LABEL.search(heading))
    return bool(titled) and bool(say.ASKS.search(heading))


def _asked_before(sentence: Sentence, end: End, near: Around, setting: Setting) -> bool:
    """…前: by the clause behind it, or by the words before where nothing is behind."""
    after = near.after
    if end.mention.vague:
        return _asked_vaguely(near, setting)
    others = say.OWN.match(after) or say.OFFICE_ACTS.match(after)
    # …前召开，请提交…: what is asked in a sentence of its own has a day of its own.
    if others and not say.REPORTS.search(after.split(",请")[0], others.end()):
        return False
    # 公示 is what the office does: 名单于…前公示.
    if say.ASKS.search(after.replace("公示", "")):
        return True
    if _NOTHING_MORE.match(after) and say.ASKS.search(near.before or sentence.heading):
        return True
    if _NOTHING_MORE.match(after) and _heading_asks(sentence, near):
        return True
    return _is_task(end, near, setting)


def _is_task(end: End, near: Around, setting: Setting) -> bool:
    """请…于9月30日前完成…: asked of readers even where nothing is sent in."""
    soon = setting.since is not None and end.mention.day <= setting.since + _TASK_FURTHEST
    planned = say.PLAN_TITLE.search(setting.title)
    return soon and not planned and bool(say.DUTY.search(near.before[-40:])) and near.after.startswith("完成")


def _asked_vaguely(near: Around, setting: Setting) -> bool:
    """…月底前: only where something is to be sent, in a plan only where it is said to whom."""
    after = near.after[:60]
    if say.OWN.match(after) or say.OFFICE_ACTS.match(after) or say.PLAN.search(near.before + after):
        return False
    planned = say.PLAN_TITLE.search(setting.title) or say.WORKS.match(after)
    wanted = say.TO_OFFICE if planned else say.REPORTS
    return bool(wanted.search(after))


def _asked_by_closing(sentence: Sentence, end: End, near: Around, setting: Setting) -> bool:
    """截止…: by the label it ends or the words around, a bare label by heading, sentence before or title."""
    if end.mention.vague:
        return False
    labelled = say.CLOSING_LABEL.search(near.before[-30:])
    if say.ASKS.search(sentence.words[end.mention.end : end.end]):
        return True
    if not labelled and (say.SUMS_UP.match(near.after) or say.FIGURES.search(near.after[:20])):
        return False
    if say.ASKS.search(near.before) or say.ASKS.search(near.after[:40]):
        return True
    elsewhere = (sentence.heading, sentence.row, sentence.before, setting.title)
    return bool(labelled) and any(map(say.ASKS.search, elsewhere))


def _asked_in_period(sentence: Sentence, end: End, near: Around, setting: Setting) -> bool:
    """The end of a period: by its label, its heading or what may be done in it."""
    if say.ASKS.search(near.label) or say.ASKS.search(near.before[-24:]):
        return True
    if _heading_asks(sentence, near):
        return True
    behind = near.after[:50]
    first = behind.lstrip(",").split(",")[0]
    takes_place = say.EVENT.search(first) and not say.ASKS.search(first)
    if takes_place or say.CONCERNS.match(behind) or say.FORCE.search(behind):
        return False
    return bool(say.ASKS.search(behind))


_ASKED = {Bound.BEFORE: _asked_before, Bound.CLOSES: _asked_by_closing, Bound.RANGE: _asked_in_period}
