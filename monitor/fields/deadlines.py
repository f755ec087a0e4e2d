"""截止时间: until when readers must have acted. Talks to nobody.

A day is a deadline when the words bound it (…前, 截止…, the end of a period) and the sentence asks
for something (申报, 报送, 反馈 …). Not deadlines: what returns every year, days before the notice itself
(eligibility, cited texts), targets years ahead, the end of a measure's force.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from monitor.dates import SHANGHAI, from_epoch_ms, parse_date
from monitor.fields.days import Mention, mentions
from monitor.fields.lines import Line, fact, plain
from monitor.model import Deadline, Fact

LABELS = ("截止时间", "截止日期", "结束时间", "征集截止时间", "endtime")

_SENTENCES = re.compile(r"[。;!\n]")
_BEFORE = re.compile(r"[(（]?(?:[含)]+)?(?:之前|以前|前|止|截止|为止|截至)")
_CLOSES = re.compile(
    r"(?:截止|截至|截止(?:到|至)|(?:截止|结束|最迟|最晚)(?:申报|受理|报名|提交|反馈|征集)?(?:时间|日期|期限)?[为是于至到在:]{0,2})$"
)
_RANGE = re.compile(r"^[日号]?(?:起)?(?:至|到|~|—|-)$|^(?:\([^)]{0,6}\))?(?:起)?(?:至|到|~|—+|-+)$")
_ONGOING = re.compile(r"(?:即日起|发布之日起|公告之日起)(?:至|到|~|-)$")
_REGULATION = re.compile(r"(?:办法|规定|条例|细则|规则|章程|制度)(?:\([^()]{0,12}\))?》?$")
_RECURRING = re.compile(r"每(?:年|季|月|半年|个?季度)|逐年|年度内|历年|首年|次年|当年")
_ASKS = re.compile(
    r"申报|申请|申领|报送|上报|提交|寄送|寄至|报名|受理|推荐|反馈|填报|填写|征求|征集|公示|提出|书面|报(?:我|送|至|省|市|区|县|国|部|委|局|厅|科)"
    r"|递交|送达|发送|发至|登录|汇总|意见|交至|送至|回执|登记|备案|材料|网上|参评|自评|自查|总结|名单"
)
_PERIOD = re.compile(r"时间|期限|日期|期间|公示期|公示|受理|申报|报名|征集|征求|填报|提交")
_STATUS = re.compile(
    r"^(?:已|前已)?(?:依法)?(?:注册|成立|设立|登记|取得|获得|竣工|建成|投产|开工|认定|授权|出生|发布|公布|完成投资|投入|到期|失效|废止|实施|有效)"
)
_FORCE = re.compile(r"有效期|有效至|施行|执行至|实施至|延长|延期至|享受|免征|减征|抵扣|到期|资格|合同")
_FURTHEST = timedelta(days=500)
_BRACKETED = re.compile(r"\([^()]{0,60}\)")
_LABEL_END = re.compile(r"(?:的?(?:截止)?(?:时间|日期|期限))?[为是:于自从]{0,3}$")
_ITEM_MARK = re.compile(r"^(?:\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}\.)")
_WHAT_LENGTH = 40


def find(
    text: Sequence[Line],
    *,
    title: str,
    facts: Iterable[Fact],
    since: date | None,
    year: int | None,
) -> tuple[Deadline, ...]:
    """Deadlines in the order of the text. `since` is the day of signing, else of publication."""
    found: dict[tuple[date, str], Deadline] = {}
    for deadline in _in_text(text, title, since, year):
        known = found.setdefault((deadline.date, deadline.kind), deadline)
        if known.time is None and deadline.time is not None:
            found[deadline.date, deadline.kind] = deadline
    told = {deadline.date for deadline in found.values()}
    hidden = (deadline for deadline in _hidden(facts, title) if deadline.date not in told)
    return (*found.values(), *hidden)


def _in_text(text: Sequence[Line], title: str, since: date | None, year: int | None) -> Iterator[Deadline]:
    for line in text:
        if _may_name_day(line.plain):
            for sentence in filter(_may_name_day, _SENTENCES.split(line.plain)):
                yield from _in_sentence(sentence, title, since, year)


def _may_name_day(words: str) -> bool:
    """Whether a mark of a day is there: few lines have one, and the rest need no pattern."""
    return "日" in words or "号" in words or "-" in words or "." in words


def _in_sentence(sentence: str, title: str, since: date | None, year: int | None) -> Iterator[Deadline]:
    days = list(mentions(sentence, since=since, year=year))
    recurring = _is_regulation(title)
    for place, mention in enumerate(days):
        before = sentence[days[place - 1].end if place else 0 : mention.start]
        # …每年1月15日前对上一年度、7月15日前对半年度…: the second returns as well.
        recurring = not mention.dated and (recurring or bool(_RECURRING.search(before)))
        if not recurring and _is_bound(sentence, days, place) and _is_meant(sentence, mention, since):
            yield _deadline(sentence, mention, title)


def _is_regulation(title: str) -> bool:
    """Whether a notice is a regulation: a day without a year in it comes round every year."""
    return bool(_REGULATION.search(plain(title)))


def _is_bound(sentence: str, days: Sequence[Mention], place: int) -> bool:
    """Whether the words make this day an end and not just a day."""
    mention = days[place]
    before, after = (
        sentence[max(mention.start - 16, 0) : mention.start],
        sentence[mention.end : mention.end + 8],
    )
    if _BEFORE.match(after) and not re.match(r"前(?:期|后|述|款|往)", after):
        return True
    if _CLOSES.search(before):
        return True
    between = sentence[days[place - 1].end : mention.start] if place else ""
    ends_period = bool(between and _RANGE.match(between)) or bool(_ONGOING.search(before))
    return ends_period and bool(_PERIOD.search(_around(sentence, mention)))


def _is_meant(sentence: str, mention: Mention, since: date | None) -> bool:
    """Whether it is asked of readers, ahead of the notice and within reach."""
    if since and not since <= mention.day <= since + _FURTHEST:
        return False
    after = sentence[mention.end :]
    bare = _BEFORE.sub("", after[:6], count=1) + after[6:20]
    if _STATUS.match(bare) or _FORCE.search(sentence[max(mention.start - 20, 0) : mention.start]):
        return False
    return bool(_ASKS.search(_around(sentence, mention)))


def _around(sentence: str, mention: Mention) -> str:
    return sentence[max(mention.start - 60, 0) : mention.end + 80]


def _deadline(sentence: str, mention: Mention, title: str) -> Deadline:
    return Deadline(
        date=mention.day,
        time=mention.time,
        what=_what(sentence, mention)[:_WHAT_LENGTH],
        kind=_kind(title, _around(sentence, mention)),
        raw=sentence[max(mention.start - 12, 0) : mention.end + 2],
    )


def _what(sentence: str, mention: Mention) -> str:
    """What is asked: the clause behind the day if it asks for something, else the words before it."""
    behind = _BEFORE.sub("", _BRACKETED.sub("", sentence[mention.end : mention.end + 120]), count=1)
    clause = re.split(r"[,:]", behind.lstrip(",、:()"))[0]
    before = _LABEL_END.sub(
        "", re.split(r"\d{1,4}[年月]", sentence[max(mention.start - 60, 0) : mention.start])[0]
    )
    label = _ITEM_MARK.sub("", re.split(r"[,、]", before)[-1])
    return next((words for words in (clause, label) if _ASKS.search(words)), clause or label)


def _kind(title: str, words: str) -> str:
    """What must have happened by then; a call for comments or a 公示 is that throughout."""
    if re.search(r"征求.*意见|意见征集|征集.*意见", title) or re.search(
        r"征求.{0,12}意见|修改意见|意见建议", words
    ):
        return "征求意见"
    for kind, sign in (
        ("公示", r"公示"),
        ("受理", r"(?<!不)(?<!不予)(?<!不再)受理(?!条件)"),
        ("申报", r"申报|申请|申领|征集|参评"),
        ("报送", r"报送|上报|报[我送至省市]|反馈|提交|推荐|汇总|寄|发送|填报|发至"),
    ):
        if re.search(sign, words):
            return kind
    return "其他"


def _hidden(facts: Iterable[Fact], title: str) -> Iterator[Deadline]:
    """The deadline that a row carries and does not show: jpaas lists keep it in epoch milliseconds."""
    value = fact(facts, *LABELS)
    day, time = _instant(int(value)) if re.fullmatch(r"\d{12,14}", value) else (parse_date(value), None)
    if day:
        yield Deadline(date=day, time=time, what=title[:_WHAT_LENGTH], kind=_kind(title, title))


def _instant(milliseconds: int) -> tuple[date | None, str | None]:
    """The day in Beijing and the time, unless that only says "the whole day"."""
    instant = from_epoch_ms(milliseconds)
    if instant is None:
        return None, None
    local = instant.astimezone(SHANGHAI)
    time = f"{local:%H:%M}"
    return local.date(), None if time in ("00:00", "23:59") else time
