"""发文字号: the notice's own number, never one that it cites. Talks to nobody.

An own number stands by itself: in the index table, on a line of the opening, beside the title. A cited one
stands in a sentence, and a text enclosed below the signature has a number of its own. A page that explains a
document (解读) or forwards one (转发) carries the other's number more often than its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from monitor.fields import number_form
from monitor.fields.lines import Line, fact, is_prose, opening, plain
from monitor.fields.number_form import PRINTED, Number
from monitor.fields.signature import is_date_line
from monitor.model import Fact
from monitor.text import nfkc

LABELS = (
    "发文字号",
    "文号",
    "发文文号",
    "公文字号",
    "文件字号",
    "文件编号",
    "公告号",
    "公告编号",
    "文件号",
    "发文编号",
    "发布文号",
    "filenumbername",
)

_EXPLAINS = re.compile(
    r"(?:解读|答记者问|图解|问答|一图读懂|新闻稿)(?:[(（].{0,10}[)）])?$|解读[—:：]|^.{0,3}(?:一图|图解|解读[:：|丨])"
)
_TITLE_END = re.compile(
    r"(?:通知|公告|通告|意见|办法|函|决定|通报|批复|公示|方案|规划|计划|细则|规定|指南|目录|要点|纲要|措施|条例|规则|复函|报告|标准|请示|令)[》>”]?$"
)
_IN_BRACKETS = re.compile(
    r"^(?:关于|《|.{2,60}关于).*[通知告函意见办法定案划则行要》][(\[【](.{4,40}号)[)\]】]$"
)
_HEADED = re.compile(r".{2,60}?文件(?=[一-鿿A-Za-z]{1,24}[〔\[【(])")
_CITED = re.compile(r"[)\]】〕》]*(?:转发|精神|要求|文件|规定|和|及|以及|、|,|的|等|已|予以|同时)")
_AT_START = re.compile(rf"[(\[【〔]?({PRINTED})[)\]】〕]?")
_AT_END = re.compile(rf"(?:^|[^一-鿿A-Za-z])({PRINTED})[)\]】〕]?$")
_UNDER_HEADING = re.compile(rf"^.{{2,40}}文件({PRINTED})")
_ENCLOSES = re.compile(r"附件|附:|相关(?:链接|文件|阅读|附件)|抄送")
_TITLE_LINE = re.compile(r"^(?!《|[\d一二三四五六七八九十]{1,2}[、.])(?=.*关于).{6,100}$")
# Whatever its form, a number has one of these.
_SIGN = re.compile("号|19|2[0〇○Oo]|[〔〕]")
_FAR, _SHORT, _MOST_WORDS, _MOST_JOINT = 40, 60, 6, 8


def read(text: Sequence[Line], *, title: str, facts: Iterable[Fact]) -> Number | None:
    """The notice's own number; None where it has none or only cites some.

    `facts` are the index table and what stands under a label above the text (`labels.read`).
    """
    if _EXPLAINS.search(plain(title)):
        return None
    return number_form.parse(fact(facts, *LABELS)) or next(_standing(text, title), None)


def find(text: Sequence[Line], *, title: str, facts: Iterable[Fact]) -> str | None:
    """The normal form of the notice's own number."""
    number = read(text, title=title, facts=facts)
    return number.normal if number else None


def normal(text: str) -> str | None:
    """The one form of a printed number (国科办高（2019）74 号 → 国科办高〔2019〕74号); None if it is none."""
    number = number_form.parse(text)
    return number.normal if number else None


def year_of(number: str | None) -> int | None:
    """The year that a number in normal form carries."""
    found = re.search(r"((?:19|20)\d\d)[年〕]", number or "")
    return int(found[1]) if found else None


def _standing(text: Sequence[Line], title: str) -> Iterator[Number]:
    """The numbers that stand by themselves, the likeliest to be the notice's own first."""
    head = opening(text, title)
    forwards = "转发" in title
    for place, line in enumerate(head):
        yield from filter(None, [_alone(head, place), None if forwards else _beside_words(line.printed)])
    if not forwards:
        yield from filter(None, [_beside_words(title)])
    yield from _around_title(text, plain(title))
    yield from _in_front(text)
    # A summary may stand above the notice; in a 转发 a later number is another's.
    if not forwards:
        yield from _below_summary(text)


