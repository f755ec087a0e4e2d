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
_BRANCH = re.compile(r"国家税务总局(?:驻[^关]{2,6}特派员办事处|[^关]{2,10}税务局)")
_SCALE = 4.0
# When 其他 may be sure. 答记者问 is beyond doubt; 举办 and 下达 are soft: competitions are held, too.
_BEYOND_DOUBT = 12
_SOFT = 8
_SUPPORTS = 4
_SPEAKS = 5.0  # points of a section that make 其他 doubtful
_UNSURE = 0.8


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
        confidence=_confidence(best, lead, reasons, totals),
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
    level = _level(names, sections)
    words = {"national": "国家机关发文", "local": "地方机关发文"}
    return reasons + [Reason(vote, words[vote.word]) for vote in sections.level if vote.word == level]


def _level(names: Sequence[str], sections: Sections) -> str | None:
    """The highest level named; the tax bureau of a province is local, though its name begins with 国家."""
    if any(name.startswith(sections.national) and not _BRANCH.match(name) for name in names):
        return "national"
    return "local" if any(_BRANCH.match(name) or organs.is_local(name) for name in names) else None


def _from_body(body: str, sections: Sections) -> list[Reason]:
    votes = sections.body.votes_in(plain(body[:_BODY_READ]))
    return [Reason(vote, f"正文含“{vote.word}”") for vote in votes]


def _totals(reasons: Sequence[Reason], sections: Sections) -> dict[str, float]:
    """Points by section, in the order that decides a tie: as the sections are printed, 其他 last."""
    totals = {name: _points(name, reasons) for name in (*sections.names, OTHER)}
    return (
        totals
        if any(points > 0 for points in totals.values())
        else {OTHER: 0.0} | dict.fromkeys(sections.names, 0.0)
    )


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


def _confidence(best: str, lead: float, reasons: Sequence[Reason], totals: Mapping[str, float]) -> float:
    """From the lead (0.8 is 3.7 points); 其他 must earn more than that, for nobody looks at what it hides."""
    confidence = round(1 - 0.5 * math.exp(-lead / _SCALE), 2)
    if best != OTHER or _is_earned(reasons, rival=max(totals[name] for name in totals if name != best)):
        return confidence
    return min(confidence, _UNSURE)


def _is_earned(reasons: Sequence[Reason], *, rival: float) -> bool:
    """Whether 其他 may be trusted unseen: by a word beyond doubt, or unopposed by more than one soft word."""
    points = [reason.vote.points for reason in reasons if reason.vote.section == OTHER]
    second, strongest = sorted([0, 0, *points])[-2:]
    if strongest >= _BEYOND_DOUBT:
        return True
    return rival < _SPEAKS and (strongest > _SOFT or second >= _SUPPORTS)


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
