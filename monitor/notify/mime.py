"""A piece as a mail message: the one builder behind SMTP and behind the .eml files."""

from __future__ import annotations

from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from monitor.dates import SHANGHAI
from monitor.escape import header
from monitor.model import Delivery


def message(delivery: Delivery, *, sender: MailAddress, to: MailAddress) -> EmailMessage:
    """multipart/alternative, text and HTML. The same delivery always gives the same bytes.

    The Message-ID is the delivery's, so that mail programs recognise a piece that came twice; it
    carries the time of composing too, because a new database counts from 1 again.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = header(delivery.piece.subject)
    mail["From"] = sender
    mail["To"] = to
    mail["Date"] = delivery.created_at.astimezone(SHANGHAI)
    mail["Message-ID"] = f"<{_identity(delivery)}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Kuaixun-Digest"] = quote(delivery.digest, safe="")
    if delivery.perhaps_duplicate:
        mail["X-Kuaixun-Perhaps-Duplicate"] = "yes"
    mail.set_content(delivery.piece.text, charset="utf-8", cte="base64")
    if delivery.piece.html:
        mail.add_alternative(delivery.piece.html, subtype="html", charset="utf-8", cte="base64")
        mail.set_boundary(f"=_{_identity(delivery)}")
    return mail


def _identity(delivery: Delivery) -> str:
    digest = quote(delivery.digest, safe="")[:60]
    return f"kuaixun-{digest}-{delivery.id}-{delivery.created_at:%Y%m%d%H%M%S}"
