"""发文机关: who speaks in a notice, as printed. Talks to nobody.

In the order of what can be trusted: the signature; the red heading or the words before 公告, 令 and
关于; the index table; 来源 and the meta block. A department named as 来源 (信息化和软件服务业司) never issues
by itself: then, and where the source is called 本网, the site's own body is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.fields import organs
from monitor.fields.lines import Line, fact, opening, plain
from monitor.fields.signature import Signature
from monitor.model import Fact

_HEADING = re.compile(r"(.{2,80}?)(?:文件|令|公告|通告|通知)?")
_OWN_WORDS = re.compile(r"^(.{2,80}?)\s*(?:关于|转发|印发|发布|公布|公告|令|公开征求)")
_NUMBERED = re.compile(r"^(.*?)(?:公告|令|通告)(?:\d{4}年)?第")
_SITE_WORDS = re.compile(r"(?:政府)?(?:门户|官方)?(?:网站|官网|网)$")
_HERE = frozenset({"本网", "本站", "本局", "本厅", "本部", "本委", "本网站", "本单位"})
_INDEX = (
    "发文机关",
    "发布机构",
    "制发机关",
    "发布机关",
    "发文单位",
    "制定机关",
    "公开主体",
    "publishgroupname",
)
_SOURCE = ("来源", "信息来源", "文章来源", "发布单位")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What a page says about where it stands: labelled values, meta block, and our name of the site."""

    facts: tuple[Fact, ...]
    meta: tuple[Fact, ...]
    site: str


def find(
    text: Sequence[Line], *, title: str, number: str | None, signature: Signature, where: Where
) -> tuple[str, ...]:
    """The issuers as printed, without blanks; () when nothing in the page names one."""
    ways: tuple[Callable[[], tuple[str, ...]], ...] = (
        lambda: signature.issuers,
        lambda: _from_heading(text, title),
        lambda: _from_number(number),
        lambda: _from_title(title, where),
        lambda: organs.split(fact(where.facts, *_INDEX)),
        lambda: _from_source(where),
    )
    return next((names for way in ways if (names := way())), ())


def _from_heading(text: Sequence[Line], title: str) -> tuple[str, ...]:
    """工业和信息化部文件, 工业和信息化部令: a line of the opening that is a body's name and little else."""
    for line in opening(text, title):
        match = _HEADING.fullmatch(line.printed)
        names = organs.split(match[1]) if match else ()
        if names and not organs.is_department(names[0]):
            return names
    return ()


def _from_number(number: str | None) -> tuple[str, ...]:
    match = _NUMBERED.match(number or "")
    return organs.split(match[1]) if match else ()


def _from_title(title: str, where: Where) -> tuple[str, ...]:
    """国家知识产权局关于…: the words before the verb; a body that leaves out its place is completed."""
    match = _OWN_WORDS.match(title)
    names = organs.split(match[1]) if match else ()
    return tuple(_with_place(name, where) for name in names)


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
    names = organs.split(printed)
    return tuple(name for name in names if not organs.is_department(name)) or names


def _site(where: Where) -> str:
    """The body whose site it is, from the meta block, else from our name of the source."""
    named = _SITE_WORDS.sub("", plain(fact(where.meta, "sitename")))
    return named if organs.split(named) else re.split(r"[\s·・|]", where.site, maxsplit=1)[0]
