"""Bytes to text, and text to comparable text. Contains no business logic."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
# The declaration may stand behind kilobytes of script: the head is searched as far as it goes.
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_HEAD_END = re.compile(rb"</head\b|<body\b", re.I)
# What a Chinese page may be. gb2312 and gbk are subsets by which servers mean the whole (镕 is not in
# gb2312); iso-8859-1 is what servers say when nobody told them: it fits any bytes and so says nothing.
_CODECS = {"utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"} | dict.fromkeys(
    ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"), "gb18030"
)

# Controls, soft hyphen, zero-width and bidirectional marks, BOM, lone surrogates, tags, what is no character,
# and private use: bullets of a symbol font that mean nothing without it.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
# GBK 0xA3A0, the blank by which old editors indent, has no place in Unicode but this.
_PRIVATE_BLANK = "\ue5e5"
# What NFKC makes of the full-width marks that every Chinese text is full of. One of them sends the whole
# text through tables that are slow for Chinese; replaced first, most text is in normal form already.
_WIDE = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；（）")


def decode(body: bytes, content_type: str) -> str:
    """The text of a page: BOM, header, meta, then UTF-8, then GB18030; never raises.

    A declaration that the bytes contradict is not believed: bytes that are valid UTF-8 with Chinese
    in it are UTF-8, and otherwise the reading with fewer U+FFFD wins, the declared one on a tie.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    declared = _declared(body, content_type)
    text = _as_utf8(body)
    if text is not None and (declared in (None, "utf-8") or text.isascii() or max(text) >= "\u0800"):
        return text
    readings = [
        body.decode(name, "replace") for name in dict.fromkeys((declared, "utf-8", "gb18030")) if name
    ]
    return min(readings, key=lambda reading: reading.count("\ufffd"))


def clean(text: str) -> str:
    """One line: every run of blanks (U+3000, NBSP, newlines) is one space, invisible characters are gone."""
    line = " ".join(text.split())
    # What is printable holds nothing invisible, and asking for that is the cheaper question.
    return line if line.isprintable() else " ".join(_visible(line).split())


def nfkc(text: str) -> str:
    """`text` in the normal form NFKC, full-width and half-width forms alike; lines stay lines."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    if unicodedata.is_normalized("NFKC", text):
        return text
    # Nothing combines over the end of a line, so that a rare mark makes only its own line slow.
    return "\n".join(unicodedata.normalize("NFKC", line) for line in text.split("\n"))


def fold(text: str) -> str:
    """For comparing only: no blanks, no case, full-width and half-width forms alike."""
    return "".join(_folded(text).split())


def fold_lines(lines: Sequence[str]) -> list[str]:
    """`fold` of each line, of a whole text at once: cheaper than one by one."""
    return ["".join(line.split()) for line in _folded("\n".join(lines)).split("\n")] if lines else []


def squeeze_lines(text: str) -> str:
    """Paragraph text: each line cleaned, empty lines dropped."""
    return "\n".join(line for line in map(clean, text.splitlines()) if line)


def _folded(text: str) -> str:
    return nfkc(nfkc(text if text.isprintable() else _visible(text)).casefold())


def _visible(text: str) -> str:
    return _INVISIBLE.sub("", text.replace(_PRIVATE_BLANK, " "))


def _as_utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A cut in the middle of the last character is a short page, not another encoding.
        if error.reason == "unexpected end of data" and len(body) - error.start < 4 < error.start:
            return body.decode("utf-8", "replace")
        return None


def _declared(body: bytes, content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    name = _CODECS.get(found[1].lower()) if found else None
    return name or _declared_inside(body)


def _declared_inside(body: bytes) -> str | None:
    # A JSON answer may carry HTML whose own meta says gb2312 (nfra): that is not about the answer.
    if body[:1] in (b"{", b"["):
        return None
    end = _HEAD_END.search(body)
    found = _META.search(body, 0, end.start() if end else len(body))
    return _CODECS.get(found[1].decode("ascii").lower()) if found else None
