"""Mail through Exim, the mail server of Debian, where it is installed (`apt install exim4-daemon-light`)."""

from __future__ import annotations

import asyncio
import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from monitor.errors import DeliveryError
from monitor.model import File
from tests.notify.make import a_delivery, opened

EXIM = shutil.which("exim4", path=f"{os.defpath}:/usr/sbin:{os.environ.get('PATH', '')}")
pytestmark = pytest.mark.skipif(EXIM is None, reason="needs Exim: apt install exim4-daemon-light")

TO = "editor@example.org"
CONFIG = """
primary_hostname = mx.example.org
spool_directory = {folder}/spool
log_file_path = {folder}/log-%s
pid_file_path = {folder}/pid
exim_user = {user}
exim_group = {group}
never_users =
queue_only
keep_environment =
acl_smtp_rcpt = rcpt
acl_smtp_data = data
begin acl
rcpt:
  deny message = no such user
       local_parts = gone
  defer message = greylisted, try later
       local_parts = busy
  accept domains = example.org
  deny message = relay not permitted
data:
  deny condition = ${{if match{{$h_Subject:}}{{spam}}}}
       message = this looks like spam
  accept verify = header_syntax
"""


@dataclass(frozen=True, slots=True)
class Exim:
    """A running server with everything of its own in one folder."""

    folder: Path
    port: int

    def url(self, to: str = TO) -> str:
        return f"mailto://127.0.0.1:{self.port}?from=kuaixun@example.org&to={to}"

    def taken(self, answer: str) -> EmailMessage:
        """The message that it answered for, from its queue."""
        _, _, number = answer.partition("250 OK id=")
        shown = subprocess.run([*command(self.folder), "-Mvc", number], check=True, capture_output=True)
        mail = message_from_bytes(shown.stdout, policy=default)
        assert isinstance(mail, EmailMessage)
        return mail


def command(folder: Path) -> list[str]:
    return [str(EXIM), "-C", str(folder / "exim.conf")]


@pytest.fixture
def exim(tmp_path: Path) -> Iterator[Exim]:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port: int = probe.getsockname()[1]
    user = getpass.getuser()
    (tmp_path / "exim.conf").write_text(CONFIG.format(folder=tmp_path, user=user, group=os.getgid()))
    with subprocess.Popen([*command(tmp_path), "-bdf", "-oX", f"127.0.0.1:{port}"]) as server:
        try:
            yield Exim(tmp_path, listening(server, port))
        finally:
            server.terminate()


def listening(server: subprocess.Popen[bytes], port: int) -> int:
    """The port, once somebody answers there."""
    while server.poll() is None:
        with closing(socket.socket()) as client:
            client.settimeout(5)
            if client.connect_ex(("127.0.0.1", port)) == 0 and client.recv(3) == b"220":
                return port
    pytest.skip(f"this Exim does not start: exit code {server.returncode}")


def test_a_mail_with_a_file_comes_through_whole(exim: Exim) -> None:
    delivery = a_delivery(
        "通知\n.\nFrom here\n", html="<p>通知</p>", subject="【快讯】8月30日 👍🏽", recipient=TO
    )
    file = File(name="申报截止日程.ics", kind="text/calendar", content="BEGIN:VCALENDAR 通知".encode())
    delivery = replace(delivery, piece=replace(delivery.piece, attachments=(file,)))
    mail = exim.taken(asyncio.run(opened(exim.url()).notifier.send(delivery)))
    assert mail["Subject"] == "【快讯】8月30日 👍🏽"
    assert mail["Message-ID"] == "<kuaixun-daily-17-20190829163000@example.org>"
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines()[:3] == ["通知", ".", "From here"]
    (part,) = mail.iter_attachments()
    assert (part.get_filename(), part.get_payload(decode=True)) == (file.name, file.content)


@pytest.mark.parametrize(
    ("to", "subject", "answer", "permanent"),
    [
        ("gone@example.org", "快讯", "550 no such user", True),
        ("busy@example.org", "快讯", "451 greylisted, try later", False),
        ("editor@elsewhere.org", "快讯", "550 relay not permitted", True),
        (TO, "spam", "550 this looks like spam", True),
    ],
)
def test_what_it_refuses_is_told_apart(
    exim: Exim, to: str, subject: str, answer: str, permanent: bool
) -> None:
    with pytest.raises(DeliveryError) as caught:
        asyncio.run(opened(exim.url(to)).notifier.send(a_delivery(subject=subject, recipient=to)))
    assert (caught.value.answer, caught.value.permanent) == (answer, permanent)
