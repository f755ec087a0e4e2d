"""An Atom feed (RFC 4287) of notices: one entry a notice, as of its last change.

Pure. Written with the standard library's ElementTree, which escapes whatever a page said; what XML
cannot carry at all is taken out by `clean`. Content is text: nothing of a site's HTML is passed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree import ElementTree as ET

from monitor.escape import link, mask
from monitor.model import ChangeRecord, Deadline, Kind, Notice
from monitor.text import clean, squeeze_lines
from monitor.words import KINDS

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
LONGEST_CONTENT = 4000
ATOM = "http://www.w3.org/2005/Atom"
AUTHOR = "快讯"
# Of a feed in which nothing has ever been told: it must have an instant, and there is no clock here.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Written as plain attributes, so that no element carries a prefix: some readers know Atom by bare names only.
_ROOT = {"xmlns": ATOM, "xml:lang": "zh-CN"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The last change of a notice, when it was first told, and when we first had it."""

    last: ChangeRecord
    told_at: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed is of. `name` is its identity (`all`, `section/政策文件`); `url` is where it is read."""

    name: str
    title: str
    url: str


def write(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """The document, entries in the order given. Withdrawn notices and baselines are not listed.

    The same entries give the same bytes. A withdrawal still moves the feed's own `updated`.
    """
    root = ET.Element("feed", _ROOT)
    _text(root, "id", _tag("2026", f"feed/{feed.name}"))
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(max((entry.last.at for entry in entries), default=NEVER)))
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": clean(feed.url)})
    ET.SubElement(_sub(root, "author"), "name").text = AUTHOR
    _text(root, "generator", "kuaixun")
    for entry in entries:
        if entry.last.kind not in (Kind.WITHDRAWN, Kind.BASELINE):
            _entry(root, entry)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(root: ET.Element, entry: Entry) -> None:
    change, notice = entry.last, entry.last.notice
    element = _sub(root, "entry")
    _text(element, "id", _identity(entry))
    _text(element, "title", mask(clean(notice.title)), empty="（无标题）")
    _text(element, "updated", _moment(change.at))
    _text(element, "published", _moment(entry.told_at))
    if url := link(notice.url):
        ET.SubElement(element, "link", {"rel": "alternate", "href": url})
    if _issuers(notice):
        _text(_sub(element, "author"), "name", _issuers(notice))
    ET.SubElement(element, "category", {"term": clean(change.section)})
    _text(element, "summary", _summary(change), type="text")
    if content := _content(notice):
        ET.SubElement(element, "content", {"type": "text"}).text = content


def _identity(entry: Entry) -> str:
    """Never changes, whatever the notice becomes; the instant tells two installations apart."""
    made = entry.created_at.astimezone(UTC)
    return _tag(f"{made:%Y-%m-%d}", f"notice/{entry.last.notice_id}/{made:%H%M%S}")


def _tag(day: str, what: str) -> str:
    """A tag: URI (RFC 4151). No domain of ours is known: `.invalid` belongs to nobody."""
    return f"tag:kuaixun.invalid,{day}:{quote(what, safe='/', errors='replace')}"


def _summary(change: ChangeRecord) -> str:
    """发文机关 · 文号 · 2026-09-15 · 申报截止 2026-09-30 17:00 · 改期：截止时间由 …"""
    notice = change.notice
    day = notice.published_on or notice.signed_on
    parts = [
        _issuers(notice),
        notice.doc_number or "",
        day.isoformat() if day else "",
        *map(_due, notice.deadlines),
        "正文未能读取" if notice.unread else "",
        "" if change.kind is Kind.NEW else _news(change),
    ]
    return " · ".join(filter(None, map(clean, parts)))


def _issuers(notice: Notice) -> str:
    return mask("、".join(filter(None, map(clean, notice.issuers))))


def _due(deadline: Deadline) -> str:
    kind = "" if deadline.kind == "其他" else deadline.kind
    return f"{kind}截止 {deadline.date} {deadline.time or ''}"


def _news(change: ChangeRecord) -> str:
    said = mask(clean(change.summary))
    return f"{KINDS[change.kind]}：{said}" if said else KINDS[change.kind]


def _content(notice: Notice) -> str:
    text = mask(squeeze_lines(notice.body))
    return text if len(text) <= LONGEST_CONTENT else text[:LONGEST_CONTENT] + "…\n（全文见原网页）"


def _sub(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, name)


def _text(parent: ET.Element, name: str, text: str, *, empty: str = "", **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = clean(text) or empty


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
