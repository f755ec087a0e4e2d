"""A real SMTP server on loopback that can be told which recipients to refuse and how."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass  # without slots: aiosmtpd looks through all members, which Python 3.11.2 does not bear
class Mailbox:
    """What arrived, and what is refused: answers by recipient, or to any message."""

    port: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    message_answer: str = "250 OK: queued as 4711"
    arrived: list[tuple[str, EmailMessage]] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.message_answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            mail = message_from_bytes(envelope.content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.arrived += [(recipient, mail) for recipient in envelope.rcpt_tos]
        return self.message_answer

    def url(self, *recipients: str) -> str:
        """The Apprise URL of a channel that mails through this server."""
        return f"mailto://127.0.0.1:{self.port}?from=kuaixun@example.org&to={','.join(recipients)}"


@asynccontextmanager
async def smtp_server() -> AsyncIterator[Mailbox]:
    """A running server."""
    mailbox = Mailbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mailbox, hostname="mx.example.org", loop=loop), "127.0.0.1", 0
    )
    mailbox.port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox
    finally:
        server.close()
        await server.wait_closed()
