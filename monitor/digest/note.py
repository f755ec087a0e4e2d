"""What operators read of the outbox itself: a subject, and under it headings with lines. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from monitor.digest.chat import TEXT, WECOM
from monitor.digest.cut import shorten, size
from monitor.escape import header, html, wecom
from monitor.model import Address, Form, Piece
from monitor.text import clean

_SHARE = 8  # no line of a chat message takes more than this part of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One matter: what it is, and lines about it. Texts are as found, not yet escaped."""

    heading: str
    lines: tuple[str, ...] = ()


def compose_notes(
    subject: str, notes: Sequence[Note], *, addresses: Sequence[Address], closing: str
) -> tuple[Piece, ...]:
    """One message an address. A chat message that would be too long has the first notes and counts the rest.

    `closing` is a last line: what to do.
    """
    return tuple(_piece(address, header(subject), notes, closing) for address in addresses)


def _piece(address: Address, subject: str, notes: Sequence[Note], closing: str) -> Piece:
    is_mail = address.form is Form.MAIL
    return Piece(
        channel=address.channel,
        recipient=address.recipient,
        number=1,
        of=1,
        subject=subject,
        text=_mail(subject, notes, closing) if is_mail else _chat(subject, notes, closing, address.form),
        html=_html(subject, notes, closing) if is_mail else "",
    )


def _mail(subject: str, notes: Sequence[Note], closing: str) -> str:
    blocks = [_block(note, clean, "   {}") for note in notes]
    return "\n".join([f"{subject}\n", *blocks, f"{closing}\n"])


def _chat(subject: str, notes: Sequence[Note], closing: str, form: Form) -> str:
    dialect = WECOM if form is Form.WECOM else TEXT
    text = dialect.heading.format(wecom(subject)) + "\n"
    footer = f"\n{wecom(closing)}"
    for place, note in enumerate(notes):
        block = "\n" + _block(note, partial(_fitted, most=dialect.limit // _SHARE), dialect.line)
        rest = f"\n另有 {len(notes) - place} 项\n"
        if size(text + block + rest + footer) > dialect.limit:
            return text + rest + footer
        text += block
    return text + footer


def _block(note: Note, escape: Callable[[str], str], line: str) -> str:
    lines = [line.format(words) for words in map(escape, note.lines) if words]
    return "\n".join([escape(note.heading), *lines]) + "\n"


def _fitted(words: str, *, most: int) -> str:
    """The words, shortened where they are too long; an address is whole or left out."""
    text = wecom(words)
    is_address = words.startswith(("http://", "https://"))
    return "" if is_address and size(text) > most else shorten(text, most)


def _html(subject: str, notes: Sequence[Note], closing: str) -> str:
    blocks = "\n".join(
        f"<h3>{html(note.heading)}</h3>\n<p>{'<br>'.join(html(line) for line in note.lines if line)}</p>"
        for note in notes
    )
    style = "font-family:-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;line-height:1.6"
    head = f'<meta charset="utf-8"><title>{html(subject)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}</head>'
        f'\n<body style="{style}">\n<h2>{html(subject)}</h2>\n{blocks}'
        f"\n<p>{html(closing)}</p>\n</body></html>\n"
    )
