"""Keeps keys and passwords out of logs and answers, also out of those that libraries write."""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

# A filter on a logger does not see what its children log: each is named.
LOGGERS = (
    "apprise",
    "requests",
    "requests.sessions",
    "urllib3",
    "urllib3.connection",
    "urllib3.connectionpool",
    "urllib3.util.retry",
    "asyncio",
    # Ours, which log whatever a library raised.
    "monitor.jobs.deliver",
    "monitor.jobs.guard",
)
_HIDDEN = "***"
_NAMED = re.compile(r"\b((?:key|access_token|token|secret|password|pass|pwd)=)[^&\s'\"]+", re.I)
_USERINFO = re.compile(r"//[^/?#\s]*@")
# Shorter parts of an unknown URL are words such as a port or "json", not tokens.
_SHORTEST = 6


def redact(text: str, secrets: Iterable[str]) -> str:
    """`text` without the given secrets, and without anything that looks like key=… or user:password@."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, _HIDDEN)
    return _NAMED.sub(rf"\1{_HIDDEN}", _USERINFO.sub(f"//{_HIDDEN}@", text))


def secrets_in(url: str) -> frozenset[str]:
    """What must not be seen of an Apprise URL, as written, decoded and encoded."""
    found = {part for part in _secret_parts(url) if part}
    return frozenset(form for part in found for form in (part, unquote(part), quote(unquote(part), safe="")))


def spoken(user: str, password: str) -> frozenset[str]:
    """A password in the forms in which SMTP says it: plain, and as AUTH LOGIN and AUTH PLAIN encode it."""
    forms = (password, f"\0{user}\0{password}") if password else ()
    encoded = (b64encode(form.encode()).decode() for form in forms)
    return frozenset((*forms, *encoded))


def guard_logs(secrets: frozenset[str]) -> None:
    """From now on the libraries that carry channels log nothing that contains `secrets`."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(Redaction(secrets))


@dataclass(frozen=True)
class Redaction(logging.Filter):
    """A log filter that lets every record pass, redacted. Equal filters are installed once."""

    secrets: frozenset[str] = field(repr=False)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place, its traceback included."""
        record.msg, record.args = redact(record.getMessage(), self.secrets), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text, self.secrets)
        return True


def _secret_parts(url: str) -> list[str]:
    schema, _, rest = url.partition("://")
    if schema.lower() in ("mailto", "mailtos"):
        return re.findall(r":([^/?]*)@", rest) + re.findall(r"[?&]pass(?:word)?=([^&]+)", rest)
    if schema.lower() == "wecombot":
        return re.findall(r"^([^/?]+)", rest) + re.findall(r"[?&]key=([^&]+)", rest)
    return [part for part in re.split(r"[/:@?&=,;]+", rest) if len(part) >= _SHORTEST]
