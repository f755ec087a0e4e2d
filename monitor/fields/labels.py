"""What the top of a text says under a label: 发文字号：…, | 成文日期 | …, a label and its value on two lines.

Index tables belong to the page and come as facts; where a page has none that its family knows, or was
copied by another site, they stand in the text. Only what stands before the running text counts. Talks
to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.fields.lines import Line, is_prose, plain
from monitor.model import Fact

_WANTED = (
    "索引号|发文机关|发布机构|发布机关|制发机关|制定机关|发文单位|发文机构|成文日期|发文日期|生成日期|印发日期|签发日期|"
    "发布日期|发布时间|发文字号|发文文号|公文字号|文件编号|文号|来源|信息来源|文章来源|稿件来源|施行日期|实施日期|生效日期|"
    "发布单位|发布部门|颁布部门|颁布单位|发布文号|颁布时间|颁布日期"
)
# They end the value before them and say nothing that is wanted.
_OTHER = (
    "标题|名称|文件名称|主题词|主题分类|有效性|时效性|失效日期|废止日期|公开方式|公开形式|公开范围|分类|体裁|信息类别|"
    "组配分类|浏览次数|浏览量|浏览|访问量|点击数|点击|阅读|阅读次数|字号|字体|作者|编辑|责任编辑|发布人|审核|打印|分享|"
    "时间|日期|关键词|摘要"
)
_ASKED = frozenset(_WANTED.split("|"))
_STAMPS = ("时间", "日期")
_KNOWN = _ASKED | frozenset(_OTHER.split("|"))
_SPELT = "|".join(r"\s*".join(label) for label in sorted(_KNOWN, key=len, reverse=True))
_LABEL = re.compile(rf"(?:{_SPELT})\s*[:：]|【\s*(?:{_SPELT})\s*】\s*[:：]?")
_BUTTON = re.compile(r"\s[【\[(（]|\s*$")
# The note under the title of a rule: (2021年10月30日证监会令第189号公布 自2021年11月15日起施行). Where it
# tells of an amendment, whose number is meant is not certain.
_CAPTION = re.compile(
    r"[(（]\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*([^\d()（）]{2,60}?令\s*第\s*\d{1,4}\s*号)\s*(?:公布|发布|颁布)(.*)[)）]"
)
_AMENDED = re.compile("修订|修正|修改|废止")
# 时间：2019-09-02 says when a page came out only among what else stands in its head: 来源, 作者, 点击.
_STAMP = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?")
_OF_PAGES = re.compile(
    r"(?:来源|作者|点击数?|浏览(?:次数|量)?|阅读(?:次数)?|访问量|字号|字体|编辑|发布人)\s*[:：]"
)
_MOST_LINES, _FAR, _LONGEST = 25, 400, 120


def read(text: Sequence[Line]) -> tuple[Fact, ...]:
    """The labelled values above the running text, labels without blanks and colon."""
    found: list[Fact] = []
    for place, line in enumerate(text[:_MOST_LINES]):
        # A page without line breaks is one long line that begins with its labels.
        if place and is_prose(line):
            break
        found += _on_line(text, place)
    return tuple(fact for fact in found if fact.value and len(fact.value) <= _LONGEST)


def _on_line(text: Sequence[Line], place: int) -> Iterator[Fact]:
    printed = text[place].printed[:_FAR]
    if caption := _CAPTION.fullmatch(printed):
        yield from _in_caption(caption)
    elif "|" in printed:
        yield from _in_cells(printed)
    elif ":" in text[place].plain[:_FAR] or "【" in printed:
        yield from _in_words(printed, text[place + 1 : place + 2])


def _in_caption(caption: re.Match[str]) -> Iterator[Fact]:
    if not _AMENDED.search(caption[3]):
        yield Fact(label="成文日期", value=caption[1])
        yield Fact(label="文号", value=caption[2])


def _in_cells(printed: str) -> Iterator[Fact]:
    cells = [cell.strip() for cell in printed.split("|")]
    for cell, value in zip(cells, [*cells[1:], ""], strict=True):
        label = plain(cell).rstrip(":")
        if label in _ASKED and plain(value).rstrip(":") not in _KNOWN:
            yield Fact(label=label, value=value)


def _in_words(printed: str, following: Sequence[Line]) -> Iterator[Fact]:
    """Each label's value runs to the next label; an empty one at the end of a line is on the next."""
    # 文章来源：某局发布时间：… A label may stick to the value before it, never to a sentence.
    glued = bool(_LABEL.match(printed))
    marks = [mark for mark in _LABEL.finditer(printed) if glued or _is_apart(printed, mark.start())]
    for mark, after in zip(marks, [*(mark.start() for mark in marks[1:]), len(printed)], strict=False):
        label = plain(mark[0]).strip(":【】")
        value = _BUTTON.split(printed[mark.end() : after].strip(), maxsplit=1)[0]
        if not value and after == len(printed) and following and not _LABEL.match(following[0].printed):
            value = following[0].printed
        if label in _ASKED:
            yield Fact(label=label, value=value)
        elif label in _STAMPS and _STAMP.fullmatch(value) and _is_page_head(printed, following):
            yield Fact(label="发布时间", value=value)


def _is_page_head(printed: str, following: Sequence[Line]) -> bool:
    """Whether a line, or the one below it, says what only the head of a page does."""
    return bool(_OF_PAGES.search(printed) or any(_OF_PAGES.match(line.printed) for line in following))


def _is_apart(printed: str, place: int) -> bool:
    return place == 0 or not "一" <= printed[place - 1] <= "鿿"
