"""One exchange with a server as values: what is asked, by which way, what is answered, what went wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

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
class Way:
    """How a host is reached: through which http proxy, with which TLS, by which library."""

    proxy: str | None = field(default=None, repr=False)
    legacy_tls: bool = False
    stdlib: bool = False


STRAIGHT = Way()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose body has not been read yet. `cookies` are its Set-Cookie lines, one by one."""

    status: int
    headers: Headers
    cookies: tuple[str, ...]
    chunks: AsyncIterator[bytes]


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
    cookies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setback:
    """A failure that may pass: the error if it does not, and the seconds the server asked us to wait."""

    error: FetchError
    after: float | None = None


def folded(pairs: list[tuple[str, str]]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Headers as they came to one value a name, and the Set-Cookie lines, which cannot be joined."""
    found: dict[str, str] = {}
    cookies: list[str] = []
    for raw_name, value in pairs:
        name = raw_name.strip().lower()
        if name == "set-cookie":
            cookies.append(value)
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found, tuple(cookies)
