"""钉钉 group bots. Replaces Apprise's plugin, which takes every answer for a yes.

The service answers HTTP 200 to a refusal and says so in `errcode`. Documentation: 自定义机器人
`/robot/send`, 20 messages a minute, and who sends more is shut out for ten minutes; 加签 as HMAC-SHA256
over time and secret.
"""

# mypy: disallow-untyped-calls=False
# (Apprise is typed only in part.)

from __future__ import annotations

import re
from urllib.parse import unquote

from apprise.plugins.dingtalk import NotifyDingTalk

from monitor.errors import DeliveryError
from monitor.notify.bot import Bot

LIMIT = 19_985  # bytes; the service takes 20,000 of the whole message

# 310000: keyword, signature or address of the sender is not what the bot demands; 3xxxxx: token unknown;
# 4001xx: bot or group gone, stopped, type not known; 4301xx: content not wanted; 4xxxx: not well-formed.
_PERMANENT = (
    range(310000, 310001),
    range(300001, 300010),
    range(400013, 400014),
    range(400100, 400200),
    range(430100, 430200),
    range(40000, 44000),
)
_SHOWN = re.compile(r"https://oapi\.dingtalk\.com/robot/send/?\?(?:.*&)?access_token=([A-Za-z0-9]+)(?:&.*)?")


class DingTalkBot(Bot, NotifyDingTalk):
    """`dingtalk://[SECRET@]TOKEN[/PHONE…]`: text, who is called by phone number is called in every piece."""

    official = "https://oapi.dingtalk.com"
    per_minute = 18  # the service counts 20

    @property
    def secrets(self) -> tuple[str, ...]:
        """The token, and what signs."""
        return (str(self.token), str(self.secret or ""))

    def post(self, text: str) -> str:
        """The service's yes to a text; DeliveryError, without token and secret, for anything else."""
        if len(text.encode()) > LIMIT:
            raise DeliveryError(f"not sent: {len(text.encode())} bytes of at most {LIMIT}", permanent=True)
        message = {
            "msgtype": "text",
            "text": {"content": text},
            "at": {"atMobiles": self.targets, "isAtAll": False},
        }
        answer = self.ask("/robot/send", message, said={"access_token": str(self.token)} | self._signed())
        return answer.judge(["errcode"], words=["errmsg"], permanent=_PERMANENT, secrets=self.secrets)

    def _signed(self) -> dict[str, str]:
        if not self.secret:
            return {}
        timestamp, signature = self.get_signature()
        # Apprise gives it quoted; in a query it would be quoted twice, and no such signature is known.
        return {"timestamp": timestamp, "sign": unquote(signature)}

    @staticmethod
    def parse_native_url(url: str) -> dict[str, object] | None:
        """The address as 钉钉 shows it."""
        found = _SHOWN.fullmatch(url)
        return DingTalkBot.parse_url(f"dingtalk://{found[1]}") if found else None
