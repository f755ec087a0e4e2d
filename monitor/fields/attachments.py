"""附件: the files that a notice links and the names that its list gives them, matched. Talks to nobody.

A name in the list without a link is still an attachment of the notice; its address is then "".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.fields import organs
from monitor.fields.lines import Line, is_prose
from monitor.model import Attachment
from monitor.text import clean, fold

_LIST = re.compile(r"^附\s*件\s*(\d{0,2})\s*[:：.、．]\s*(.*)$|^附\s*件\s*(\d{1,2})\s+(\S.*)$")
_BARE_LIST = re.compile(r"附件:?")
# 1.2024年名单 is the first item; 2019年名单 is no item but a name.
_ITEM = re.compile(r"^[(（]?(\d{1,2})[)）]?\s*[.、．:：)）]\s*(.+)$")
_NEXT_ITEM = re.compile(r"\s+(?=\d{1,2}[.、．]\s*(?:\D|20\d\d年))|(?<=[\s;；。])(?=附件\d{1,2}[:：.、．])")
_CALLED = re.compile(
    r"^\s*附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*[:：.、．]?\s*|^\s*[(（]?\d{1,2}[)）]?\s*[.、．]\s*(?=\D|(?:19|20)\d\d)"
)
_END = " ;；。."
_EXTENSION = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|7z|pptx?|ceb|txt|jpe?g|png)$", re.I)
_NUMBER_ONLY = re.compile(r"附?\s*件?\s*\d{0,2}(?:\.\w{2,4})?")
_SAYS_NOTHING = re.compile(r"(?:点击|立即|文件|附件)?(?:下载|查看|打开|此处|链接|附件)*(?:\.\w{2,4})?")
_ENDS_LIST = re.compile(
    r"^(?:相关链接|联系|[(（]联系|[(（]此件|抄送|扫一扫|上一篇|下一篇|编辑|来源)|\d{4}年\d{1,2}月\d{1,2}日"
)
_LONGEST = 200
_MOST = 60


def find(text: Sequence[Line], linked: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """Linked files first, named by the list where the link says less; then what is only listed."""
    listed = _listed(text)
    rest = dict(enumerate(listed))
    named = [Attachment(name=_take(rest, file, place), url=file.url) for place, file in enumerate(linked)]
    return tuple(named) + tuple(Attachment(name=name, url="") for name in rest.values())


def _take(rest: dict[int, str], file: Attachment, place: int) -> str:
    """The best name of a linked file; what the list calls it is taken out of `rest`."""
    own = "" if _NUMBER_ONLY.fullmatch(clean(file.name)) else _name(file.name)
    stem = fold(_EXTENSION.sub("", own))
    same = next((key for key, name in rest.items() if stem and fold(_EXTENSION.sub("", name)) == stem), None)
    if same is not None:
        del rest[same]
        return own
    if own and not _SAYS_NOTHING.fullmatch(own):
        return own
    number = re.search(r"附\s*件\s*(\d{1,2})", file.name)
    return rest.pop(int(number[1]) - 1 if number else place, own or clean(file.name) or "附件")


def _listed(text: Sequence[Line]) -> tuple[str, ...]:
    start = next((place for place, line in enumerate(text) if _opens_list(line)), None)
    if start is None:
        return ()
    names: list[str] = []
    for entry in _entries(text[start : start + _MOST]):
        name = _name(entry)
        if name and len(name) <= _LONGEST:
            names.append(name)
    return tuple(dict.fromkeys(names))


def _opens_list(line: Line) -> bool:
    return bool(_LIST.match(line.printed)) or bool(_BARE_LIST.fullmatch(line.plain))


def _entries(text: Sequence[Line]) -> Iterator[str]:
    """The entries of an 附件 list as printed; a name that runs over its line is joined."""
    entry = ""
    for place, line in enumerate(text):
        opened = _LIST.match(line.printed)
        if opened or (place == 0 and _opens_list(line)) or _ITEM.match(line.printed):
            yield from _NEXT_ITEM.split(entry)
            entry = (opened[2] or opened[4] or "") if opened else ("" if place == 0 else line.printed)
        elif _goes_on(entry, line):
            entry += line.printed
        elif place == 1 and not entry and not _ends(line):
            entry = line.printed
        else:
            break
    yield from _NEXT_ITEM.split(entry)


def _goes_on(entry: str, line: Line) -> bool:
    if not entry or _ends(line):
        return False
    unfinished = any(entry.count(left) > entry.count(right) for left, right in ("《》", "（）", "()"))
    return unfinished or line.plain.startswith("关于")


def _ends(line: Line) -> bool:
    return bool(_ENDS_LIST.match(line.printed)) or bool(organs.split(line.printed)) or is_prose(line)


def _name(printed: str) -> str:
    once = _CALLED.sub("", clean(printed))
    return _CALLED.sub("", once).rstrip(_END)
