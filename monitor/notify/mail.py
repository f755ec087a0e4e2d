"""E-mail: Apprise reads the URL (and knows the providers' servers), the message and the talking are ours.

One message a recipient, so that a refused address fails alone and nobody gets a copy twice.
"""

# mypy: disallow-untyped-calls=False
# (Apprise is typed only in part.)

from __future__ import annotations

import asyncio
import contextlib
import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address as MailAddress
from typing import TypeGuard

from apprise.plugins.email.base import NotifyEmail

from monitor.errors import ConfigError, DeliveryError
from monitor.escape import header
from monitor.model import Channel, Delivery, Form
from monitor.notify.channel import OpenChannel
from monitor.notify.mime import message
from monitor.notify.redact import redact, spoken

TIMEOUT = 20.0
# The server wants another login: the operator can mend that, the message is not at fault.
_LOGIN = frozenset({530, 534, 535, 538})


@dataclass(frozen=True, slots=True, kw_only=True)
class Postbox:
    """An SMTP server and how we talk to it. `mode` is one of ssl, starttls, insecure."""

    host: str
    port: int
    mode: str
    verify: bool
    user: str
    password: str = field(repr=False)
    timeout: float
    sender: MailAddress
    names: Mapping[str, str]

    async def send(self, delivery: Delivery) -> str:
        """Mail one piece, in a thread: smtplib blocks."""
        return await asyncio.to_thread(self._send, delivery)

    def _send(self, delivery: Delivery) -> str:
        recipient = delivery.piece.recipient
        to = MailAddress(self.names.get(recipient, ""), addr_spec=recipient)
        content = message(delivery, sender=self.sender, to=to).as_bytes()
        try:
            with self._connection() as smtp:
                return _hand_over(smtp, self.sender.addr_spec, recipient, content)
        except OSError as error:  # smtplib's errors are OSErrors too
            trouble = self._trouble(error)
        raise trouble  # out here: a server may quote what it was given to log in with

    @contextlib.contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        smtp = self._connect()
        try:
            if self.user and self.password:
                smtp.login(self.user, self.password)
            yield smtp
        finally:
            # Whatever the goodbye meets, the message has been taken or refused before.
            with contextlib.suppress(OSError):
                smtp.quit()
            smtp.close()

    def _connect(self) -> smtplib.SMTP:
        if self.mode == "ssl":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=self._tls())
        smtp = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        if self.mode == "starttls":
            try:
                smtp.starttls(context=self._tls())
            except OSError:
                smtp.close()
                raise
        return smtp

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if not self.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _trouble(self, error: OSError) -> DeliveryError:
        said = f"{error.smtp_code} {_text(error.smtp_error)}" if _is_reply(error) else str(error)
        answer = header(redact(said, spoken(self.user, self.password))) or type(error).__name__
        return DeliveryError(answer, permanent=_is_permanent(error))


def open_mail(channel: Channel, plugin: NotifyEmail) -> OpenChannel:
    """The channel behind a mail URL. ConfigError where one of its addresses is not usable."""
    recipients = _recipients(channel, plugin)
    name, address = plugin.from_addr
    display = str(name) if name and name != plugin.app_id else "快讯"
    postbox = Postbox(
        host=str(plugin.smtp_host),
        port=int(plugin.port or 0),
        mode=str(plugin.secure_mode),
        verify=plugin.verify_certificate,
        user=plugin.user or "",
        password=plugin.password or "",
        timeout=TIMEOUT,
        sender=MailAddress(display, addr_spec=str(address)),
        names={str(address): str(name) for name, address in plugin.targets if name},
    )
    return OpenChannel(
        name=channel.name,
        form=Form.MAIL,
        recipients=recipients,
        url=plugin.url(privacy=True),
        notifier=postbox,
        bucket=channel.name,
        per_minute=None,
    )


class _Refused(smtplib.SMTPResponseException):
    """The server said no to the sender, to the recipient or to the message."""


def _hand_over(smtp: smtplib.SMTP, sender: str, recipient: str, content: bytes) -> str:
    """Like `SMTP.sendmail`, which does not tell what the server answered in the end."""
    smtp.ehlo_or_helo_if_needed()
    _accepted(smtp.mail(sender))
    _accepted(smtp.rcpt(recipient))
    return header(_accepted(smtp.data(content)))


def _accepted(reply: tuple[int, bytes]) -> str:
    code, said = reply
    if code // 100 != 2:
        raise _Refused(code, said)
    return f"{code} {_text(said)}"


def _is_reply(error: OSError) -> TypeGuard[smtplib.SMTPResponseException]:
    return isinstance(error, smtplib.SMTPResponseException)


def _is_permanent(error: OSError) -> bool:
    if not isinstance(error, _Refused | smtplib.SMTPDataError):
        return False
    return error.smtp_code >= 500 and error.smtp_code not in _LOGIN


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _recipients(channel: Channel, plugin: NotifyEmail) -> tuple[str, ...]:
    """Everybody named in the URL: cc and bcc too become recipients of a message of their own."""
    addresses = [str(address) for _, address in plugin.targets]
    addresses += sorted(map(str, plugin.cc | plugin.bcc))
    # Apprise drops what it cannot read with no more than a line in the log.
    complete = len(set(addresses)) >= len(_named(channel.url))
    if not addresses or not complete or not all(map(str.isascii, [*addresses, str(plugin.from_addr[1])])):
        raise ConfigError(f"channels.{channel.name}.url", "every mail address in it must be a usable one")
    return tuple(dict.fromkeys(addresses))


def _named(url: str) -> set[str]:
    """Whatever stands in the URL where an address is expected."""
    parsed = NotifyEmail.parse_url(url)
    said = [*parsed["targets"], parsed.get("cc") or "", parsed.get("bcc") or ""]
    parts = [part.strip() for part in re.split("[,;]", ",".join(said))]
    return {re.sub(r"^.*<(.*)>$", r"\1", part) for part in parts if part}
