"""WeCom group bots. Replaces Apprise's plugin, which sends text only and takes every answer for a yes.

The service answers HTTP 200 to a refusal and says so in `errcode`. Documentation: webhook
`/cgi-bin/webhook/send`, markdown up to 4096 bytes of UTF-8, 20 messages a minute and bot.
"""

# mypy: disallow-untyped-calls=False
# (Apprise is typed only in part.)

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import requests
from apprise import AppriseAsset, NotifyFormat, NotifyType
from apprise.exception import AppriseImproperlyConfigured
from apprise.plugins.wecombot import NotifyWeComBot

from monitor.errors import DeliveryError
from monitor.escape import header
from monitor.fingerprint import fingerprint
from monitor.model import Channel, Delivery, Form
from monitor.notify.channel import OpenChannel, marked_text
from monitor.notify.redact import redact

LIMIT = 4096
PER_MINUTE = 18  # the service counts 20; two are left for whoever else uses the bot
TIMEOUTS = (5.0, 15.0)  # a short read timeout would make a slow yes into a duplicate
OFFICIAL = "https://qyapi.weixin.qq.com"

# Message content, type or length refused; bot unknown, stopped or removed.
_PERMANENT = (range(40000, 40100), range(93000, 93100))


class WeComBot(NotifyWeComBot):
    """`wecombot://KEY[?base=http://gateway:port]`: markdown, the answer read, no redirect followed."""

    body_maxlen = LIMIT
    notify_format = NotifyFormat.MARKDOWN
    request_rate_per_sec = 0  # the outbox keeps the rate, over restarts and over channels of one bot

    def __init__(
        self, key: str, *, asset: AppriseAsset | None = None, base: str = OFFICIAL, **kwargs: object
    ) -> None:
        super().__init__(key, asset=asset, **kwargs)
        if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).hostname:
            raise AppriseImproperlyConfigured("base must be an http or https address")
        self.base = base.rstrip("/")
        self.api_url = f"{self.base}/cgi-bin/webhook/send?key={self.key}"

    def post(self, text: str) -> str:
        """The service's yes to a markdown message; DeliveryError, without the key, for anything else."""
        if len(text.encode()) > LIMIT:
            raise DeliveryError(f"not sent: {len(text.encode())} bytes of at most {LIMIT}", permanent=True)
        return self._judge(self._ask({"msgtype": "markdown", "markdown": {"content": text}}))

    def send(
        self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **kwargs: object
    ) -> bool:
        """What Apprise calls."""
        try:
            self.post(f"{title}\n{body}" if title else body)
        except DeliveryError as error:
            self.logger.warning("WeCom bot refused: %s", error.answer)
            return False
        return True

    def url(self, privacy: bool = False, *args: object, **kwargs: object) -> str:
        """The URL that makes this bot again; with `privacy`, the key masked."""
        plain = str(super().url(privacy, *args, **kwargs))
        return plain if self.base == OFFICIAL else f"{plain}&base={quote(self.base, safe='')}"

    @staticmethod
    def parse_url(url: str, *args: object, **kwargs: object) -> dict[str, object] | None:
        """Apprise's reading of the URL, and `base`."""
        results: dict[str, object] | None = NotifyWeComBot.parse_url(url)
        options = results and results["qsd"]
        if results and isinstance(options, dict) and options.get("base"):
            results["base"] = NotifyWeComBot.unquote(options["base"])
        return results

    def _ask(self, message: dict[str, object]) -> requests.Response:
        try:
            with requests.Session() as session:
                # A gateway named by `base` is dialled as named, whatever proxy the environment knows.
                session.trust_env = self.base == OFFICIAL
                return session.post(
                    self.api_url,
                    data=json.dumps(message, ensure_ascii=False).encode(),
                    headers={"Content-Type": "application/json; charset=utf-8"},
                    timeout=TIMEOUTS,
                    verify=self.verify_certificate,
                    allow_redirects=False,
                )
        except requests.RequestException as error:
            trouble = type(error).__name__
        # Raised out here because requests' exceptions carry the address, and the address the key.
        raise DeliveryError(f"no answer: {trouble}", permanent=False)

    def _judge(self, response: requests.Response) -> str:
        try:
            answer = response.json()
            code = int(answer["errcode"])
        except (ValueError, TypeError, KeyError):
            raise DeliveryError(f"HTTP {response.status_code} without an errcode", permanent=False) from None
        said = header(redact(f"errcode={code} {answer.get('errmsg', '')}", [str(self.key)]))
        if code != 0 or response.status_code != requests.codes.ok:
            raise DeliveryError(said, permanent=any(code in codes for codes in _PERMANENT))
        return said


@dataclass(frozen=True, slots=True)
class WeComNotifier:
    """One bot."""

    bot: WeComBot

    async def send(self, delivery: Delivery) -> str:
        """Post one piece, in a thread: requests blocks."""
        return await asyncio.to_thread(self.bot.post, marked_text(delivery))


def open_wecom(channel: Channel, bot: WeComBot) -> OpenChannel:
    """The channel that posts to `bot`."""
    return OpenChannel(
        name=channel.name,
        form=Form.WECOM,
        recipients=("",),
        url=bot.url(privacy=True),
        notifier=WeComNotifier(bot),
        bucket="wecom:" + fingerprint([("key", str(bot.key))]),
        per_minute=PER_MINUTE,
    )
