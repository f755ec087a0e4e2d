"""What was asked of a list when a server's ETag was given: an answer to another question cannot be reused."""

from __future__ import annotations

import json

from monitor.fingerprint import fingerprint
from monitor.model import Source


def question(source: Source) -> str:
    """A fingerprint of everything in a source's block that changes what is asked for or how it is read.

    Not of a proxy or of old TLS, which bring the same bytes.
    """
    return fingerprint(
        (
            ("url", source.url),
            ("family", source.family or ""),
            ("options", _written(source.options)),
            ("headers", _written(source.http.headers)),
            ("user_agent", source.http.user_agent or ""),
        )
    )


def _written(mapping: object) -> str:
    text = json.dumps(mapping, sort_keys=True, default=str, ensure_ascii=False)
    return "" if text == "{}" else text
