"""What a notice page says of itself: the government meta block and the visible labels.

The block is fixed by 《政府网站发展指引》(国办发〔2017〕47号, 附件); names are read in any case and with
the spelling mistakes of real sites. Labels are read as the page shows them, blanks and colon off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser

from monitor import text
from monitor.dates import parse_date
from monitor.families._html import attribute, words
from monitor.model import Fact

_NAMES = {"contensource": "contentsource"} | {
    name: name
    for name in (
        *("sitename", "sitedomain", "siteidcode", "columnname", "columntype", "articletitle", "pubdate"),
        *("contentsource", "keywords", "author", "description", "url", "department", "effectivetime"),
    )
}
_BLANKS = re.compile(r"\s+")
_BREAK = "\x1f"
_DATE_NODES = ".time,.date,.publishTime,#ivs_date,#con_time,.article_time,.xqLyPc,.notes"


def block(tree: LexborHTMLParser) -> tuple[Fact, ...]:
    """The meta block: names in lower case, the first value that says something for each."""
    found: dict[str, str] = {}
    for node in tree.css("meta[name][content]"):
        name = _NAMES.get((node.attributes.get("name") or "").strip().lower())
        if name and not found.get(name):
            found[name] = attribute(node, "content")
    return tuple(Fact(label=name, value=said) for name, said in found.items() if said)


def value(facts: tuple[Fact, ...], label: str) -> str:
    """What the facts say under a label; "" where they say nothing."""
    return next((fact.value for fact in facts if fact.label == label), "")


def labels(tree: LexborHTMLParser, *, title: str) -> tuple[Fact, ...]:
    """The labelled strings of a page, each label once, in page order.

    A label is a string of its own followed by its value (cells, `<b>`, `<span>`), or stands with it
    in one string (来源：科技司). An empty cell leaves no string, so whatever follows is taken for a
    value only if it can be one.
    """
    body = tree.body
    strings = [line.strip() for line in body.text(separator=_BREAK).split(_BREAK)] if body else []
    strings = [line for line in strings if line]
    found: dict[str, str] = {}
    for index, line in enumerate(strings):
        if line[0] in _FIRST and len(line) < 200:
            after = strings[index + 1] if index + 1 < len(strings) else ""
            for label, said in _said(line, after):
                if said != title:
                    found.setdefault(label, said)
    return tuple(Fact(label=label, value=said) for label, said in found.items())


def bare_date(tree: LexborHTMLParser) -> tuple[Fact, ...]:
    """The date under a heading that has no label (MEE, Shanghai), as 发布时间."""
    for node in tree.css(_DATE_NODES):
        said = words(node)
        day = parse_date(said[:20])
        if day and len(said) < 80:
            return (Fact(label="发布时间", value=said[:20].strip()),)
    return ()


def _said(line: str, after: str) -> Iterator[tuple[str, str]]:
    bare = _bare(line)
    if bare in _CHECKS:
        said = text.clean(after)
        if _bare(after) not in _CHECKS and _CHECKS[bare](said):
            yield bare, said
        return
    pieces = _INLINE.split(line)
    for label, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        said = text.clean(piece)
        if _CHECKS[_bare(label)](said):
            yield _bare(label), said


def _bare(line: str) -> str:
    return _BLANKS.sub("", line).strip("：:[]【】〖〗")


def _is_day(said: str) -> bool:
    return len(said) < 40 and parse_date(said) is not None


def _is_number(said: str) -> bool:
    return (
        len(said) < 60
        and any(mark.isdigit() for mark in said)
        and ("号" in said or "〕" in said or "]" in said)
    )


def _is_index(said: str) -> bool:
    return len(said) < 60 and any(mark.isdigit() for mark in said)


def _is_name(said: str) -> bool:
    return 0 < len(said) < 100 and not said.startswith("关于") and parse_date(said) is None


def _is_word(said: str) -> bool:
    return 0 < len(said) < 20 and said not in ("不限", "全部")  # a search form has the same label


_CHECKS: dict[str, Callable[[str], bool]] = {
    **dict.fromkeys(("索引号", "统一编号"), _is_index),
    **dict.fromkeys(("文号", "发文字号", "文件编号", "发文文号"), _is_number),
    **dict.fromkeys(
        (
            "发文机关",
            "发文机构",
            "发文单位",
            "发布机关",
            "发布机构",
            "发布单位",
            "制发机关",
            "制定机关",
            "公开主体",
        ),
        _is_name,
    ),
    **dict.fromkeys(("来源", "信息来源", "文章来源", "稿源"), _is_name),
    **dict.fromkeys(("成文日期", "生成日期", "成文时间", "发文日期", "发文时间", "制发日期"), _is_day),
    **dict.fromkeys(("发布日期", "发布时间", "发表时间", "公开日期", "公布日期", "日期", "时间"), _is_day),
    **dict.fromkeys(("实施日期", "施行日期", "生效日期", "失效日期", "截止时间", "截止日期"), _is_day),
    **dict.fromkeys(("有效性", "文件状态", "时效性", "效力状态"), _is_word),
}
_FIRST = frozenset(label[0] for label in _CHECKS) | frozenset("[【〖")
_INLINE = re.compile(
    "(" + "|".join(r"\s*".join(label) for label in sorted(_CHECKS, key=len, reverse=True)) + r")\s*[：:]"
)
