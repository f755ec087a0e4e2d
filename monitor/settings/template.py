"""The publisher's own template.docx: read when an issue is exported, not before."""

from __future__ import annotations

from monitor.errors import ConfigError
from monitor.settings.load import Settings, locate

_MOST = 50 * 1024 * 1024


def read_template(settings: Settings) -> bytes | None:
    """Its bytes, None where `publisher.template` names none. ConfigError names file, line and key.

    A relative path is one from the folder of sources.yaml.
    """
    if settings.template is None:
        return None
    try:
        if settings.template.stat().st_size > _MOST:
            raise _wrong(settings, "a .docx of at most 50 MB")
        return settings.template.read_bytes()
    except FileNotFoundError as error:
        raise _wrong(settings, f"this file does not exist: {settings.template}") from error
    except OSError as error:
        raise _wrong(settings, f"{settings.template} cannot be read: {error.strerror}") from error


def _wrong(settings: Settings, expected: str) -> ConfigError:
    return ConfigError(locate(settings.places, ("publisher", "template")), expected)
