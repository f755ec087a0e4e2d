"""What a page says of itself inside the container of a text: hit counters, today's day, buttons, neighbours.

It stands at the edges of a text, as a piece of a line for itself or a whole line: nothing else is taken,
so that a target of 访问量：30000次 among the conditions stays. Rules from the language; what one site
alone writes is the matter of its `ignore:` rules.
"""

from __future__ import annotations

import re

_HEAD, _TAIL = 3, 6

_LEFT, _RIGHT = r"(?<![^\s|])[\[【(（]?", r"[\]】)）]?(?![^\s|])"
_COUNTED = r"(?:浏览|阅读|点击|点阅|访问|查看)(?:次数|人次|人数|量|数)?"
_COUNTER = rf"{_COUNTED}(?:\s*[:：]\s*[\[【(（]?\s*\d{{0,9}}\s*[\]】)）]?\s*(?:人?次)?|\s*\d{{1,9}}\s*人?次)"
_SIZES = r"[【\[(（]?\s*大\s*[|/]?\s*中\s*[|/]?\s*小"
_FONT = rf"[【\[(（]?\s*(?:字体|字号)(?:大小)?\s*[:：]?\s*{_SIZES}\s*[】\])）]?"
_BUTTON = r"[【\[(（]\s*(?:打印|关闭|收藏|返回)(?:本页|此页|窗口|顶部|列表)?\s*[】\])）]"
_PIECE = re.compile(rf"{_LEFT}{_COUNTER}{_RIGHT}|{_FONT}|{_BUTTON}")

_PLACES = r"微信|朋友圈|新浪微博|腾讯微博|微博|QQ空间|QQ好友|QQ|人人网|更多"
_DAY = r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_LINE = re.compile(
    rf"分享(?:到|至)?\s*[:：]?\s*(?:(?:{_PLACES})\s*)*"
    r"|[上下]一[篇条页](?:文章|信息)?\s*[:：].*"
    r"|[\[【(（]?\s*(?:责任编辑|责编|网站编辑|网络编辑|编辑)\s*[:：][^，。；、]{0,10}"
    rf"|今[天日]是?\s*[:：]?\s*{_DAY}.{{0,12}}"
    r"|(?:页面生成|本页生成|页面打印|打印)时间\s*[:：].{0,30}"
    r"|(?:打印|关闭|收藏|返回)(?:本页|此页|窗口|顶部)(?:\s*(?:打印|关闭|收藏|返回)(?:本页|此页|窗口|顶部))*"
)
# Behind the name of a file, wherever it stands.
_DOWNLOADS = re.compile(
    r"(?<=[a-z])\s*[\[【(（]\s*(?:已?下载|点击)(?:次数|量|数)?\s*[:：]?\s*\d{1,9}\s*次?\s*[\]】)）]", re.I
)


def without(lines: list[str]) -> list[str]:
    """The lines of a text without what the page says of itself."""
    after = len(lines) - _TAIL
    bare = (_bare(line) if place < _HEAD or place >= after else line for place, line in enumerate(lines))
    return [_DOWNLOADS.sub("", line) if "下载" in line else line for line in bare if line]


def _bare(line: str) -> str:
    if _LINE.fullmatch(line):
        return ""
    rest = _PIECE.sub("", line)
    return line if rest == line else " ".join(rest.split())
