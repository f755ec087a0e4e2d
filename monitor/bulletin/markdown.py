"""An issue as a Markdown document. Talks to nobody."""

from __future__ import annotations

from collections.abc import Iterator

from monitor import escape
from monitor.bulletin import words
from monitor.bulletin.blocks import Block, Part, blocks
from monitor.model import Bulletin, BulletinItem, BulletinSection, UnreadSource

_m = escape.markdown


def write(issue: Bulletin) -> bytes:
    """UTF-8 bytes; what a page said is text, never markup."""
    return ("\n\n".join(filter(None, _parts(issue))) + "\n").encode()


def _parts(issue: Bulletin) -> Iterator[str]:
    draft = "" if issue.published else f"（{words.DRAFT}）"
    yield _m(issue.publisher.name)
    yield f"# {words.NAME}"
    yield f"{_m(issue.number)}{draft}"
    yield _m(words.period(issue))
    yield f"## {words.CONTENTS}"
    for section in issue.sections:
        yield _contents(section)
    for section in issue.sections:
        yield f"## {_m(f'[{section.name}]')}"
        for item in section.items:
            yield from _notice(item)
    if not issue.sections:
        yield words.NOTHING
    yield _unread(issue.unread_sources)
    yield "---"
    yield _m(words.closing(issue.publisher))
    yield "  \n".join(map(_m, words.running_foot(issue.publisher)))


def _contents(section: BulletinSection) -> str:
    rows = (f"{place}. {_m(item.notice.title)}" for place, item in enumerate(section.items, 1))
    return f"**{_m(f'[{section.name}]')}**\n\n" + "\n".join(rows)


def _notice(item: BulletinItem) -> Iterator[str]:
    notice = item.notice
    yield f"### {_m(notice.title)}"
    yield _m(notice.doc_number or "")
    parts = blocks(notice)
    yield from map(_block, parts)
    if not parts:
        yield words.UNREAD_BODY
    files = [f"- {_link(file.url, file.name)}" for file in notice.attachments if escape.link(file.url)]
    if files:
        yield f"{words.FILES}\n\n" + "\n".join(files)
    yield f"{words.LINKS}{_link(notice.url, notice.url)}"
    yield f"*{_m(item.note)}*" if item.note else ""


def _block(block: Block) -> str:
    if block.part is Part.TABLE:
        return _table(block)
    text = _m(block.text)
    return f"**{text}**" if block.part is Part.HEADING else text


def _table(block: Block) -> str:
    width = max(map(len, block.rows))
    rows = [[*map(_m, row), *[""] * (width - len(row))] for row in block.rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _unread(sources: tuple[UnreadSource, ...]) -> str:
    rows = [f"- {_link(each.url, each.name)}：{_m(words.trouble(each))}" for each in sources]
    return f"## {words.UNREAD_SOURCES}\n\n" + "\n".join(rows) if rows else ""


def _link(url: str, text: str) -> str:
    target = escape.link(url)
    return f"[{_m(text)}]({target})" if target else _m(text)
