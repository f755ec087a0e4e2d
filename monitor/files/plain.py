"""Plain text, and lines of any document, as the strings of a notice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.errors import ParseError
from monitor.model import RawNotice
from monitor.text import clean, decode

MOST_LETTERS = 500_000
TOO_LONG = f"文字超过 {MOST_LETTERS // 10_000} 万字，不像是一条通知"

_ACT = (
    "通知|公告|通告|公示|意见|办法|规定|细则|条例|方案|规划|决定|通报|函|目录|指南|要点|计划|纲要|批复|报告"
)
_ENDS = re.compile(rf"(?:{_ACT})(?:[（(][^（）()]{{1,20}}[）)])?$")
_ABOUT = "关于"
_ORGAN = re.compile(r"(?:部|厅|局|委|委员会|会|院|办公厅|办公室|署|府)$")
_LOOKED_AT = 15
_LONGEST = 120
_SHORTEST = 5  # 目录 alone is no title
_MOST_LINES = 4


def read(data: bytes, url: str) -> RawNotice:
    """Pasted text: its first line that says something is the title."""
    lines = _said(decode(data, "").splitlines(), url, nothing="没有文字")
    return RawNotice(title=lines[0], body="\n".join(lines[1:]))


def notice(lines: Sequence[str], url: str) -> RawNotice:
    """A document's lines: its heading, which may be printed on several of them, and the rest."""
    said = _said(lines, url, nothing="文件里没有文字（可能是扫描件），请改为粘贴文字")
    start, end = _heading(said)
    return RawNotice(title="".join(said[start:end]), body="\n".join([*said[:start], *said[end:]]))


def squeezed(lines: Sequence[str]) -> list[str]:
    """Lines cleaned, empty ones left out."""
    return [line for line in map(clean, lines) if line]


def _said(lines: Sequence[str], url: str, *, nothing: str) -> list[str]:
    said = squeezed(lines)
    if not said:
        raise ParseError(url, nothing)
    if sum(map(len, said)) > MOST_LETTERS:
        raise ParseError(url, TOO_LONG)
    return said


def ends_title(line: str) -> bool:
    """Whether a line ends as titles of official documents do."""
    return len(line) <= _LONGEST and bool(_ENDS.search(line))


def _heading(lines: Sequence[str]) -> tuple[int, int]:
    """Where the title stands: the first lines that end like one, rather those with 关于 in them.

    What stands above a title in print (红头, 发文字号) ends otherwise; without any, it is the first line.
    """
    spans = [(_start(lines, at), at + 1) for at, line in enumerate(lines[:_LOOKED_AT]) if ends_title(line)]
    whole = [span for span in spans if len("".join(lines[slice(*span)])) >= _SHORTEST]
    about = (span for span in whole if _ABOUT in "".join(lines[slice(*span)]))
    return next(about, whole[0] if whole else (0, 1))


def _start(lines: Sequence[str], end: int) -> int:
    """Where a title that ends here begins: at its 关于, and at the organ printed on a line above that."""
    above = range(end, max(end - _MOST_LINES, -1), -1)
    start = next((at for at in above if _ABOUT in lines[at]), end)
    printed_above = start > 0 and lines[start].startswith(_ABOUT) and _ORGAN.search(lines[start - 1])
    return start - 1 if printed_above else start
