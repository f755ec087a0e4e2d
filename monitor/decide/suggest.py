"""A source block worked out from a list page: which reading of it is best, what to call it. Talks to nobody.

Names come from a stranger's page and end in the configuration: they are one line without control
characters, and `${` in them never reaches the file, where it would stand for a secret.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.decide.regions import where
from monitor.model import Listing, Source
from monitor.text import clean
from monitor.urls import canonical, host

GENERIC = "generic"
FEWEST = 3
LONGEST_ID = 60
_LONGEST_NAME = 40
_HEAD = 200_000

_META = re.compile(r"<meta\b[^<>]{1,2000}>", re.I)
_ATTRIBUTE = re.compile(r"\b(name|content)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{0,500})", re.I)
_PIECES = re.compile(r"\s*[-_|－—–>]+\s*")
_OF_SITE = re.compile(r"^中华人民共和国(?=.{3})|(?<=.{3})(?:政府)?(?:门户|官方)?(?:网站|官网)$")
_PLAIN_PAGES = re.compile(r"(?:index|default|list|node|main|home)(?:_?\d+)?", re.I)
_SLUG = re.compile(r"[^a-z0-9]+")
_SUFFIXES = frozenset({"www", "gov", "cn", "com", "org", "net", "edu"})


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a page says of itself; "" where it says nothing."""

    site: str = ""
    column: str = ""
    code: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A list page as one family reads it; without rows, `kind` and `trouble` say why."""

    family: str
    listing: Listing
    kind: str = ""
    trouble: str = ""

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.listing.items)

    @property
    def dated(self) -> int:
        """How many rows have a date."""
        return sum(item.published_on is not None for item in self.listing.items)

    @property
    def is_poor(self) -> bool:
        """Whether another family should have a try."""
        return self.rows < FEWEST or self.dated * 2 < self.rows


def about(markup: str) -> About:
    """The names that a page gives to its site and column."""
    head = markup[:_HEAD]
    meta: dict[str, str] = {}
    for tag in _META.findall(head):
        said = {name.lower(): html.unescape(a or b) for name, a, b in _ATTRIBUTE.findall(tag)}
        meta.setdefault(said.get("name", "").strip().lower(), said.get("content", ""))
    title = _TITLE.search(head)
    return About(
        site=_OF_SITE.sub("", _safe(meta.get("sitename", ""))),
        column=_safe(meta.get("columnname", "")),
        code=clean(meta.get("siteidcode", "")),
        title=_safe(_PIECES.split(html.unescape(title[1]).strip())[0]) if title else "",
    )


def best(readings: Sequence[Reading]) -> Reading:
    """The reading with most dated rows, then with most rows; of equals the first."""
    return max(readings, key=lambda reading: (reading.dated, reading.rows))


def propose(url: str, page: About, chosen: Reading, *, taken: Collection[str]) -> tuple[Source, bool]:
    """A source for a list page; whether its level and region are known rather than assumed.

    A family that has read nothing is named only if the page carries its marks.
    """
    known = chosen.rows or chosen.family != GENERIC
    place = where(page.code, site=page.site, url=url)
    return (
        Source(
            id=free(id_of(url), taken),
            name=_name(page, url),
            url=url.replace("${", "$%7B"),
            family=(chosen.family or None) if known else None,
            level=place.level,
            region=place.region,
        ),
        place.sure,
    )


def id_of(url: str) -> str:
    """host and last part of the path: https://www.most.gov.cn/tztg/index.html is most-tztg."""
    path = urlsplit(url).path
    segments = [segment.rpartition(".")[0] or segment for segment in path.split("/") if segment]
    telling = [segment for segment in segments if not _PLAIN_PAGES.fullmatch(segment)]
    labels = [label for label in host(url).split(".") if label not in _SUFFIXES]
    words = "-".join([*labels, *telling[-1:]]).lower()
    return _SLUG.sub("-", words)[:LONGEST_ID].strip("-") or "source"


def free(wanted: str, taken: Collection[str]) -> str:
    """The id itself, or with the first number that nobody has: most-tztg-2."""
    if wanted not in taken:
        return wanted
    number = 2
    while (numbered := f"{wanted[: LONGEST_ID - 5]}-{number}") in taken:
        number += 1
    return numbered


def already(url: str, sources: Sequence[Source]) -> Source | None:
    """The configured source that reads this very list."""
    return next((source for source in sources if canonical(source.url) == canonical(url)), None)


def notes(chosen: Reading, tried: Sequence[Reading], *, sure: bool, known: Source | None) -> tuple[str, ...]:
    """What a person should know before taking the block, in Chinese sentences."""
    said = [f"同一地址已由信息源 {known.id}（{known.name}）监测"] if known else []
    said += _of_reading(chosen, tried[0]) if chosen.rows else []
    if not sure:
        said.append("页面没有说明网站的级别和地区，请核对 level 与 region")
    return tuple(said)


def _of_reading(chosen: Reading, first: Reading) -> list[str]:
    said = []
    if chosen.family != first.family:
        dated = f"{first.dated} 条有日期"
        said.append(f"按 {first.family} 只读到 {first.rows} 条（{dated}），改用 {chosen.family}（通用）")
    elif chosen.family == GENERIC:
        said.append("没有认出已知的建站系统，按 generic（通用）读取，请核对样例的标题和日期")
    undated = chosen.rows - chosen.dated
    return [*said, f"{chosen.rows} 条中有 {undated} 条没有日期"] if undated else said


def _name(page: About, url: str) -> str:
    site = page.site or host(url)
    column = page.column or page.title
    return f"{site} · {column}" if column and column != site else site


def _safe(said: str) -> str:
    line = "".join(letter for letter in clean(said) if letter.isprintable())
    return line.replace("$", "＄")[:_LONGEST_NAME].strip()
