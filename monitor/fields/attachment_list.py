"""附件 as printed: the names of the list below the text, or of headings 附件1, 附件2. Talks to nobody.

GB/T 9704-2012, 7.3.4: 附件 and a colon below the text, several with arabic numbers, no mark behind a name.
Pages also number with 一、 or (1), lose the line breaks, or print a name on the line below its mark. That
numbers follow each other tells the next entry from every other number in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from itertools import islice

from monitor.fields import organs
from monitor.fields.lines import Line, is_prose, plain
from monitor.text import clean, fold

_NUMERALS = "一二三四五六七八九十"
_OPENS = re.compile(
    r"(?:^(?:请?点击(?:查看|下载))?|(?<=[\s。；;，,]))(?:(?:相关)?附\s*件(?:下载|列表|目录|清单|[(（][^()（）]{1,10}[)）])?|附)\s*(?:[:：]\s*|(?=1\s*[.、．]))|^附\s*件\s?[.．]\s?(?=[一-鿿《])|^附\s*件$"
)
_ENDS = re.compile(
    r"^(?:相关(?:链接|附件|文档|新闻|阅读)|联系|[(（]联系|[(（]此件|抄送|扫一扫|上一[篇条]|下一[篇条]|编辑|来源|分享|特此|现将|责任|打印)"
    r"|^\d{4}年\d{1,2}月\d{1,2}日"
)
_DAY = r"(?:\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[〇○零OＯo一二三四五六七八九]{4}\s?年.{1,3}月.{1,3}日)"
# What follows the last name on a page that has lost its line breaks, or even its blanks.
_SIGNED = re.compile(rf"\s{_DAY}")
_GLUED = re.compile(rf"(《[^》]*》)([^》\s\d]{{2,40}}){_DAY}")
_TAIL = re.compile(r"\s(?:[(（]?联系(?:人|方式|电话)|[(（]此件|抄送|【)|\||。")
# How names of documents end: what else stands on a line of its own is no name.
_FULL_NAME = re.compile(
    r"(?:通知|公告|通告|公示|办法|细则|规定|规程|条例|表|书|名单|清单|目录|名录|指南|指引|手册|方案|意见|说明|函|稿|模板|模版|样式|"
    r"格式|要求|标准|规范|条件|流程|流程图|材料|计划|规划|通报|决定|汇总|提纲|大纲|报告|要点|解读|简介|回执|证明|承诺|单|册|版|标识|章程|"
    r"任务|指标|信息|安排|公约|须知)$|[)）》]$|\.[A-Za-z]{2,4}$"
)
_NUMBER_IN_BRACKETS = re.compile(r"[(（].{2,20}[〔\[(（]\d{4}[〕\])）]\d{1,5}号[)）]")
_JUNK = re.compile(
    r"\s?(?:[(（\[【](?:略|另附|附后|另发|见附件|请?(?:点击|自行)?(?:下载|查看)|[\d.]{1,8}\s?[KM]B?)[)）\]】]"
    r"|(?<=\.[a-z]{3})\s?下载|(?<=\.[a-z]{4})\s?下载|(?<=B[)）])\s?下载|点击下载|点击查看|[;；。,，、])$",
    re.I,
)
# Files one behind the other on a line: 申报书.docx（20KB） 汇总表.xlsx.
_FILES = re.compile(
    r"(?:(?<=\.(?:doc|xls|pdf|rar|zip|wps))|(?<=\.(?:docx|xlsx))|(?<=[KM]B[)）]))\s+(?=\S)", re.I
)
_NO_NAME = re.compile(rf"(?:略|无|附后|另附|见附件|下载|点击下载|附件?\s?\d*[:：]?|{_DAY})?")
_CALLED = re.compile(
    rf"^[·•▪●◆■]\s?|^附\s?件\s?[\d{_NUMERALS}]{{0,3}}\s?[:：.、．]?\s?|^[(（]?\d{{1,2}}[)）]?\s?[.、．]\s?(?=\D|(?:19|20)\d\d|\d{{1,5}}[项家个批种类条件户名款台])"
)
_BEFORE_INNER = r"(?<=[\s;；。,，、)）》一-鿿])"
_WORD = re.compile("[A-Za-z一-鿿]")
_LONGEST, _LONG = 200, 60
# Entries of a list, characters of one on a single line, openings tried: a hostile page has thousands.
_MOST, _FAR, _MOST_TRIED = 99, 10_000, 20


class _Style(Enum):
    """How a list numbers its entries; 附件1 is one way to write 1."""

    ARABIC = (
        r"(?:附\s?件\s?(?:{n}|{cn})(?:\s?[:：.、．]|\s|$)"
        r"|{n}\s?(?:[.．](?=\D|(?:19|20)\d\d|\d{{1,5}}[项家个批种类条件户名款台]|$)|[、:：)）]|\s(?=[^\d\s.])))\s?"
    )
    BRACKETS = r"[(（](?:{n}|{cn})[)）]\s?[.、．:：]?\s?"
    CHINESE = r"{cn}\s?[、.．]\s?"


_INNER = {
    _Style.ARABIC: (
        r"(?:附\s?件\s?(?:{n}|{cn})\s?[:：]"
        r"|(?:附\s?件\s?)?{n}\s?(?:[.．](?=[^\d\s]|\s\D|\s?(?:19|20)\d\d)|、))\s?"
    ),
    _Style.BRACKETS: r"[(（](?:{n}|{cn})[)）]\s?",
    _Style.CHINESE: r"{cn}、\s?",
}


def names(text: Sequence[Line]) -> tuple[str, ...]:
    """The names of the first list that has any, in its order, each once; () where nothing is listed."""
    return next(filter(None, map(_named, islice(_lists(text), _MOST_TRIED))), ())


def _lists(text: Sequence[Line]) -> Iterator[list[str]]:
    """What every place that could open a list would give, in their order."""
    for place, line in enumerate(text):
        if "附" not in line.plain:
            continue
        for opened in _OPENS.finditer(line.printed):
            rest = line.printed[opened.end() : opened.end() + _FAR]
            yield _entries(rest, text[place + 1 : place + _MOST])
        if _heading(1).match(line.printed):
            yield _headed(text[place:])


def bare(printed: str) -> str:
    """A name without the number before it and the marks and offers behind it."""
    name = clean(printed)
    while (shorter := _JUNK.sub("", _CALLED.sub("", name, count=1), count=1)) != name:
        name = shorter
    return name if _WORD.search(name) and not _NO_NAME.fullmatch(name) else ""


def _named(entries: Sequence[str]) -> tuple[str, ...]:
    """The names of entries as printed; one that only adds its number in brackets is the same again."""
    found: dict[str, str] = {}
    for printed in (file for entry in entries for file in _FILES.split(entry)):
        name = bare(_without_tail(printed))
        if name and len(name) <= _LONGEST:
            found.setdefault(fold(_NUMBER_IN_BRACKETS.sub("", name)) or name, name)
    return tuple(found.values())


def _without_tail(entry: str) -> str:
    """An entry without the signature, date or note that follows it on the same line."""
    tail = _TAIL.search(entry)
    entry = entry[: tail.start()] if tail else entry
    signed = _SIGNED.search(entry)
    if glued := _GLUED.match(entry):
        return glued[1] if organs.is_organ(plain(glued[2])) else entry
    words = (entry[: signed.start()] if signed else entry).split(" ")
    while signed and len(words) > 1 and organs.split(words[-1]):
        words.pop()
    return " ".join(words)


def _headed(text: Sequence[Line]) -> list[str]:
    """What stands under the headings 附件1, 附件2 …, each before an enclosed text or beside its name."""
    found: list[str] = []
    for place, line in enumerate(text):
        number = len(found) + 1
        if number <= _MOST and _heading(number).match(line.printed):
            found += _entries(line.printed[:_FAR], text[place + 1 : place + _MOST], number=number)
    return found


def _entries(first: str, below: Sequence[Line], *, number: int = 1) -> list[str]:
    """The entries of one list as printed: on the line that opens it and on those that go on with it."""
    found: list[str] = []
    style = _style(first, number)
    if first.strip() and not _JUNK.fullmatch(first.strip()):
        found = _cut(first, style, number)[1:] if style else [first]
    for place, line in enumerate(below):
        if len(found) > _MOST:
            break
        style = style or (None if found else _style(line.printed, number))
        after = below[place + 1].printed if place + 1 < len(below) else ""
        if not _take(found, line, after, style=style, number=number + len(found)):
            break
    return found


def _take(found: list[str], line: Line, after: str, *, style: _Style | None, number: int) -> bool:
    """Add a line to the entries so far; False where the list has ended."""
    begins = _starts(line.printed, style, number)
    if not begins and _is_end(line):
        return False
    pieces = _cut(line.printed, style, number)
    if begins or (found and (len(pieces) > 1 or _goes_on(found[-1], line, _starts(after, style, number)))):
        found[-1:] = ["".join([*found[-1:], pieces[0]])] if found else []
        found += pieces[1:]
    elif style is None and (_is_another(found[-1], line) if found else _may_be_name(line.printed)):
        found.append(line.printed)
    else:
        return False
    return True


def _goes_on(entry: str, line: Line, sandwiched: bool) -> bool:
    """Whether a line goes on with a name: the name is open, or the next number follows below."""
    if not entry:
        return _may_be_name(line.printed)
    open_ = any(entry.count(left) > entry.count(right) for left, right in ("《》", "（）", "()"))
    if open_ or line.plain.startswith("关于") or _NUMBER_IN_BRACKETS.fullmatch(line.printed):
        return True
    if len(line.plain) > _LONG or _FULL_NAME.search(bare(entry)):
        return False
    return sandwiched or bool(_FULL_NAME.search(line.printed))


def _is_another(entry: str, line: Line) -> bool:
    """Whether a line without a number is one more name below a complete one."""
    complete = _FULL_NAME.search(bare(entry)) and _FULL_NAME.search(line.printed)
    return bool(complete) and len(line.plain) <= _LONG and not line.plain.startswith("(")


def _may_be_name(printed: str) -> bool:
    return len(printed) <= _LONGEST and bool(
        _FULL_NAME.search(printed) or not re.search("[，。：；,:;]", printed)
    )


def _is_end(line: Line) -> bool:
    return bool(_ENDS.match(line.printed)) or bool(organs.split(line.printed)) or is_prose(line)


def _cut(printed: str, style: _Style | None, number: int) -> list[str]:
    """A line at its numbers: what goes before the entry `number`, that entry, the next ones."""
    if style is None:
        return [printed]
    pieces: list[str] = []
    begin = _mark(style, number).match(printed) or _inner(style, number).search(printed)
    while begin and number <= _MOST:
        pieces.append(printed[: begin.start()])
        printed, number = printed[begin.end() :], number + 1
        begin = _inner(style, number).search(printed)
    return [*pieces, printed]


def _style(printed: str, number: int) -> _Style | None:
    return next((style for style in _Style if _mark(style, number).match(printed)), None)


def _starts(printed: str, style: _Style | None, number: int) -> bool:
    return style is not None and bool(_mark(style, number).match(printed))


@cache
def _mark(style: _Style, number: int) -> re.Pattern[str]:
    """How entry `number` begins on a line of its own."""
    return re.compile(style.value.format(n=_arabic(number), cn=_chinese(number)))


@cache
def _inner(style: _Style, number: int) -> re.Pattern[str]:
    """How it begins within a line, behind another: always with its full mark."""
    return re.compile(_BEFORE_INNER + _INNER[style].format(n=_arabic(number), cn=_chinese(number)))


@cache
def _heading(number: int) -> re.Pattern[str]:
    return re.compile(rf"附\s?件\s?(?:{_arabic(number)}|{_chinese(number)})(?:\s?[:：.、．]|\s|$)")


def _arabic(number: int) -> str:
    """The number in digits of either width."""
    return "".join(f"[{digit}{chr(ord(digit) + 0xFEE0)}]" for digit in str(number))


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十" if tens < 10 else "百"
    return ten + (_NUMERALS[ones - 1] if ones else "")
