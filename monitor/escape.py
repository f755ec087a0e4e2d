"""The one gate that page text passes on its way out. Contains no business logic.

Everything a page said is data: whatever the outside would take for markup, a mention, a header or
a path arrives as the characters it was written with, or as twins that look the same to a reader.
"""

from __future__ import annotations

import html as _html
import re
from urllib.parse import SplitResult, quote, urlsplit

from monitor.text import clean

HEADER_LIMIT = 200
FILE_NAME_LIMIT = 150  # bytes of UTF-8; file systems allow 255 and we add an ending

# C0 and C1 but \t and \n, direction overrides and isolates, half surrogate pairs.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_TWINS = str.maketrans("[]()<>@*`_#~|&\\", "［］（）＜＞＠＊｀＿＃～｜＆＼")

_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_IN_URL = "%!$&+,;=:@/?-._~#"

_MARKUP = re.compile(r"([\\`*_\[\]|~])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# At the start of a line: headings, lists, rules, setext underlines, numbered lists, code by indent.
_LEAD = re.compile(r"^[ \t\xa0\u3000]*(?:([#+=-])|(\d+)([.)]))?", re.M)

_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|]+')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.I)

# Mobile, identity-card and bank-card numbers, as people type them with blanks or dashes.
_MOBILE = re.compile(r"(?<![\d.-])((?:\+?86[ -]?)?1[3-9]\d)([ -]?)\d{4}([ -]?)(\d{4})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?![\dA-Za-z])")
_BANK = re.compile(r"(?<!\d)([3-6]\d{3})([ -]?)\d{4}\2\d{4}\2(\d{4})(?:\2\d{1,3})?(?!\d)")


def html(text: str) -> str:
    """Text for an element or a quoted attribute; line breaks stay."""
    return _html.escape(_FORBIDDEN.sub("", text))


def wecom(text: str) -> str:
    """One line of a chat message: WeCom's markdown has no escapes, so markup becomes full-width twins.

    `[点我](http://evil)` reads ［点我］（http://evil）, `<@all>` reads ＜＠all＞.
    """
    return _line(text).translate(_TWINS)


def header(text: str) -> str:
    """One line for a mail header: no control characters, at most 200 characters."""
    line = _line(text)
    return line if len(line) <= HEADER_LIMIT else line[: HEADER_LIMIT - 1] + "…"


def link(url: str) -> str:
    """An http(s) address that no markup and no quotation mark can end early; "" where it is none.

    Escapes that are there stay (they may be GBK bytes). An address with a user in it is none.
    """
    try:
        parts = urlsplit(_FORBIDDEN.sub("", url).strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        return ""
    return _rebuilt(parts)


def markdown(text: str) -> str:
    """Text for a Markdown document, CommonMark or GitHub's; line breaks stay."""
    plain = _FORBIDDEN.sub("", text).replace("\u2028", "\n").replace("\u2029", "\n")
    marked = _MARKUP.sub(r"\\\1", re.sub("[&<>]", lambda found: _ENTITIES[found[0]], plain))
    return _LEAD.sub(_lead, marked)


def file_name(text: str) -> str:
    """A name for a file on any system, without an ending; never empty."""
    name = _NOT_IN_NAMES.sub("_", _line(text)).strip(". ")
    name = name.encode()[:FILE_NAME_LIMIT].decode(errors="ignore").rstrip(". ")
    return f"_{name}" if _DEVICES.match(name) else name or "未命名"


def mask(text: str) -> str:
    """Numbers that belong to a person, shortened: 138****5678, 110101********1234 (DESIGN, decision 19)."""
    masked = _IDENTITY.sub(r"\1********\2", text)
    masked = _BANK.sub(r"\1********\3", masked)
    return _MOBILE.sub(r"\1\2****\3\4", masked)


def _line(text: str) -> str:
    return clean(_FORBIDDEN.sub(" ", text))


def _rebuilt(parts: SplitResult) -> str:
    tail = parts.path or "/"
    tail += f"?{parts.query}" if parts.query else ""
    tail += f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.scheme}://{parts.netloc}{quote(tail, safe=_IN_URL)}"


def _lead(found: re.Match[str]) -> str:
    sign, number, dot = found.groups()
    return f"\\{sign}" if sign else f"{number}\\{dot}" if number else ""
