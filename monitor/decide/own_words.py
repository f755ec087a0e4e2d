"""What one text says that another does not: whether a re-post adds anything of its own.

Two texts are one where each is made of pieces of the other, whatever their order and line breaks; what is
left are the own words of each. A printed title, number or signature and what a site puts around a text
(来源, 打印) count for nothing. A preface or one other figure counts. Talks to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from monitor.text import fold, fold_lines

PIECE = 12  # characters; a phrase of that length in both texts is hardly chance
LONGEST = 100_000  # beyond, only equal texts are alike
SHORTEST = 40  # a text that proves something without being equal
_TRIFLE = 4  # characters: 的, (盖章), a misprint
_TRIFLES = 0.02  # of the text

# What may never differ: figures in either script, words that turn a sentence round.
_TELLING = re.compile(r"[\d〇○零一二三四五六七八九十百千万不未非无免前后]")
_AROUND = re.compile(
    r"^(?:来源|信息来源|文章来源|稿源|发布时间|发布日期|发文日期|成文日期|发文字号|文号|索引号|主题词|主题分类|责任编辑|编辑|作者"
    r"|字号|字体|浏览次数|点击数|阅读|打印|分享|扫一扫|上一篇|下一篇|相关链接|相关文件|相关附件|相关解读|附件下载|政策解读)[:\[【(]"
    r"|^(?:打印|关闭|打印本页|关闭窗口|分享到?|返回顶部|大中小|字号大中小|\(此件公开发布\)|\(此页无正文\))$"
)
_DATE = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_LISTED = re.compile(r"^附件\d{0,2}[:.、]")
_MARKS = re.compile(r"[\s,.;:!?、。()\[\]〔〕【】《》〈〉\"'“”‘’|·—_-]+")
_ANNEX = re.compile(r"附件?\d{0,2}")


def alike(one: str, other: str, *, printed: Iterable[str]) -> bool:
    """Whether two bodies are one text. `printed`: titles, numbers, issuers, that a body may repeat or not.

    A text that stops where the other goes on with an annex (附件 …) is one with it. Nothing is no proof.
    """
    known = frozenset(filter(None, map(_letters, map(fold, printed))))
    first, second = _text(one, known), _text(other, known)
    if first == second:
        return bool(first)
    short, long = sorted((first, second), key=len)
    if len(short) < SHORTEST or len(long) > LONGEST:
        return False
    return _says_no_more(short, long) and (_says_no_more(long, short) or _goes_on_with_annex(short, long))


def own_words(text: str, other: str) -> Iterator[str]:
    """The runs of `text` that no piece of `other` covers; both without marks and blanks."""
    pieces = {other[at : at + PIECE] for at in range(len(other) - PIECE + 1)}
    covered, last = 0, -1
    for at in range(len(text)):
        if text[at : at + PIECE] in pieces:
            if at > covered:
                yield text[covered:at]
            elif last != at - 1:
                yield from _figure(text, at)
            covered, last = at + PIECE, at
    if len(text) > covered:
        yield text[covered:]


def _figure(text: str, at: int) -> Iterator[str]:
    """What is told where two pieces meet that the other text has apart: 50 and 50 are pieces of 550, too."""
    met = text[at - 1 : at + 1]
    if all(map(_TELLING.match, met)):
        yield met


def _text(body: str, known: frozenset[str]) -> str:
    lines = (
        line for line in fold_lines(body.splitlines()) if not _AROUND.search(line) and not _LISTED.match(line)
    )
    return "".join(letters for letters in map(_letters, lines) if not _is_heading(letters, known))


def _letters(folded: str) -> str:
    return _MARKS.sub("", folded)


def _is_heading(letters: str, known: frozenset[str]) -> bool:
    """A line of the heading or signature; a long title is printed on two or three."""
    name = letters.removesuffix("文件")
    if name in known or letters in known or _DATE.fullmatch(letters):
        return True
    return len(name) >= 8 and any(name in whole for whole in known)


def _says_no_more(text: str, other: str) -> bool:
    runs = list(own_words(text, other))
    return sum(map(len, runs)) <= max(_TRIFLES * len(text), _TRIFLE) and all(map(_is_trifle, runs))


def _is_trifle(run: str) -> bool:
    return len(run) <= _TRIFLE and not _TELLING.search(run)


def _goes_on_with_annex(short: str, long: str) -> bool:
    rest = long[len(short) :]
    return long.startswith(short) and bool(_ANNEX.match(rest))
