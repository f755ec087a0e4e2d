"""飞书 group bots, and Lark, the same abroad. Replaces Apprise's plugins, which take every 200 for a yes.

The service says no in `code` (of old in `StatusCode`). Documentation: 自定义机器人
`/open-apis/bot/v2/hook/TOKEN`, 100 messages a minute and 5 a second, 20 KB each.
"""

# mypy: disallow-untyped-calls=False
# (Apprise is typed only in part.)

from __future__ import annotations

import re
from urllib.parse import quote

from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.lark import NotifyLark

from monitor.errors import DeliveryError
from monitor.notify.bot import Bot

LIMIT = 19_985  # bytes; the service takes 20 KB of the whole message

# 9499: not well-formed; 190xx: token unknown, bot stopped, signature, address of the sender or keyword not
# what it demands. 11232 is "too often", and passes.
_PERMANENT = (range(9499, 9500), range(19000, 19100))
_SHOWN = re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([A-Za-z0-9_-]+)/?")


class _Hook(Bot):
    """What both are."""

    per_minute = 60
    token: str

    @property
    def secrets(self) -> tuple[str, ...]:
        """The token, which is all that it takes to post."""
        return (str(self.token),)

    def post(self, text: str) -> str:
        """The service's yes to a text; DeliveryError, without the token, for anything else."""
        if len(text.encode()) > LIMIT:
            raise DeliveryError(f"not sent: {len(text.encode())} bytes of at most {LIMIT}", permanent=True)
        message = {"msg_type": "text", "content": {"text": text}}
        answer = self.ask(f"/open-apis/bot/v2/hook/{quote(str(self.token), safe='')}", message, said={})
        return answer.judge(
            ["code", "StatusCode"],
            words=["msg", "StatusMessage"],
            permanent=_PERMANENT,
            secrets=self.secrets,
        )


class FeishuBot(_Hook, NotifyFeishu):
    """`feishu://TOKEN`."""

    official = "https://open.feishu.cn"

    @staticmethod
    def parse_native_url(url: str) -> dict[str, object] | None:
        """The address as 飞书 shows it."""
        found = _SHOWN.fullmatch(url)
        return FeishuBot.parse_url(f"feishu://{found[1]}") if found else None


class LarkBot(_Hook, NotifyLark):
    """`lark://TOKEN`."""

    official = "https://open.larksuite.com"
