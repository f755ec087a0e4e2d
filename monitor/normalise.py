"""From strings as found to a notice as we mean it. Talks to nobody; the same in gives the same out.

**Titles**: the page's own, unless it is cut short or only names the site; marks of the list
(置顶, NEW, 已结束) are no part of a title.

**Publication**, most trusted first: the visible 发布日期 of the page, the meta block's PubDate, the date
of the row. The meta date comes after the visible one because it is often the time of migration or
of generation (decision 9); a date in the text or in the address is never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from monitor.dates import parse_date
from monitor.fields import (
    attachments,
    contacts,
    deadlines,
    doc_number,
    doubts,
    effective,
    issuers,
    labels,
    signature,
)
from monitor.fields.bodies import Bodies
from monitor.fields.lines import fact, lines
from monitor.model import Fact, ListingItem, Notice, RawNotice, Source
from monitor.text import clean, fold

PUBLISHED = ("发布日期", "发布时间", "公开日期", "发稿时间", "发布于", "时间", "日期")
SIGNED = ("成文日期", "成文时间", "颁布时间", "颁布日期")
# Sent, printed or entered (MEE's 生成日期 is a week late): only where nothing says when it was signed.
SENT = ("签发日期", "发文日期", "印发日期", "生成日期")
INDEX = ("索引号", "统一编号", "indexcode")

# What a list says of a row's state: it flips with time and is no part of the title.
_STATES = (
    "已结束|进行中|未开始|即将开始|已截止|已到期|征集中|征求中|征求意见中|公示中|公示结束"
    "|报名中|申报中|已反馈"
)
_MARK = re.compile(
    rf"^(?:[·•▪◆■►]|[\[【(（](?:置顶|图文|图|最新|热|新|HOT|NEW|{_STATES})[\]】)）]|(?:置顶|NEW)(?=[\s:：])[:：]?"
    r"|[\[(（]?\d{4}-\d{1,2}-\d{1,2}[\])）]?(?=\s))\s*"
    rf"|\s*(?:[\[【(（](?:图文|图|NEW|new|置顶|{_STATES})[\]】)）]|\s[\[(（]?\d{{4}}-\d{{1,2}}-\d{{1,2}}[\])）]?)$",
    re.I,
)
_MAY_MARK = "置Nn"  # the only letters that a mark begins with
_CUT = re.compile(r"(?:…+|\.{2,}|⋯+)$")
_SITE_TAIL = re.compile(r"^\s*[-_|—–]")


def normalise(raw: RawNotice, item: ListingItem, source: Source, *, bodies: Bodies) -> Notice:
    """What a page and its row mean together. Never raises: what is not found is None or empty."""
    text = lines(raw.body)
    title = title_of(raw, item)
    facts = (*raw.facts, *item.facts, *labels.read(text))
    found = doc_number.read(text, title=title, facts=facts)
    number = found.normal if found else None
    signed = signature.read(text, title=title)
    listed_on = parse_date(fact(facts, *SIGNED))
    signed_on = signed.signed_on or listed_on or parse_date(fact(facts, *SENT))
    published_on = _published_on(facts, raw, item)
    where = issuers.Where(facts=facts, meta=raw.meta, site=source.name)
    notice = Notice(
        url=item.url,
        title=title,
        doc_number=number,
        printed_number=found.printed if found else None,
        index_number=fact(facts, *INDEX) or None,
        issuers=issuers.find(text, title=title, number=number, signature=signed, where=where, bodies=bodies),
        signed_on=signed_on,
        published_on=published_on,
        effective_on=effective.find(
            text, title=title, facts=facts, signed_on=signed_on, published_on=published_on
        ),
        deadlines=deadlines.find(
            text,
            title=title,
            facts=item.facts,
            signed_on=signed_on,
            published_on=published_on,
            year=doc_number.year_of(number),
        ),
        contacts=contacts.find(text),
        body="\n".join(line.printed for line in text),
        attachments=attachments.find(text, raw.attachments),
    )
    return _judged(notice, bodies, listed_on=listed_on)


def from_row(item: ListingItem, source: Source, *, bodies: Bodies) -> Notice:
    """A notice whose page could not be read, as its row tells it (decision 11)."""
    title = bare_title(item.title)
    found = doc_number.read((), title=title, facts=item.facts)
    number = found.normal if found else None
    where = issuers.Where(facts=item.facts, meta=(), site=source.name)
    notice = Notice(
        url=item.url,
        title=title,
        doc_number=number,
        printed_number=found.printed if found else None,
        index_number=fact(item.facts, *INDEX) or None,
        issuers=issuers.find(
            (), title=title, number=number, signature=signature.Signature(), where=where, bodies=bodies
        ),
        published_on=item.published_on,
        deadlines=deadlines.find(
            (), title=title, facts=item.facts, signed_on=None, published_on=item.published_on, year=None
        ),
        unread=True,
    )
    return _judged(notice, bodies, listed_on=None)


def _judged(notice: Notice, bodies: Bodies, *, listed_on: date | None) -> Notice:
    """The notice with what follows from its fields: today's bodies, and what does not agree."""
    said = doubts.find(
        number=notice.doc_number,
        signed_on=notice.signed_on,
        listed_on=listed_on,
        published_on=notice.published_on,
        deadlines=notice.deadlines,
    )
    return replace(notice, bodies=bodies.canonicals(notice.issuers), doubts=said)


def title_of(raw: RawNotice, item: ListingItem) -> str:
    """The full title of a notice from its page and its row."""
    page, row = bare_title(raw.title), bare_title(item.title)
    if not row:
        return page
    names_site = fold(page) in _site_names(raw.meta)
    cut = bool(_CUT.search(page)) and not _CUT.search(row)
    with_site = page.startswith(row) and bool(_SITE_TAIL.match(page[len(row) :]))
    return row if not page or names_site or cut or with_site else page


def bare_title(printed: str) -> str:
    """A title on one line without the marks that a list puts around it."""
    title = clean(printed)
    if title[:1].isalpha() and title[-1:].isalpha() and title[0] not in _MAY_MARK:
        return title  # most titles: asking so costs a tenth
    while (bare := _MARK.sub("", title, count=1).strip()) != title and bare:
        title = bare
    return title


def _site_names(meta: Iterable[Fact]) -> frozenset[str]:
    return frozenset(fold(found.value) for found in meta if found.label in ("sitename", "columnname"))


def _published_on(facts: Iterable[Fact], raw: RawNotice, item: ListingItem) -> date | None:
    visible = parse_date(fact(facts, *PUBLISHED))
    return visible or parse_date(fact(raw.meta, "pubdate")) or item.published_on
