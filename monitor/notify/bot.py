"""What group bots have in common: one POST of JSON, no redirect followed, and an answer that is read.

They answer HTTP 200 to a refusal and say so in a code. Apprise's own plugins take that for a yes, so
each service has a plugin of ours that inherits the reading of the URL and does the talking itself.
"""

# mypy: disallow-untyped-calls=False
# (Apprise is typed only in part.)

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote, urlsplit

import requests
from apprise import NotifyBase, NotifyFormat, NotifyType
from apprise.exception import AppriseImproperlyConfigured

from monitor.errors import DeliveryError
from monitor.escape import header
from monitor.fingerprint import fingerprint
from monitor.model import Channel, Delivery, Form
from monitor.notify.channel import OpenChannel, marked_text
from monitor.notify.redact import redact

TIMEOUTS = (5.0, 15.0)  # a short read timeout would make a slow yes into a duplicate


class Bot(NotifyBase):
    """A group bot that may stand behind a gateway: `…?base=http://gateway:port`.

    `official` is where the service is, `per_minute` what we post at most, `form` what it can show.
    """

    official: ClassVar[str]
    per_minute: ClassVar[int]
    form: ClassVar[Form] = Form.TEXT
    request_rate_per_sec = 0  # the outbox keeps the rate, over restarts and over channels of one bot

    def __init__(self, *args: object, base: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        base = base or self.official
        if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).hostname:
            raise AppriseImproperlyConfigured("base must be an http or https address")
        self.base = base.rstrip("/")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be seen; the first one is what a rate limit is counted by."""
        raise NotImplementedError

    def post(self, text: str) -> str:
        """The service's yes to a message; DeliveryError, without the secrets, for anything else."""
        raise NotImplementedError

    def send(
        self,
        body: str,
        title: str = "",
        notify_type: NotifyType = NotifyType.INFO,
        body_format: NotifyFormat | None = None,
        **kwargs: object,
    ) -> bool:
        """What Apprise calls."""
        try:
            self.post(f"{title}\n{body}" if title else body)
        except DeliveryError as error:
            self.logger.warning("%s refused: %s", type(self).__name__, error.answer)
            return False
        return True

    def url(self, privacy: bool = False, *args: object, **kwargs: object) -> str:
        """The URL that makes this bot again; with `privacy`, the key masked."""
        plain = str(super().url(privacy, *args, **kwargs))
        if self.base == self.official:
            return plain
        return f"{plain}{'&' if '?' in plain else '?'}base={quote(self.base, safe='')}"

    @classmethod
    def parse_url(cls, url: str, *args: object, **kwargs: object) -> dict[str, object] | None:
        """Apprise's reading of the URL, and `base`."""
        results: dict[str, object] | None = super().parse_url(url)
        options = results and results["qsd"]
        if results and isinstance(options, dict) and options.get("base"):
            results["base"] = cls.unquote(options["base"])
        return results

    def ask(self, path: str, message: Mapping[str, object], *, said: Mapping[str, str]) -> Answer:
        """POST `message`, with `said` in the query; DeliveryError where no answer in JSON came back."""
        try:
            with requests.Session() as session:
                # A gateway named by `base` is dialled as named, whatever proxy the environment knows.
                session.trust_env = self.base == self.official
                response = session.post(
                    f"{self.base}{path}",
                    params=said,
                    data=json.dumps(message, ensure_ascii=False).encode(),
                    headers={"Content-Type": "application/json; charset=utf-8"},
                    timeout=TIMEOUTS,
                    verify=self.verify_certificate,
                    allow_redirects=False,
                )
        except requests.RequestException as error:
            trouble = type(error).__name__
        else:
            return Answer(response.status_code, _fields(response))
        # Raised out here because requests' exceptions carry the address, and the address the key.
        raise DeliveryError(f"no answer: {trouble}", permanent=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said: the status of HTTP and the fields of its JSON, none where it was no object."""

    status: int
    fields: Mapping[str, object]

    def judge(
        self,
        codes: Sequence[str],
        *,
        words: Iterable[str],
        permanent: Iterable[range],
        secrets: Iterable[str],
    ) -> str:
        """The yes. DeliveryError where one of the fields `codes` is not 0, or none of them is there.

        `words` are the fields that explain, `permanent` the codes at which no other try helps.
        """
        found = {name: code for name in codes if (code := _number(self.fields.get(name))) is not None}
        if not found:
            raise DeliveryError(f"HTTP {self.status} without {codes[0]}", permanent=False)
        name, code = next((pair for pair in found.items() if pair[1]), next(iter(found.items())))
        why = next((str(self.fields[word]) for word in words if self.fields.get(word)), "")
        said = header(redact(f"{name}={code} {why}", secrets))
        if code != 0 or self.status != requests.codes.ok:
            raise DeliveryError(said, permanent=any(code in each for each in permanent))
        return said


@dataclass(frozen=True, slots=True)
class BotNotifier:
    """One bot."""

    bot: Bot

    async def send(self, delivery: Delivery) -> str:
        """Post one piece, in a thread: requests blocks."""
        return await asyncio.to_thread(self.bot.post, marked_text(delivery))


def open_bot(channel: Channel, bot: Bot) -> OpenChannel:
    """The channel that posts to `bot`."""
    return OpenChannel(
        name=channel.name,
        form=bot.form,
        recipients=("",),
        url=bot.url(privacy=True),
        notifier=BotNotifier(bot),
        bucket=f"{bot.secure_protocol}:{fingerprint([('key', bot.secrets[0])])}",
        per_minute=bot.per_minute,
    )


def _fields(response: requests.Response) -> dict[str, object]:
    try:
        found: object = response.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _number(value: object) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None
