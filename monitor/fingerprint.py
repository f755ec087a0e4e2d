"""Versioned fingerprints over meaning. Contains no business logic.

The first field is the version of the scheme: fingerprints of two schemes are never equal by
chance and never compared as if they were alike. Empty fields are skipped, so that a field
that we learn to read later does not "revise" the whole archive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

SCHEME = "1"


def fingerprint(parts: Iterable[tuple[str, str]]) -> str:
    """A short stable digest of named non-empty strings, in the order given."""
    digest = hashlib.blake2b(digest_size=16)
    for name, value in parts:
        if value:
            digest.update(f"{name}\x1f{value}\x1e".encode("utf-8", "surrogatepass"))
    return f"{SCHEME}:{digest.hexdigest()}"
