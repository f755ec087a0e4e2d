"""Whose certificates are trusted, and how old a TLS may be. Certificates are verified in every case."""

from __future__ import annotations

import ssl

# Python 3.11 has no name for it: servers that cannot renegotiate securely (RFC 5746) may be spoken to.
_LEGACY_SERVER_CONNECT = 0x4
# "ALL" would hold the anonymous suites, which need no certificate: there would be nothing to verify.
_OLD_CIPHERS = "ALL:!aNULL:!eNULL:!EXPORT:@SECLEVEL=0"


# CPython's own choice since 3.10. Debian builds Python with its OpenSSL's default instead, which still
# takes RSA key exchange: what is refused must not depend on who built the Python.
_CIPHERS = "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM"


def trust(context: ssl.SSLContext, authorities: str) -> None:
    """Of today, and the machine's own authorities and `authorities` (PEM): a company has some of its own."""
    context.set_ciphers(_CIPHERS)
    context.load_default_certs()
    if authorities:
        context.load_verify_locations(cadata=authorities)


def grow_old(context: ssl.SSLContext) -> None:
    """Speak with servers of TLS 1.0, RSA key exchange, SHA-1 and 1024 bit, too; still with certificates.

    Only P-256 is offered: servers that answer other curves with a point that is none (BAD_ECPOINT, seen
    on Shenzhen's sites) have less to get wrong. Nobody could try that yet.
    """
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers(_OLD_CIPHERS)
    context.set_ecdh_curve("prime256v1")
    context.options |= _LEGACY_SERVER_CONNECT
    context.verify_flags &= ~ssl.VerifyFlags.VERIFY_X509_STRICT