def _alone(head: Sequence[Line], place: int) -> Number | None:
    """The number that has this line to itself, or shares it with the red heading."""
    line = head[place]
    if len(line.printed) > 2 * _SHORT or not _SIGN.search(line.plain):
        return None
    headed = "文件" in line.plain and _HEADED.match(line.plain)
    found = number_form.parse(line.plain[headed.end() :] if headed else line.printed)
    if found and re.match(r"\d|第", found.normal):
        return _with_line_before(head, place) or (found if "年" in found.normal else None)
    return found


def _with_line_before(head: Sequence[Line], place: int) -> Number | None:
    """工业和信息化部令 on one line, 第55号 on the next; or joint names and 令 on lines of their own."""
    for first in range(max(place - _MOST_JOINT, 0), place):
        joined = number_form.parse(" ".join(line.printed for line in head[first : place + 1]))
        if joined:
            return joined
    return None


def _beside_words(printed: str) -> Number | None:
    """The number before or behind a title on its line, apart by brackets or a blank; or that is the title."""
    if len(printed) > 2 * _SHORT or not _SIGN.search(printed):
        return None
    words = nfkc(printed).split()
    if len(words) == 1 and words[0].endswith("号") and (whole := number_form.parse(printed)):
        return whole
    bracketed = _IN_BRACKETS.fullmatch("".join(words))
    if bracketed and (found := number_form.parse(bracketed[1])):
        return found
    for count in range(1, min(len(words), _MOST_WORDS + 1)):
        behind, rest = " ".join(words[-count:]), "".join(words[:-count])
        if _TITLE_END.search(rest) and "关于" in rest and (found := number_form.parse(behind)):
            return found
        before, rest = " ".join(words[:count]), "".join(words[count:])
        if re.match(r".{0,40}关于", rest) and (found := number_form.parse(before)):
            return found
    return None


def _around_title(text: Sequence[Line], title: str) -> Iterator[Number]:
    """Right behind or before the title in a page that has lost its line breaks."""
    if len(title) < 8:
        return
    for line in text[:_FAR]:
        place = line.plain.find(title) if _SIGN.search(line.plain[:2000]) else -1
        if place < 0:
            continue
        rest = line.plain[place + len(title) :]
        behind = _AT_START.match(rest)
        if behind and not _CITED.match(rest, behind.end()):
            yield from _number(behind[1])
        before = _AT_END.search(line.plain[max(place - _SHORT, 0) : place])
        if before:
            yield from _number(before[1])


def _in_front(text: Sequence[Line]) -> Iterator[Number]:
    """A page without line breaks begins with the number, or with the red heading and the number."""
    if not text:
        return
    start = nfkc(text[0].printed[:200])
    apart = re.match(
        rf"({PRINTED})(?=\s|关于|$)", re.sub(r"\s+(?=[〔\[【(\d号])|(?<=[〔\[【(\]】)〕])\s+", "", start)
    )
    headed = _UNDER_HEADING.match("".join(start.split()))
    for match in filter(None, (apart, headed)):
        if not _CITED.match(match.string[match.end() :].strip()):
            yield from _number(match[1])


def _below_summary(text: Sequence[Line]) -> Iterator[Number]:
    """On a short line of the first part; behind running text only beside a title or under 令."""
    near: list[Line] = []
    prose = False
    for line, after in pairwise((*text[:_FAR], Line("", ""))):
        if prose and (is_date_line(line.plain) or _ENCLOSES.match(line.plain)):
            return
        prose = prose or is_prose(line)
        if len(line.plain) >= _SHORT:
            continue
        near.append(line)
        found = _alone(near, len(near) - 1)
        titled = any(_TITLE_LINE.match(beside.plain) for beside in (*near[-2:-1], after))
        if found and (not prose or titled or re.search("令|公告", found.normal)):
            yield found


def _number(words: str) -> Iterator[Number]:
    found = number_form.parse(words)
    if found:
        yield found
