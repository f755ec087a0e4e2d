"""Mail through a real SMTP server."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import replace
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from urllib.parse import quote

import pytest

from monitor.errors import ConfigError, DeliveryError
from monitor.model import Delivery, File, Form
from monitor.notify.mail import Postbox
from monitor.notify.mime import message
from tests.notify.make import a_delivery, opened
from tests.smtp_server import Mailbox, smtp_server

HTML = '<p><a href="https://a.cn/">关于开展推荐工作的通知</a></p>'
TO = "editor@example.org"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def with_server(story: Callable[[Mailbox], Awaitable[None]]) -> None:
    async def run() -> None:
        async with smtp_server() as mailbox:
            await story(mailbox)

    asyncio.run(run())


def mailed(delivery: Delivery) -> EmailMessage:
    mails: list[EmailMessage] = []

    async def story(mailbox: Mailbox) -> None:
        assert await opened(mailbox.url(TO)).notifier.send(delivery) == "250 OK: queued as 4711"
        mails.extend(mail for _, mail in mailbox.arrived)

    with_server(story)
    (mail,) = mails
    return mail


def text_of(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content


def test_a_mail_has_both_parts_and_a_chinese_subject() -> None:
    mail = mailed(a_delivery("通知\n   https://a.cn/\n.\n", html=HTML, recipient=TO))
    assert mail["Subject"] == "【快讯】8月30日 1 条"
    assert mail["From"] == "快讯 <kuaixun@example.org>"
    assert mail["To"] == TO
    assert mail.get_content_type() == "multipart/alternative"
    assert text_of(mail, "plain").splitlines() == ["通知", "   https://a.cn/", "."]
    assert text_of(mail, "html").strip() == HTML


def test_a_delivery_is_recognised_when_it_comes_twice() -> None:
    first = mailed(a_delivery(html=HTML, recipient=TO))
    second = mailed(a_delivery(html=HTML, recipient=TO))
    other = mailed(a_delivery(html=HTML, recipient=TO, number=18))
    assert first["Message-ID"] == "<kuaixun-daily-17-20190829163000@example.org>"
    assert first.as_bytes() == second.as_bytes()
    assert first["Message-ID"] != other["Message-ID"]
    assert first["X-Kuaixun-Digest"] == "daily"
    marked = mailed(a_delivery(recipient=TO, perhaps_duplicate=True))
    assert marked["X-Kuaixun-Perhaps-Duplicate"] == "yes"


def test_a_mail_says_which_list_it_is_of_and_wants_no_answer() -> None:
    mail = mailed(a_delivery(recipient=TO))
    assert mail["List-Id"] == "<daily.kuaixun.example.org>"
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    chinese = replace(a_delivery(recipient=TO), digest="每日 摘要")
    assert re.fullmatch(r"<x[0-9a-z-]+\.kuaixun\.example\.org>", mailed(chinese)["List-Id"])


FILES = (
    File(name="申报截止日程.ics", kind="text/calendar", content="BEGIN:VCALENDAR\r\n通知".encode()),
    File(name=f"快讯（2019）0901期{'关于组织申报的通知' * 4}.docx", kind=DOCX, content=bytes(range(256)) * 9),
    File(name='a"b/c\r\nBcc: evil@x.cn.pdf', kind="application/pdf", content=b"%PDF"),
)


def with_files(*, html: str = HTML) -> Delivery:
    delivery = a_delivery("通知", html=html, recipient=TO)
    return replace(delivery, piece=replace(delivery.piece, attachments=FILES))


@pytest.mark.parametrize("html", [HTML, ""])
def test_files_go_with_a_mail_under_their_chinese_names(html: str) -> None:
    mail = mailed(with_files(html=html))
    assert mail.get_content_type() == "multipart/mixed"
    parts = list(mail.iter_attachments())
    names = [part.get_filename() for part in parts]
    assert names == [FILES[0].name, FILES[1].name, "c Bcc_ evil@x.cn.pdf"]
    assert [part.get_content_type() for part in parts] == [file.kind for file in FILES]
    assert [part.get_payload(decode=True) for part in parts] == [file.content for file in FILES]
    assert text_of(mail, "plain").strip() == "通知"
    assert mail["Bcc"] is None
    assert with_files() == with_files()


def test_a_chinese_name_is_written_for_old_mail_programs_and_for_new_ones() -> None:
    """RFC 2231 in one piece (Outlook joins none), and the encoded word that QQ and Foxmail of old read."""
    sender, to = MailAddress("快讯", "a", "x.cn"), MailAddress("", "b", "x.cn")
    lines = message(with_files(), sender=sender, to=to).as_bytes().split(b"\r\n")
    named = [line for line in lines if b"name" in line]
    assert [line for line in named if b"*0" in line] == []
    for file in FILES[:2]:
        new = f"Content-Disposition: attachment; filename*=utf-8''{quote(file.name)}".encode()
        old = f'name="=?utf-8?B?{b64encode(file.name.encode()).decode()}?="'.encode()
        assert new in named
        assert any(line.startswith(b"Content-Type: ") and line.endswith(old) for line in named)
    assert max(map(len, lines)) <= 998


def test_a_mail_with_files_is_the_same_each_time_and_its_boundaries_are_allowed() -> None:
    delivery = replace(with_files(), digest="每日摘要" * 20)
    first, second = (
        message(delivery, sender=MailAddress("", "a", "x.cn"), to=MailAddress("", "b", "x.cn")) for _ in "12"
    )
    assert first.as_bytes() == second.as_bytes()
    found = re.findall(rb'boundary="([^"]+)"', first.as_bytes())
    assert len(set(found)) == 2
    assert all(re.fullmatch(rb"[0-9A-Za-z'()+_,./:=?-]{1,70}", each) for each in found)


def test_the_date_is_that_of_beijing() -> None:
    assert mailed(a_delivery(recipient=TO))["Date"] == "Fri, 30 Aug 2019 00:30:00 +0800"


def test_a_subject_cannot_bring_a_header_with_it() -> None:
    mail = mailed(a_delivery(subject="通知\r\nBcc: evil@example.org", recipient=TO))
    assert mail["Bcc"] is None
    assert mail["Subject"] == "通知 Bcc: evil@example.org"


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ("550 5.1.1 user unknown", True),
        ("450 4.2.0 greylisted", False),
        ("530 authentication required", False),
    ],
)
def test_a_refused_recipient(answer: str, permanent: bool) -> None:
    async def story(mailbox: Mailbox) -> None:
        mailbox.refused[TO] = answer
        with pytest.raises(DeliveryError) as caught:
            await opened(mailbox.url(TO)).notifier.send(a_delivery(recipient=TO))
        assert (caught.value.answer, caught.value.permanent) == (answer, permanent)

    with_server(story)


@pytest.mark.parametrize(("answer", "permanent"), [("554 spam", True), ("451 busy", False)])
def test_a_refused_message(answer: str, permanent: bool) -> None:
    async def story(mailbox: Mailbox) -> None:
        mailbox.message_answer = answer
        with pytest.raises(DeliveryError) as caught:
            await opened(mailbox.url(TO)).notifier.send(a_delivery(recipient=TO))
        assert (caught.value.answer, caught.value.permanent) == (answer, permanent)

    with_server(story)


def test_one_bad_recipient_does_not_stop_the_other() -> None:
    async def story(mailbox: Mailbox) -> None:
        channel = opened(mailbox.url("gone@example.org", TO))
        mailbox.refused["gone@example.org"] = "550 no such user"
        answers = await asyncio.gather(
            *(channel.notifier.send(a_delivery(recipient=to)) for to in channel.recipients),
            return_exceptions=True,
        )
        assert isinstance(answers[0], DeliveryError)
        assert [to for to, _ in mailbox.arrived] == [TO]

    with_server(story)


@pytest.mark.parametrize("mode", ["insecure", "ssl", "starttls", "ssl&verify=no"])
def test_a_server_that_is_not_there_or_speaks_no_tls_is_worth_another_try(mode: str) -> None:
    async def story(mailbox: Mailbox) -> None:
        port = 9 if mode == "insecure" else mailbox.port
        channel = opened(f"mailtos://127.0.0.1:{port}?mode={mode}&from=a@example.org&to={TO}")
        with pytest.raises(DeliveryError) as caught:
            await channel.notifier.send(a_delivery(recipient=TO))
        assert not caught.value.permanent
        assert mailbox.arrived == []

    with_server(story)


def test_a_login_that_fails_is_the_operators_trouble_and_not_the_messages() -> None:
    async def story(mailbox: Mailbox) -> None:
        url = f"mailto://someone:s3cretpassword@127.0.0.1:{mailbox.port}?from=a@example.org&to={TO}"
        with pytest.raises(DeliveryError) as caught:
            await opened(url).notifier.send(a_delivery(recipient=TO))
        assert not caught.value.permanent
        assert "s3cretpassword" not in str(caught.value)

    with_server(story)


def test_everybody_named_is_a_recipient_of_a_message_of_his_own() -> None:
    channel = opened("mailtos://u:pw@example.org?to=张三<a@x.cn>,b@x.cn&cc=c@x.cn,a@x.cn&bcc=d@x.cn")
    assert channel.form is Form.MAIL
    assert channel.recipients == ("a@x.cn", "b@x.cn", "c@x.cn", "d@x.cn")
    assert isinstance(channel.notifier, Postbox)
    assert channel.notifier.names == {"a@x.cn": "张三"}


def test_apprise_knows_the_servers_of_the_usual_providers() -> None:
    postbox = opened("mailtos://editor:pw@qq.com").notifier
    assert isinstance(postbox, Postbox)
    assert (postbox.host, postbox.user, postbox.sender.addr_spec) == (
        "smtp.qq.com",
        "editor@qq.com",
        "editor@qq.com",
    )


@pytest.mark.parametrize("to", ["bad", "bad,a@x.cn", "张@x.cn"])
def test_an_address_that_apprise_would_drop_is_an_error_at_the_start(to: str) -> None:
    with pytest.raises(ConfigError, match=r"channels\.editors\.url"):
        opened(f"mailto://u:s3cret@example.org?to={to}")
