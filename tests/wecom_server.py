"""A WeCom group bot's webhook on loopback, honest about what the real one refuses.

It enforces the key, the type, 4096 bytes of UTF-8 and (if told) so many messages a minute, answers 200 to
a refusal with the reason in `errcode`, and can be told to answer other things first.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


def refusal(code: int, message: str = "refused") -> Reply:
    """A yes of HTTP that is a no of WeCom."""
    return Reply(json.dumps({"errcode": code, "errmsg": message}).encode())


@dataclass(slots=True)
class WeCom:
    """What arrived and what will be answered. `script` is used up before the honest answers begin."""

    base: str = ""
    received: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    script: list[Reply] = field(default_factory=list)
    trouble: Callable[[], Reply | None] = lambda: None
    per_minute: int | None = None
    now: Callable[[], datetime] | None = None
    _times: list[datetime] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """The Apprise URL of the bot."""
        return f"wecombot://{KEY}?base={self.base}"

    def answer(self, path: str, body: bytes) -> Reply:
        """What the service says to a POST."""
        with self._lock:
            self.asked.append(path)
            if self.script:
                return self.script.pop(0)
            if trouble := self.trouble():
                return trouble
            return self._judge(path, body)

    def _judge(self, path: str, body: bytes) -> Reply:
        parts = urlsplit(path)
        if parts.path != "/cgi-bin/webhook/send" or parse_qs(parts.query).get("key") != [KEY]:
            return refusal(93000, "invalid webhook url")
        message = json.loads(body)
        if message["msgtype"] != "markdown":
            return refusal(40008, "invalid message type")
        content = message["markdown"]["content"]
        if len(content.encode()) > LIMIT:
            return refusal(40058, f"markdown.content exceed max length {LIMIT}")
        if self._too_many():
            return refusal(45009, "api freq out of limit")
        self.received.append(content)
        return refusal(0, "ok")

    def _too_many(self) -> bool:
        if self.per_minute is None or self.now is None:
            return False
        now = self.now()
        self._times = [at for at in self._times if now - at < timedelta(minutes=1)]
        if len(self._times) >= self.per_minute:
            return True
        self._times.append(now)
        return False


@contextmanager
def wecom_server() -> Iterator[WeCom]:
    """A running webhook."""
    wecom = WeCom()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            reply = wecom.answer(self.path, body)
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    wecom.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield wecom
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
