"""A loopback WeCom group bot, as strict as the real one where it hurts.

It answers HTTP 200 whatever happens and says in `errcode` what did: 93000 for a wrong key, 40058 for
markdown above 4096 bytes, 45009 above twenty messages a minute (facts/notifications). Keeps what it took.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.demo.exchange import Answer, Ask, json_answer, not_found

PATH = "/cgi-bin/webhook/send"
_MAX_BYTES = {"markdown": 4096, "markdown_v2": 4096, "text": 2048}
_PER_MINUTE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message that the bot took."""

    at: datetime
    kind: str
    content: str


class WeCom:
    """One bot with one key. `clock` says when a message comes in."""

    def __init__(self, key: str, *, clock: Callable[[], datetime]) -> None:
        self.taken: list[Message] = []
        self.refused = 0
        self._key = key
        self._clock = clock

    def answer(self, ask: Ask) -> Answer:
        """The answer to one post: its `errcode` is 0 only if the message is now in the group."""
        if ask.path != PATH:
            return not_found()
        kind, content = _read(ask.body)
        code, why = self._judge(ask, kind, content)
        if code:
            self.refused += 1
        else:
            self.taken.append(Message(at=self._clock(), kind=kind, content=content))
        return json_answer({"errcode": code, "errmsg": why})

    def url(self, port: int) -> str:
        """The Apprise URL of this bot behind a loopback port."""
        return f"wecombot://{self._key}?base=http://127.0.0.1:{port}"

    def _judge(self, ask: Ask, kind: str, content: str) -> tuple[int, str]:
        if ask.method != "POST" or ask.query.get("key") != self._key:
            return 93000, "invalid webhook url"
        if kind not in _MAX_BYTES:
            return 40008, "invalid message type"
        if not content:
            return 44004, "empty content"
        if len(content.encode()) > _MAX_BYTES[kind]:
            return 40058, f"{kind}.content exceed max length {_MAX_BYTES[kind]}"
        if self._in_last_minute() >= _PER_MINUTE:
            return 45009, "api freq out of limit"
        return 0, "ok"

    def _in_last_minute(self) -> int:
        since = self._clock() - timedelta(minutes=1)
        return sum(message.at > since for message in self.taken)


def _read(body: bytes) -> tuple[str, str]:
    """Kind and content of a post; both empty where it is not a message."""
    try:
        message = json.loads(body)
        kind = str(message["msgtype"])
        return kind, str(message[kind]["content"])
    except (ValueError, KeyError, TypeError):
        return "", ""
