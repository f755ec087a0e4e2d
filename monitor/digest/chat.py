"""A digest as chat messages: whole notices packed greedily into pieces that the service will take.

Every part but the title has a share of the piece that it cannot exceed, so that a title, shortened
if need be, always fits: address, document number and deadline stay whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from monitor.digest.cut import shorten, size
from monitor.digest.gather import Contents, Item
from monitor.escape import wecom

_CUT = "…（全文见邮件或链接）"
_TOO_LONG = "（链接过长，见邮件或审核台）"
_WIDEST = "（999/999）"
_NAMED_TROUBLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a service writes things, and how many bytes of UTF-8 a piece may have."""

    limit: int
    heading: str
    section: str
    region: str
    linked: str
    desk: str
    line: str
    urgent: str
    quiet: str
    label: str

    @property
    def address(self) -> int:
        """The longest address that is still shown."""
        return self.limit // 4

    @property
    def fact(self) -> int:
        """The share of a small part: a document number, an issuer, a source."""
        return self.limit // 24


# The service takes 4096 bytes (errcode 40058 beyond); the rest is room for a mark added when sending.
WECOM = Dialect(
    limit=3800,
    heading="**{}**",
    section="**【{}】**",
    region="{}",
    linked="[{title}]({url})",
    desk="[审核台]({url})",
    line="> {}",
    urgent='> <font color="warning">{}</font>',
    quiet='> <font color="comment">{}</font>',
    label='<font color="warning">【{}】</font>',
)
# Services behind other addresses may read markdown and mentions too: the same twins, bare addresses.
TEXT = Dialect(
    limit=1900,
    heading="{}",
    section="【{}】",
    region="〔{}〕",
    linked="{title}\n{url}",
    desk="审核台 {url}",
    line="  {}",
    urgent="  {}",
    quiet="  {}",
    label="【{}】",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    text: str
    count: int


def chat(contents: Contents, dialect: Dialect, *, most: int) -> tuple[str, ...]:
    """The texts of the pieces, at most `most` (0: as many as it takes), in order."""
    footer = _troubles(contents, dialect)
    room = dialect.limit - size(_header(contents, dialect, _WIDEST)) - size(footer)
    pages = _pages(contents, dialect, room, most)
    left = len(contents.items) - sum(page.count for page in pages)
    texts = [page.text for page in pages] or [""]
    texts[-1] += (_more(left, contents, dialect) if left else "") + footer
    return tuple(
        _header(contents, dialect, _numbered(number, len(texts))) + text
        for number, text in enumerate(texts, 1)
    )


def _pages(contents: Contents, dialect: Dialect, room: int, most: int) -> list[_Page]:
    pages: list[_Page] = []
    left: Sequence[Item] = contents.items
    while left and not (most and len(pages) == most):
        page = _fill(left, dialect, room)
        if len(pages) + 1 == most and page.count < len(left):
            page = _fill(left, dialect, room - size(_more(len(left), contents, dialect)))
        pages.append(page)
        left = left[page.count :]
    return pages


def _fill(items: Sequence[Item], dialect: Dialect, room: int) -> _Page:
    """As many whole items as fit, but always one, shortened where it must be."""
    text = _headings(items[0], None, dialect)
    text += _block(items[0], dialect, room - size(text))
    used, count = size(text), 1
    parts = [text]
    for before, item in pairwise(items):
        more = _headings(item, before, dialect) + _write(_words(item, dialect), dialect)
        used += size(more)
        if used > room:
            break
        parts.append(more)
        count += 1
    return _Page(text="".join(parts), count=count)


def _headings(item: Item, before: Item | None, dialect: Dialect) -> str:
    """What must stand above an item: an empty line, its section and region where they are new."""
    section = dialect.section.format(shorten(wecom(item.section), dialect.fact))
    region = dialect.region.format(shorten(wecom(item.region), dialect.fact)) + "\n" if item.region else ""
    if before is None or before.section != item.section:
        return f"\n{section}\n{region}"
    return f"\n{region}" if before.region != item.region else "\n"


def _block(item: Item, dialect: Dialect, room: int) -> str:
    words = _words(item, dialect)
    full = _write(words, dialect)
    excess = size(full) - room
    if excess <= 0:
        return full
    title = shorten(words.title, size(words.title) - excess, more=_CUT)
    return _write(replace(words, title=title), dialect)


def _words(item: Item, dialect: Dialect) -> Item:
    """The item in characters that the service shows literally, each part within its share."""
    small = dialect.fact
    return replace(
        item,
        title=wecom(item.title),
        facts=tuple(shorten(wecom(fact), small) for fact in item.facts),
        lead=shorten(wecom(item.lead), small),
        news=shorten(wecom(item.news), 2 * small),
        due=shorten(wecom(item.due), small),
        sources=(_sources(item.sources, small),),
    )


def _sources(names: Sequence[str], room: int) -> str:
    """As many names as there is room for, the others counted; the first one in any case."""
    whole = [wecom(name) for name in names]
    for count in range(len(whole), 1, -1):
        text = "、".join(whole[:count]) + _others(count, len(whole))
        if size(text) <= room:
            return text
    others = _others(1, len(whole))
    return shorten(whole[0], room - size(others)) + others


def _others(shown: int, of: int) -> str:
    return f" 等 {of} 处" if shown < of else ""


def _write(words: Item, dialect: Dialect) -> str:
    label = dialect.label.format(words.label) if words.label else ""
    title = words.title
    if words.link and size(words.link) <= dialect.address:
        title = dialect.linked.format(title=title, url=words.link)
    elif words.link:
        title += _TOO_LONG
    details = (
        (dialect.line, " · ".join(words.facts)),
        (dialect.line, words.lead),
        (dialect.line, words.news),
        (dialect.urgent, words.due),
        (dialect.quiet, f"来源：{'、'.join(words.sources)}"),
    )
    lines = [style.format(text) for style, text in details if text]
    return "\n".join([label + title, *lines]) + "\n"


def _header(contents: Contents, dialect: Dialect, number: str) -> str:
    heading = dialect.heading.format(shorten(contents.heading, dialect.fact))
    return f"{heading}{number} {contents.counts}\n"


def _numbered(number: int, of: int) -> str:
    return f"（{number}/{of}）" if of > 1 else ""


def _more(left: int, contents: Contents, dialect: Dialect) -> str:
    desk = dialect.desk.format(url=contents.link) if contents.link else "审核台"
    if size(desk) > dialect.limit // 12:
        desk = "审核台"
    return f"\n另有 {left} 条，见邮件或{desk}\n"


def _troubles(contents: Contents, dialect: Dialect) -> str:
    count = len(contents.troubles)
    if not count:
        return ""
    names = "、".join(wecom(trouble.name) for trouble in contents.troubles[:_NAMED_TROUBLES])
    more = " 等" if count > _NAMED_TROUBLES else ""
    said = shorten(f"{count} 个信息源异常：{names}{more}", dialect.limit // 12)
    return "\n" + dialect.quiet.format(said) + "\n"
