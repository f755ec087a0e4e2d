"""What an open channel is, whatever stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from monitor.model import Address, Delivery, Form


class Notifier(Protocol):
    """Sends one piece and reads the answer."""

    async def send(self, delivery: Delivery) -> str:
        """The provider's answer to a piece that it took; DeliveryError where it did not."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChannel:
    """A channel ready to send. `url` is masked, for people and logs.

    `bucket` names what a rate limit is counted on (two channels with one bot share it), and
    `per_minute` is that limit, None where there is none.
    """

    name: str
    form: Form
    recipients: tuple[str, ...]
    url: str
    notifier: Notifier
    bucket: str
    per_minute: int | None

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where a digest for this channel goes; a bot is one recipient named ""."""
        return tuple(
            Address(channel=self.name, form=self.form, recipient=recipient) for recipient in self.recipients
        )


def marked_text(delivery: Delivery) -> str:
    """The text of a chat piece. After a crash between sending and answer it says that it may come twice."""
    return f"（可能重复）\n{delivery.piece.text}" if delivery.perhaps_duplicate else delivery.piece.text
