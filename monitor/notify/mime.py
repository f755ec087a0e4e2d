"""A piece as a mail message: the one builder behind SMTP and behind the .eml files."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import PurePath
from urllib.parse import quote, unquote_to_bytes

from monitor.dates import SHANGHAI
from monitor.escape import file_name, header
from monitor.fingerprint import fingerprint
from monitor.model import Delivery, File

# The longest line that RFC 5322 allows, and what a header that names a file may take.
_LONGEST = 998
_NAMING = ("content-disposition", "content-type")
_NAME = re.compile(rb"\bname\*=utf-8''([^;\s]+)")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,60}[A-Za-z0-9])?")


class _Whole(EmailPolicy):
    """Writes names of files so that they are read.

    On one line, for Outlook does not put the pieces of RFC 2231 together again; and in Content-Type as RFC
    2047 has it, which it forbids there and which many mail programs of China understand alone.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as it is sent."""
        if name.lower() not in _NAMING:
            return super().fold_binary(name, value)
        if self.max_line_length != _LONGEST:
            folded: bytes = self.clone(max_line_length=_LONGEST).fold_binary(name, value)
            return _NAME.sub(_encoded, folded)
        return super().fold_binary(name, value)


POLICY = _Whole(linesep="\r\n")


def message(delivery: Delivery, *, sender: MailAddress, to: MailAddress) -> EmailMessage:
    """Text and HTML as multipart/alternative, with attachments inside multipart/mixed.

    The same delivery always gives the same bytes. The Message-ID is the delivery's, so that mail
    programs recognise a piece that came twice; it carries the time of composing too, because a new
    database counts from 1 again.
    """
    mail = EmailMessage(policy=POLICY)
    for name, value in _headers(delivery, sender.domain):
        mail[name] = value
    mail["From"] = sender
    mail["To"] = to
    mail["Date"] = delivery.created_at.astimezone(SHANGHAI)
    mail.set_content(delivery.piece.text, charset="utf-8", cte="base64")
    if delivery.piece.html:
        mail.add_alternative(delivery.piece.html, subtype="html", charset="utf-8", cte="base64")
    _attach(mail, delivery.piece.attachments)
    _bound(mail, delivery)
    return mail


def _headers(delivery: Delivery, domain: str) -> Iterable[tuple[str, str]]:
    yield "Subject", header(delivery.piece.subject)
    yield "Message-ID", f"<{_identity(delivery)}@{domain}>"
    yield "List-Id", f"<{_label(delivery.digest)}.kuaixun.{domain}>"
    # Nobody's holiday notice shall answer us, Exchange's neither.
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    yield "X-Kuaixun-Digest", quote(delivery.digest, safe="")
    if delivery.perhaps_duplicate:
        yield "X-Kuaixun-Perhaps-Duplicate", "yes"


def _attach(mail: EmailMessage, files: Iterable[File]) -> None:
    for file in files:
        maintype, _, subtype = file.kind.partition("/")
        mail.add_attachment(file.content, maintype=maintype, subtype=subtype, filename=_safe(file.name))
        part = list(mail.iter_attachments())[-1]
        if maintype == "text":
            part.set_param("charset", "utf-8")
        part.set_param("name", _safe(file.name))


def _safe(name: str) -> str:
    """The name for any system, its ending kept."""
    path = PurePath(name)
    ending = re.sub("[^A-Za-z0-9]", "", path.suffix)
    return f"{file_name(path.stem)}.{ending}" if ending else file_name(name)


def _encoded(found: re.Match[bytes]) -> bytes:
    word = b64encode(unquote_to_bytes(found[1]))
    return b'name="=?utf-8?B?%b?="' % word


def _bound(mail: EmailMessage, delivery: Delivery) -> None:
    """Boundaries that are the same each time."""
    parts = [part for part in mail.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"=_kuaixun-{delivery.id}-{delivery.created_at:%Y%m%d%H%M%S}-{number}")


def _label(digest: str) -> str:
    """The name of a digest as part of a List-Id, which may hold what a host's name may."""
    return (
        digest
        if _LABEL.fullmatch(digest)
        else f"x{fingerprint([('digest', digest)]).rpartition(':')[2][:16]}"
    )


def _identity(delivery: Delivery) -> str:
    digest = quote(delivery.digest, safe="")[:60]
    return f"kuaixun-{digest}-{delivery.id}-{delivery.created_at:%Y%m%d%H%M%S}"
