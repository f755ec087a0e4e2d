"""Channels without an address: every piece becomes files in the outbox folder, so that nothing is lost.

`2019-08-30-daily-17.eml` is the mail as it would have been sent, the `.md` beside it is for reading.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from email.headerregistry import Address as MailAddress
from pathlib import Path

from monitor.dates import local_date
from monitor.errors import DeliveryError
from monitor.escape import file_name, link, markdown
from monitor.model import Channel, Delivery, Form
from monitor.notify.channel import OpenChannel
from monitor.notify.mime import message


@dataclass(frozen=True, slots=True)
class FileNotifier:
    """Writes pieces into one folder; never over a file that is there."""

    folder: Path
    channel: str

    async def send(self, delivery: Delivery) -> str:
        """The name of the mail file. DeliveryError where the folder cannot be written."""
        return await asyncio.to_thread(self._write, delivery)

    def _write(self, delivery: Delivery) -> str:
        sender = MailAddress("快讯", "kuaixun", "localhost")
        mail = message(delivery, sender=sender, to=MailAddress(self.channel, "readers", "localhost"))
        stem = f"{local_date(delivery.created_at)}-{file_name(delivery.digest)}-{delivery.id}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            written = _put(self.folder, stem, ".eml", mail.as_bytes())
            _put(self.folder, stem, ".md", readable(delivery).encode())
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise DeliveryError(f"cannot write the outbox folder: {reason}", permanent=False) from error
        return f"written to {written.name}"


def open_files(channel: Channel, outbox: Path) -> OpenChannel:
    """The channel that writes into `outbox`."""
    return OpenChannel(
        name=channel.name,
        form=Form.MAIL,
        recipients=("",),
        url="",
        notifier=FileNotifier(outbox, channel.name),
        bucket=channel.name,
        per_minute=None,
    )


def readable(delivery: Delivery) -> str:
    """The text of a piece as Markdown: page text literal, addresses as links, headings as headings."""
    lines = [f"# {markdown(delivery.piece.subject)}", ""]
    lines += [_readable_line(line) for line in delivery.piece.text.splitlines()]
    return "\n".join(lines) + "\n"


def _readable_line(line: str) -> str:
    text = line.strip()
    if not text:
        return ""
    if text.startswith(("http://", "https://")) and link(text) == text:
        return f"<{text}>  "
    if line.startswith("【") and line.endswith("】"):
        return f"## {markdown(text)}"
    return f"{markdown(text)}  "


def _put(folder: Path, stem: str, ending: str, content: bytes) -> Path:
    """Write atomically under the first free name; a file with this very content is this very piece."""
    number, target = 1, folder / f"{stem}{ending}"
    while target.exists():
        if target.read_bytes() == content:
            return target
        number += 1
        target = folder / f"{stem}-{number}{ending}"
    part = folder / f".{target.name}.part"
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(target)
    return target
