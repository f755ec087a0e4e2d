"""A digest as one page to look at before it is sent: the mail, or the messages where nobody gets a mail."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.escape import html
from monitor.model import Piece

_STYLE = "margin:16px auto;max-width:640px;padding:0 16px;font-family:sans-serif;line-height:1.6"
_MESSAGE = "white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f5f7;border-radius:6px;padding:12px"


def as_page(pieces: Sequence[Piece]) -> str:
    """An HTML document; what several recipients get alike stands there once."""
    mail = next((piece.html for piece in pieces if piece.html), "")
    if mail:
        return mail
    texts = dict.fromkeys(piece.text for piece in pieces)
    title = html(pieces[0].subject) if pieces else "没有未告知的变更"
    messages = "\n".join(f'<pre style="{_MESSAGE}">{html(text)}</pre>' for text in texts)
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}<title>{title}</title></head>\n'
        f'<body style="{_STYLE}">\n<h1 style="font-size:18px">{title}</h1>\n{messages}\n</body></html>\n'
    )
