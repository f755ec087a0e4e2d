"""A request and an answer as the simulated servers see them. Talks to nobody."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from monitor.fingerprint import fingerprint

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One HTTP request. Header names are lower case; of repeated parameters the last one counts."""

    host: str
    path: str
    method: str = "GET"
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, its body as it goes over the wire."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    def with_header(self, name: str, value: str) -> Answer:
        """The same answer saying one thing more."""
        return replace(self, headers=(*self.headers, (name, value)))


def html(text: str, *, status: int = 200) -> Answer:
    """A page in UTF-8 whose header says so."""
    return Answer(status, text.encode(), (("Content-Type", HTML),))


def json_answer(value: Mapping[str, object]) -> Answer:
    """A JSON document in UTF-8."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(200, body, (("Content-Type", "application/json;charset=UTF-8"),))


def not_found() -> Answer:
    """The plain 404 of a Chinese nginx."""
    return html("<html><head><title>404 Not Found</title></head><body><h1>404</h1></body></html>", status=404)


def zipped(answer: Answer) -> Answer:
    """The answer gzipped whether it was asked for or not, as www.cnipa.gov.cn does."""
    # mtime=0: the same page gives the same bytes
    body = gzip.compress(answer.body, 5, mtime=0)
    return replace(answer, body=body).with_header("Content-Encoding", "gzip")


def tag(parts: tuple[str, ...]) -> str:
    """An ETag over what a page means, so that noise does not change it."""
    return f'"{fingerprint((str(n), part) for n, part in enumerate(parts))}"'


def unless_known(ask: Ask, etag: str, answer: Answer) -> Answer:
    """304 where the client already has this state, else the answer with its ETag."""
    if ask.headers.get("if-none-match") == etag:
        return Answer(304, headers=(("ETag", etag),))
    return answer.with_header("ETag", etag)
