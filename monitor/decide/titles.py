"""What a title says about its notice: is it a document, or about one; and what is the document called.

Titles of one document differ by their wrapping: 科技部关于印发《甲办法》的通知, 《甲办法》解读, 甲办法.
Without it the name is left, by which such notices are linked, never merged: it is no proof. Talks to nobody.
"""

from __future__ import annotations

import re
from enum import StrEnum

from monitor.text import fold


class Manner(StrEnum):
    """How a notice stands to the document that it is about."""

    DOCUMENT = "document"
    INTERPRETATION = "interpretation"
    PUBLICITY = "publicity"
    FORWARD = "forward"


SHORTEST = 8  # 2019年工作要点 is nobody's name
_LONGEST = 400
_MOST_NAMES = 3

_QUOTES = str.maketrans({"〈": "《", "〉": "》", "<": "《", ">": "》"} | dict.fromkeys("“”\"'‘’「」"))
_NAMED = re.compile(r"《((?:[^《》]|《[^《》]*》)*)》")
_WHOLE = re.compile(r"《((?:[^《》]|《[^《》]*》)*)》")
_NUMBER_BEHIND = re.compile(r"[(\[【][^()\[\]【】]{0,30}号[)\]】]$")
_ENDS_LIKE_ORGAN = r"[部委厅局署院办会室府司所处行心]"
_SPEAKER = re.compile(
    rf"^[一-鿿、·]{{1,80}}?{_ENDS_LIKE_ORGAN}(?=关于|转发|印发|公布|发布|批转)|^[一-鿿]{{2,20}}等.{{0,3}}部门(?=关于)"
)
_VERB = re.compile(r"^(?:关于|印发|发布|公布|转发|批转|下发|公开征求|对(?=《))+")
_KIND = re.compile(r"(?:的|(?<=》))(?:通知|公告|通告|通报|函|决定|批复|公示|意见)$")
_PUBLICITY = re.compile(r"的?(?:公示公告|公示)$")
_INTENDED = re.compile(r"拟(?:认定|推荐|公布|支持|入选|命名|立项)?")

_OFFICIAL = re.compile(r"(?:通知|公告|通告|通报|函|决定|批复|公示|令|办法|方案|名单)$")
_EXPLAINS = (
    r"(?:政策|文件|图文|图片|专家|权威|文字|视频|动漫|官方|媒体)*"
    r"(?:解读|图解|问答|答记者问|[一二三四五六七八九十\d]+问(?:[一二三四五六七八九十\d]+答)?|新闻发布会|发布会|吹风会|起草说明|编制说明|政策说明|明白卡|漫画)"
)
_EXPLAINED = re.compile(rf"{_EXPLAINS}|一图|读懂|看懂")
_BEFORE_NAME = re.compile(rf"^(?:一图(?:读懂|看懂|解读)?|{_EXPLAINS}|读懂|看懂)[:|丨—-]*")
_BEHIND_NAME = re.compile(rf"[:|丨—-]*的?{_EXPLAINS}(?:实录|文字实录)?(?:\(?[一二三四五六七八九十\d]+\)?)?$")
_FORWARDS = re.compile(rf"(?:^|{_ENDS_LIKE_ORGAN}|关于)转发")
_CARRIES = re.compile(r"^(?:印发|发布|公布|转发|批转|下发|批准发布|公开征求|征求|对《)")
_FIGURES = re.compile(r"\d+|第?[一二三四五六七八九十]+(?=[批期次轮届季号])")


def bare(title: str) -> str:
    """A title as it is compared: folded, quotation marks gone, 〈〉 as 《》, no number in brackets behind."""
    return _NUMBER_BEHIND.sub("", fold(title[:_LONGEST]).translate(_QUOTES))


def manner(title: str) -> Manner:
    """A document, or a notice about one. 关于开展政策解读工作的通知 is a document."""
    words = bare(title)
    if _PUBLICITY.search(words):
        return Manner.PUBLICITY
    outside = _NAMED.sub("《》", words)
    if _EXPLAINED.search(outside) and not _OFFICIAL.search(outside):
        return Manner.INTERPRETATION
    return Manner.FORWARD if _FORWARDS.search(outside) else Manner.DOCUMENT


def depth(title: str) -> int:
    """How often it has been forwarded: 转发省厅转发科技部… is one step further than what it forwards."""
    return fold(title).count("转发")


def names(title: str) -> tuple[str, ...]:
    """What the document is called that a notice is or is about: the core of its title, what stands in 《》.

    Only names long enough to be one document's. 贯彻落实《甲办法》 is about something else: no name of it.
    """
    words = bare(title)
    how = manner(title)
    inside = [core(found) for found in _NAMED.findall(words)]
    own = core(words)
    carried = inside if how in (Manner.INTERPRETATION, Manner.FORWARD) or _carries(words) else []
    found = [*carried, own] if how is not Manner.INTERPRETATION or not inside else carried
    # 关于甲事的指导意见 is forwarded as 关于甲事指导意见.
    short = (name.replace("的", "") for name in found)
    return tuple(dict.fromkeys(name for name in short if len(name) >= SHORTEST))[:_MOST_NAMES]


def core(words: str) -> str:
    """A bare title without who speaks, 关于 … 的通知, and the marks of an interpretation or 公示."""
    while True:
        shorter = _unwrapped(words)
        if shorter == words or not shorter:
            return words
        words = shorter


def figures(title: str) -> tuple[str, ...]:
    """The years, batches and numbers in a title: where they differ, so do the documents."""
    return tuple(_FIGURES.findall(bare(title)))


def _carries(words: str) -> bool:
    return bool(_CARRIES.match(_SPEAKER.sub("", words).removeprefix("关于")))


def _unwrapped(words: str) -> str:
    whole = _WHOLE.fullmatch(words)
    if whole:
        return whole[1]
    words = _BEHIND_NAME.sub("", _BEFORE_NAME.sub("", words))
    words = _INTENDED.sub("", _PUBLICITY.sub("", words), count=1) if _PUBLICITY.search(words) else words
    words = _VERB.sub("", _SPEAKER.sub("", words))
    return _KIND.sub("", _NUMBER_BEHIND.sub("", words))
