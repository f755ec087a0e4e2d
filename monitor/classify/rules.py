"""The rules: words vote, title first, then issuer and level; the body only where those are close."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.classify.act import act
from monitor.classify.sections import OTHER, Sections
from monitor.classify.words import Vote
from monitor.fields import organs
from monitor.fields.lines import plain
from monitor.model import Notice, Verdict

# Below this lead the body is asked as well.
CLOSE = 3
_BODY_READ = 2_000
_FIRST_WORDS = 200  # of a page that has no title
_CITED = re.compile(r"《[^《》]*》")
_SCALE = 4.0


@dataclass(frozen=True, slots=True)
class Reason:
    """A vote with the words that tell an editor of it."""

    vote: Vote
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say: the points of every section, and the verdict that follows from them."""

    totals: Mapping[str, float]
    verdict: Verdict


def by_rules(notice: Notice, sections: Sections) -> Judged:
    """The section with the most points, how sure that is (0.5 to 1), and why."""
    reasons = [*_from_title(notice, sections), *_from_issuers(notice, sections)]
    totals = _totals(reasons, sections)
    if _lead(totals) < CLOSE and notice.body:
        reasons += _from_body(notice.body, sections)
        totals = _totals(reasons, sections)
    best, lead = max(totals, key=lambda name: totals[name]), _lead(totals)
    verdict = Verdict(
        section=best,
        confidence=round(1 - 0.5 * math.exp(-lead / _SCALE), 2),
        because=_because(best, reasons, totals, lead),
    )
    return Judged(totals, verdict)


def _from_title(notice: Notice, sections: Sections) -> list[Reason]:
    """The votes of the title; a page without one speaks by its first words, cited documents left out."""
    if notice.title:
        title = plain(notice.title)
        votes = (*sections.act.votes_in(act(title)), *sections.title.votes_in(title))
        return [Reason(vote, f"标题含“{vote.word}”") for vote in votes] + _from_wording(title, sections)
    first = _CITED.sub("", plain(notice.body[:_FIRST_WORDS]))
    votes = (*sections.act.votes_in(first), *sections.title.votes_in(first))
    return [Reason(vote, f"正文开头含“{vote.word}”") for vote in votes]


def _from_wording(title: str, sections: Sections) -> list[Reason]:
    """What the title lacks: no word of official papers is news, no subject of ours is somebody else's."""
    reasons = []
    if sections.forms and not sections.forms.search(act(title)):
        vote = Vote(OTHER, "formless", sections.formless)
        reasons.append(Reason(vote, "标题不像公文，没有“通知”“公告”等用语"))
    if sections.subjects and not sections.subjects.search(title):
        vote = Vote(OTHER, "subjectless", sections.subjectless)
        reasons.append(Reason(vote, "标题没有提到快讯关注的领域"))
    return reasons


def _from_issuers(notice: Notice, sections: Sections) -> list[Reason]:
    names = [*map(plain, notice.issuers), plain(notice.title)]
    found = [(vote, name) for name in names[:-1] for vote in sections.issuer.votes_in(name)]
    reasons = [Reason(vote, f"发文机关“{name}”含“{vote.word}”") for vote, name in found]
    national = next((name for name in names if name.startswith(sections.national)), None)
    local = next((name for name in names if organs.is_local(name)), None)
    level = "national" if national else "local" if local else None
    words = {"national": "国家机关发文", "local": "地方机关发文"}
    return reasons + [Reason(vote, words[vote.word]) for vote in sections.level if vote.word == level]


def _from_body(body: str, sections: Sections) -> list[Reason]:
    votes = sections.body.votes_in(plain(body[:_BODY_READ]))
    return [Reason(vote, f"正文含“{vote.word}”") for vote in votes]


def _totals(reasons: Sequence[Reason], sections: Sections) -> dict[str, float]:
    """Points by section, in the order that decides a tie: as the sections are printed, 其他 last."""
    totals = {name: _points(name, reasons) for name in (*sections.names, OTHER)}
    return totals if any(points > 0 for points in totals.values()) else {OTHER: 0.0, **totals}


def _points(section: str, reasons: Sequence[Reason]) -> float:
    """The strongest word in full, the others together at most half of it: many weak are no strong one."""
    points = [reason.vote.points for reason in reasons if reason.vote.section == section]
    strongest = max((each for each in points if each > 0), default=0)
    others = sum(each for each in points if each > 0) - strongest
    against = sum(each for each in points if each < 0)
    return strongest + min(others / 3, strongest / 2) + against


def _lead(totals: dict[str, float]) -> float:
    first, second = sorted(totals.values(), reverse=True)[:2]
    return first - max(second, 0)


def _because(best: str, reasons: Sequence[Reason], totals: dict[str, float], lead: float) -> tuple[str, ...]:
    """The reasons for the winner, strongest first; where it was close, the runner-up with its best."""
    told = _told(best, reasons) or ["没有任何栏目的用语"]
    rivals = [name for name in sorted(totals, key=lambda name: -totals[name]) if name != best]
    if lead < CLOSE and totals[rivals[0]] > 0:
        told.append(f"也可能是{rivals[0]}：{_told(rivals[0], reasons)[0]}")
    return tuple(told)


def _told(section: str, reasons: Sequence[Reason]) -> list[str]:
    speaking = [reason for reason in reasons if reason.vote.section == section and reason.vote.points > 0]
    speaking.sort(key=lambda reason: -reason.vote.points)
    return list(dict.fromkeys(reason.words for reason in speaking))
