"""What the files of a notice add to it: the dates of those that speak to readers. Talks to nobody.

Precision first. A form, a list, a contract to be filled in is full of days that bind nobody; only what
calls itself a notice, a guide, a plan is searched, by its name or, where the name says nothing, by its
heading. A file with a document number of its own is another document (the ministry's notice that a
province passes on): its days count only where the page names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.decide.correction import with_files
from monitor.fields import deadlines, doc_number
from monitor.fields.lines import Line, lines
from monitor.files import plain
from monitor.model import Attachment, Deadline, Notice

_SPEAKS = re.compile(r"(?:通知|通告|公告|公示|启事|简章|指南|须知|指引|方案|安排|要求|的函|征求意见稿)$")
_IS_FILLED_IN = re.compile(
    r"(?:书|表|册|单|证|名录|目录|清单|汇总|模板|模版|样式|样表|格式|范本|范例|示例|附表|合同|协议|回执|函|报告|材料|承诺|提纲|大纲|标准|办法)$"
)
_IS_FORM = re.compile(
    r"[（(](?![含附])[^（）()]{0,20}(?:模板|模版|样式|样表|格式|范本|范例|示例|提纲|供参考)[）)]"
)
_EXTENSION = re.compile(r"\.[A-Za-z]{2,4}$")
_ASIDE = re.compile(r"[（(【\[][^（）()【】\[\]]{0,40}[）)】\]]$|[》〉”\"\s]+$|\d{0,8}$")
_SPAN = re.compile(r"内$")  # N 个工作日内 in a guide is how long a step takes, not until when to act


def with_dates(notice: Notice, texts: Mapping[str, str]) -> Notice:
    """The notice with the deadlines that its files add, `texts` by digest.

    Days that the page names are not said again. What a file told that has no text here stays.
    """
    own = tuple(due for due in notice.deadlines if not due.place)
    stays = (due for due in notice.deadlines if due.place and due.place in _unread(notice, texts))
    read = (file for file in notice.attachments if file.digest in texts)
    found = (due for file in read for due in _told(file, texts[file.digest], notice, own))
    return replace(notice, deadlines=(*own, *_fresh((*stays, *found), {due.date for due in own})))


def remembering(before: Notice, now: Notice) -> Notice:
    """A reading with what is known of those of its files that it could not read itself."""
    kept = with_files(before, now)
    unread = {file.name for file in now.attachments if file.url and not file.digest}
    files = tuple(
        mine if mine.digest else theirs
        for mine, theirs in zip(now.attachments, kept.attachments, strict=True)
    )
    again = (due for due in kept.deadlines if due.place in unread)
    told = {due.date for due in now.deadlines}
    return replace(now, attachments=files, deadlines=(*now.deadlines, *_fresh(again, told)))


def speaks(name: str, text: str) -> bool:
    """Whether a file tells readers something, by its name or else by its heading."""
    return next((said for said in map(_verdict, (name, _heading(text))) if said is not None), False)


def _told(file: Attachment, text: str, notice: Notice, own: Sequence[Deadline]) -> Iterator[Deadline]:
    if not speaks(file.name, text):
        return
    said = lines(text)
    if own and _is_another(said, text, notice):
        return
    found = deadlines.find(
        said,
        title=notice.title,
        facts=(),
        signed_on=notice.signed_on,
        published_on=notice.published_on,
        year=doc_number.year_of(notice.doc_number),
    )
    yield from (replace(due, place=file.name) for due in found if not _SPAN.search(due.raw))


def _is_another(said: Sequence[Line], text: str, notice: Notice) -> bool:
    number = doc_number.find(said, title=_heading(text), facts=())
    return bool(number and notice.doc_number) and number != notice.doc_number


def _verdict(words: str) -> bool | None:
    """What the last word of a name or heading says; None where it says nothing."""
    if _IS_FORM.search(words):
        return False
    bare = _EXTENSION.sub("", words.strip())
    while (shorter := _ASIDE.sub("", bare)) != bare:
        bare = shorter
    if _SPEAKS.search(bare):
        return True
    return False if _IS_FILLED_IN.search(bare) else None


def _heading(text: str) -> str:
    return plain.notice(text.splitlines(), "").title if text.strip() else ""


def _unread(notice: Notice, texts: Mapping[str, str]) -> frozenset[str]:
    return frozenset(file.name for file in notice.attachments if file.digest not in texts)


def _fresh(found: Iterable[Deadline], told: set[date]) -> Iterator[Deadline]:
    """Each day once."""
    for due in found:
        if due.date not in told:
            told = told | {due.date}
            yield due
