"""联系方式: the telephones and e-mail addresses of a notice, as printed; no names. Talks to nobody.

A number counts on a line that says what it is. Hotlines and footers belong to whoever posted the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.fields.lines import Line
from monitor.text import nfkc

_SAYS_PHONE = re.compile(r"电话|联系|传真|手机|座机|咨询人?[:(]|邮箱")
_NOT_OURS = re.compile(r"热线|备案|客服|[Qq][Qq]|网站标识码|ICP|服务时间|举报")
_HEADS_CONTACTS = re.compile(r"(?:联系方式|联系电话|咨询电话|联系人|电话)[^:：]{0,6}[:：]$")
# No telephone and no address is without one of these.
_MARK = re.compile("[0-9@]")
_AREA = r"(?:\(0\d{2,3}\)\s?|0\d{2,3}\s?[-—–]\s?)"
_PHONE = re.compile(
    rf"(?<![\d.\-/])(?:{_AREA}?[1-9]\d{{6,7}}(?:(?:-|转)\d{{1,5}})?|1[3-9]\d{{9}})(?![\d.\-/年月])"
)
_MAIL = re.compile(r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", re.A)


def find(text: Sequence[Line]) -> tuple[str, ...]:
    """Telephones and addresses in the order of the text, each once, without blanks."""
    found: list[str] = []
    headed = False
    for line in text:
        if not _MARK.search(line.plain) and not line.plain.endswith(":"):
            headed = False
            continue
        words = nfkc(line.printed)
        # A page footer without the word "telephone" is long numbers of permits.
        says = bool(_SAYS_PHONE.search(line.plain)) or headed
        found += _on_line(words, phones=says and not _NOT_OURS.search(line.plain))
        headed = bool(_HEADS_CONTACTS.search(words)) or (headed and bool(_PHONE.search(words)))
    return tuple(dict.fromkeys(found))


def _on_line(words: str, *, phones: bool) -> list[str]:
    marks = [*(_PHONE.finditer(words) if phones else ()), *_MAIL.finditer(words)]
    return ["".join(mark[0].split()) for mark in sorted(marks, key=lambda mark: mark.start())]
