"""Mail to servers that want TLS and a login, with certificates of an authority made for the test."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from base64 import b64encode
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace

import pytest

from monitor.errors import DeliveryError
from monitor.notify.mail import Postbox
from tests.fetch.pki import Pki
from tests.notify.make import a_delivery, opened
from tests.smtp_server import Mailbox, smtp_server

TO = "editor@example.org"
USER, PASSWORD = "kuaixun", "s3cret-sh0uquanma"
Story = Callable[[Mailbox], Awaitable[None]]


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    made = Pki.make(tmp_path_factory.mktemp("pki"))
    (made.folder / "extension").write_text("subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    return made


@pytest.fixture(scope="module")
def served(pki: Pki) -> ssl.SSLContext:
    return pki.context("server")


@pytest.fixture
def trusted(pki: Pki, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine trusts our authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pki.folder / "ca.pem"))


def with_server(story: Story, served: ssl.SSLContext, *, starttls: bool, login: bool = True) -> None:
    async def run() -> None:
        credentials = (USER, PASSWORD) if login else None
        async with smtp_server(tls=served, starttls=starttls, login=credentials) as mailbox:
            await story(mailbox)

    asyncio.run(run())


def url(mailbox: Mailbox, mode: str, password: str = PASSWORD) -> str:
    return (
        f"mailtos://{USER}:{password}@127.0.0.1:{mailbox.port}?mode={mode}&from=kuaixun@example.org&to={TO}"
    )


async def send(address: str) -> str:
    return await opened(address).notifier.send(a_delivery("通知", html="<p>通知</p>", recipient=TO))


async def refused(address: str) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await send(address)
    return caught.value


@pytest.mark.parametrize("mode", ["ssl", "starttls"])
@pytest.mark.usefixtures("trusted")
def test_mail_goes_through_tls_with_a_login(served: ssl.SSLContext, mode: str) -> None:
    async def story(mailbox: Mailbox) -> None:
        assert await send(url(mailbox, mode)) == "250 OK: queued as 4711"
        assert [to for to, _ in mailbox.arrived] == [TO]
        (login,) = mailbox.logged_in
        assert login.startswith(USER)

    with_server(story, served, starttls=mode == "starttls")


@pytest.mark.parametrize("mode", ["ssl", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_not_accepted(served: ssl.SSLContext, mode: str) -> None:
    async def story(mailbox: Mailbox) -> None:
        error = await refused(url(mailbox, mode))
        assert "certificate verify failed" in error.answer.lower()
        assert not error.permanent
        assert (mailbox.logged_in, mailbox.arrived) == ([], [])

    with_server(story, served, starttls=mode == "starttls")


@pytest.mark.parametrize("mode", ["ssl", "starttls"])
def test_an_operator_may_waive_the_certificate(served: ssl.SSLContext, mode: str) -> None:
    async def story(mailbox: Mailbox) -> None:
        await send(f"{url(mailbox, mode)}&verify=no")
        assert len(mailbox.arrived) == 1

    with_server(story, served, starttls=mode == "starttls")


@pytest.mark.parametrize("mode", ["ssl", "starttls"])
@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_worth_another_try_and_shown_nowhere(
    served: ssl.SSLContext, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(1)

    async def story(mailbox: Mailbox) -> None:
        error = await refused(url(mailbox, mode, "wr0ng-passw0rd"))
        assert (error.answer[:3], error.permanent) == ("535", False)
        assert error.__cause__ is error.__context__ is None
        assert mailbox.arrived == []

    with_server(story, served, starttls=mode == "starttls")
    mine = "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    assert "wr0ng-passw0rd" not in mine


@pytest.mark.usefixtures("trusted")
def test_a_server_that_wants_starttls_gets_no_password_without_it(served: ssl.SSLContext) -> None:
    async def story(mailbox: Mailbox) -> None:
        plain = url(mailbox, "insecure").replace("mailtos", "mailto")
        assert not (await refused(plain)).permanent
        assert mailbox.logged_in == []

    with_server(story, served, starttls=True)


@pytest.mark.parametrize(
    "form",
    [PASSWORD, b64encode(PASSWORD.encode()).decode(), b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()],
)
@pytest.mark.usefixtures("trusted")
def test_a_server_that_quotes_the_password_is_not_quoted(served: ssl.SSLContext, form: str) -> None:
    async def story(mailbox: Mailbox) -> None:
        mailbox.message_answer = f"554 you logged in with {form}"
        error = await refused(url(mailbox, "ssl"))
        assert (error.answer, error.permanent) == ("554 you logged in with ***", True)

    with_server(story, served, starttls=False)


def test_a_server_that_never_answers_is_not_waited_for_for_ever() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        port = silent.getsockname()[1]
        postbox = opened(f"mailto://127.0.0.1:{port}?from=a@example.org&to={TO}").notifier
        assert isinstance(postbox, Postbox)
        assert postbox.timeout == 20
        with pytest.raises(DeliveryError, match="timed out") as caught:
            asyncio.run(replace(postbox, timeout=0.05).send(a_delivery(recipient=TO)))
        assert not caught.value.permanent


def test_nothing_of_smtplib_is_printed(served: ssl.SSLContext, capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger().debug("smtplib has no logger; it prints, if told to")

    async def story(mailbox: Mailbox) -> None:
        await send(f"{url(mailbox, 'ssl')}&verify=no")

    with_server(story, served, starttls=False)
    assert capfd.readouterr() == ("", "")
