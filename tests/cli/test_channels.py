"""`channels test` and the start: what a provider answers, what cannot be used, what reached nobody."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot_server import TOKEN, bot_server
from tests.cli.conftest import Answer, Site
from tests.notify import conftest as _apprise_is_imported  # noqa: F401
from tests.smtp_server import Mailbox, smtp_server
from tests.wecom_server import KEY, refusal, wecom_server

Command = Callable[..., Answer]
OLD = [(f"关于第{n}号事项的通知", f"2026-09-{n:02d}", n) for n in range(12, 0, -1)]
NEW = ("关于组织申报绿色工厂的通知", "2026-09-16", 13)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server in a loop of its own: the command has one too."""
    started, over, found = threading.Event(), asyncio.Event(), list[Mailbox]()
    loop = asyncio.new_event_loop()

    async def live() -> None:
        async with smtp_server() as opened:
            found.append(opened)
            started.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(live()))
    thread.start()
    assert started.wait(5)
    yield found[0]
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


def with_channel(folder: Path, url: str, *, more: str = "") -> None:
    file = folder / "sources.yaml"
    text = file.read_text("utf-8").replace('url: ""}]', f'url: "{url}"}}]')
    file.write_text(text + more, "utf-8")


def test_a_wecom_bot_is_tried(kuaixun: Command, folder: Path) -> None:
    with wecom_server() as wecom:
        with_channel(folder, wecom.url)
        said = kuaixun("channels", "test", "editors")
        assert (said.code, said.out) == (0, "editors：已送达：errcode=0 ok\n")
        assert wecom.received[0].startswith("【快讯】这是一条测试消息")
        wecom.script = [refusal(93000, f"invalid webhook url {KEY}")]
        said = kuaixun("channels", "test", "editors")
        assert (said.code, said.out) == (3, "editors：未送达：errcode=93000 invalid webhook url ***\n")


@pytest.mark.parametrize("kind", ["dingtalk", "feishu", "lark"])
def test_the_other_bots_are_tried(kuaixun: Command, folder: Path, kind: str) -> None:
    with bot_server() as bots:
        with_channel(folder, f"{kind}://{TOKEN}?base={bots.base}")
        said = kuaixun("channels", "test", "editors")
        assert said.code == 0
        assert said.out.startswith("editors：已送达：")
        assert len(bots.texts) == 1


def test_every_recipient_of_a_mail_channel_is_tried(kuaixun: Command, folder: Path, mailbox: Mailbox) -> None:
    mailbox.refused["gone@x.cn"] = "550 no such user"
    with_channel(folder, mailbox.url("gone@x.cn", "here@x.cn"))
    said = kuaixun("channels", "test", "editors")
    assert said.code == 3
    assert said.out == (
        "editors（gone@x.cn）：未送达：550 no such user\neditors（here@x.cn）：已送达：250 OK: queued as 4711\n"
    )


def test_a_webhook_is_tried(kuaixun: Command, folder: Path, site: Site) -> None:
    site.server.expect_request("/hook", method="POST").respond_with_data("{}")
    with_channel(folder, f"json://{site.server.host}:{site.server.port}/hook")
    assert kuaixun("channels", "test", "editors").out == "editors：已送达：apprise: SUCCESS\n"


def test_a_channel_without_an_address_is_the_outbox_folder(kuaixun: Command, folder: Path) -> None:
    said = kuaixun("channels", "test", "editors")
    assert said.code == 0
    assert said.out.startswith("editors：已送达：written to ")
    assert list((folder / "storage" / "outbox").glob("*.eml"))


@pytest.mark.parametrize(
    "url", ["nonsense://s3cret-0123456789", "wecombot://", "mailtos://u:s3cret-0123456789@x.cn?to=bad"]
)
@pytest.mark.parametrize(
    "command", [("digest", "send"), ("channels", "test", "editors"), ("check", "--send")]
)
def test_an_address_that_cannot_be_used_is_wrong_configuration(
    kuaixun: Command, folder: Path, url: str, command: tuple[str, ...]
) -> None:
    with_channel(folder, url)
    said = kuaixun("-v", *command)
    assert said.code == 2
    assert "sources.yaml:6, channels[0].url: " in said.err
    assert "s3cret" not in said.out + said.err


def test_a_variable_that_is_not_set_is_wrong_configuration(kuaixun: Command, folder: Path) -> None:
    with_channel(folder, "${NO_SUCH_BOT}")
    said = kuaixun("digest", "send")
    assert said.code == 2
    assert "sources.yaml:6, channels[0].url: environment variable NO_SUCH_BOT is not set" in said.err


def test_what_reached_nobody_is_listed(kuaixun: Command, folder: Path, site: Site) -> None:
    with wecom_server() as wecom:
        with_channel(folder, wecom.url)
        site.shows(*OLD)
        kuaixun("check", now="2026-09-16T08:00")
        site.shows(NEW, *OLD)
        assert kuaixun("check", now="2026-09-16T12:00").code == 0
        assert kuaixun("digest", "reconcile").out == "没有无人收到的变更。\n"
        wecom.script = [refusal(93000, "invalid webhook url")]
        assert kuaixun("digest", "send", now="2026-09-16T12:10").code == 3
    said = kuaixun("digest", "reconcile", "--json", now="2026-09-18T09:00")
    assert said.code == 3
    (missed,) = json.loads(said.out)["missed"]
    assert (missed["title"], missed["why"]) == (NEW[0], "dead")
    assert missed["answer"] == "errcode=93000 invalid webhook url"
    said = kuaixun("digest", "reconcile", now="2026-09-18T09:00")
    assert "各渠道均投递失败（errcode=93000 invalid webhook url）" in said.out
    assert "1 项变更无人收到。" in said.out
