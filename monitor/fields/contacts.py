"""联系方式: telephones and e-mail addresses of a notice, printed form without blanks. Talks to nobody.

Everything of the notice counts down to its signature. Below that stand the note in brackets （联系人：…）
of GB/T 9704-2012, 7.3.7, sometimes the contacts themselves, and then whatever the site or a re-poster adds:
there a number counts only in such a note, or under 联系人 when none was printed above. A page's footer
(版权, 备案, 上一篇) ends the reading. Hotlines belong to whoever posted the page, unless a signature follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.fields import organs, phones
from monitor.fields.lines import Line, first_prose
from monitor.fields.signature import is_date_line
from monitor.text import nfkc

_FOOTER = re.compile(
    r"版权所有|网站标识码|ICP备|公网安备|免责声明|上一[篇页条]\s?[:：]|下一[篇页条]\s?[:：]|相关(?:阅读|推荐|文章)|责任编辑"
    r"|关闭窗口|Copyright",
    re.I,
)
_OF_CONTACTS = re.compile(r"联系|地址|邮编|邮政编码|邮箱|信箱|电话|传真|手机|咨询|E-?mail", re.I)
_OPENS_CONTACTS = re.compile(r"联系(?:人|方式|电话|单位)|咨询(?:电话|方式)|业务咨询")
# Below a covering note's signature the notice itself follows, below a notice's own its enclosures.
_GOES_ON = re.compile(r"附件\d{0,2}:?$|附件\d{1,2}[:.、]|[^:|]{2,}[市州区县委局厅位门业会校所]:$|第一章|一、")
_LAST_OF_A_DAY = frozenset("日号)|0123456789")
_BEHIND_A_NAME = re.compile(r"([^\d]{2,80}?)[\s|]*(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日")
_SHORT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line where contacts may stand. `below`: under the signature and in no note of it."""

    printed: str
    plain: str
    below: bool
    hotlines: bool


def find(text: Sequence[Line]) -> tuple[str, ...]:
    """Telephones and addresses in the order of the text, each once, without blanks."""
    found: dict[str, None] = {}
    named = False
    for row in _rows(text):
        told = any("@" not in contact for contact in found)
        opens = bool(_OPENS_CONTACTS.match(row.plain))
        if row.below and (not (named or opens) or (opens and told)):
            named = False
            continue
        here = _on(row, named=named)
        found |= dict.fromkeys(here)
        named = _names_next(row.plain, named=named, found=bool(here))
    return tuple(found)


def _on(row: _Row, *, named: bool) -> list[str]:
    if not phones.MARK.search(row.printed):
        return []
    return phones.on_line(nfkc(row.printed), named=named and len(row.plain) <= _SHORT, hotlines=row.hotlines)


def _names_next(plain: str, *, named: bool, found: bool) -> bool:
    """Whether the line below is about contacts too: a block of short lines, or the rows of a table."""
    if len(plain) > _SHORT and "|" not in plain:
        return plain.endswith(":")
    return bool(_OF_CONTACTS.search(plain)) or (named and (found or "|" in plain))


def _rows(text: Sequence[Line]) -> Iterator[_Row]:
    """The lines of the notice, without the page's footer."""
    start = first_prose(text)
    signed = _signatures(text, start)
    ends = frozenset(signed)
    below = noted = False
    for place, line in enumerate(text):
        below = below and not _GOES_ON.match(line.plain)
        noted = below and (noted or line.plain.startswith("("))
        footer = _FOOTER.search(line.printed) if place >= start else None
        yield _Row(
            printed=line.printed[: footer.start()] if footer else line.printed,
            plain=line.plain,
            below=below and not noted,
            hotlines=bool(signed) and start <= place < signed[0],
        )
        if footer:
            return
        noted = noted and not line.plain.endswith(")")
        below = below or place in ends


def _signatures(text: Sequence[Line], start: int) -> list[int]:
    """The lines that end a notice: a day under or behind the name of a body, else the last day alone."""
    ends = [place for place in range(start, len(text)) if text[place].plain[-1:] in _LAST_OF_A_DAY]
    dated = [place for place in ends if is_date_line(text[place].plain)]
    signed = [place for place in ends if _is_signed(text, place)]
    return signed or dated[-1:]


def _is_signed(text: Sequence[Line], place: int) -> bool:
    line = text[place]
    if is_date_line(line.plain):
        return place > 0 and bool(organs.split(text[place - 1].printed))
    behind = _BEHIND_A_NAME.fullmatch(line.printed)
    return behind is not None and bool(organs.split(behind[1]))
