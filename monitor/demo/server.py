"""The loopback server of the demo: one port for all hosts, told apart by the Host header.

Keep-alive HTTP/1.1 from the standard library, in threads of its own. The one file of the demo's
simulated side that opens a socket.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from monitor.demo.columns import HOSTS
from monitor.demo.exchange import Answer, Ask

Answering = Callable[[Ask], Answer]


class _Server(ThreadingHTTPServer):
    """Threads die with the program: a client may keep its connection open as long as it likes."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    """Turns a request into an `Ask` and writes the `Answer`; says nothing on stderr."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # one packet an answer: headers and body in a single write
    wbufsize = -1

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def _serve(self) -> None:
        assert isinstance(self.server, _Server)  # noqa: S101
        answer = self.server.answering(self._ask())
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)
        self.wfile.flush()

    def _ask(self) -> Ask:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return Ask(
            host=(self.headers.get("Host") or "").partition(":")[0].lower(),
            path=address.path,
            method=self.command,
            query=dict(parse_qsl(address.query)),
            form=_form(self.headers.get("Content-Type") or "", body),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
        )


def _form(content_type: str, body: bytes) -> dict[str, str]:
    if not content_type.startswith("application/x-www-form-urlencoded"):
        return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


@contextmanager
def serving(answering: Answering) -> Iterator[int]:
    """Serves on loopback while the block runs; gives the port the system chose."""
    server = _Server(answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="demo-sites", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def connect_to(port: int) -> dict[str, str]:
    """`fetch.connect_to` of sources.yaml: every simulated host is dialled at this port."""
    return {f"{host}:80": f"127.0.0.1:{port}" for host in HOSTS}
