"""施行日期: from when a notice counts. Talks to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from monitor.dates import parse_date
from monitor.fields.lines import Line, fact
from monitor.model import Fact

LABELS = ("施行日期", "实施日期", "生效日期", "执行日期")

_COMES_INTO_FORCE = r"(?:正式)?(?:施行|实施|执行|生效|试行)"
_DAY = r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
_FROM_DAY = re.compile(rf"[自从于]({_DAY})(?:零时|0时)?起?,?(?:开始)?{_COMES_INTO_FORCE}")
_FROM_ISSUE = re.compile(rf"[自从](?:发布|公布|印发|下发|签发)之日起,?(?:开始)?{_COMES_INTO_FORCE}")
# 公告 on taxes open with it: 一、自2019年6月1日起，符合条件的纳税人…
_PARAGRAPH_FROM = re.compile(rf"(?:[一二三四五六七八九十]+、)?自({_DAY})起,")
_OTHER_TEXT = re.compile(r"原《|废止|失效|到期|修订前")


def find(
    text: Sequence[Line], *, facts: Iterable[Fact], signed_on: date | None, published_on: date | None
) -> date | None:
    """The day that the index table or the text names; 发布之日 is the day of signing, else of publication."""
    listed = parse_date(fact(facts, *LABELS))
    if listed:
        return listed
    body = "\n".join(line.plain for line in text)
    for match in reversed(list(_FROM_DAY.finditer(body))):
        if not _OTHER_TEXT.search(_clause_before(body, match.start())):
            return parse_date(match[1])
    if _FROM_ISSUE.search(body):
        return signed_on or published_on
    opening = next((found for line in text if (found := _PARAGRAPH_FROM.match(line.plain))), None)
    return parse_date(opening[1]) if opening else None


def _clause_before(text: str, end: int) -> str:
    return re.split(r"[。;\n]", text[max(end - 40, 0) : end])[-1]
