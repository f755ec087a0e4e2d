"""Which notice a reading belongs to: one document at several addresses, or something about it (decision 7).

The same only with proof: a document number or issuer, title and date in common, and nothing of its own in
either text: no other number, deadline, contact, preface. Everything else that belongs together is linked:
解读 and 公示 of a document, a 转发, a pair under one number that differs. When unsure, link. Talks to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.decide import own_words, titles
from monitor.decide.regions import where
from monitor.decide.titles import Manner
from monitor.fields import doc_number, organs
from monitor.fields.bodies import Bodies
from monitor.model import Level, Notice, Posting, Relation, Source, Version
from monitor.text import fold
from monitor.urls import canonical, host

# How far apart two dates may lie where names alone say that two notices belong together.
_ABOUT = timedelta(days=400)
_CARRIED_OUT = timedelta(days=180)
_TWICE = timedelta(days=60)
# A name of that length is one document's, whoever speaks of it; a shorter one needs a common issuer.
_TELLING_NAME = 14
_MOST_BODIES = 4
_MOST_CITED = 3

_CODED = re.compile(r"[一-鿿a-z]+〔\d{4}〕[\d-]+号", re.I)
_SERIAL = re.compile(r"(?:(\d{4})年)?第(\d+)号$")
_BARE = re.compile(r"〔(\d{4})〕([\d-]+)号$")
_OPENING = 600
_CITED = re.compile(r"[(（]([一-鿿A-Za-z]{1,24}[〔\[【(（﹝]\d{4}[〕\]】)）﹞]\d{1,5}号)[)）]")
_BY_WORD = re.compile(r"根据|按照|依据|为贯彻|为落实|现将|转发|遵照")
_PASSED_ON = re.compile(r"《([^\n]{8,120}?)》(?:[(（][^()（）]{0,40}[)）])?[,，]?(?:予以)?转发")
_PASSES_ON = re.compile(r"转发给|转发你|现(?:予以)?转发|现将.{0,200}?转发|予以转发")


@dataclass(frozen=True, slots=True)
class Same:
    """The reading is one more posting of this notice: nothing to tell."""

    notice_id: int


@dataclass(frozen=True, slots=True)
class Tie:
    """A notice that a reading is linked to. `outward`: the reading interprets (…) it; else it the reading."""

    notice_id: int
    relation: Relation
    outward: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Face:
    """A notice as far as it is recognised."""

    notice: Notice
    manner: Manner
    numbers: frozenset[str]
    titles: frozenset[str]
    names: frozenset[str]
    cited: frozenset[str]
    passes_on: bool
    bodies: frozenset[str]
    day: date | None


def keys(notice: Notice) -> tuple[str, ...]:
    """What a notice can be found by at another address, what proves most first.

    `number:` its own number (公告 and 令 only with an issuer) and those it carries out or passes on,
    `title:` issuer, title and date, `name:` what the document is called.
    """
    cited, passes_on = _cites(notice)
    names = (f"name:{name}" for name in _names(notice, passes_on=passes_on))
    return tuple(dict.fromkeys((*_number_keys(notice), *_title_keys(notice), *cited, *names)))


def weigh_kin(notice: Notice, known: Sequence[Version]) -> Same | tuple[Tie, ...]:
    """The notice that a first reading is another posting of, else those that it is linked to.

    `known` are the newest versions of notices that share a key with it.
    """
    if not known:
        return ()
    face = _face(notice)
    faces = [(version.notice_id, _face(version.notice)) for version in known]
    same = min((notice_id for notice_id, other in faces if _is_same(face, other)), default=None)
    if same is not None:
        return Same(same)
    return tuple(_ties(face, faces))


def outranks(notice: Notice, source: Source, leading: Notice, *, bodies: Bodies) -> bool:
    """Whether a posting at `source` speaks for the notice rather than the page that has led so far.

    The first issuer's own site does, and a national one before the site of a place; on one host the
    earlier stays. Of the page that leads nothing is known but its address.
    """
    if host(notice.url) == host(leading.url):
        return False
    issuers = notice.bodies or notice.issuers
    if issuers and bodies.canonical(source.name.partition("·")[0].strip()) == issuers[0]:
        return True
    stands = where("", site="", url=leading.url)
    is_local = stands.sure and stands.level is not Level.NATIONAL
    return is_local and source.level is Level.NATIONAL and not any(map(organs.is_local, issuers))


def leads(posting: Posting, latest: Version) -> bool:
    """Whether a notice's newest version was read at this posting: only that page is compared with it."""
    reading = latest.reading
    if reading is None or reading.posting_id == posting.id:
        return True
    return canonical(reading.item.url) == canonical(posting.item.url)


