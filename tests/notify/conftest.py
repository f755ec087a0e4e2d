"""Imports Apprise before a test does: it imports `imghdr`, which warns, and warnings are errors here."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import apprise.plugins.email  # noqa: F401
