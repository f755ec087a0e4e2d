"""From owed changes to pieces: one message a mail recipient, as many as it takes for a chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.digest.chat import TEXT, WECOM, chat
from monitor.digest.gather import Contents, gather
from monitor.digest.mail import mail_html, mail_text
from monitor.digest.reminder import Reminder
from monitor.escape import header
from monitor.model import Address, ChangeRecord, Digest, Form, Piece, Source, UnreadSource


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    text: str
    html: str = ""


def compose(
    digest: Digest,
    changes: Sequence[ChangeRecord],
    *,
    reminders: Sequence[Reminder] = (),
    addresses: Sequence[Address],
    sources: Mapping[str, Source],
    troubles: Sequence[UnreadSource],
    now: datetime,
    link: str,
    mark: str = "",
) -> tuple[Piece, ...]:
    """The messages that tell `changes` to `addresses`; none, or a heartbeat, where there is nothing to tell.

    Chat pieces keep within the bytes of their form and within `digest.pieces`; what is left out then
    is counted in the last one. Mail carries everything. `link` leads to the desk, "" if there is none;
    `mark` stands in front of every heading and subject.
    """
    if not (changes or reminders or digest.heartbeat):
        return ()
    contents = gather(
        digest,
        changes,
        reminders=reminders,
        sources=sources,
        troubles=troubles,
        now=now,
        link=link,
        mark=mark,
    )
    forms = dict.fromkeys(address.form for address in addresses)
    bodies = {form: _bodies(contents, form, digest.pieces) for form in forms}
    subject = header(contents.subject)
    return tuple(piece for address in addresses for piece in _pieces(address, bodies[address.form], subject))


def _bodies(contents: Contents, form: Form, most: int) -> tuple[_Body, ...]:
    if form is Form.MAIL:
        return (_Body(text=mail_text(contents), html=mail_html(contents)),)
    dialect = WECOM if form is Form.WECOM else TEXT
    return tuple(_Body(text=text) for text in chat(contents, dialect, most=most))


def _pieces(address: Address, bodies: Sequence[_Body], subject: str) -> list[Piece]:
    return [
        Piece(
            channel=address.channel,
            recipient=address.recipient,
            number=number,
            of=len(bodies),
            subject=subject,
            text=body.text,
            html=body.html,
        )
        for number, body in enumerate(bodies, 1)
    ]
