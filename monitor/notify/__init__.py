"""The door to people: opens channels by their Apprise URL and sends one piece at a time.

Kinds: `wecombot://`, `dingtalk://`, `feishu://` and `lark://` through our own plugins (wecom.py, dingtalk.py,
feishu.py, what they share in bot.py), `mailto://` and `mailtos://` through our own mail (mail.py), every
other Apprise URL as it is (apprise_.py), no URL at all into files (files.py).
Apprise costs 0.2 s to import: it is imported when the first channel with a URL is opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from monitor.model import Channel
from monitor.notify.channel import Notifier, OpenChannel
from monitor.notify.files import open_files
from monitor.notify.redact import guard_logs, redact, secrets_in

__all__ = ["Notifier", "OpenChannel", "open_channels", "open_notifier", "redact"]


def open_notifier(channel: Channel, *, outbox: Path) -> OpenChannel:
    """The channel ready to send; nothing is dialled yet. ConfigError where its URL cannot be used.

    A channel without URL writes into the folder `outbox`. From here on the URL's secrets do not
    appear in the logs of the libraries that carry them.
    """
    if not channel.url:
        return open_files(channel, outbox)
    guard_logs(secrets_in(channel.url))
    from monitor.notify.apprise_ import open_url

    return open_url(channel)


def open_channels(channels: Iterable[Channel], *, outbox: Path) -> dict[str, OpenChannel]:
    """Every channel by its name."""
    return {channel.name: open_notifier(channel, outbox=outbox) for channel in channels}
