"""发文字号: the notice's own number, never one that it cites. Talks to nobody.

An own number stands by itself: in the index table, on a line of the opening, or in brackets at
the end of the title. A cited one stands in a sentence. The rule for the printed form is
GB/T 9704-2012, 7.2.5: 机关代字, year in 〔〕, running number without 第; for 令 and 公告 the number alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.fields import organs
from monitor.fields.lines import Line, fact, opening, plain
from monitor.model import Fact
from monitor.text import clean

LABELS = ("发文字号", "文号", "发文文号", "文件编号", "公文字号", "文件字号", "公告号", "filenumbername")

_YEAR = r"((?:19|20)\d\d)"
_BRACKETED = rf"[〔\[【(〖]{_YEAR}年?[〕\]】)〗]"
_NUMBERED = re.compile(rf"([一-鿿A-Za-z]{{0,24}}){_BRACKETED}(?:字?第)?(\d{{1,5}}(?:-\d{{1,3}})?)号?")
_COUNT = r"(\d{1,5}|[一二三四五六七八九十百零〇]{1,7})"
_ANNOUNCED = re.compile(rf"([^\d《》]{{0,100}}?)(公告|通告|令)?\(?(?:{_YEAR}年)?(第)?{_COUNT}号\)?(令)?")
_BLANKS_AT_NUMBERS = re.compile(r"\s*([\d()第号年])\s*")
_HEADED = re.compile(r".{2,60}?文件(?=[一-鿿A-Za-z]{1,24}[〔\[【(])")
_WRAPPED = re.compile(r"[(（\[【](.+)[)）\]】]")
_LABELLED = re.compile(r"(?:发文字号|文号|发文文号|文件编号):(.{3,60})")
_IN_TITLE = re.compile(
    r"^(?:关于|《|.{2,60}关于).*[通知告函意见办法定案划则行要》][(\[【〔](.{4,40}号)[)\]】〕]$"
)
_IN_FRONT = re.compile(rf"\s*([一-鿿A-Za-z]{{1,24}}\s*{_BRACKETED}\s*\d{{1,5}}\s*号)(?:\s|关于|$)")
# Whatever its form, a number has one of these.
_SIGN = re.compile("号|19|20")
_FAR, _SHORT = 40, 60
_DIGITS = {mark: value for value, mark in enumerate("零一二三四五六七八九")} | {"〇": 0}


def find(text: Sequence[Line], *, title: str, facts: Iterable[Fact]) -> str | None:
    """The notice's own number in normal form; None where it has none or only cites some."""
    return next(_candidates(text, title, facts), None)


def normal(text: str) -> str | None:
    """The one form of a printed number (国科办高（2019）74 号 → 国科办高〔2019〕74号); None if it is none."""
    bare = clean(text).strip("| ")
    wrapped = _WRAPPED.fullmatch(bare)
    bare = wrapped[1] if wrapped else bare
    match = _NUMBERED.fullmatch(plain(bare))
    if match:
        organ, year, count = match.groups()
        return f"{organs.without_state(organ)}〔{year}〕{int(count) if count.isdigit() else count}号"
    return _announced(bare)


def year_of(number: str | None) -> int | None:
    """The year that a number in normal form carries."""
    found = re.search(_YEAR, number or "")
    return int(found[1]) if found else None


def _candidates(text: Sequence[Line], title: str, facts: Iterable[Fact]) -> Iterator[str]:
    listed = normal(fact(facts, *LABELS))
    if listed:
        yield listed
    head = opening(text, title)
    for place in range(len(head)):
        yield from filter(None, (_alone(head, place), _labelled(head, place), _in_title(head[place].printed)))
    yield from filter(None, [_in_title(title)])
    yield from _in_front(text)
    # A summary or a covering note may stand above the notice; in a 转发 a later number is another's.
    if "转发" not in title:
        near = [line for line in text[:_FAR] if len(line.plain) < _SHORT]
        yield from filter(None, (_alone(near, place) for place in range(len(near))))


def _alone(head: Sequence[Line], place: int) -> str | None:
    """The number that has this line to itself, or shares it with the red heading."""
    line = head[place]
    if not _SIGN.search(line.plain):
        return None
    found = normal(_HEADED.sub("", line.plain, count=1) if "文件" in line.plain else line.printed)
    if found and re.match(r"\d|第", found):
        return _with_line_before(head, place) or (found if "年" in found else None)
    return found


def _with_line_before(head: Sequence[Line], place: int) -> str | None:
    """工业和信息化部令 on one line, 第55号 on the next; or 公告 between them on a third."""
    for first in range(max(place - 2, 0), place):
        joined = normal(" ".join(line.printed for line in head[first : place + 1]))
        if joined:
            return joined
    return None


def _labelled(head: Sequence[Line], place: int) -> str | None:
    cells = [plain(cell).rstrip(":") for cell in head[place].printed.split("|")]
    for label, value in zip(
        cells, [*cells[1:], *(line.plain for line in head[place + 1 : place + 2])], strict=False
    ):
        if label in LABELS and (found := normal(value)):
            return found
    match = _LABELLED.search(head[place].plain)
    return _first_part(match[1]) if match else None


def _first_part(text: str) -> str | None:
    """The number at the beginning of what follows a label, where more labels follow on the line."""
    match = _NUMBERED.match(text)
    return normal(match[0]) if match and match[1] else normal(text)


def _in_title(title: str) -> str | None:
    match = _IN_TITLE.fullmatch(plain(title))
    found = normal(match[1]) if match else None
    if not found and plain(title).endswith("号"):
        return _announced(clean(title))
    return found


def _in_front(text: Sequence[Line]) -> Iterator[str]:
    """Pages that lost their line breaks begin with the number, then the title."""
    match = _IN_FRONT.match(text[0].printed[:200]) if text else None
    found = normal(match[1]) if match else None
    if found:
        yield found


def _announced(text: str) -> str | None:
    if "号" not in text:
        return None
    match = _ANNOUNCED.fullmatch(_BLANKS_AT_NUMBERS.sub(r"\1", _half_width(text)))
    if not match:
        return None
    before, kind, year, ordinal, count, order_after = match.groups()
    names = _names(before)
    if names is None or not (ordinal or year) or not (kind or order_after or year or not names):
        return None
    dated = f"{year}年" if year else ""
    return f"{names}{kind or order_after or ''}{dated}第{_arabic(count)}号"


def _half_width(text: str) -> str:
    """Half-width punctuation and digits, blanks kept: they tell joint issuers apart."""
    return " ".join(plain(word) for word in text.split())


def _names(before: str) -> str | None:
    """The issuers printed in front of 公告 or 令; None when the words are something else."""
    if not before.strip():
        return ""
    names = organs.split(before)
    if names:
        return " ".join(names)
    word = plain(before)
    # 国令, 主席令: no body's name, yet part of the number.
    return word if re.fullmatch(r"(?:中华人民共和国)?(?:国|主席|国务院|部)", word) else None


def _arabic(count: str) -> int:
    if count.isdigit() and count.isascii():
        return int(count)
    if not re.search(r"[十百]", count):
        return int("".join(str(_DIGITS[mark]) for mark in count))
    hundreds, hundred, rest = count.rpartition("百")
    tens, ten, ones = rest.lstrip("零〇").rpartition("十")
    total = (_DIGITS.get(hundreds, 1) * 100) if hundred else 0
    return total + (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
