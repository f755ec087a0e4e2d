"""Channels without an address: files that nothing overwrites."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from monitor.errors import DeliveryError
from monitor.model import Delivery
from tests.notify.make import a_delivery, opened

TEXT = "【快讯】8月30日\n新 1\n\n【政策文件】\n\n1、[点我](http://evil) *x*\n   https://a.cn/c1_2.html\n"


def send(folder: Path, delivery: Delivery) -> str:
    return asyncio.run(opened("", folder).notifier.send(delivery))


def test_a_piece_becomes_a_mail_and_something_to_read(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    assert send(folder, a_delivery(TEXT, html="<p>一</p>")) == "written to 2019-08-30-daily-17.eml"
    assert sorted(path.name for path in folder.iterdir()) == [
        "2019-08-30-daily-17.eml",
        "2019-08-30-daily-17.md",
    ]
    mail = message_from_bytes((folder / "2019-08-30-daily-17.eml").read_bytes(), policy=default)
    assert mail["Subject"] == "【快讯】8月30日 1 条"
    assert [each.get_content_type() for each in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_the_readable_file_is_markdown_in_which_page_text_is_literal(tmp_path: Path) -> None:
    send(tmp_path, a_delivery(TEXT))
    assert (tmp_path / "2019-08-30-daily-17.md").read_text() == (
        "# 【快讯】8月30日 1 条\n\n【快讯】8月30日  \n新 1  \n\n## 【政策文件】\n\n"
        "1、\\[点我\\](http://evil) \\*x\\*  \n<https://a.cn/c1_2.html>  \n"
    )


def test_the_same_piece_again_is_the_same_file_and_another_is_not_written_over_it(tmp_path: Path) -> None:
    send(tmp_path, a_delivery("一"))
    send(tmp_path, a_delivery("一"))
    assert len(list(tmp_path.glob("*.eml"))) == 1
    assert send(tmp_path, a_delivery("二")) == "written to 2019-08-30-daily-17-2.eml"
    assert len(list(tmp_path.iterdir())) == 4


def test_a_folder_that_cannot_be_written_is_worth_another_try(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("in the way")
    with pytest.raises(DeliveryError) as caught:
        send(tmp_path / "outbox", a_delivery())
    assert not caught.value.permanent


def test_it_is_one_recipient_without_a_name(tmp_path: Path) -> None:
    assert opened("", tmp_path).recipients == ("",)
