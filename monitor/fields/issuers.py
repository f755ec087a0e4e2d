"""发文机关: who speaks in a notice, as printed. Talks to nobody.

In the order of what can be trusted: the signature; the red heading; the names in a 令 or 公告 number; the
words before 关于 in the title, or in a title that the text prints; the index table; the 机关代字 of the
number; 来源 and the meta block. A site that posts another's document names itself in the index table: where
the number says otherwise, the number is believed. A department named as 来源 (信息化和软件服务业司) never
issues by itself: then, and where the source is called 本网 or the text says 我部, the site's body is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.fields import organs
from monitor.fields.bodies import Bodies
from monitor.fields.lines import Line, fact, is_prose, opening, plain
from monitor.fields.signature import Signature, is_date_line
from monitor.model import Fact

_HEADING = re.compile(r"(.{0,160}?)\s*(文件|令|公告|通告|通知)?")
_OWN_WORDS = re.compile(
    r"(?:.*[|｜丨】:：!！])?\s*(.{2,120}?)\s*(?:关于|转发|印发|发布|公布|公告|令|公开征[求集]|征[求集])"
)
_AND_OTHERS = re.compile(
    r"等\s*(?:[\d一二三四五六七八九十]{1,3}\s*个?)?(?:部门|单位|部委|委办局|厅局)?\s*(?:联合)?$"
)
_INNER_TITLE = re.compile(
    r"(?!《|[\d一二三四五六七八九十]{1,2}[、.．])(.{2,60}?)\s*关于.{4,100}(?:通知|公告|通告|意见|函|决定|通报|公示)(?:[(（].{1,40}[)）])?$"
)
_NUMBERED = re.compile(r"^(.*?)(?:公告|令|通告)(?:\d{4}年|〔\d{4}〕)?(?:第|\d)")
_SITE_WORDS = re.compile(r"(?:政府)?(?:门户|官方)?(?:网站|官网|网)$")
_HERE = frozenset({"本网", "本站", "本局", "本厅", "本部", "本委", "本网站", "本单位", "原创", "本办"})
_INDEX = (
    "发文机关",
    "发布机构",
    "制发机关",
    "发布机关",
    "发文单位",
    "发文机构",
    "制定机关",
    "公开主体",
    "发布部门",
    "颁布部门",
    "颁布单位",
    "publishgroupname",
)
_SOURCE = ("来源", "信息来源", "文章来源", "稿件来源", "发布单位")
_WE = re.compile("我([部厅局委署司])")
_SAID_BY = {
    "部": ("部",),
    "厅": ("厅",),
    "局": ("局",),
    "委": ("委", "委员会"),
    "署": ("署",),
    "司": ("部", "委员会", "总局"),
}
_FAR = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What a page says about where it stands: labelled values, meta block, and our name of the site."""

    facts: tuple[Fact, ...]
    meta: tuple[Fact, ...]
    site: str


def find(
    text: Sequence[Line],
    *,
    title: str,
    number: str | None,
    signature: Signature,
    where: Where,
    bodies: Bodies,
) -> tuple[str, ...]:
    """The issuers as printed, without blanks; () when nothing in the page names one."""
    ways: tuple[Callable[[], tuple[str, ...]], ...] = (
        lambda: signature.issuers,
        lambda: _from_heading(text, title, red=True),
        lambda: _from_number(number),
        lambda: _from_title(title, where),
        lambda: _from_heading(text, title, red=False),
        lambda: _from_inner_title(text, where),
        lambda: _from_index(number, where, bodies),
        lambda: bodies.speakers(number),
        lambda: _from_source(where),
        lambda: _by_itself(text, where),
    )
    return next((names for way in ways if (names := way())), ())


def _from_heading(text: Sequence[Line], title: str, *, red: bool) -> tuple[str, ...]:
    """工业和信息化部文件: lines of the opening that are bodies' names and little else, one below another.

    `red` asks for the word 文件, 令 or 公告 behind them: without it the name may be that of the site.
    """
    names: tuple[str, ...] = ()
    for line in opening(text, title):
        match = _HEADING.fullmatch(line.printed)
        here = organs.split(match[1]) if match else ()
        names += () if here and organs.is_department(here[0]) else here
        if match and names and (match[2] or not here):
            return tuple(dict.fromkeys(names)) if match[2] or not red else ()
        if not here and names:
            break
    return () if red else tuple(dict.fromkeys(names))


def _from_number(number: str | None) -> tuple[str, ...]:
    match = _NUMBERED.match(number or "")
    return organs.split(match[1]) if match else ()


def _from_title(title: str, where: Where) -> tuple[str, ...]:
    """国家知识产权局关于…: the words before the verb; a body that leaves out its place is completed."""
    match = _OWN_WORDS.match(title[:400])
    names = organs.split(_AND_OTHERS.sub("", match[1])) if match else ()
    return tuple(_with_place(name, where) for name in names)


def _from_inner_title(text: Sequence[Line], where: Where) -> tuple[str, ...]:
    """某某厅关于…的通知 on a line of its own, where the page is called something else; no enclosure's."""
    for line in text[:_FAR]:
        if is_date_line(line.plain) or line.plain.startswith(("附件", "相关")):
            return ()
        match = None if is_prose(line) or len(line.plain) > 2 * _FAR else _INNER_TITLE.fullmatch(line.printed)
        names = organs.split(_AND_OTHERS.sub("", match[1])) if match else ()
        if names:
            return tuple(_with_place(name, where) for name in names)
    return ()


def _from_index(number: str | None, where: Where, bodies: Bodies) -> tuple[str, ...]:
    """What the index table says, unless the number is another body's."""
    names = organs.split(fact(where.facts, *_INDEX))
    speakers = {bodies.canonical(name) for name in bodies.speakers(number)}
    agrees = not speakers or not speakers.isdisjoint(bodies.canonical(name) for name in names)
    return names if agrees else ()


def _with_place(name: str, where: Where) -> str:
    """市工业和信息化局 → 天津市工业和信息化局, where the page says elsewhere which city."""
    if not re.match(r"[省市县区厅]", name):
        return name
    known = (*_from_source(where), *organs.split(_site(where)))
    return next((full for full in known if full.endswith(name)), name)


def _from_source(where: Where) -> tuple[str, ...]:
    printed = fact(where.facts, *_SOURCE) or fact(where.meta, "contentsource")
    if plain(printed) in _HERE or organs.is_department(plain(printed)):
        return organs.split(_site(where))
    names = organs.split(_SITE_WORDS.sub("", printed)) or organs.split(printed)
    return tuple(name for name in names if not organs.is_department(name)) or names


def _by_itself(text: Sequence[Line], where: Where) -> tuple[str, ...]:
    """The site's own body where the text says 我部, 我局 or 我司 and the body is one."""
    said = {found for line in text[:_FAR] for found in _WE.findall(line.plain)}
    names = organs.split(_site(where))
    ours = names and any(names[0].endswith(_SAID_BY[mark]) for mark in said)
    return names if ours else ()


def _site(where: Where) -> str:
    """The body whose site it is, from the meta block, else from our name of the source."""
    named = _SITE_WORDS.sub("", plain(fact(where.meta, "sitename")))
    return named if organs.split(named) else re.split(r"[\s·・|]", where.site, maxsplit=1)[0]
