"""钉钉's and 飞书's group bots on loopback: both answer 200 to a refusal, each in words of its own.

They enforce the token, the keyword (钉钉), the signature if the bot has a secret, and 20,000 bytes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

TOKEN = "0123456789abcdef0123456789abcdef"
SECRET = "SEC0123456789fedcba9876543210"
MOST = 20_000


@dataclass(slots=True)
class Bots:
    """What arrived and what will be answered. `script` is used up before the honest answers begin."""

    base: str
    keyword: str = "快讯"
    secret: str = ""
    received: list[dict[str, object]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    script: list[Response] = field(default_factory=list)

    @property
    def texts(self) -> list[object]:
        """What the messages that were taken say."""
        bodies = [message.get("text") or message["content"] for message in self.received]
        return [body.get("content") or body["text"] for body in bodies if isinstance(body, dict)]

    def dingtalk(self, request: Request) -> Response:
        """`/robot/send?access_token=…[&timestamp=…&sign=…]`."""
        self.asked.append(request.full_path)
        if self.script:
            return self.script.pop(0)
        message = json.loads(request.data)
        if request.args.get("access_token") != TOKEN:
            return said(errcode=300005, errmsg="token is not exist")
        if self.secret and request.args.get("sign") != self._sign(request.args["timestamp"]):
            return said(errcode=310000, errmsg="sign not match, more: [https://ding-doc.dingtalk.com]")
        if self.keyword not in message["text"]["content"]:
            return said(errcode=310000, errmsg="keywords not in content, more: [https://ding-doc…]")
        if len(request.data) > MOST:
            return said(errcode=460101, errmsg="message too long")
        self.received.append(message)
        return said(errcode=0, errmsg="ok")

    def feishu(self, request: Request) -> Response:
        """`/open-apis/bot/v2/hook/TOKEN`."""
        self.asked.append(request.full_path)
        if self.script:
            return self.script.pop(0)
        message = json.loads(request.data)
        if not request.path.endswith(f"/{TOKEN}"):
            return said(code=19001, msg="param invalid: incoming webhook access token invalid", data={})
        if message.get("msg_type") != "text":
            return said(400, code=9499, msg="Bad Request", data={})
        self.received.append(message)
        return said(StatusCode=0, StatusMessage="success", code=0, data={}, msg="success")

    def _sign(self, timestamp: str) -> str:
        words = f"{timestamp}\n{self.secret}".encode()
        return base64.b64encode(hmac.new(self.secret.encode(), words, hashlib.sha256).digest()).decode()


def said(status: int = 200, **fields: object) -> Response:
    """An answer in JSON."""
    return Response(json.dumps(fields), status=status, content_type="application/json")


@contextmanager
def bot_server() -> Iterator[Bots]:
    """Both services on one port."""
    with HTTPServer(host="127.0.0.1") as server:
        bots = Bots(base=f"http://127.0.0.1:{server.port}")
        server.expect_request("/robot/send", method="POST").respond_with_handler(bots.dingtalk)
        hook = server.expect_request(f"/open-apis/bot/v2/hook/{TOKEN}", method="POST")
        hook.respond_with_handler(bots.feishu)
        other = server.expect_request("/open-apis/bot/v2/hook/another-token-0123456789", method="POST")
        other.respond_with_handler(bots.feishu)
        yield bots
