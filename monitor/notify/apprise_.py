"""Channels by Apprise URL: which of our own senders stands behind a URL, and every other service as it is."""

# mypy: disallow-untyped-calls=False
# (Apprise is typed only in part.)

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat
from apprise.manager_plugins import NotificationManager
from apprise.plugins.email.base import NotifyEmail

from monitor.errors import ConfigError, DeliveryError
from monitor.model import Channel, Delivery, Form
from monitor.notify.bot import Bot, open_bot
from monitor.notify.channel import OpenChannel, marked_text
from monitor.notify.dingtalk import DingTalkBot
from monitor.notify.feishu import FeishuBot, LarkBot
from monitor.notify.mail import open_mail
from monitor.notify.redact import redact, secrets_in
from monitor.notify.wecom import WeComBot

# Ours in the place of Apprise's, by schema.
OURS: dict[str, type[Bot]] = {
    "wecombot": WeComBot,
    "dingtalk": DingTalkBot,
    "feishu": FeishuBot,
    "lark": LarkBot,
}


def open_url(channel: Channel) -> OpenChannel:
    """The channel behind `channel.url`; ConfigError, without the URL, where Apprise cannot use it."""
    _replace_plugins()
    plugin = Apprise.instantiate(channel.url, asset=_asset())
    if plugin is None:
        raise ConfigError(f"channels.{channel.name}.url", _expected(channel.url))
    if isinstance(plugin, Bot):
        return open_bot(channel, plugin)
    if isinstance(plugin, NotifyEmail):
        return open_mail(channel, plugin)
    return _open_other(channel, plugin)


@dataclass(frozen=True, slots=True)
class AppriseNotifier:
    """A service that we know nothing of but its URL: one notify() a piece, success as Apprise sees it."""

    service: Apprise
    secrets: frozenset[str] = field(repr=False)

    async def send(self, delivery: Delivery) -> str:
        """Apprise's verdict. It cannot tell refusals apart: every failure is worth another try."""
        result = await asyncio.to_thread(
            self.service.notify, body=marked_text(delivery), body_format=NotifyFormat.TEXT
        )
        # 2.x gives an AppriseResult, 1.x a bool (None for "no service"): both are true on success only.
        status = getattr(getattr(result, "status", None), "name", str(result))
        answer = redact(f"apprise: {status}", self.secrets)
        if not result:
            raise DeliveryError(answer, permanent=False)
        return answer


def _replace_plugins() -> None:
    plugins = NotificationManager()
    for schema, ours in OURS.items():
        if plugins[schema] is not ours:
            plugins.add(ours, schemas=schema, force=True)


def _open_other(channel: Channel, plugin: NotifyBase) -> OpenChannel:
    service, secrets = Apprise(asset=_asset()), secrets_in(channel.url)
    service.add(plugin)
    return OpenChannel(
        name=channel.name,
        form=Form.TEXT,
        recipients=("",),
        url=redact(plugin.url(privacy=True), secrets),
        notifier=AppriseNotifier(service, secrets),
        bucket=channel.name,
        per_minute=None,
    )


def _asset() -> AppriseAsset:
    # The id becomes a User-Agent, so Latin; service_timeout 0: a limit would report failure while the
    # worker goes on sending.
    return AppriseAsset(app_id="kuaixun", async_mode=False, secure_logging=True, service_timeout=0)


def _expected(url: str) -> str:
    schema, found, _ = url.partition("://")
    if not found or not schema.isalnum():
        return "an Apprise URL such as mailtos://… or wecombot://KEY"
    return f"a complete {schema}:// URL (see the documentation of Apprise for its parts)"
