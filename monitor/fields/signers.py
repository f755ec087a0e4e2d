"""The names of a signature: on lines of their own, at the end of a sentence, or behind a person's office.

Talks to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.fields import organs
from monitor.fields.lines import Line

# 来源：某局 2019-09-02 says where a text was taken from.
_CREDIT = re.compile(r"(?:来源|机构|机关|单位|作者|部门|供稿|主办)\s*[:：][^。;；:：!！]*$")
_OFFICES = "部长|主任|局长|厅长|省长|市长|区长|署长|行长|主席|总理|会长"
_HEAD_SIGNS = re.compile(rf"(.{{0,30}}?)(?:{_OFFICES})[:：]?([一-鿿·]{{2,8}})")
_DEPARTMENT = re.compile(r"[一-鿿]{2,12}[司处科室]")
_LISTED = re.compile(r"(?:公司|集团|大学|学院|研究所|研究院|医院|事务所|厂|银行|合作社)$")
# A signer that no rule knows as a body's name still is words alone on their line, below the end of the text.
_UNKNOWN_NAME = re.compile(r"[一-鿿·()]{4,25}")
_TEXT_ENDS = re.compile(r".*[。!]$|附件.*|\d{1,2}[.、].*")
_REMARK = re.compile(r"[(（].{0,30}[)）]\|?")
_STOPS = re.compile(r"[。;；:：!！]")
_MOST, _REACH = 15, 200


def above(text: Sequence[Line]) -> tuple[str, ...]:
    """The bodies named on the last lines of `text`, in printed order; a list of firms is none of them."""
    blocks: list[tuple[str, ...]] = []
    below = ""
    for line in reversed(text[-_MOST:]):
        names = _on_line(line)
        if names is None and (whole := _broken_over(line.printed, below)):
            blocks[:1] = [whole]
            below = line.printed
            continue
        below = line.printed
        if names is None:
            # 特此通知。某某局: the last sentence and the name share a line.
            blocks.insert(0, at_end(line.printed) if "。" in line.plain[-60:] else ())
            break
        blocks.insert(0, names)
    names = tuple(dict.fromkeys(name for names in blocks for name in names))
    signs = not_listed(names) if any(map(organs.is_firm, names)) else names
    return signs or names


def at_end(printed: str) -> tuple[str, ...]:
    """The names between the last full stop and the end of `printed`; a credit (来源：…) names nobody."""
    if _CREDIT.search(printed[-_REACH:]):
        return ()
    words = _STOPS.split(printed[-_REACH:])[-1].split()[-_MOST:]
    for first in range(len(words)):
        names = organs.split(" ".join(words[first:]))
        if names:
            return _with_department(names)
    return ()


def not_listed(names: Sequence[str]) -> tuple[str, ...]:
    """`names` without those that notices list rather than are signed by: firms, universities, institutes."""
    return tuple(name for name in names if not _LISTED.search(name))


def is_credit(printed: str) -> bool:
    """Whether words end in who wrote, sent or first published a text."""
    return bool(_CREDIT.search(printed))


def unknown(text: Sequence[Line]) -> bool:
    """Whether the last line is a signature without a known body: 部长 某某, or 某某共同体 below the text."""
    if not text:
        return False
    name = text[-1].plain
    stands_alone = len(text) > 1 and _UNKNOWN_NAME.fullmatch(name) and _TEXT_ENDS.fullmatch(text[-2].plain)
    return bool(stands_alone or _HEAD_SIGNS.fullmatch(name))


def _broken_over(printed: str, below: str) -> tuple[str, ...]:
    """The bodies of two lines where the last name of the upper goes on below: 某省财政厅 某省 / 教育厅."""
    known = organs.split(printed.rpartition(" ")[0]) if " " in printed else ()
    return organs.split(f"{printed} {below}") if known and below else ()


def _on_line(line: Line) -> tuple[str, ...] | None:
    """The bodies of one line of a signature; () for a person or a remark; None for any other line."""
    names = organs.split(line.printed)
    if names:
        return _with_department(names)
    head = _HEAD_SIGNS.fullmatch(line.plain)
    if head:
        return organs.split(head[1]) if head[1] else ()
    return () if _REMARK.fullmatch(line.plain) else None


def _with_department(names: tuple[str, ...]) -> tuple[str, ...]:
    """科技部 高新司 on one line is one body, 科技部高新司."""
    joined: list[str] = []
    for name in names:
        if joined and _DEPARTMENT.fullmatch(name) and organs.is_department(name):
            joined[-1] += name
        else:
            joined.append(name)
    return tuple(joined)
