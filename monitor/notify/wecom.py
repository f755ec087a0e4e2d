"""WeCom group bots. Replaces Apprise's plugin, which sends text only and takes every answer for a yes.

The service answers HTTP 200 to a refusal and says so in `errcode`. Documentation: webhook
`/cgi-bin/webhook/send`, markdown up to 4096 bytes of UTF-8, 20 messages a minute and bot.
"""

# mypy: disallow-untyped-calls=False
# (Apprise is typed only in part.)

from __future__ import annotations

from apprise import NotifyFormat
from apprise.plugins.wecombot import NotifyWeComBot

from monitor.errors import DeliveryError
from monitor.model import Form
from monitor.notify.bot import Bot

LIMIT = 4096

# Message content, type or length refused; bot unknown, stopped or removed.
_PERMANENT = (range(40000, 40100), range(93000, 93100))


class WeComBot(Bot, NotifyWeComBot):
    """`wecombot://KEY[?base=http://gateway:port]`: markdown, the answer read, no redirect followed."""

    official = "https://qyapi.weixin.qq.com"
    per_minute = 18  # the service counts 20; two are left for whoever else uses the bot
    form = Form.WECOM
    body_maxlen = LIMIT
    notify_format = NotifyFormat.MARKDOWN

    @property
    def secrets(self) -> tuple[str, ...]:
        """The key, which is all that it takes to post."""
        return (str(self.key),)

    def post(self, text: str) -> str:
        """The service's yes to a markdown message; DeliveryError, without the key, for anything else."""
        if len(text.encode()) > LIMIT:
            raise DeliveryError(f"not sent: {len(text.encode())} bytes of at most {LIMIT}", permanent=True)
        message = {"msgtype": "markdown", "markdown": {"content": text}}
        answer = self.ask("/cgi-bin/webhook/send", message, said={"key": str(self.key)})
        return answer.judge(["errcode"], words=["errmsg"], permanent=_PERMANENT, secrets=self.secrets)
