"""A real SMTP server on loopback that can be told which recipients to refuse and how."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass  # without slots: aiosmtpd looks through all members, which Python 3.11.2 does not bear
class Mailbox:
    """What arrived, and what is refused: answers by recipient, or to any message."""

    port: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    message_answer: str = "250 OK: queued as 4711"
    arrived: list[tuple[str, EmailMessage]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    trouble: Callable[[], str] = lambda: ""
    login: tuple[str, str] | None = None
    logged_in: list[str] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if answer := self.trouble():
            return answer
        if self.message_answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            mail = message_from_bytes(envelope.content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.raw.append(envelope.content)
            self.arrived += [(recipient, mail) for recipient in envelope.rcpt_tos]
        return self.message_answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        """Whether somebody may log in; who did is remembered."""
        assert isinstance(data, LoginPassword)
        said = (data.login.decode(), data.password.decode())
        if said != self.login:
            return AuthResult(success=False, handled=False)
        self.logged_in.append(f"{said[0]} by {mechanism}")
        return AuthResult(success=True)

    def url(self, *recipients: str) -> str:
        """The Apprise URL of a channel that mails through this server."""
        return f"mailto://127.0.0.1:{self.port}?from=kuaixun@example.org&to={','.join(recipients)}"


@asynccontextmanager
async def smtp_server(
    *, tls: ssl.SSLContext | None = None, starttls: bool = False, login: tuple[str, str] | None = None
) -> AsyncIterator[Mailbox]:
    """A running server; with `tls` it speaks that at once, or after STARTTLS and then only so."""
    mailbox = Mailbox(login=login)
    loop = asyncio.get_running_loop()

    def session() -> SMTP:
        return SMTP(
            mailbox,
            hostname="mx.example.org",
            loop=loop,
            tls_context=tls if starttls else None,
            require_starttls=starttls,
            authenticator=mailbox.authenticate if login else None,
            auth_required=login is not None and starttls,  # aiosmtpd knows of no TLS but STARTTLS
            auth_require_tls=starttls,
        )

    server = await loop.create_server(session, "127.0.0.1", 0, ssl=None if starttls else tls)
    mailbox.port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox
    finally:
        # Asked for before the end, it waits for the connections too (Python 3.11 else does not).
        closed = asyncio.ensure_future(server.wait_closed())
        await asyncio.sleep(0)
        server.close()
        await asyncio.wait_for(closed, timeout=5)
