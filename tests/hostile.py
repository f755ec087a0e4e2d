"""Sites that behave as badly as the web does: one loopback port, one behaviour for each host name.

A behaviour is bytes to send (then the connection ends) or a function that talks to the socket itself.
Threads of its own, real sockets, nothing slept: a site that says nothing waits for the other side to go.
"""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in."""

    host: str
    path: str
    body: bytes = b""

    def __str__(self) -> str:
        return self.host + self.path


Talk = Callable[[socket.socket, Asked], None]
Behaviour = bytes | Talk


@dataclass(slots=True)
class Web:
    """What answers by host; `asked` has every request but those for robots.txt, which no site here has.

    `on_request` is called with the number of a request before it is answered.
    """

    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    on_request: Callable[[int, Asked], None] = lambda _number, _asked: None
    port: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def connect_to(self, *hosts: str) -> dict[str, str]:
        """`fetch.connect_to` that brings these hosts here."""
        return {f"{host}:80": f"127.0.0.1:{self.port}" for host in hosts or self.behaviours}

    def talk(self, conversation: socket.socket) -> None:
        """One request, one answer."""
        asked = _read(conversation)
        if asked is None:
            return
        behaviour = self.behaviours.get(asked.host, NOT_FOUND)
        if asked.path == "/robots.txt":
            behaviour = NOT_FOUND
        else:
            with self._lock:
                self.asked.append(str(asked))
                number = len(self.asked)
            self.on_request(number, asked)
        if isinstance(behaviour, bytes):
            conversation.sendall(behaviour)
        else:
            behaviour(conversation, asked)


@contextmanager
def hostile_web(context: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A running web; with a context, over TLS."""
    web = Web()
    listener = socket.create_server(("127.0.0.1", 0), backlog=200)
    web.port = listener.getsockname()[1]
    thread = threading.Thread(target=_accept, args=(listener, web, context), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _accept(listener: socket.socket, web: Web, context: ssl.SSLContext | None) -> None:
    while not web.over.is_set():
        try:
            conversation, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_converse, args=(conversation, web, context), daemon=True).start()


def _converse(conversation: socket.socket, web: Web, context: ssl.SSLContext | None) -> None:
    with suppress(OSError), conversation:
        conversation.settimeout(20)
        if context is not None:
            conversation = context.wrap_socket(conversation, server_side=True)
        web.talk(conversation)


def _read(conversation: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = conversation.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += conversation.recv(65536)
    return Asked(headers.get("host", "").partition(":")[0], first.split()[1], body)


def answer(body: bytes | str, *, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer, its connection closed after it."""
    raw = body.encode() if isinstance(body, str) else body
    told = {
        "Content_Type": "text/html; charset=utf-8",
        "Content_Length": str(len(raw)),
        "Connection": "close",
    }
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in (told | headers).items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines]).encode("utf-8") + b"\r\n\r\n" + raw


NOT_FOUND = answer("<h1>404</h1>", status="404 Not Found")


def silence(conversation: socket.socket, _asked: Asked) -> None:
    """Takes the request and never answers."""
    while conversation.recv(1024):
        pass


def drip(conversation: socket.socket, _asked: Asked) -> None:
    """A page without end, a byte now and then, for as long as somebody listens."""
    conversation.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>")
    conversation.settimeout(0.05)
    while True:
        conversation.sendall(b"<p>x")
        try:
            if not conversation.recv(1):
                return
        except TimeoutError:
            continue


def by_path(pages: dict[str, bytes | Talk]) -> Talk:
    """A site of several pages; what it does not have is a 404."""

    def talk(conversation: socket.socket, asked: Asked) -> None:
        page = pages.get(asked.path, NOT_FOUND)
        if isinstance(page, bytes):
            conversation.sendall(page)
        else:
            page(conversation, asked)

    return talk


def bomb(*, megabytes: int, layers: int = 1) -> bytes:
    """Blanks, gzipped `layers` times: some kilobytes that become that many megabytes."""
    packer, million = zlib.compressobj(9, zlib.DEFLATED, 31), b" " * 1_000_000
    data = b"".join(packer.compress(million) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        data = gzip.compress(data, 9)
    return data


Row = tuple[str, str, int]


def list_page(rows: Sequence[Row], *, charset: str = "utf-8", noise: str = "") -> bytes:
    """A TRS column: title, day and number of each row."""
    lines = "".join(
        f'<li><a href="{path_of(on, number)}" title="{escape(title)}">{escape(title)}</a><span>{on}</span></li>'
        for title, on, number in rows
    )
    html = f"<html><head><meta charset={charset}><title>通知公告</title></head><body>{noise}<ul class='list'>{lines}</ul></body></html>"
    return answer(html.encode(charset), Content_Type=f"text/html; charset={charset}")


def path_of(on: str, number: int) -> str:
    """Where the page of a row stands."""
    return f"/tzgg/{on[:7].replace('-', '')}/t{on.replace('-', '')}_{number}.html"


def notice_page(title: str, on: str, *, charset: str = "utf-8", body: str = "") -> bytes:
    """The page of a row."""
    text = body or f"现将《{escape(title)}》有关事项通知如下，请各有关单位结合实际认真贯彻执行。"
    html = (
        f"<html><head><meta charset={charset}><meta name='ArticleTitle' content=\"{escape(title)}\">"
        f"<meta name='PubDate' content='{on} 09:00'></head><body><h1>{escape(title)}</h1>"
        f"<div class='TRS_Editor'><p>{text}</p></div></body></html>"
    )
    return answer(html.encode(charset), Content_Type=f"text/html; charset={charset}")


def column(rows: Sequence[Row], *, charset: str = "utf-8") -> Talk:
    """A healthy site: its list at /tzgg/ and a page for every row."""
    pages: dict[str, bytes | Talk] = {"/tzgg/": list_page(rows, charset=charset)}
    pages |= {path_of(on, number): notice_page(title, on, charset=charset) for title, on, number in rows}
    return by_path(pages)


def write_config(folder: Path, web: Web, sources: Mapping[str, str], **more: object) -> Path:
    """A sources.yaml with these sources (id to address), every host of the web dialled on loopback.

    `more` replaces whole blocks of the file.
    """
    content: dict[str, object] = {
        "fetch": {
            "contact": "a@example.org",
            "delay": 0,
            "per_day": 100_000,
            "timeout": 5,
            "concurrency": 60,
            "connect_to": web.connect_to(),
        },
        "sources": [
            {"id": id_, "name": f"某部 · {id_}", "url": url, "family": "trs"} for id_, url in sources.items()
        ],
        "digests": [{"name": "daily", "to": []}],
    }
    file = folder / "sources.yaml"
    file.write_text(yaml.safe_dump({**content, **more}, allow_unicode=True, sort_keys=False), "utf-8")
    return file


def bot(received: list[str]) -> Talk:
    """A WeCom bot that takes every message."""

    def talk(conversation: socket.socket, asked: Asked) -> None:
        received.append(json.loads(asked.body)["markdown"]["content"])
        conversation.sendall(answer('{"errcode":0,"errmsg":"ok"}', Content_Type="application/json"))

    return talk


BOT_KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


def bot_channel(web: Web) -> dict[str, object]:
    """`channels` and `digests` of a configuration that tells the bot at 127.0.0.1."""
    url = f"wecombot://{BOT_KEY}?base=http://127.0.0.1:{web.port}"
    return {
        "channels": [{"name": "bot", "url": url}],
        "digests": [{"name": "daily", "to": ["bot"], "pieces": 0}],
    }
