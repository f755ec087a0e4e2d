"""Certificates for one test session, made by openssl: an authority of our own and what it vouches for."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

HOST = "www.miit.gov.cn"
_EXTENSION = f"subjectAltName=DNS:{HOST}\nbasicConstraints=CA:FALSE\n"


@dataclass(frozen=True, slots=True)
class Pki:
    """A folder with `ca.pem`, and for each name in `certificate` its `.pem` and `.key`."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> Pki:
        """Skips the test where there is no openssl."""
        if shutil.which("openssl") is None:
            pytest.skip("needs openssl to make certificates")
        (folder / "extension").write_text(_EXTENSION)
        subject = "/CN=an authority for tests"
        openssl(
            folder,
            *[
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem",
                "-days",
                "2",
                "-subj",
            ],
            subject,
        )
        return cls(folder)

    @property
    def authorities(self) -> str:
        return (self.folder / "ca.pem").read_text()

    def certificate(self, name: str, *, bits: int = 2048, digest: str = "sha256") -> Path:
        """The certificate of HOST, signed by the authority."""
        request = f"req -newkey rsa:{bits} -nodes -keyout {name}.key -out {name}.csr -subj /CN={HOST}"
        sign = f"x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -{digest} -extfile extension -out {name}.pem"
        openssl(self.folder, *request.split())
        openssl(self.folder, *sign.split())
        return self.folder / f"{name}.pem"

    def context(self, name: str) -> ssl.SSLContext:
        """For a server of today."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate(name), self.folder / f"{name}.key")
        return context


def openssl(folder: Path, *arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"openssl does not {arguments[0]}: {done.stderr[-200:]}")


@contextmanager
def s_server(folder: Path, options: Sequence[str]) -> Iterator[str]:
    """`openssl s_server` that answers every GET with a page of its own; gives its place. Skips where it refuses."""
    port = _free_port()
    place = f"127.0.0.1:{port}"
    command = ["openssl", "s_server", "-accept", place, "-www", *options]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout
        try:
            said = []
            for line in server.stdout:
                said.append(line)
                if line.startswith("ACCEPT"):
                    yield place
                    return
            pytest.skip(f"openssl s_server refuses {' '.join(options)}: {''.join(said)[-200:]}")
        finally:
            server.kill()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
