"""Which pages no parser can be lost in, told from their bytes in a tenth of a millisecond. Talks to nobody.

Four things make the parser slow or greedy, by the HTML standard itself. The bounds are on bytes that the
decoded page, and whatever a family takes out of its scripts, cannot do without; so no trick of quotes,
comments, entities or escapes gets past them. tests/reader/test_harmless.py holds the worst shapes to it.
"""

from __future__ import annotations

import re

KB = 1024

MOST_BYTES = 64 * KB
# Every tag may look through all that are open: 3,000 nested <div> cost 5 ms, 50,000 cost 2 s.
MOST_TAGS = 3_000
# Every attribute is compared with those before it in its tag: 10,000 cost 90 ms, 200,000 cost 95 s.
MOST_ATTRIBUTES = 10_000
# Formatting elements that are left open are made anew in every block: 400 in 400 blocks are 160,000 nodes.
MOST_COPIES = 120_000
# b i s u em tt big code font nobr small strike strong: first what may begin one, then what does.
_MAY_FORMAT = re.compile(rb"<[bisuetcfnBISUETCFN][\s/>mtioMTIO]")
_FORMATTING = re.compile(rb"<(?:[bisu]|em|tt|big|code|font|nobr|small|strike|strong)[\s/>]", re.I)
_BLANKS = b" \t\n\r\f\v"
_SEPARATORS = b"/\"'&\\"
_HIDDEN_TAG = (b"&lt", b"&LT", b"&#", b"\\u00", b"\\x")


def harmless(body: bytes) -> bool:
    """Whether parsing these bytes takes little time and memory, whatever they are. No is no accusation."""
    if len(body) > MOST_BYTES or b"\0" in body:  # UTF-16 would hide its tags from us
        return False
    hidden = sum(map(body.count, _HIDDEN_TAG)) if b"&" in body or b"\\" in body else 0
    tags = body.count(b"<") + hidden
    return tags <= MOST_TAGS and _few_attributes(body) and _few_copies(body, tags, hidden)


def _few_attributes(body: bytes) -> bool:
    """Before each stands a run of blanks, a slash, a closing quote, or what a family may decode to one."""
    blanks = len(body) - len(body.translate(None, _BLANKS + _SEPARATORS))
    return blanks <= MOST_ATTRIBUTES or _separators(body) <= MOST_ATTRIBUTES


def _separators(body: bytes) -> int:
    return len(body.split()) + len(body) - len(body.translate(None, _SEPARATORS))


def _few_copies(body: bytes, tags: int, hidden: int) -> bool:
    """The second count is exact and takes three times as long as the first, which is never lower."""
    return any(
        tags * (len(pattern.findall(body)) + hidden) <= MOST_COPIES for pattern in (_MAY_FORMAT, _FORMATTING)
    )
