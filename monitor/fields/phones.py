"""Telephones and e-mail addresses on a line: what is one, and what only looks like it. Talks to nobody.

A number with its area code is a telephone wherever it stands; a mobile or local one only near a word that
says so. What its own label calls a postcode, an account, a filing number or QQ is none.
"""

from __future__ import annotations

import re

_DASH = "[-‐‑–—―─−]{1,2}"
_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_CODED = (
    rf"(?:\(\s?{_AREA}\s?\)\s?(?:{_DASH}\s?)?|{_AREA}\s?(?:{_DASH}\s?)?)"
    r"(?:[1-9]\d{6,7}|[1-9]\d{2,3}[\s-]\d{4})"
    rf"|\+86\s?{_DASH}?\s?[1-9]\d{{1,2}}\s?{_DASH}?\s?[1-9]\d{{6,7}}"
)
_MOBILE = r"(?:\+?86\s?-?\s?)?1[3-9]\d(?:\d{8}|([\s-])\d{4}\2\d{4})"
_TOLL_FREE = r"[48]00(?:-\d{3}-\d{4}|-\d{4}-\d{3}|\s\d{3}\s\d{4}|-?\d{7})"
_LOCAL = r"[1-9]\d{6,7}"
# An extension, or how the other numbers of the same office end: 68205261转8012, 68205261/5262.
_MORE = (
    r"(?:\s?(?:转|分机):?\s?\d{1,5}|\s?[×*]\s?\d{2,5}|\s?\((?:转|分机):?\s?\d{1,5}\)|-\d{1,5}"
    rf"|(?:/\d{{1,4}}(?!\d|\s?{_DASH}))+|(?:、\d{{3,4}}(?!\d|\s?{_DASH}|[年月日号.、:)]))+)?"
)
_PHONE = re.compile(
    rf"(?<![\w.+])(?<!\d[-)])(?:({_CODED})|{_MOBILE}|{_TOLL_FREE}|{_LOCAL}){_MORE}"
    r"(?![\w@%]|[.-]\d|[年月日万亿元])",
    re.A,
)
_ENDING = r"\s?\.\s?(?:com|cn|gov|org|net|edu)\b"
_DOMAIN = rf"[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}|{_ENDING}){{1,4}}"
_MAIL = re.compile(rf"(?<![\w.+-])[A-Za-z0-9_][\w.+-]{{0,63}}\s?(?:@|\(at\)|\[at\])\s?{_DOMAIN}", re.A | re.I)
_AT = re.compile(r"\(at\)|\[at\]", re.I)
_PAGE = re.compile(r"(?:https?://|www\.)[!-~]+", re.I)
# What is worth a closer look: no telephone and no address is without one of these.
MARK = re.compile(r"\d{3}|@|[(\[]at[)\]]", re.I)

_SAYS_PHONE = re.compile(
    r"电\s?话|联\s?系|传\s?真|手\s?机|座\s?机|咨\s?询|热\s?线|客\s?服|举报|监督|值班|\bTel|\bFax", re.I | re.A
)
_NO_PHONE = re.compile(
    r"(?:邮\s?编|邮政编码|QQ|[账帐卡]\s?号|账户|身份证|备案|网安备|许可|标识码|微信[号群]|公众号|编\s?号|代\s?码|金额|资金)"
    r"\D{0,12}$",
    re.I,
)
_HOTLINE = re.compile(r"(?:热\s?线|客\s?服|不良信息.{0,6})\D{0,12}$")
_NEAR, _FAR = 40, 60


def on_line(words: str, *, named: bool, hotlines: bool) -> list[str]:
    """Telephones and addresses of a line in NFKC, in its order, without blanks.

    `named`: what stands above says that the line's numbers are telephones. `hotlines`: those count as well.
    """
    words = _PAGE.sub(" ", words)
    mails = [(mail.start(), _AT.sub("@", mail[0])) for mail in _MAIL.finditer(words)]
    found = sorted([*_phones(words, named=named, hotlines=hotlines), *mails])
    return ["".join(printed.split()) for _, printed in found]


def _phones(words: str, *, named: bool, hotlines: bool) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    end, said = 0, named
    for match in _PHONE.finditer(words):
        before = words[max(end, match.start() - _FAR) : match.start()]
        said = _is_said(before, said=said and match.start() - end <= _NEAR)
        end = match.end()
        if _NO_PHONE.search(before) or (not hotlines and _HOTLINE.search(before)):
            said = False
        elif said or match[1]:
            found.append((match.start(), match[0]))
            said = True
    return found


def _is_said(before: str, *, said: bool) -> bool:
    """Whether the words since the last number call the next one a telephone, or leave it one more."""
    return bool(_SAYS_PHONE.search(before)) or (said and "。" not in before)