def _face(notice: Notice) -> _Face:
    cited, passes_on = _cites(notice)
    return _Face(
        notice=notice,
        manner=titles.manner(notice.title),
        numbers=frozenset(_number_keys(notice)),
        titles=frozenset(_title_keys(notice)),
        names=frozenset(_names(notice, passes_on=passes_on)),
        cited=frozenset(cited),
        passes_on=passes_on,
        bodies=frozenset(_bodies(notice)),
        day=_day(notice),
    )


def _bodies(notice: Notice) -> tuple[str, ...]:
    return (notice.bodies or notice.issuers)[:_MOST_BODIES]


def _day(notice: Notice) -> date | None:
    return notice.signed_on or notice.published_on


def _number_keys(notice: Notice) -> Iterator[str]:
    number = notice.doc_number or ""
    if _CODED.fullmatch(number):
        yield f"number:{number}"
    elif serial := _serial(number):
        order = "令" if "令" in number else ""
        for body in _bodies(notice) or organs.split(number.partition("公告")[0].partition("令")[0]):
            yield f"number:{order}{serial}@{body}"


def _serial(number: str | None) -> str:
    """The year and count of a number, whoever gave it."""
    found = _SERIAL.search(number or "") or _BARE.search(number or "")
    return f"{found[1] or ''}第{found[2]}号" if found else ""


def _title_keys(notice: Notice) -> Iterator[str]:
    day, title = _day(notice), titles.bare(notice.title)
    if day is not None and title:
        yield from (f"title:{body}:{title}:{day}" for body in _bodies(notice))


def _names(notice: Notice, *, passes_on: bool) -> tuple[str, ...]:
    """The names in its title, and of the notice that its opening passes on: 现将《…》转发给你们."""
    own = titles.names(notice.title)
    found = _PASSED_ON.search(notice.body[:_OPENING]) if passes_on else None
    return (*own, *titles.names(found[1])) if found else own


def _cites(notice: Notice) -> tuple[tuple[str, ...], bool]:
    """The numbers on which a notice says in its opening that it acts, and whether it passes them on."""
    opening = notice.body[:_OPENING]
    passes_on = titles.manner(notice.title) is Manner.FORWARD or bool(_PASSES_ON.search(opening))
    if "号" not in opening or not (passes_on or _BY_WORD.search(opening)):
        return (), passes_on
    found = filter(None, map(doc_number.normal, _CITED.findall(opening)))
    others = dict.fromkeys(f"number:{number}" for number in found if number != notice.doc_number)
    return tuple(others)[:_MOST_CITED], passes_on


def _is_same(one: _Face, other: _Face) -> bool:
    if one.notice.unread or other.notice.unread or one.manner is not other.manner:
        return False
    by_number = bool(one.numbers & other.numbers)
    if not by_number and not one.titles & other.titles:
        return False
    return (
        _agree(one.notice, other.notice)
        and _adds_no_file(one.notice, other.notice)
        and _is_one_text(one.notice, other.notice)
    )


def _agree(one: Notice, other: Notice) -> bool:
    """Whether neither says anything in its fields that the other does not: numbers, days, contacts."""
    serials = {_serial(one.doc_number), _serial(other.doc_number)} - {""}
    figures = {titles.figures(one.title), titles.figures(other.title)} - {()}
    signed = {one.signed_on, other.signed_on} - {None}
    return max(len(serials), len(figures), len(signed)) <= 1 and (
        _due(one) == _due(other) and set(one.contacts) == set(other.contacts)
    )


