"""One exchange with a server as values: what is asked, what is answered, what went wrong for now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.errors import FetchError

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What goes over the wire, header names in lower case."""

    url: str
    method: str
    headers: Headers
    content: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. Header names in lower case, values as Latin-1, so that no byte is lost.

    `body` is inflated; `cut` says that there was more of it: over the cap, or of no use to us.
    """

    url: str
    status: int
    headers: Headers
    body: bytes
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setback:
    """A failure that may pass: the error if it does not, and the seconds the server asked us to wait."""

    error: FetchError
    after: float | None = None
