"""Deliveries for the tests of channels."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from monitor.model import Channel, Delivery, DeliveryState, Piece
from monitor.notify import OpenChannel, open_notifier

NOW = datetime(2019, 8, 29, 16, 30, tzinfo=UTC)  # 0:30 of the 30th in Beijing


def a_delivery(
    text: str = "正文",
    *,
    html: str = "",
    subject: str = "【快讯】8月30日 1 条",
    recipient: str = "",
    number: int = 17,
    perhaps_duplicate: bool = False,
) -> Delivery:
    return Delivery(
        id=number,
        digest="daily",
        piece=Piece(
            channel="editors", recipient=recipient, number=1, of=1, subject=subject, text=text, html=html
        ),
        state=DeliveryState.SENDING,
        attempts=1,
        created_at=NOW,
        next_try_at=None,
        sent_at=None,
        perhaps_duplicate=perhaps_duplicate,
    )


def opened(url: str, outbox: Path = Path("unused")) -> OpenChannel:
    return open_notifier(Channel(name="editors", url=url), outbox=outbox)
