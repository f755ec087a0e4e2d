"""附件: the files that a notice links and the names that its list gives them, matched. Talks to nobody.

The list tells name and order: what it names comes first, with the address of its link or "" without one;
then what is only linked. A link is an entry's by its words, else by its number, else by its place among
links that say nothing (点击下载). Pictures and the programs a page offers for reading it are no attachments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.fields import attachment_list
from monitor.fields.lines import Line
from monitor.model import Attachment
from monitor.text import clean, fold

_EXTENSION = re.compile(
    r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|7z|pptx?|dps|ceb|txt|rtf|html?|jpe?g|png)$", re.I
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|svg|ico|webp)(?:\?|$)", re.I)
_PROGRAM = re.compile(
    r"浏览器|阅读器|插件|客户端|输入法|(?:adobe|acrobat|foxit|flash|wps\s?office)|\.(?:exe|apk|msi)$", re.I
)
_SIZE = re.compile(r"\s?[(（\[【][\d.]{1,8}\s?[KMkm]?[Bb]?[)）\]】]$")
_NUMBER = re.compile(r"附\s?件\s?(\d{1,2})|^(\d{1,2})\s?[.、．](?=\D)")
_SAYS_NOTHING = re.compile(
    r"(?:请?点击|立即|文件|附件?|正文|全文)?(?:下载|查看|打开|此处|这里|链接|附件|全文)*\s?\d{0,2}\s?[:：]?(?:\.\w{2,4})?"
)
_LEAST = 6


@dataclass(frozen=True, slots=True)
class _Link:
    """A linked file with what its words say: "" and None where they say nothing."""

    file: Attachment
    stem: str
    number: int | None


def find(text: Sequence[Line], linked: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """What the list names, in its order and with addresses where linked; then files that are only linked."""
    links = _links(linked)
    found: list[Attachment] = []
    for place, name in enumerate(attachment_list.names(text)):
        own = _of(name, place, links)
        links = [link for link in links if link not in own]
        found += _entry(name, [link.file for link in own])
    return tuple(found) + tuple(Attachment(name=_name(link), url=link.file.url) for link in links)


def stem(name: str) -> str:
    """What two names of one file have in common: no number before it, no extension, no size, folded."""
    return fold(_EXTENSION.sub("", _SIZE.sub("", attachment_list.bare(name))))


def _links(linked: Sequence[Attachment]) -> list[_Link]:
    """Links to files that a reader wants, each name and address once."""
    once: dict[str, _Link] = {}
    for file in linked:
        if _PICTURE.search(file.url) or _PROGRAM.search(file.name):
            continue
        words = clean(file.name)
        found = _NUMBER.search(words)
        link = _Link(
            file=file,
            stem="" if _SAYS_NOTHING.fullmatch(words) else stem(words),
            number=int(found[1] or found[2]) if found else None,
        )
        once.setdefault(fold(words) if link.stem else file.url, link)
    return list(once.values())


def _entry(name: str, files: Sequence[Attachment]) -> list[Attachment]:
    """One entry of the list. In several formats it is several files, which their own words tell apart."""
    if len(files) > 1:
        return [Attachment(name=attachment_list.bare(file.name) or name, url=file.url) for file in files]
    return [Attachment(name=name, url=file.url) for file in files] or [Attachment(name=name, url="")]


def _of(name: str, place: int, links: Sequence[_Link]) -> list[_Link]:
    """The links of one entry: one, or the same file in several formats."""
    wanted = stem(name)
    same = [link for link in links if wanted and link.stem == wanted]
    if same:
        return same
    alike = [link for link in links if _alike(link.stem, wanted)]
    numbered = [link for link in links if link.number == place + 1 and (not link.stem or link in alike)]
    if numbered or len(alike) == 1:
        return numbered or alike
    # Links without words are taken in their order, as far as they go.
    return [link for link in links if not link.stem and link.number is None][:1]


def _alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LEAST and (one in other or other in one)


def _name(link: _Link) -> str:
    """What a link that no list names is called."""
    return (
        (link.stem and _SIZE.sub("", attachment_list.bare(link.file.name))) or clean(link.file.name) or "附件"
    )