def _adds_no_file(notice: Notice, known: Notice) -> bool:
    """Whether the attachments of a re-post ask for nothing that the notice does not ask for."""
    asked = {deadline.date for deadline in known.deadlines}
    return all(deadline.date in asked for deadline in notice.deadlines)


def _due(notice: Notice) -> set[date]:
    """The deadlines of the page. Those in its attachments are there only where somebody keeps the files."""
    return {deadline.date for deadline in notice.deadlines if not deadline.place}


def _is_one_text(one: Notice, other: Notice) -> bool:
    printed = [
        words
        for notice in (one, other)
        for words in (
            notice.title,
            notice.doc_number or "",
            *notice.issuers,
            *notice.bodies,
            "".join(notice.issuers),
        )
    ]
    return own_words.alike(one.body, other.body, printed=printed)


def _ties(face: _Face, faces: Sequence[tuple[int, _Face]]) -> Iterator[Tie]:
    for notice_id, other in faces:
        if relation := _relation(face, other):
            yield Tie(notice_id, relation)
        elif relation := _relation(other, face):
            yield Tie(notice_id, relation, outward=False)


def _relation(one: _Face, other: _Face) -> Relation | None:
    """What `one` is to `other`, None where it is nothing or the other way round."""
    for relation, belongs in (
        (Relation.INTERPRETS, _interprets),
        (Relation.PUBLICISES, _publicises),
        (Relation.FORWARDS, _forwards),
        (Relation.RELATED, _is_related),
    ):
        if belongs(one, other):
            return relation
    return None


def _interprets(one: _Face, other: _Face) -> bool:
    if one.manner is not Manner.INTERPRETATION or other.manner is not Manner.DOCUMENT:
        return False
    return bool(one.numbers & other.numbers) or _same_name(one, other, within=_ABOUT)


def _publicises(one: _Face, other: _Face) -> bool:
    if one.manner is not Manner.PUBLICITY or other.manner is not Manner.DOCUMENT:
        return False
    return bool(one.bodies & other.bodies) and _same_name(one, other, within=_CARRIED_OUT)


def _forwards(one: _Face, other: _Face) -> bool:
    if not one.passes_on or Manner.INTERPRETATION in (one.manner, other.manner):
        return False
    if titles.depth(one.notice.title) < titles.depth(other.notice.title):
        return False
    if one.cited & other.numbers:
        return True
    is_further = not other.passes_on or _is_deeper(one, other)
    return is_further and (bool(one.numbers & other.numbers) or _same_name(one, other, within=_ABOUT))


def _is_deeper(one: _Face, other: _Face) -> bool:
    return titles.depth(one.notice.title) > titles.depth(other.notice.title) > 0


def _is_related(one: _Face, other: _Face) -> bool:
    if _is_near(one, other, within=_CARRIED_OUT) and one.cited & other.numbers:
        return True
    if one.manner is not other.manner:
        return False
    if one.numbers & other.numbers:
        return True
    common = bool(one.bodies & other.bodies) and bool(one.names & other.names)
    figures = titles.figures(one.notice.title) == titles.figures(other.notice.title)
    return common and figures and one.manner is Manner.DOCUMENT and _is_near(one, other, within=_TWICE)


def _same_name(one: _Face, other: _Face, *, within: timedelta) -> bool:
    longest = max(map(len, one.names & other.names), default=0)
    known = bool(one.bodies & other.bodies) or _speaks_of(one, other) or _is_one_house(one, other)
    return longest >= (titles.SHORTEST if known else _TELLING_NAME) and _is_near(one, other, within=within)


def _speaks_of(one: _Face, other: _Face) -> bool:
    """Whether a notice's title or opening names an issuer of the other."""
    words = fold(one.notice.title + one.notice.body[:_OPENING])
    return any(fold(issuer) in words for issuer in (*other.notice.issuers, *other.notice.bodies))


def _is_one_house(one: _Face, other: _Face) -> bool:
    """Whether one site carries both, and no issuer says otherwise: interpretations seldom name theirs."""
    has_none = not one.bodies or not other.bodies
    return has_none and host(one.notice.url) == host(other.notice.url)


def _is_near(one: _Face, other: _Face, *, within: timedelta) -> bool:
    return one.day is None or other.day is None or abs(one.day - other.day) <= within
