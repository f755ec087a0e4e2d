"""An issue as one self-contained web page, laid out like the founding bulletin. Talks to nobody."""

from __future__ import annotations

from collections.abc import Iterable

from monitor import escape
from monitor.bulletin import words
from monitor.bulletin._look import CSS
from monitor.bulletin.blocks import Block, Part, blocks
from monitor.model import Attachment, Bulletin, BulletinItem, BulletinSection, Notice, UnreadSource

_e = escape.html


_HEAD = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">"""


def write(issue: Bulletin) -> bytes:
    """UTF-8 bytes of a page that needs no other file, runs no script and loads nothing."""
    return page(issue, css=CSS).encode()


def page(issue: Bulletin, *, css: str) -> str:
    """The same page as text, with a look of one's own."""
    title = _e(f"{issue.publisher.name} 快讯 {issue.number}".strip())
    lines = (
        _HEAD,
        f'<meta name="author" content="{_e(issue.publisher.name)}">',
        f"<title>{title}</title>",
        f"<style>{css}</style></head>",
        f'<body><div class="sheet">{_sheet(issue)}</div></body>',
        "</html>\n",
    )
    return "\n".join(lines)


def _sheet(issue: Bulletin) -> str:
    sections = [_section(section) for section in issue.sections]
    return "\n".join(
        (
            _masthead(issue),
            _contents(issue),
            *(sections or [f"<p>{words.NOTHING}</p>"]),
            _unread(issue.unread_sources),
            _closing(issue),
        )
    )


def _masthead(issue: Bulletin) -> str:
    draft = "" if issue.published else f'<span class="draft">{words.DRAFT}</span>'
    return (
        f'<header class="masthead"><p class="publisher">{_e(issue.publisher.name)}</p><h1>{words.NAME}</h1>'
        f'<p class="number">{_e(issue.number)}{draft}</p>'
        f'<p class="period">{_e(words.period(issue))}</p></header>'
    )


def _contents(issue: Bulletin) -> str:
    lists = "".join(_contents_of(section) for section in issue.sections)
    return f'<nav class="contents"><h2>{words.CONTENTS}</h2>{lists}</nav>' if lists else ""


def _contents_of(section: BulletinSection) -> str:
    rows = "".join(
        f'<li><a href="#{_anchor(item)}">{_e(item.notice.title)}</a></li>' for item in section.items
    )
    return f'<h3><a href="#{_anchor_of(section)}">[{_e(section.name)}]</a></h3><ol>{rows}</ol>'


def _section(section: BulletinSection) -> str:
    notices = "\n".join(map(_notice, section.items))
    head = f'<h2 id="{_anchor_of(section)}">[{_e(section.name)}]</h2>'
    return f'<section class="section">{head}\n{notices}</section>'


def _notice(item: BulletinItem) -> str:
    notice = item.notice
    number = f'<p class="number-line">{_e(notice.doc_number)}</p>' if notice.doc_number else ""
    body = "\n".join(map(_block, blocks(notice))) or f'<p class="text">{words.UNREAD_BODY}</p>'
    return (
        f'<article class="notice" id="{_anchor(item)}"><h3>{_e(notice.title)}</h3>{number}\n{body}\n'
        f"{_links(notice)}{_note(item)}</article>"
    )


def _block(block: Block) -> str:
    if block.part is Part.TABLE:
        rows = "".join(f"<tr>{''.join(f'<td>{_e(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
        return f'<div class="scroll"><table>{rows}</table></div>'
    look = {
        Part.HEADING: f"level-{block.level}",
        Part.SIGNATURE: "signature",
        Part.ADDRESSEES: "addressees",
        Part.PARAGRAPH: "text",
    }[block.part]
    return f'<p class="{look}">{_e(block.text)}</p>'


def _links(notice: Notice) -> str:
    files = "".join(f"<li>{_anchor_to(file.url, file.name)}</li>" for file in _linked(notice.attachments))
    listed = f"<p>{words.FILES}</p><ul>{files}</ul>" if files else ""
    return f'<div class="links">{listed}<p>{words.LINKS}{_anchor_to(notice.url, notice.url)}</p></div>'


def _linked(files: Iterable[Attachment]) -> list[Attachment]:
    return [file for file in files if escape.link(file.url)]


def _note(item: BulletinItem) -> str:
    return f'<p class="note">{_e(item.note)}</p>' if item.note else ""


def _unread(sources: tuple[UnreadSource, ...]) -> str:
    rows = "".join(
        f"<li>{_anchor_to(each.url, each.name)}：{_e(words.trouble(each))}</li>" for each in sources
    )
    return f'<aside class="unread"><h2>{words.UNREAD_SOURCES}</h2><ul>{rows}</ul></aside>' if rows else ""


def _closing(issue: Bulletin) -> str:
    last = words.closing(issue.publisher)
    foot = "<br>".join(map(_e, words.running_foot(issue.publisher)))
    return (f'<p class="closing">{_e(last)}</p>' if last else "") + f'<footer class="foot">{foot}</footer>'


def _anchor(item: BulletinItem) -> str:
    return f"notice-{item.notice_id}"


def _anchor_of(section: BulletinSection) -> str:
    """Sections have no number of their own; the first notice has, and stands in one section only."""
    return f"section-{section.items[0].notice_id}"


def _anchor_to(url: str, text: str) -> str:
    """A link where the address is one, else its words."""
    target = escape.link(url)
    return f'<a href="{_e(target)}" rel="noreferrer">{_e(text)}</a>' if target else _e(text)
