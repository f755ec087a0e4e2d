"""What went wrong on the wire, in words for an operator. Talks to nobody."""

from __future__ import annotations

import errno
import socket
import ssl

_IN_WORDS = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "connection reset",
    errno.ETIMEDOUT: "no answer to the connection attempt",
    errno.ENETUNREACH: "no route to the network",
    errno.EHOSTUNREACH: "no route to the host",
}


def os_words(error: OSError) -> str:
    """A failure of the system below HTTP: connection, name, TLS."""
    if isinstance(error, socket.gaierror):
        return f"DNS: {dns_words(error)}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"TLS: {plain(error.verify_message or str(error))}"
    if isinstance(error, ssl.SSLError):
        return f"TLS: {plain(error.reason or str(error)).lower().replace('_', ' ')}"
    return _IN_WORDS.get(error.errno or 0) or f"connection failed: {plain(error.strerror or str(error))}"


def dns_words(error: OSError) -> str:
    """Why a name has no address."""
    if error.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
        return "name not found"
    return "no answer from the resolver" if error.errno == socket.EAI_AGAIN else plain(str(error.strerror))


def plain(text: str) -> str:
    """Foreign words, short and printable: they end in logs and on pages."""
    return "".join(char if char.isprintable() else " " for char in text[:120]).strip()
